import { lstatSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Config } from '../knowledge/discovery/config.ts';
import type { EngineOptions } from '../model/engine.ts';
import { defaultIndexFolder, indexFolderIn } from '../store/folder.ts';
import { insideOf } from '../workspace/paths.ts';

/**
 * The folder of a repository's index: what the caller says, else the environment, else `lintel.yaml`, else the user's cache folder. A repository may
 * keep its index inside itself, but does not decide where else on this machine files are written.
 * @param environment value of `LINTEL_INDEX`
 */
export function indexFolderOf(
  root: string,
  options: Pick<EngineOptions, 'indexFolder' | 'indexHome'>,
  config: Pick<Config, 'index'>,
  environment: string | undefined = process.env.LINTEL_INDEX,
): string {
  if (options.indexFolder !== undefined) return resolve(root, options.indexFolder);
  if (options.indexHome) return indexFolderIn(resolve(root, options.indexHome), root);
  const configured = config.index.folder === undefined ? undefined : insideOf(root, resolve(root, config.index.folder));
  if (configured !== undefined && !environment && staysInside(root, resolve(root, configured))) return resolve(root, configured);
  return resolve(root, defaultIndexFolder(root));
}

/** Whether the closest folder that exists on the way to a path is one of the repository, not one that a symbolic link leads to. */
const staysInside = (root: string, path: string): boolean => {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found && path !== root) return staysInside(root, dirname(path));
  try {
    const rest = relative(realpathSync(root), realpathSync(path));
    return rest !== '..' && !rest.startsWith(`..${sep}`) && !isAbsolute(rest);
  } catch {
    // A link that leads nowhere, or a root that does not exist yet.
    return found === undefined;
  }
};

/**
 * The embedding model: `static`, a name, or the absolute path of a folder, which is written relative to the root. A folder that `lintel.yaml` names counts
 * inside the repository alone: a repository does not decide what else on this machine is read.
 */
export function modelOf(root: string, chosen: string | undefined, config: Pick<Config, 'embedding'>): string {
  const model = chosen ?? config.embedding.model;
  const folder = model.startsWith('.') ? join(root, model) : model;
  if (chosen !== undefined || !isAbsolute(folder)) return folder;
  return insideOf(root, folder) !== undefined && staysInside(root, folder) ? folder : 'static';
}
