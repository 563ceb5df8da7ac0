import { mkdirSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { blameLines, isIgnored, listFiles, openRepository, readBlobs, streamBlobs, workingTreeChanges } from '../../server/git/index.ts';
import { testFolder } from '../support/folder.ts';
import { commitFiles, git, writeFiles } from '../support/git.ts';
import { opened, startRepository } from './support.ts';

const text = (bytes: Uint8Array | undefined): string | undefined => (bytes ? Buffer.from(bytes).toString('utf8') : undefined);

test('files are the tracked ones and the untracked ones that are not ignored', async () => {
  const root = startRepository();
  commitFiles(root, 'first', { 'b.txt': '1', 'docs/a.md': '1', '.gitignore': '*.log\nbuild/\n', 'kept.log.txt': '1' });
  writeFiles(root, { 'new.txt': '1', 'noise.log': '1', 'build/out.txt': '1', 'größe\n.txt': '1' });
  expect(await listFiles(await opened(root))).toEqual(['.gitignore', 'b.txt', 'docs/a.md', 'größe\n.txt', 'kept.log.txt', 'new.txt']);
});

test('files of a repository without commits are those on disk', async () => {
  const root = startRepository();
  writeFiles(root, { 'a.txt': '1' });
  expect(await listFiles(await opened(root))).toEqual(['a.txt']);
});

test('submodules and nested repositories are left out', async () => {
  const inner = startRepository();
  commitFiles(inner, 'inner', { 'inner.txt': '1' });
  const outer = startRepository();
  git(outer, ['submodule', '--quiet', 'add', inner, 'vendor/inner']);
  commitFiles(outer, 'outer', { 'outer.txt': '1' });
  mkdirSync(join(outer, 'nested'));
  git(join(outer, 'nested'), ['init', '--quiet']);
  commitFiles(join(outer, 'nested'), 'nested', { 'nested.txt': '1' });
  const expected = ['.gitmodules', 'outer.txt'];
  expect(await listFiles(await opened(outer))).toEqual(expected);
  const bare = join(testFolder(), 'bare.git');
  git(outer, ['clone', '--quiet', '--bare', outer, bare]);
  expect(await listFiles(await opened(bare))).toEqual(expected);
});

test('a file in conflict is listed once', async () => {
  const root = startRepository();
  commitFiles(root, 'base', { 'a.txt': 'base' });
  git(root, ['checkout', '--quiet', '-b', 'side']);
  commitFiles(root, 'side', { 'a.txt': 'side' });
  git(root, ['checkout', '--quiet', 'main']);
  commitFiles(root, 'main', { 'a.txt': 'main' });
  expect(() => git(root, ['merge', '--quiet', 'side'])).toThrow();
  const repository = await opened(root);
  expect(await listFiles(repository)).toEqual(['a.txt']);
  expect(await workingTreeChanges(repository)).toEqual(['a.txt']);
});

test('a bare repository without commits has no files', async () => {
  const bare = testFolder();
  git(bare, ['init', '--quiet', '--bare']);
  expect(await listFiles(await opened(bare))).toEqual([]);
});

test('changes of the working tree are edits, additions, deletions and renames, whole paths, ignored ones left out', async () => {
  const root = startRepository();
  commitFiles(root, 'first', { 'edited file.txt': '1', 'gone.txt': '1', 'moved.txt': 'same\n', 'same.txt': '1', '.gitignore': '*.log\n' });
  writeFiles(root, { 'edited file.txt': '22', 'new folder/deep/new\n.txt': '1', 'noise.log': '1', 'staged.txt': '1' });
  rmSync(join(root, 'gone.txt'));
  git(root, ['mv', 'moved.txt', 'to.txt']);
  git(root, ['add', 'staged.txt']);
  const expected = ['edited file.txt', 'gone.txt', 'moved.txt', 'new folder/deep/new\n.txt', 'staged.txt', 'to.txt'];
  expect(await workingTreeChanges(await opened(root))).toEqual(expected);
});

test('looking at changes writes nothing into the repository', async () => {
  const root = startRepository();
  commitFiles(root, 'first', { 'a.txt': '1' });
  utimesSync(join(root, 'a.txt'), 1, 1);
  const index = () => git(root, ['hash-object', '.git/index']);
  const before = index();
  expect(await workingTreeChanges(await opened(root))).toEqual([]);
  expect(index()).toBe(before);
});

test('ignored paths are found among any paths, in the tree, outside of it, and beyond symbolic links', async () => {
  const root = startRepository();
  commitFiles(root, 'first', { '.gitignore': '*.log\nbuild/\n', 'tracked.log.md': '1', 'real/file.txt': '1' });
  symlinkSync('real', join(root, 'link'));
  const paths = [
    'a.log',
    'build/x.md',
    'docs/a.md',
    '../outside.log',
    '/etc/passwd',
    '',
    'link/b.log',
    'größe.log',
    'line\nend.log',
    ':(glob)*.log',
    '*.md',
  ];
  expect([...(await isIgnored(await opened(root), paths))].sort()).toEqual([
    ':(glob)*.log',
    'a.log',
    'build/x.md',
    'größe.log',
    'line\nend.log',
  ]);
  expect((await isIgnored(await opened(root), [])).size).toBe(0);
});

test('contents of files at a commit come whole, whatever their names and bytes', async () => {
  const root = startRepository();
  const binary = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256);
  const files = { 'a.txt': 'first\n', 'twin.txt': 'first\n', 'empty.txt': '', 'line\nend "q".md': 'odd', 'deep/er.bin': binary };
  const sha = commitFiles(root, 'first', files);
  commitFiles(root, 'second', { 'a.txt': 'second\n' });
  const repository = await opened(root);
  const blobs = await readBlobs(repository, sha, [...Object.keys(files), 'missing.txt', 'deep', '', '../a.txt']);
  expect([...blobs.keys()].sort()).toEqual(Object.keys(files).sort());
  expect(text(blobs.get('a.txt'))).toBe('first\n');
  expect(text(blobs.get('twin.txt'))).toBe('first\n');
  expect(blobs.get('empty.txt')?.length).toBe(0);
  expect(text(blobs.get('line\nend "q".md'))).toBe('odd');
  expect(Buffer.from(blobs.get('deep/er.bin') ?? []).equals(binary)).toBe(true);
  expect(text((await readBlobs(repository, 'HEAD', ['a.txt'])).get('a.txt'))).toBe('second\n');
  expect((await readBlobs(repository, 'no-such', ['a.txt'])).size).toBe(0);
});

