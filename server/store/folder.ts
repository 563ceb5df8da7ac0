import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { basename, isAbsolute, join, resolve } from 'node:path';

/** The parts of the surroundings that decide; replaced in tests. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

const here = (): Surroundings => ({ env: process.env, platform: process.platform, home: homedir() });

/** A variable's value, where it holds an absolute path; the XDG specification says to ignore others. */
const absolute = (value: string | undefined): string | undefined => (value && isAbsolute(value) ? value : undefined);

/**
 * The user's cache folder for Lintel: `$XDG_CACHE_HOME/lintel` or `~/.cache/lintel`, `~/Library/Caches/Lintel`, `%LOCALAPPDATA%\Lintel`.
 * Holds indexes (`index/`) and downloaded models (`models/`). Not created here.
 */
export function cacheFolder({ env, platform, home }: Surroundings = here()): string {
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'Lintel');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'Lintel');
  return join(absolute(env.XDG_CACHE_HOME) ?? join(home, '.cache'), 'lintel');
}

/**
 * The folder of one repository's index below a folder that holds indexes. Its name is the repository's, for people, and a hash of `key`, which
 * tells repositories apart (the real path of the root).
 */
export function indexFolderIn(home: string, key: string): string {
  const readable =
    basename(key)
      .replace(/[^\w.-]+/g, '-')
      .slice(0, 40) || 'root';
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 16);
  return join(home, `${readable}-${hash}`);
}

/** The index folder of a repository: below the folder that `LINTEL_INDEX` names, else below the user's cache folder. */
export function defaultIndexFolder(key: string, surroundings: Surroundings = here()): string {
  const named = surroundings.env.LINTEL_INDEX;
  return indexFolderIn(named ? resolve(named) : join(cacheFolder(surroundings), 'index'), key);
}
