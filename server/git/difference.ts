import { isRevision, listCommits } from './log.ts';
import { listGit, readGit } from './process.ts';
import type { Repository } from './repository.ts';

/** How the log changed between two values of HEAD. */
export interface CommitDifference {
  /** Shas to add, newest first. The whole log of `to` when `gone`. */
  readonly added: readonly string[];
  /** Shas that left the log by a rebase, force push or branch switch. Empty when `gone`. */
  readonly removed: readonly string[];
  /** `from` no longer exists in the repository, so the caller has to compare everything that it indexed with `added`. */
  readonly gone: boolean;
}

/**
 * What to add to and remove from an index that was built at `from`, so that it equals one built at `to`. The log is what `listCommits` lists; an empty
 * name means no commits at all.
 */
export const commitDifference = async (
  repository: Repository,
  from: string,
  to: string,
  signal?: AbortSignal,
): Promise<CommitDifference> => {
  if (from === to) return { added: [], removed: [], gone: false };
  const options = signal ? { signal } : {};
  const all = (name: string): Promise<string[]> => (name === '' ? Promise.resolve([]) : listCommits(repository, { to: name }, options));
  if (from === '' || to === '') return { added: await all(to), removed: await all(from), gone: false };
  if (!(await holdsCommit(repository, from))) return { added: await all(to), removed: [], gone: true };
  const [added, removed, continues] = await Promise.all([
    listCommits(repository, { from, to }, options),
    listCommits(repository, { from: to, to: from }, options),
    mainlineContinues(repository, from, to),
  ]);
  if (continues) return { added, removed, gone: false };
  // The first-parent line changed its course, so a merge that both sides reach may be in the log of only one of them.
  const [before, after] = await Promise.all([mainlineMerges(repository, from), mainlineMerges(repository, to)]);
  return { added: moved(added, after, before), removed: moved(removed, before, after), gone: false };
};

const moved = (shas: readonly string[], here: ReadonlySet<string>, there: ReadonlySet<string>): readonly string[] => [
  ...new Set([...shas, ...[...here].filter((sha) => !there.has(sha))]),
];

/** Whether the first-parent line of `to` passes through `from`, so that the log of `from` is part of the log of `to`. */
const mainlineContinues = async (repository: Repository, from: string, to: string): Promise<boolean> => {
  const line = await readGit(repository, ['rev-list', '--first-parent', '--parents', `^${from}`, to, '--']);
  return line?.split('\n').at(-1)?.split(' ')[1] === from;
};

const mainlineMerges = async (repository: Repository, sha: string): Promise<ReadonlySet<string>> => {
  const text = await readGit(repository, ['rev-list', '--first-parent', '--merges', sha, '--']);
  return new Set(text ? text.split('\n') : []);
};

/** Whether the repository has a commit. */
export const holdsCommit = async (repository: Repository, sha: string): Promise<boolean> =>
  isRevision(sha) && (await readGit(repository, ['cat-file', '-e', `${sha}^{commit}`])) !== undefined;

/** Whether a commit is reachable from another one, or is the same. False for commits that are not there. */
export const isAncestor = async (repository: Repository, sha: string, of: string): Promise<boolean> =>
  isRevision(sha) && isRevision(of) && (await readGit(repository, ['merge-base', '--is-ancestor', sha, of])) !== undefined;

/** Number of commits of the log in `from..to`; in all of `to` where `from` is empty or no longer exists. */
export const countCommits = async (repository: Repository, from: string, to: string): Promise<number> => {
  if (!isRevision(to) || from === to) return 0;
  const known = from !== '' && (await holdsCommit(repository, from));
  const range = known ? [to, `^${from}`, '--'] : [to, '--'];
  const counts = await Promise.all(
    [['--no-merges'], ['--merges', '--first-parent']].map((selection) =>
      readGit(repository, ['rev-list', '--count', ...selection, ...range]),
    ),
  );
  return counts.reduce((sum, count) => sum + Number(count ?? 0), 0);
};

/**
 * Paths that differ between two commits, including deleted ones and both names of a rename, without submodules. All files of `to` where `from` is empty;
 * `undefined` where a commit does not exist.
 */
export const changedPaths = async (repository: Repository, from: string, to: string): Promise<string[] | undefined> => {
  if (!isRevision(to) || (from !== '' && !isRevision(from))) return undefined;
  if (from === to) return [];
  const list = ['--name-only', '-z', '-r', '--no-ext-diff', '--no-textconv'];
  if (from === '') return listGit(repository, ['ls-tree', '-r', '-z', '--name-only', '--full-tree', to]);
  return listGit(repository, ['diff-tree', ...list, '--no-renames', '--ignore-submodules=all', from, to, '--']);
};

/**
 * The commit at which HEAD, or another commit, forked from a commit, by sha or name; that commit itself where the two share none. `undefined` if there is no
 * such commit.
 */
export const mergeBase = async (repository: Repository, name: string, other = 'HEAD'): Promise<string | undefined> => {
  if (!isRevision(name) || !isRevision(other)) return undefined;
  const sha = (await readGit(repository.root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]))?.trim();
  if (!sha) return undefined;
  return (await readGit(repository.root, ['merge-base', sha, `${other}^{commit}`]))?.trim().split('\n')[0] || sha;
};
