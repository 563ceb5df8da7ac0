import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { filesOnDisk } from '../../server/workspace/files.ts';
import { insideOf } from '../../server/workspace/paths.ts';
import { openWorkspace } from '../../server/workspace/workspace.ts';
import { testFolder } from '../support/folder.ts';
import { writeFiles } from '../support/git.ts';

const SECRET = 'AKIASECRET';

/** A folder in which a file is a link to one outside that holds a secret. */
const linking = (path: string): string => {
  const folder = testFolder();
  writeFiles(folder, { 'outside/file': `${SECRET}: x\ndecisions: [${SECRET}]\n`, 'root/docs/adr/0001-a.md': '# A\n' });
  const root = join(folder, 'root');
  mkdirSync(join(root, path, '..'), { recursive: true });
  symlinkSync(join(folder, 'outside/file'), join(root, path));
  return root;
};

it.each(['lintel.yaml', '.adr-dir', '.log4brains.yml', '.lintel/links.yaml', 'CODEOWNERS', '.gitignore', 'package.json', 'kep.yaml'])(
  'nothing of what a link to the outside holds is read or told: %s',
  async (path) => {
    const root = linking(path);
    const workspace = await openWorkspace(root);
    expect(JSON.stringify([workspace.loaded, workspace.notices, await workspace.files.list()])).not.toContain(SECRET);
    expect(await workspace.files.read(path)).toBeUndefined();
    expect(await workspace.files.readMany([path], 1_000)).toEqual([undefined]);
    const told = path === 'lintel.yaml' || path === '.lintel/links.yaml';
    expect(workspace.notices.some((notice) => notice.startsWith(`${path} is not read, because`))).toBe(told);
  },
);

it('the names of files in a folder outside are not listed', async () => {
  const folder = testFolder();
  writeFiles(folder, { 'outside/0001-secret.md': '', 'root/a.md': '' });
  const root = join(folder, 'root');
  symlinkSync(join(folder, 'outside'), join(root, 'docs'));
  const files = filesOnDisk(root, undefined);
  expect(await files.namesIn('docs')).toEqual([]);
  rmSync(join(root, 'docs'));
  symlinkSync('.', join(root, 'docs'));
  expect(await files.namesIn('docs')).toEqual(['a.md', 'docs']);
});

it('a path that leaves the folder on its way is not inside, however it is written', () => {
  for (const path of ['..', '../x', 'a/../..', 'a/../../x', './../x', '/elsewhere', 'a\\..\\..\\x', '', '.', './', 'a/..'])
    expect([path, insideOf('/root', path)]).toEqual([path, undefined]);
  for (const [path, inner] of [
    ['a/../b', 'b'],
    ['./a//b/', 'a/b'],
    ['/root/a', 'a'],
    ['..a/b', '..a/b'],
  ] as const)
    expect([path, insideOf('/root', path)]).toEqual([path, inner]);
});
