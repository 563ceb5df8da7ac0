import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clip } from './clip.ts';
import { ToolRefusal } from './refusal.ts';

/** A path of the repository as an agent wrote it. */
export interface WrittenPath {
  /** Repository-relative, forward slashes; empty for the root. */
  readonly path: string;
  readonly is: 'file' | 'folder' | 'absent';
  /** From 1; where it was written behind the path, as in `src/a.ts:12`. */
  readonly line?: number;
}

const withoutScheme = (written: string): string => {
  if (!/^file:\/\//i.test(written)) return written;
  try {
    return fileURLToPath(written);
  } catch {
    return written;
  }
};

const kindOf = async (absolute: string): Promise<WrittenPath['is']> => {
  const found = await stat(absolute).catch(() => undefined);
  return found?.isFile() ? 'file' : found?.isDirectory() ? 'folder' : 'absent';
};

const outside = (path: string): boolean => path === '..' || path.startsWith(`..${sep}`) || path.startsWith('../') || isAbsolute(path);

/** Relative to the root by its name or, where a link leads there, by its real path. */
const innerOf = async (root: string, absolute: string): Promise<string | undefined> => {
  const real = async (path: string) => realpath(path).catch(() => path);
  for (const inner of [relative(root, absolute), relative(await real(root), await real(absolute))])
    if (!outside(inner)) return inner.split(sep).join('/');
  return undefined;
};

/**
 * The file or folder that an agent means: relative to the root, absolute, or a `file:` URI, with or without a line. One that is not there yet is fine, because
 * decisions speak of files that will be written as well. Throws a `ToolRefusal` for a path outside of the repository.
 */
export async function writtenPath(root: string, written: string): Promise<WrittenPath> {
  if (written.includes('\0')) throw new ToolRefusal('`path` has a character that no path can have.');
  const plain = withoutScheme(written.trim());
  const [, before, digits] = /^(.+?):(\d{1,9})(?::\d+)?$/s.exec(plain) ?? [];
  const whole = await kindOf(resolve(root, plain));
  const split = whole === 'absent' && before !== undefined && !/^[A-Za-z]$/.test(before);
  // Agents on Windows write backslashes, and some of them everywhere.
  const named = split ? before : plain;
  const slashed = named.includes('\\') && (await kindOf(resolve(root, named))) === 'absent' ? named.replaceAll('\\', '/') : named;
  const absolute = resolve(root, slashed);
  const path = await innerOf(root, absolute);
  if (path === undefined) throw new ToolRefusal(`${clip(slashed, 200)} is outside of the repository ${root}. Name a path in it.`);
  return { path, is: await kindOf(absolute), ...(split ? { line: Number(digits) } : {}) };
}
