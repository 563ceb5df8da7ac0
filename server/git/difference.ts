import { isRevision, listCommits } from './log.ts';
import { listGit, readGit } from './process.ts';
import type { Repository } from './repository.ts';

/** How the log changed between two states of HEAD. */
export interface CommitDifference {
  /** Shas to read and add, newest first. All of `to` when `gone`. */
  readonly added: readonly string[];
  /** Shas that are no longer part of the log (rebase, force push, branch switch). Empty when `gone`. */
  readonly removed: readonly string[];
  /** The object database no longer holds `from`: what was indexed must be compared with `added` as a whole. */
  readonly gone: boolean;
}

/**
 * What to add to and to remove from an index that was built at `from`, so that it equals one built at `to` (the log as `listCommits` defines it).
 * Empty names stand for no commits at all.
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
  // The first-parent line took another course, so that merges which both sides reach may be told on one side only.
  const [before, after] = await Promise.all([mainlineMerges(repository, from), mainlineMerges(repository, to)]);
  return { added: moved(added, after, before), removed: moved(removed, before, after), gone: false };
};

const moved = (shas: readonly string[], here: ReadonlySet<string>, there: ReadonlySet<string>): readonly string[] => [
  ...new Set([...shas, ...[...here].filter((sha) => !there.has(sha))]),
];

/** Whether the first-parent line of `to` passes through `from`, so that nothing told before is told differently. */
const mainlineContinues = async (repository: Repository, from: string, to: string): Promise<boolean> => {
  const line = await readGit(repository.root, ['rev-list', '--first-parent', '--parents', `^${from}`, to, '--']);
  return line?.split('\n').at(-1)?.split(' ')[1] === from;
};

const mainlineMerges = async (repository: Repository, sha: string): Promise<ReadonlySet<string>> => {
  const text = await readGit(repository.root, ['rev-list', '--first-parent', '--merges', sha, '--']);
  return new Set(text ? text.split('\n') : []);
};

/** Whether the object database holds a commit. */
export const holdsCommit = async (repository: Repository, sha: string): Promise<boolean> =>
  isRevision(sha) && (await readGit(repository.root, ['cat-file', '-e', `${sha}^{commit}`])) !== undefined;

/** Number of commits of the log in `from..to`; all of `to` where `from` is empty or no longer there. */
export const countCommits = async (repository: Repository, from: string, to: string): Promise<number> => {
  if (!isRevision(to) || from === to) return 0;
  const known = from !== '' && (await holdsCommit(repository, from));
  const range = known ? [to, `^${from}`, '--'] : [to, '--'];
  const counts = await Promise.all(
    [['--no-merges'], ['--merges', '--first-parent']].map((selection) =>
      readGit(repository.root, ['rev-list', '--count', ...selection, ...range]),
    ),
  );
  return counts.reduce((sum, count) => sum + Number(count ?? 0), 0);
};

/**
 * Paths that differ between two commits: both names of a rename, deleted ones included; submodules are left out.
 * All files of `to` where `from` is empty; `undefined` where a commit is not there.
 */
export const changedPaths = async (repository: Repository, from: string, to: string): Promise<string[] | undefined> => {
  if (!isRevision(to) || (from !== '' && !isRevision(from))) return undefined;
  if (from === to) return [];
  const list = ['--name-only', '-z', '-r', '--no-ext-diff', '--no-textconv'];
  if (from === '') return listGit(repository.root, ['ls-tree', '-r', '-z', '--name-only', '--full-tree', to]);
  return listGit(repository.root, ['diff-tree', ...list, '--no-renames', '--ignore-submodules=all', from, to, '--']);
};
