import { isRevision } from './log.ts';
import { readGit } from './process.ts';
import type { Repository } from './repository.ts';

/**
 * Shas of all commits that were there before a commit: its first parent and that one's ancestors. Empty for a root commit and at the edge of a
 * shallow clone; `undefined` where the repository holds no such commit.
 */
export const ancestorsBefore = async (
  repository: Repository,
  sha: string,
  signal?: AbortSignal,
): Promise<ReadonlySet<string> | undefined> => {
  if (!isRevision(sha)) return undefined;
  const known = await readGit(repository.root, ['rev-parse', '--verify', '--quiet', `${sha}^{commit}`], { signal });
  if (known === undefined) return undefined;
  const list = await readGit(repository.root, ['rev-list', `${known}^1`, '--'], { signal });
  return new Set(list ? list.split('\n') : []);
};
