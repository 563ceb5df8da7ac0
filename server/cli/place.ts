import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Place } from '../model/answer.ts';
import { lineIndex } from '../text/lines.ts';
import { RefusedError, UsageError } from './command.ts';
import { printable } from './terminal.ts';

/** Splits `FILE`, `FILE:LINE` and `FILE:LINE:COLUMN`, as compilers print them; `line` counts from 1. The colon of a drive letter does not separate. */
export const splitPlace = (written: string): { readonly file: string; readonly line?: number } => {
  const parts = /^(.+?):(\d+)(?::\d+)?:?$/s.exec(written);
  const [, file, line] = parts ?? [];
  if (file === undefined || line === undefined || /^[A-Za-z]$/.test(file)) return { file: written };
  return { file, line: Number(line) };
};

/** Above this, the lines of a file are not counted. */
const LARGEST_COUNTED = 64 * 1024 * 1024;

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** Where a name of the command line was looked for: the current folder, and the root of the repository if that is another one. */
export const folders = (folder: string, root: string): string =>
  relative(folder, root) === '' || realPath(folder) === realPath(root) ? root : `${folder} or ${root}`;

/** The folder itself, whatever links lead to it and however its letters are written. */
const realPath = (path: string): string => {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
};

/** Refuses a line after the last one, as editors count: what is after the last line end is a line as well. */
const refuseLineBeyond = (line: number, path: string, shown: string): void => {
  if (statSync(path).size > LARGEST_COUNTED) return;
  const text = readFileSync(path, 'utf8');
  const { count } = lineIndex(text);
  // People do not count the empty line after the last line end.
  const lines = Math.max(1, /[\r\n]$/.test(text) ? count - 1 : count);
  if (line > count) throw new RefusedError(`${shown} has ${lines === 1 ? '1 line' : `${lines} lines`}; there is no line ${line}.`);
};

/** The path of a file in the repository; `undefined` where it is outside. */
const withinRoot = (path: string, root: string): string | undefined =>
  [relative(root, path), relative(realPath(root), realPath(path))]
    .find((inner) => inner !== '..' && !inner.startsWith(`..${sep}`) && !isAbsolute(inner))
    ?.split(sep)
    .join('/');

/**
 * The place that FILE[:LINE] names in a commit, where the file may be one that is gone. Relative to the root of the repository if it is there now, else to the
 * current folder. Throws a `UsageError` if it is outside the repository.
 */
export const placeThen = (written: string, folder: string, root: string): Place => {
  const whole = [resolve(folder, written), resolve(root, written)].some(isFile);
  const { file, line } = whole ? { file: written, line: undefined } : splitPlace(written);
  if (line === 0) throw new UsageError('Lines are counted from 1.');
  const found = [resolve(folder, file), resolve(root, file)].find(isFile) ?? resolve(folder, file);
  const path = withinRoot(found, root);
  if (path === undefined) throw new RefusedError(`${printable(file)} is outside the repository ${root}. Pass its repository with --repo.`);
  return { path, ...(line === undefined ? {} : { line: line - 1 }) };
};

/**
 * The place that FILE[:LINE] names, relative to the current folder or to the root of the repository.
 * Throws a `UsageError` if there is no such file, if it is outside the repository, or if it has no such line.
 */
export const placeFrom = (written: string, folder: string, root: string): Place => {
  const whole = [resolve(folder, written), resolve(root, written)].some(isFile);
  const { file, line } = whole ? { file: written, line: undefined } : splitPlace(written);
  const found = [resolve(folder, file), resolve(root, file)].find(isFile);
  if (found === undefined) throw new RefusedError(`There is no file ${printable(file)} in ${folders(folder, root)}.`);
  if (line === 0) throw new UsageError('Lines are counted from 1.');
  const path = withinRoot(found, root);
  if (path === undefined) throw new RefusedError(`${printable(file)} is outside the repository ${root}. Pass its repository with --repo.`);
  if (line !== undefined) refuseLineBeyond(line, found, printable(file));
  return { path, ...(line === undefined ? {} : { line: line - 1 }) };
};
