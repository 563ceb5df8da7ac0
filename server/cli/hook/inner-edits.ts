import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { readBounded, resolveInside } from '../../text/read-file.ts';
import type { Edit } from './edit.ts';

/** Files of one edit that are asked about. */
const MOST_FILES = 12;
/** Of a larger file, the beginning is read. */
const LARGEST_FILE = 1_000_000;

/** A path whose folders are the real ones, as far as they are there: the root of a repository is a real path. */
function withRealFolder(path: string): string {
  const folder = dirname(path);
  if (folder === path) return path;
  try {
    return join(realpathSync(folder), basename(path));
  } catch {
    return join(withRealFolder(folder), basename(path));
  }
}

/** An edit of a file of the repository. */
export interface InnerEdit extends Edit {
  /** Repository-relative. */
  readonly inner: string;
  /** The text on disk; absent where the file is new, or cannot be read as one. */
  readonly text?: string;
}

/** The edits of files of this repository. Nothing is read through a link that leads out of it. */
export async function innerEdits(root: string, folder: string, edits: readonly Edit[]): Promise<InnerEdit[]> {
  const found = await Promise.all(
    edits.slice(0, MOST_FILES).map(async (edit): Promise<InnerEdit[]> => {
      if (edit.path.includes('\0')) return [];
      const path = relative(root, withRealFolder(resolve(folder, edit.path)));
      if (path === '' || path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)) return [];
      const inner = path.split(sep).join('/');
      if (inner === '.git' || inner.startsWith('.git/')) return [];
      try {
        const real = await resolveInside(root, path);
        if (real === undefined) return [];
        const text = await readBounded(real, LARGEST_FILE);
        return [{ ...edit, inner, ...(text === undefined ? {} : { text }) }];
      } catch {
        // It is not there yet.
        return [{ ...edit, inner }];
      }
    }),
  );
  return found.flat();
}
