import { lstatSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { cacheFolder, indexFolderIn } from '../../store/folder.ts';

/**
 * The root of the repository around a folder, as its real path: the nearest folder with a `.git`. Starts no process. `undefined` outside of a repository.
 */
export function repositoryAround(folder: string): string | undefined {
  let here: string;
  try {
    here = realpathSync(resolve(folder));
  } catch {
    return undefined;
  }
  for (;;) {
    if (lstatSync(join(here, '.git'), { throwIfNoEntry: false })) return here;
    const above = dirname(here);
    if (above === here) return undefined;
    here = above;
  }
}

/**
 * Where hooks of a repository keep what they showed: a folder of its own in the user's cache, or below the folder that `LINTEL_INDEX` names. Not created here.
 * @param root real path of the repository
 */
export function hookFolder(root: string): string {
  const named = process.env.LINTEL_INDEX;
  return indexFolderIn(join(named ? resolve(named) : cacheFolder(), 'hook'), root);
}
