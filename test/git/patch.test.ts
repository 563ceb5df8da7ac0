import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { discoverRepository, type Repository, workTreePatch } from '../../server/git/index.ts';
import { testFolder } from '../support/folder.ts';
import { commitFiles, git, writeFiles } from '../support/git.ts';

const open = async (folder: string): Promise<Repository> => {
  const { repository } = await discoverRepository(folder);
  if (!repository) throw new Error('no repository');
  return repository;
};

const sample = (): string => {
  const folder = testFolder();
  git(folder, ['init', '--quiet']);
  return folder;
};

describe('how the work tree differs from the last commit', () => {
  it('is told file by file, staged or not, with the first hunks', async () => {
    const folder = sample();
    const lines = Array.from({ length: 40 }, (_, at) => `line ${at + 1}\n`);
    commitFiles(folder, 'first', { 'a.ts': lines.join(''), 'b.ts': 'b\n', 'same.ts': 's\n' });
    writeFiles(folder, { 'a.ts': lines.with(1, 'second\n').with(30, 'later\n').join(''), 'new.ts': 'n\n', 'untracked.ts': 'u\n' });
    rmSync(join(folder, 'b.ts'));
    git(folder, ['add', 'new.ts']);
    expect(await workTreePatch(await open(folder))).toEqual([
      {
        path: 'a.ts',
        change: 'changed',
        hunks: ['@@ -1,3 +1,3 @@\n line 1\n-line 2\n+second\n line 3', '@@ -30,3 +30,3 @@ line 29\n line 30\n-line 31\n+later\n line 32'],
      },
      { path: 'b.ts', change: 'deleted', hunks: ['@@ -1 +0,0 @@\n-b'] },
      { path: 'new.ts', change: 'added', hunks: ['@@ -0,0 +1 @@\n+n'] },
    ]);
  });

  it('is told of names that git quotes', async () => {
    const folder = sample();
    const names = ['my file.ts', 'größe.ts', 'tab\there.ts', 'quote".ts', 'back\\slash.ts', 'nested/line\nend.ts'];
    commitFiles(folder, 'first', Object.fromEntries(names.map((name) => [name, 'a\n'])));
    writeFiles(folder, Object.fromEntries(names.map((name) => [name, 'b\n'])));
    expect((await workTreePatch(await open(folder))).map(({ path }) => path).sort()).toEqual([...names].sort());
  });

  it('shows no binary content, and is not fooled by text that looks like a patch', async () => {
    const folder = sample();
    commitFiles(folder, 'first', { 'a.md': 'x\n', 'b.bin': new Uint8Array([0, 1, 2]) });
    writeFiles(folder, {
      'a.md': 'x\n--- a/evil.ts\n+++ b/evil.ts\n@@ -1 +1 @@\ndiff --git a/evil.ts b/evil.ts\n',
      'b.bin': new Uint8Array([0, 1, 3]),
    });
    const changes = await workTreePatch(await open(folder));
    expect(changes.map(({ path }) => path)).toEqual(['a.md']);
    expect(changes[0]?.hunks).toHaveLength(1);
  });

  it('runs no program that the repository names', async () => {
    const folder = sample();
    commitFiles(folder, 'first', { 'a.ts': 'x\n', '.gitattributes': '*.ts diff=evil filter=evil\n' });
    const trace = join(folder, 'ran');
    for (const key of ['diff.evil.command', 'diff.evil.textconv', 'filter.evil.clean', 'diff.external', 'core.fsmonitor'])
      git(folder, ['config', key, `touch '${trace}' #`]);
    writeFiles(folder, { 'a.ts': 'y\n' });
    const changes = await workTreePatch(await open(folder));
    expect(changes.map(({ path }) => path)).toContain('a.ts');
    const { existsSync } = await import('node:fs');
    expect(existsSync(trace)).toBe(false);
  });

  it('is nothing in a clean work tree and before the first commit', async () => {
    const folder = sample();
    writeFiles(folder, { 'a.ts': 'x\n' });
    expect(await workTreePatch(await open(folder))).toEqual([]);
    commitFiles(folder, 'first');
    expect(await workTreePatch(await open(folder))).toEqual([]);
  });
});
