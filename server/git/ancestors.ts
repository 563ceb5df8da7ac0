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
