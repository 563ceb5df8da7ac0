import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { writeEdits, writeRefusal } from '../../server/engine/write-edits.ts';
import { creationEdit } from '../../server/text/edits.ts';
import { testFolder } from '../support/folder.ts';

/** A repository and a folder outside of it. */
const places = () => {
  const folder = testFolder();
  const root = join(folder, 'repository');
  const outside = join(folder, 'outside');
  mkdirSync(root);
  mkdirSync(outside);
  return { root, outside };
};

const create = (root: string, path: string, text = 'new\n') => writeEdits(root, [creationEdit(path, text)]);

describe('writing edits to a repository', () => {
  it('creates the folders that a new file needs', async () => {
    const { root } = places();
    await create(root, 'docs/decisions/0001-use-ropes.md', '# Use ropes\n');
    expect(readFileSync(join(root, 'docs/decisions/0001-use-ropes.md'), 'utf8')).toBe('# Use ropes\n');
    expect(readdirSync(join(root, 'docs/decisions'))).toEqual(['0001-use-ropes.md']);
  });

  it('changes an existing file in place and leaves no temporary file', async () => {
    const { root } = places();
    writeFileSync(join(root, 'a.md'), 'old\n');
    const span = { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } };
    await writeEdits(root, [{ path: 'a.md', span, text: 'new' }]);
    expect(readFileSync(join(root, 'a.md'), 'utf8')).toBe('new\n');
    expect(readdirSync(root)).toEqual(['a.md']);
  });

  it('creates no folder outside the repository when a parent folder is a symbolic link that leads there', async () => {
    const { root, outside } = places();
    symlinkSync(outside, join(root, 'docs'));
    await expect(create(root, 'docs/decisions/deep/0001-use-ropes.md')).rejects.toThrow(
      'docs/decisions/deep/0001-use-ropes.md cannot be written: a symbolic link points outside the repository',
    );
    expect(readdirSync(outside)).toEqual([]);
  });

  it('creates nothing behind a symbolic link to a folder that does not exist', async () => {
    const { root, outside } = places();
    symlinkSync(join(outside, 'absent'), join(root, 'docs'));
    await expect(create(root, 'docs/0001-use-ropes.md')).rejects.toThrow('docs/0001-use-ropes.md cannot be written');
    expect(readdirSync(outside)).toEqual([]);
  });

  it('writes through a symbolic link to another folder of the repository', async () => {
    const { root } = places();
    mkdirSync(join(root, 'documentation'));
    symlinkSync('documentation', join(root, 'docs'));
    await create(root, 'docs/decisions/0001-use-ropes.md');
    expect(existsSync(join(root, 'documentation/decisions/0001-use-ropes.md'))).toBe(true);
  });

  it('changes no file outside that a symbolic link leads to', async () => {
    const { root, outside } = places();
    writeFileSync(join(outside, 'a.md'), 'old\n');
    symlinkSync(join(outside, 'a.md'), join(root, 'a.md'));
    await expect(create(root, 'a.md')).rejects.toThrow('a symbolic link that points outside the repository');
    expect(readFileSync(join(outside, 'a.md'), 'utf8')).toBe('old\n');
  });

  it('creates nothing outside for a path that leaves the repository on its way', async () => {
    const { root, outside } = places();
    await expect(create(root, 'docs/../../outside/deep/a.md')).rejects.toThrow('is not in this repository');
    expect(readdirSync(outside)).toEqual([]);
  });

  it('refuses a path that leaves the repository and names it', async () => {
    const { root, outside } = places();
    await expect(create(root, '../outside/a.md')).rejects.toMatchObject({
      code: 'store-failed',
      message: '../outside/a.md is not in this repository. Nothing was written to it.',
    });
    expect(readdirSync(outside)).toEqual([]);
  });

  it('writes nothing into the folder of git, whatever its letters and however the path is written', async () => {
    const { root } = places();
    mkdirSync(join(root, '.git/hooks'), { recursive: true });
    symlinkSync('.git/hooks', join(root, 'docs'));
    for (const path of ['.git/hooks/pre-commit', '.GIT/hooks/pre-commit', 'a/../.git/hooks/pre-commit', 'docs/pre-commit'])
      await expect(create(root, path)).rejects.toThrow('cannot be written');
    expect(readdirSync(join(root, '.git/hooks'))).toEqual([]);
  });

  it('says before an editor writes that a path leads out, and nothing about one that stays inside', async () => {
    const { root, outside } = places();
    mkdirSync(join(root, 'documentation'));
    symlinkSync(outside, join(root, 'docs'));
    symlinkSync('documentation', join(root, 'inner'));
    writeFileSync(join(outside, 'old.md'), 'old\n');
    symlinkSync(join(outside, 'old.md'), join(root, 'old.md'));
    expect(await writeRefusal(root, 'docs/a.md')).toBe('docs/a.md cannot be written: a symbolic link points outside the repository');
    expect(await writeRefusal(root, 'docs/deep/er/a.md')).toMatch('points outside the repository');
    expect(await writeRefusal(root, 'old.md')).toMatch('it is a symbolic link that points outside the repository');
    expect(await writeRefusal(root, '../a.md')).toBe('../a.md is not in this repository');
    expect(await writeRefusal(root, 'inner/deep/a.md')).toBeUndefined();
    expect(await writeRefusal(root, 'new/a.md')).toBeUndefined();
  });

  it.skipIf(process.platform === 'win32')('does not wait for a named pipe, and does not replace it', async () => {
    const { root } = places();
    execFileSync('mkfifo', [join(root, 'a.md')]);
    await expect(create(root, 'a.md')).rejects.toThrow('it is not a regular file');
    expect(readdirSync(root)).toEqual(['a.md']);
  });

  it('makes no folder and no file outside while somebody turns folders into links', async () => {
    const { root, outside } = places();
    let stopped = false;
    const swap = async () => {
      while (!stopped) {
        // Either may meet what the other has just made.
        try {
          rmSync(join(root, 'docs'), { recursive: true, force: true });
          symlinkSync(outside, join(root, 'docs'));
          await setImmediate();
          rmSync(join(root, 'docs'), { force: true });
        } catch {
          continue;
        }
        await setImmediate();
      }
    };
    const swapping = swap();
    for (let at = 0; at < 200; at++) await create(root, `docs/deep${at}/a.md`).catch(() => undefined);
    stopped = true;
    await swapping;
    expect(readdirSync(outside, { recursive: true }).filter((path) => String(path).endsWith('.md'))).toEqual([]);
  });
});
