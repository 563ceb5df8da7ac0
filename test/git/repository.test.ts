import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { discoverRepository, findGit, headOf, openRepository, remoteUrl } from '../../server/git/index.ts';
import { testFolder } from '../support/folder.ts';
import { commitFiles, git, writeFiles } from '../support/git.ts';
import { opened, startRepository } from './support.ts';

test('the version of the installed git is known', async () => {
  expect((await findGit())?.version).toMatch(/^\d+\.\d+/);
});

test('a repository is found from any folder inside it', async () => {
  const root = startRepository();
  const sha = commitFiles(root, 'first', { 'deep/er/file.txt': 'x' });
  const repository = await opened(join(root, 'deep', 'er'));
  expect(repository).toMatchObject({
    root,
    gitDir: join(root, '.git'),
    commonDir: join(root, '.git'),
    bare: false,
    head: sha,
    branch: 'main',
  });
  expect(repository).toMatchObject({ shallow: false, partial: false, notices: [] });
  expect(await headOf(repository)).toBe(sha);
});

test('a repository reached through a symbolic link has the key of its real folder', async () => {
  const root = startRepository();
  const link = join(testFolder(), 'link');
  symlinkSync(root, link);
  expect((await opened(link)).key).toBe((await opened(root)).key);
  expect((await opened(link)).root).toBe(root);
});

test('a repository without commits has an empty head and says so', async () => {
  const repository = await opened(startRepository());
  expect(repository.head).toBe('');
  expect(repository.branch).toBe('main');
  expect(repository.notices).toEqual(['The repository has no commits yet.']);
  expect(await headOf(repository)).toBe('');
});

test('the head follows new commits without opening again', async () => {
  const root = startRepository();
  const repository = await opened(root);
  const sha = commitFiles(root, 'first', { a: '1' });
  expect(await headOf(repository)).toBe(sha);
});

test('a detached head has no branch', async () => {
  const root = startRepository();
  const sha = commitFiles(root, 'first', { a: '1' });
  git(root, ['checkout', '--quiet', '--detach']);
  const repository = await opened(root);
  expect(repository.head).toBe(sha);
  expect(repository).not.toHaveProperty('branch');
});

test('a bare repository has its git folder as root', async () => {
  const root = startRepository();
  commitFiles(root, 'first', { a: '1' });
  const bare = join(testFolder(), 'bare.git');
  git(root, ['clone', '--quiet', '--bare', root, bare]);
  expect(await opened(bare)).toMatchObject({ bare: true, root: bare, gitDir: bare });
});

test('a linked work tree has a key of its own and shares the common folder', async () => {
  const root = startRepository();
  commitFiles(root, 'first', { a: '1' });
  const other = join(testFolder(), 'other');
  git(root, ['worktree', 'add', '--quiet', '-b', 'side', other]);
  const main = await opened(root);
  const linked = await opened(other);
  expect(linked).toMatchObject({ root: other, commonDir: main.commonDir, branch: 'side' });
  expect(linked.gitDir).not.toBe(main.gitDir);
  expect(linked.key).not.toBe(main.key);
});

test('a submodule is a repository of its own', async () => {
  const inner = startRepository();
  commitFiles(inner, 'inner', { 'inner.txt': '1' });
  const outer = startRepository();
  git(outer, ['submodule', '--quiet', 'add', inner, 'vendor/inner']);
  commitFiles(outer, 'outer');
  expect((await opened(join(outer, 'vendor', 'inner'))).root).toBe(join(outer, 'vendor', 'inner'));
  expect((await opened(join(outer, 'vendor'))).root).toBe(outer);
});

test('a shallow clone says that older commits are missing', async () => {
  const root = startRepository();
  commitFiles(root, 'first', { a: '1' });
  commitFiles(root, 'second', { a: '2' });
  const clone = join(testFolder(), 'clone');
  git(root, ['clone', '--quiet', '--depth=1', `file://${root}`, clone]);
  const repository = await opened(clone);
  expect(repository.shallow).toBe(true);
  expect(repository.notices.join()).toMatch(/shallow.*git fetch --unshallow/);
});

