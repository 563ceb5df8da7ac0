import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

const DEFAULT_MOST_BYTES = 1_000_000;

/** Does not wait for whoever writes to a named pipe. Windows has no such flag. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Reads the beginning of a file as UTF-8. Never blocks: a named pipe does not count as a file. Follows symbolic links wherever they lead, so it is for
 * paths that nobody else chose; {@link readInside} is for those of a repository.
 * @param mostBytes a longer file is cut there
 * @returns `undefined` where there is no regular file that can be read
 */
export async function readBounded(path: string, mostBytes = DEFAULT_MOST_BYTES): Promise<string | undefined> {
  try {
    const file = await open(path, FLAGS);
    try {
      const found = await file.stat();
      if (!found.isFile()) return undefined;
      // By the file's size: most files are small, and callers allow up to 10 MB.
      const bytes = Buffer.allocUnsafe(Math.min(found.size, mostBytes));
      let length = 0;
      while (length < bytes.length) {
        const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      return bytes.toString('utf8', 0, length);
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}

/** Whether a real path is a folder or lies below it, and not in a `.git` there, whose files hold addresses with passwords in them. */
const isBelow = (top: string, path: string): boolean => {
  if (path === top) return true;
  if (!path.startsWith(top.endsWith(sep) ? top : top + sep)) return false;
  return !relative(top, path)
    .split(sep)
    .some((name) => name.toLowerCase() === '.git');
};

/**
 * The real path of what a repository calls `path`; `undefined` where a symbolic link on the way leads out of the folder or into its `.git`.
 * Rejects with the system's error where it does not exist.
 */
export async function resolveInside(root: string, path: string): Promise<string | undefined> {
  const [top, real] = await Promise.all([realpath(root), realpath(join(root, path))]);
  return isBelow(top, real) ? real : undefined;
}

/** As {@link readBounded}, for a path of a repository: nothing is read where {@link resolveInside} does not know it. */
export async function readInside(root: string, path: string, mostBytes?: number): Promise<string | undefined> {
  const real = await resolveInside(root, path).catch(() => undefined);
  return real === undefined ? undefined : readBounded(real, mostBytes);
}
