import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resultStore } from '../../server/store/results.ts';
import { testFolder } from '../support/folder.ts';

const isText = (value: unknown): value is string => typeof value === 'string';
const RESULTS = new Map([
  ['a.ts', { stamp: '1', result: 'x' }],
  ['b.ts', { stamp: '2' }],
]);

describe('results of files in the index folder', () => {
  it('are read as they were written, by whoever makes them in the same way', async () => {
    const folder = join(testFolder(), 'index');
    await resultStore(folder, 'words', isText).write('v1', RESULTS);
    expect(await resultStore(folder, 'words', isText).read('v1')).toEqual(RESULTS);
    expect(await resultStore(folder, 'words', isText).read('v2')).toEqual(new Map());
    expect(await resultStore(folder, 'others', isText).read('v1')).toEqual(new Map());
  });

  it('are none where the file is damaged, however little', async () => {
    const folder = testFolder();
    const store = resultStore(folder, 'words', isText);
    await store.write('v1', RESULTS);
    const file = join(folder, 'words.json');
    const written = readFileSync(file, 'utf8');
    for (const damaged of [written.replace('"x"', '"y"'), written.slice(0, -6), '', '{}\n[]\n', '\n']) {
      writeFileSync(file, damaged);
      expect(await store.read('v1')).toEqual(new Map());
    }
  });

  it('that are no results of this version are left out', async () => {
    const folder = testFolder();
    await resultStore<unknown>(folder, 'words', (value): value is unknown => value !== undefined).write(
      'v1',
      new Map([
        ['a', { stamp: '1', result: 7 }],
        ['b', { stamp: '2', result: 'y' }],
      ]),
    );
    expect(await resultStore(folder, 'words', isText).read('v1')).toEqual(new Map([['b', { stamp: '2', result: 'y' }]]));
  });

  it('are not kept where the folder cannot be written, which is no failure', async () => {
    const file = join(testFolder(), 'a-file');
    writeFileSync(file, '');
    const store = resultStore(file, 'words', isText);
    await store.write('v1', RESULTS);
    expect(await store.read('v1')).toEqual(new Map());
  });
});
