import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { readBounded, readInside, resolveInside } from '../../server/text/read-file.ts';
import { testFolder } from '../support/folder.ts';

/** Bytes of buffers that a piece of work asks for. */
const bytesAllocated = async (work: () => Promise<unknown>): Promise<number> => {
  const spies = [vi.spyOn(Buffer, 'alloc'), vi.spyOn(Buffer, 'allocUnsafe')];
  try {
    await work();
    return spies.flatMap((spy) => spy.mock.calls.map(([size]) => size)).reduce((sum, size) => sum + size, 0);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
};

describe('a bounded read', () => {
  it('allocates what the file holds, however much it may hold', async () => {
    const path = join(testFolder(), 'small.ts');
    writeFileSync(path, 'one();\n');
    expect(await bytesAllocated(async () => expect(await readBounded(path, 10_000_000)).toBe('one();\n'))).toBe(7);
  });

  it('allocates no more than it was allowed of a long file, and returns its beginning', async () => {
    const path = join(testFolder(), 'long.txt');
    writeFileSync(path, 'abcdefgh'.repeat(1_000));
    expect(await bytesAllocated(async () => expect(await readBounded(path, 10)).toBe('abcdefghab'))).toBe(10);
  });

  it('returns the empty text for an empty file', async () => {
    const path = join(testFolder(), 'empty');
    writeFileSync(path, '');
    expect(await readBounded(path)).toBe('');
  });

  it('returns nothing for a folder, a named pipe, a broken link and a missing file, and does not wait for any of them', async () => {
    const folder = testFolder();
    mkdirSync(join(folder, 'folder'));
    if (process.platform !== 'win32') execFileSync('mkfifo', [join(folder, 'pipe')]);
    symlinkSync(join(folder, 'nowhere'), join(folder, 'link'));
    for (const name of ['folder', 'pipe', 'link', 'missing'])
      expect([name, await readBounded(join(folder, name))]).toEqual([name, undefined]);
  });

  it('keeps a byte order mark and bytes that are not UTF-8 as decoding leaves them', async () => {
    const path = join(testFolder(), 'bytes');
    writeFileSync(path, Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0xff]));
    expect(await readBounded(path)).toBe('\uFEFFa\uFFFD');
  });
});

describe('a read inside of a folder', () => {
  it('follows links that stay in the folder, and none that lead out, to another name of the folder, or into the folder of git', async () => {
    const root = join(testFolder(), 'root');
    mkdirSync(join(root, 'docs'), { recursive: true });
    mkdirSync(join(root, '.git'));
    mkdirSync(`${root}-secret`);
    writeFileSync(join(root, 'docs/a.md'), 'inside');
    writeFileSync(`${root}-secret/b.md`, 'outside');
    writeFileSync(join(root, '.git/config'), 'password');
    symlinkSync('docs', join(root, 'link'));
    symlinkSync(`${root}-secret`, join(root, 'out'));
    symlinkSync(join(root, '.git/config'), join(root, 'lintel.yaml'));
    symlinkSync('lintel.yaml', join(root, 'chain'));
    symlinkSync('loop', join(root, 'loop'));
    const read = async (path: string) => [path, await readInside(root, path)];
    expect(await read('docs/a.md')).toEqual(['docs/a.md', 'inside']);
    expect(await read('link/a.md')).toEqual(['link/a.md', 'inside']);
    for (const path of ['out/b.md', '../root-secret/b.md', 'lintel.yaml', 'chain', 'loop', 'missing', '.git/config', 'docs'])
      expect(await read(path)).toEqual([path, undefined]);
    expect(await resolveInside(root, 'out/b.md')).toBeUndefined();
    await expect(resolveInside(root, 'missing')).rejects.toThrow('ENOENT');
  });
});
