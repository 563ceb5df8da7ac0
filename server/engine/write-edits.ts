import { existsSync } from 'node:fs';
import { lstat, mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { EngineError, messageOf } from '../model/errors.ts';
import type { TextEdit } from '../model/finding.ts';
import { applyEdits } from '../text/edits.ts';
import { insideOf } from '../workspace/paths.ts';

/** Applies edits to files below a folder: each file completely or not at all, and never through a symbolic link that points outside. */
export async function writeEdits(root: string, edits: readonly TextEdit[]): Promise<void> {
  const top = await realpath(root);
  for (const path of [...new Set(edits.map((edit) => edit.path))]) {
    const inner = insideOf(root, path);
    if (inner === undefined) throw new EngineError('store-failed', `${path} is not in this repository. Nothing was written to it.`);
    const target = join(root, inner);
    try {
      // Checked before anything is created, because `mkdir` follows symbolic links too.
      const ancestor = await realpath(await deepestExisting(dirname(target)));
      if (ancestor !== top && !ancestor.startsWith(top + sep)) throw new Error('a symbolic link points outside the repository');
      await mkdir(dirname(target), { recursive: true });
      const fileExists = existsSync(target);
      if (fileExists && !(await realpath(target)).startsWith(top + sep))
        throw new Error('it is a symbolic link that points outside the repository');
      const before = fileExists ? await readFile(target, 'utf8') : '';
      const file = fileExists ? await realpath(target) : target;
      const temporary = `${file}.${process.pid}.tmp`;
      try {
        await writeFile(temporary, applyEdits(path, before, edits), { flag: 'wx' });
        await rename(temporary, file);
      } finally {
        await rm(temporary, { force: true });
      }
    } catch (cause) {
      throw new EngineError('store-failed', `${path} cannot be written: ${messageOf(cause)}`, { cause });
    }
  }
}

/** The path itself or the closest folder above it that exists; a symbolic link exists even if it leads nowhere. */
async function deepestExisting(path: string): Promise<string> {
  const found = await lstat(path).catch(() => undefined);
  return found || dirname(path) === path ? path : deepestExisting(dirname(path));
}
