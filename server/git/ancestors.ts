import { isRevision } from './log.ts';
import { readGit } from './process.ts';
import type { Repository } from './repository.ts';

/**
 * Shas of the commits that a commit was built on: its first parent and everything reachable from there. Empty for a root commit and where a shallow
 * clone is cut off; `undefined` for a commit that is not in the repository.
 */
export const ancestorsBefore = async (
  repository: Repository,
  sha: string,
  signal?: AbortSignal,
): Promise<ReadonlySet<string> | undefined> => {
  if (!isRevision(sha)) return undefined;
  const commit = await readGit(repository, ['rev-parse', '--verify', '--quiet', `${sha}^{commit}`], { signal });
  if (commit === undefined) return undefined;
  const list = await readGit(repository, ['rev-list', `${commit}^1`, '--'], { signal });
  return new Set(list ? list.split('\n') : []);
};

/** A commit by sha or name, and the shas of all that can be reached from it, itself first. `undefined` for one that is not in the repository. */
export const historyUpTo = async (repository: Repository, name: string, signal?: AbortSignal): Promise<readonly string[] | undefined> => {
  if (!isRevision(name)) return undefined;
  const commit = await readGit(repository, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`], { signal });
  if (!commit) return undefined;
  return (await readGit(repository, ['rev-list', '--topo-order', commit.trim(), '--'], { signal }))?.trim().split('\n');
};
