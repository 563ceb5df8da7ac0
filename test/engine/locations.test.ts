import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { indexFolderOf, modelOf } from '../../server/engine/locations.ts';
import { defaultConfig } from '../../server/knowledge/discovery/config.ts';
import { defaultIndexFolder, indexFolderIn } from '../../server/store/folder.ts';

const ROOT = resolve('/srv/shop');
const configured = (folder?: string) => ({ index: folder === undefined ? {} : { folder } });
const NONE = configured();

describe('the folder of an index', () => {
  it.each<[string, string, string]>([
    [
      'is the one that the caller names, before all else',
      indexFolderOf(ROOT, { indexFolder: '/i', indexHome: '/h' }, configured('.lintel/index'), '/e'),
      resolve('/i'),
    ],
    [
      'is relative to the root where the caller names it so',
      indexFolderOf(ROOT, { indexFolder: 'out/index' }, NONE, ''),
      join(ROOT, 'out/index'),
    ],
    [
      'is one of its own below the home that the caller names',
      indexFolderOf(ROOT, { indexHome: '/h' }, configured('.lintel/index'), '/e'),
      indexFolderIn(resolve('/h'), ROOT),
    ],
    [
      'is inside the repository where lintel.yaml says so',
      indexFolderOf(ROOT, {}, configured('.lintel/index'), ''),
      join(ROOT, '.lintel/index'),
    ],
    [
      'is not where lintel.yaml says, if that is outside of the repository',
      indexFolderOf(ROOT, {}, configured('../elsewhere'), ''),
      defaultIndexFolder(ROOT),
    ],
    [
      'is not where lintel.yaml says, if that is an absolute path elsewhere',
      indexFolderOf(ROOT, {}, configured('/etc'), ''),
      defaultIndexFolder(ROOT),
    ],
    ['is not the root itself', indexFolderOf(ROOT, {}, configured('.'), ''), defaultIndexFolder(ROOT)],
    [
      'is not where lintel.yaml says, if the environment names a home',
      indexFolderOf(ROOT, {}, configured('.lintel/index'), '/e'),
      defaultIndexFolder(ROOT),
    ],
    ['is in the cache of the user where nobody says anything', indexFolderOf(ROOT, {}, NONE, ''), defaultIndexFolder(ROOT)],
  ])('%s', (_, found, expected) => {
    expect(found).toBe(expected);
  });
});

describe('the embedding model', () => {
  const config = (model: string) => ({ embedding: { model } });

  it.each<[string, string | undefined, string, string]>([
    ['is the one in the box by default', undefined, defaultConfig().embedding.model, 'static'],
    ['is the one of lintel.yaml', undefined, 'org/model', 'org/model'],
    ['is the one that the caller chooses, before lintel.yaml', 'static', 'org/model', 'static'],
    ['is a folder relative to the root', undefined, './models/small', join(ROOT, 'models/small')],
    ['is the one in the box where lintel.yaml names a folder beside the root', undefined, '../models', 'static'],
    ['is the one in the box where lintel.yaml names an absolute folder elsewhere', undefined, resolve('/etc'), 'static'],
    ['is an absolute folder where the caller says so', resolve('/models'), 'static', resolve('/models')],
    ['is a folder beside the root where the caller says so', '../models', 'static', resolve(ROOT, '../models')],
  ])('%s', (_, chosen, inConfig, expected) => {
    expect(modelOf(ROOT, chosen, config(inConfig))).toBe(expected);
  });
});
