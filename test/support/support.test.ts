import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { limitedDisk, namespaceDisk, type SmallDisk, smallDisk } from './disk.ts';
import { temporaryFolder, testFolder } from './folder.ts';
import { git } from './git.ts';
import { manyFiles } from './many-files.ts';
import { testRepository } from './repository.ts';
import { type SyntheticRepository, syntheticRepository } from './synthetic.ts';

test('a temporary folder is removed with read-only folders in it, and twice', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder.path, 'locked'));
  writeFileSync(join(folder.path, 'locked', 'file'), '');
  chmodSync(join(folder.path, 'locked'), 0o500);
  folder.remove();
  folder.remove();
  expect(existsSync(folder.path)).toBe(false);
});

test('a made repository has the files, messages, dates and authors that were asked for and a clean work tree', () => {
  const { root, shas, head } = testRepository(
    { 'docs/0001-use-kafka.md': '# Use Kafka\n', 'größe.txt': 'x' },
    {
      date: '2020-05-11',
      commits: [
        {
          message: 'Edit\n\nBody.',
          files: { 'größe.txt': 'y', 'docs/0001-use-kafka.md': null },
          date: '2021-01-02T03:04:05Z',
          author: 'Grace Hopper',
        },
        { message: 'Side', files: { 'side.txt': 's' }, branch: 'side' },
        { message: 'Merge side', merge: 'side' },
      ],
    },
  );
  expect(shas).toHaveLength(4);
  expect(head).toBe(shas[3]);
  expect(git(root, ['status', '--short'])).toBe('');
  expect(readFileSync(join(root, 'größe.txt'), 'utf8')).toBe('y');
  expect(readdirSync(root).sort()).toEqual(['.git', 'größe.txt', 'side.txt']);
  expect(git(root, ['log', '-1', '--format=%an|%aI|%B', shas[1] ?? ''])).toBe('Grace Hopper|2021-01-02T03:04:05+00:00|Edit\n\nBody.');
  expect(git(root, ['log', '-1', '--format=%aI', shas[0] ?? ''])).toBe('2020-05-11T00:00:00+00:00');
  expect(git(root, ['log', '-1', '--format=%P', head])).toBe(`${shas[1]} ${shas[2]}`);
});

test('a made repository without files has no commits', () => {
  expect(testRepository()).toMatchObject({ shas: [], head: '' });
});

const synthetic = (seed: number): SyntheticRepository => {
  const repository = syntheticRepository({ commits: 200, documents: 60, codeFiles: 30, seed });
  onTestFinished(repository.remove);
  return repository;
};

test('a synthetic repository holds what was asked for', () => {
  const { root, shas, decisions, specifications, guides, code, queries } = synthetic(1);
  expect([shas.length, decisions.length, specifications.length, guides.length, code.length]).toEqual([200, 18, 18, 24, 30]);
  const files = git(root, ['ls-files']).split('\n');
  expect(files.sort()).toEqual([...decisions, ...specifications, ...guides, ...code].sort());
  expect(git(root, ['rev-list', '--count', 'main'])).toBe('200');
  expect(git(root, ['rev-list', '--count', '--merges', '--first-parent', 'main'])).toBe('20');
  const text = files.map((path) => readFileSync(join(root, path), 'utf8')).join(' ');
  expect(new Set(text.toLowerCase().match(/[a-z]{3,}/g)).size).toBeGreaterThan(1_000);
  expect(queries.filter((query) => query.split(' ').every((word) => text.includes(word))).length).toBeGreaterThan(queries.length / 2);
});

test('a seed decides everything: the same gives the same shas, another gives others', () => {
  const { head } = synthetic(1);
  expect(synthetic(1).head).toBe(head);
  expect(synthetic(2).head).not.toBe(head);
});

test('many files are made in folders of a thousand', () => {
  const folder = testFolder('many', { memory: true });
  const paths = manyFiles(folder, 2_500, { content: (index) => `file ${index}` });
  expect(paths).toHaveLength(2_500);
  expect(readdirSync(folder).sort()).toEqual(['d000', 'd001', 'd002']);
  expect(readFileSync(join(folder, paths[2_400] ?? ''), 'utf8')).toBe('file 2400');
  expect(statSync(join(folder, manyFiles(folder, 1, { extension: 'bin' })[0] ?? '')).size).toBe(0);
});

const MEBIBYTE = 1_048_576;

/** Writes `size` bytes from another process and answers the code of the error, or `written`. */
const write = (disk: SmallDisk, size: number): string => {
  const script = `
    try { require('node:fs').writeFileSync(${JSON.stringify(join(disk.path, 'file'))}, Buffer.alloc(${size})); console.log('written'); }
    catch (error) { console.log(error.code); }`;
  const [program, args] = disk.command(process.execPath, ['--eval', script]);
  return execFileSync(program, args).toString().trim();
};

const made = (disk: ReturnType<typeof smallDisk> | undefined): SmallDisk => {
  if (!disk || 'reason' in disk) throw new Error(disk?.reason ?? 'not possible here');
  onTestFinished(disk.remove);
  return disk;
};

test.runIf(process.platform === 'linux')('a small disk takes what fits and refuses what does not', () => {
  const disk = made(smallDisk(4 * MEBIBYTE));
  expect(write(disk, MEBIBYTE)).toBe('written');
  expect(write(disk, 8 * MEBIBYTE)).toBe(disk.error);
});

test.runIf(process.platform === 'linux')('a limit on file size stands in where nothing can be mounted', () => {
  const disk = made(limitedDisk(MEBIBYTE));
  expect(write(disk, MEBIBYTE / 2)).toBe('written');
  expect(write(disk, 2 * MEBIBYTE)).toBe('EFBIG');
});

const namespaces = process.platform === 'linux' && spawnSync('unshare', ['--user', '--map-root-user', '--mount', 'true']).status === 0;

test.runIf(namespaces)('a user namespace gives a small disk without root', () => {
  const disk = made(namespaceDisk(MEBIBYTE));
  expect(write(disk, MEBIBYTE / 2)).toBe('written');
  expect(write(disk, 2 * MEBIBYTE)).toBe('ENOSPC');
});

const root = smallDisk(MEBIBYTE);
const mounts = 'kind' in root && root.kind === 'mounted';
if ('kind' in root) root.remove();

test.runIf(mounts)('a mounted disk can be filled, freed and removed', () => {
  const disk = made(smallDisk(4 * MEBIBYTE));
  disk.fill();
  expect(write(disk, 100_000)).toBe('ENOSPC');
  disk.fill(MEBIBYTE);
  expect(write(disk, 100_000)).toBe('written');
  disk.free();
  expect(write(disk, 3 * MEBIBYTE)).toBe('written');
  disk.remove();
  expect(existsSync(disk.path)).toBe(false);
});
