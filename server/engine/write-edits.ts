import { lstat, mkdir, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { EngineError, messageOf } from '../model/errors.ts';
import type { TextEdit } from '../model/finding.ts';
import { applyEdits } from '../text/edits.ts';
import { resolveInside } from '../text/read-file.ts';
import { insideOf } from '../workspace/paths.ts';

/** Where edits to a path end up. */
interface Target {
  /** Real path of the closest folder that exists. */
  readonly above: string;
  /** Folders below it that have to be made, outermost first. */
  readonly folders: readonly string[];
  readonly name: string;
  /** The file exists. */
  readonly exists: boolean;
}

const OUTSIDE = 'a symbolic link points outside the repository';

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

/** Follows the links on the way to a path. Rejects where one leads out of the repository, into its `.git`, or nowhere. */
const targetOf = async (root: string, inner: string): Promise<Target> => {
  if (inner.split('/').some((name) => name.toLowerCase() === '.git')) throw new Error('it belongs to git');
  if (await isThere(join(root, inner))) {
    const real = await resolveInside(root, inner);
    if (real === undefined) throw new Error('it is a symbolic link that points outside the repository');
    if (!(await stat(real)).isFile()) throw new Error('it is not a regular file');
    return { above: dirname(real), folders: [], name: basename(real), exists: true };
  }
  const folders: string[] = [];
  let folder = dirname(inner);
  for (; folder !== '.' && !(await isThere(join(root, folder))); folder = dirname(folder)) folders.unshift(basename(folder));
  const above = await resolveInside(root, folder);
  if (above === undefined) throw new Error(OUTSIDE);
  return { above, folders, name: basename(inner), exists: false };
};

/**
 * Why nothing may be written to a path of a repository; `undefined` where it may. For edits that somebody else applies, such as the editor.
 */
export async function writeRefusal(root: string, path: string): Promise<string | undefined> {
  const inner = insideOf(root, path);
  if (inner === undefined) return `${path} is not in this repository`;
  return targetOf(root, inner).then(
    () => undefined,
    (cause) => `${path} cannot be written: ${messageOf(cause)}`,
  );
}

/** Makes folders one by one, because making them all at once would follow a link that somebody places meanwhile. Answers the real path of the last. */
const makeFolders = async ({ above, folders }: Target): Promise<string> => {
  let folder = above;
  for (const name of folders) {
    folder = join(folder, name);
    await mkdir(folder).catch((error) => {
      if (error.code !== 'EEXIST') throw error;
    });
    if (!(await lstat(folder)).isDirectory()) throw new Error(OUTSIDE);
  }
  return folder;
};

/** Writes a file as a whole, by a temporary one beside it that is looked at before anything is written into it. */
const replaceFile = async (top: string, file: string, text: string): Promise<void> => {
  const temporary = `${file}.${process.pid}.tmp`;
  const handle = await open(temporary, 'wx');
  try {
    const [made, found] = await Promise.all([handle.stat(), lstat(temporary)]);
    const real = await realpath(temporary);
    if (!real.startsWith(top.endsWith(sep) ? top : top + sep) || made.ino !== found.ino) throw new Error(OUTSIDE);
    await handle.writeFile(text);
    await handle.close();
    await rename(real, join(dirname(real), basename(file)));
  } finally {
    await handle.close();
    await rm(temporary, { force: true });
  }
};

/** Applies edits to files below a folder: each file completely or not at all, and never through a symbolic link that points outside. */
export async function writeEdits(root: string, edits: readonly TextEdit[]): Promise<void> {
  const top = await realpath(root);
  for (const path of [...new Set(edits.map((edit) => edit.path))]) {
    const inner = insideOf(root, path);
    if (inner === undefined) throw new EngineError('store-failed', `${path} is not in this repository. Nothing was written to it.`);
    try {
      const target = await targetOf(root, inner);
      const file = join(await makeFolders(target), target.name);
      const before = target.exists ? await readFile(file, 'utf8') : '';
      await replaceFile(top, file, applyEdits(path, before, edits));
    } catch (cause) {
      throw new EngineError('store-failed', `${path} cannot be written: ${messageOf(cause)}`, { cause });
    }
  }
}