test('a folder outside git is no repository and the notice names it', async () => {
  const folder = testFolder();
  expect(await openRepository(folder)).toBeUndefined();
  expect(await discoverRepository(folder)).toEqual({ notice: `${folder} is not in a git repository.` });
});

test('a file and a missing folder are no repository', async () => {
  const folder = testFolder();
  writeFiles(folder, { file: 'x' });
  for (const path of [join(folder, 'file'), join(folder, 'missing')]) {
    expect(await discoverRepository(path)).toEqual({ notice: `${path} is not a folder.` });
  }
});

test('the inside of a git folder is no work tree', async () => {
  const root = startRepository();
  commitFiles(root, 'first', { a: '1' });
  const discovery = await discoverRepository(join(root, '.git', 'objects'));
  expect(discovery.repository).toBeUndefined();
  expect(discovery).toHaveProperty('notice', expect.stringContaining('open the work tree instead'));
});

test('a git file that points nowhere is explained', async () => {
  const folder = testFolder();
  writeFiles(folder, { '.git': 'gitdir: /nowhere/at/all\n' });
  const discovery = await discoverRepository(folder);
  expect(discovery).toHaveProperty('notice', expect.stringContaining('not in a git repository'));
});

test('a broken configuration of a repository is explained', async () => {
  const root = startRepository();
  writeFiles(root, { '.git/config': '[core\n' });
  const discovery = await discoverRepository(root);
  expect(discovery.repository).toBeUndefined();
  expect(discovery).toHaveProperty('notice', expect.stringMatching(/Git could not read .*bad config/));
});

test.runIf(process.getuid?.() === 0)('a repository of another user is refused with the command that allows it', async () => {
  const root = startRepository();
  commitFiles(root, 'first', { a: '1' });
  chownSync(root, 12_345, 12_345);
  chownSync(join(root, '.git'), 12_345, 12_345);
  const discovery = await discoverRepository(root);
  expect(discovery.repository).toBeUndefined();
  expect(discovery).toHaveProperty('notice', expect.stringContaining(`git config --global --add safe.directory "${root}"`));
});

test('without git on the path the notice says what to install', () => {
  const room = new URL('../../server/git/index.ts', import.meta.url).href;
  const script = `
    const git = await import(${JSON.stringify(room)});
    console.log(JSON.stringify([await git.findGit() ?? null, await git.discoverRepository(process.cwd())]));`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: testFolder(),
    env: { ...process.env, PATH: '', Path: '', NODE_NO_WARNINGS: '1' },
  });
  expect(JSON.parse(printed.toString())).toEqual([null, { notice: expect.stringMatching(/^Git was not found\. Install git/) }]);
});

test('a git program in the working folder or in a relative folder of the path is never run', () => {
  const folder = testFolder();
  mkdirSync(join(folder, 'bin'));
  for (const path of ['git', 'git.exe', 'bin/git', 'bin/git.exe']) writeFiles(folder, { [path]: '#!/bin/sh\necho git version 9.9.9\n' });
  for (const path of ['git', 'git.exe', 'bin/git', 'bin/git.exe']) execFileSync('chmod', ['+x', join(folder, path)]);
  const room = new URL('../../server/git/index.ts', import.meta.url).href;
  const script = `const git = await import(${JSON.stringify(room)}); console.log(JSON.stringify(await git.findGit() ?? null));`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: folder,
    env: { ...process.env, PATH: '.:bin:', NODE_NO_WARNINGS: '1' },
  });
  expect(JSON.parse(printed.toString())).toBeNull();
});

test('the address of the remote is told without user name and password', async () => {
  const root = startRepository();
  expect(await remoteUrl(await opened(root))).toBeUndefined();
  git(root, ['remote', 'add', 'zeta', 'https://example.org/zeta.git']);
  expect(await remoteUrl(await opened(root))).toBe('https://example.org/zeta.git');
  git(root, ['remote', 'add', 'origin', 'https://ada:secret@example.org/shop.git']);
  expect(await remoteUrl(await opened(root))).toBe('https://example.org/shop.git');
  git(root, ['remote', 'set-url', 'origin', 'git@example.org:shop.git']);
  expect(await remoteUrl(await opened(root))).toBe('git@example.org:shop.git');
});