test('many files are read by one call and a reader may stop early', async () => {
  const root = startRepository();
  const files = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`f/${index}.txt`, `content ${index}\n`.repeat(index)]));
  commitFiles(root, 'many', files);
  const repository = await opened(root);
  const blobs = await readBlobs(repository, 'HEAD', Object.keys(files));
  expect(Object.fromEntries([...blobs].map(([path, bytes]) => [path, text(bytes)]))).toEqual(files);
  for await (const blob of streamBlobs(repository, 'HEAD', Object.keys(files))) {
    expect(text(blob.bytes)).toBe(files[blob.path]);
    break;
  }
});

test('a file above the limit is left out and the files after it are read', async () => {
  const root = startRepository();
  commitFiles(root, 'first', { 'a.txt': 'a', 'big.bin': new Uint8Array(300_000), 'z.txt': 'z' });
  const blobs = await readBlobs(await opened(root), 'HEAD', ['a.txt', 'big.bin', 'z.txt'], { mostBytes: 1_000 });
  expect([...blobs.keys()].sort()).toEqual(['a.txt', 'z.txt']);
});

test('a partial clone gives the files whose objects it has', async () => {
  const root = startRepository();
  git(root, ['config', 'uploadpack.allowFilter', 'true']);
  git(root, ['config', 'uploadpack.allowAnySHA1InWant', 'true']);
  commitFiles(root, 'first', { 'small.txt': 'small', 'large.txt': 'large '.repeat(1_000), 'tiny.txt': 'tiny' });
  const clone = join(testFolder(), 'clone');
  git(root, ['clone', '--quiet', '--no-checkout', '--filter=blob:limit=1k', `file://${root}`, clone]);
  const blobs = await readBlobs(await opened(clone), 'HEAD', ['small.txt', 'large.txt', 'tiny.txt']);
  expect([...blobs].map(([path, bytes]) => [path, text(bytes)])).toEqual([
    ['small.txt', 'small'],
    ['tiny.txt', 'tiny'],
  ]);
});

test('blame names the commit of each line, through renames, and leaves unsaved lines without one', async () => {
  const root = startRepository();
  const first = commitFiles(root, 'First words', { 'old.txt': 'one\ntwo\nthree\n' }, { date: '1700000000 +0000' });
  git(root, ['mv', 'old.txt', 'new.txt']);
  const second = commitFiles(root, 'Second', { 'new.txt': 'one\nTWO\nthree\n' }, { date: '1700000100 +0000' });
  const repository = await opened(root);
  const lines = await blameLines(repository, 'new.txt', { first: 0, last: 2 });
  expect(lines.map(({ line, sha, originalPath }) => [line, sha, originalPath])).toEqual([
    [0, first, 'old.txt'],
    [1, second, 'new.txt'],
    [2, first, 'old.txt'],
  ]);
  expect(lines[0]).toMatchObject({ author: 'Ada Lovelace', time: 1_700_000_000, summary: 'First words', originalLine: 0 });
  const edited = await blameLines(repository, 'new.txt', { first: 1, last: 2 }, 'one\nTWO\nunsaved\n');
  expect(edited.map(({ line, sha }) => [line, sha])).toEqual([
    [1, second],
    [2, ''],
  ]);
});

test('blame is empty for files and lines that git does not know', async () => {
  const root = startRepository();
  const unborn = await opened(root);
  writeFiles(root, { 'new.txt': '1\n' });
  expect(await blameLines(unborn, 'new.txt', { first: 0, last: 0 })).toEqual([]);
  commitFiles(root, 'first', { 'a.txt': '1\n' });
  writeFiles(root, { 'untracked.txt': '1\n' });
  const repository = await opened(root);
  expect(await blameLines(repository, 'untracked.txt', { first: 0, last: 0 })).toEqual([]);
  expect(await blameLines(repository, 'a.txt', { first: 5, last: 8 })).toEqual([]);
  expect(await blameLines(repository, 'a.txt', { first: 1, last: 0 })).toEqual([]);
  expect(await openRepository(join(root, 'missing'))).toBeUndefined();
});
