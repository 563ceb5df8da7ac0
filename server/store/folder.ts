import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { basename, isAbsolute, join, resolve } from 'node:path';

/** The parts of the environment that decide on the folder; replaced in tests. */
export interface Environment {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

const current = (): Environment => ({ env: process.env, platform: process.platform, home: homedir() });

/** Value of a variable if it is an absolute path; the XDG specification says to ignore relative ones. */
const absolute = (value: string | undefined): string | undefined => (value && isAbsolute(value) ? value : undefined);

/**
 * The user's cache folder for Lintel: `$XDG_CACHE_HOME/lintel` or `~/.cache/lintel`, `~/Library/Caches/Lintel`, `%LOCALAPPDATA%\Lintel`.
 * Contains indexes (`index/`) and downloaded models (`models/`). This function does not create it.
 */
export function cacheFolder({ env, platform, home }: Environment = current()): string {
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'Lintel');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'Lintel');
  return join(absolute(env.XDG_CACHE_HOME) ?? join(home, '.cache'), 'lintel');
}

/**
 * Folder of one repository's index within a folder of indexes. Its name is the name of the repository, for readability, and a hash of `key` (the real path of
 * the root), which tells repositories apart.
 */
export function indexFolderIn(home: string, key: string): string {
  const readable =
    basename(key)
      .replace(/[^\w.-]+/g, '-')
      .slice(0, 40) || 'root';
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 16);
  return join(home, `${readable}-${hash}`);
}

/** Folder of objects in an index folder: only a commit-graph is in it, which git reads beside the objects of the repository. */
export const graphFolder = (indexFolder: string): string => join(indexFolder, 'objects');

/** Index folder of a repository, in the folder that `LINTEL_INDEX` names or else in the user's cache. */
export function defaultIndexFolder(key: string, environment: Environment = current()): string {
  const named = environment.env.LINTEL_INDEX;
  return indexFolderIn(named ? resolve(named) : join(cacheFolder(environment), 'index'), key);
}
