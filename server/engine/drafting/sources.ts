import { mergeBase, type Repository, readDiff, readLog } from '../../git/index.ts';
import { commitReason } from '../../history/reasons/reason.ts';
import type { DraftSubject, Refused } from '../../model/authoring.ts';
import type { Commit } from '../../model/commit.ts';
import type { Diff } from '../../model/diff.ts';

/** A commit that a draft is made from. */
export interface DraftCommit extends Pick<Commit, 'sha' | 'subject' | 'body' | 'date'> {
  /** The sentence of its message that says why, verbatim; absent where none does. */
  readonly reason?: string;
}

/** What a draft is made from. */
export interface DraftSources {
  /** Newest first. */
  readonly commits: readonly DraftCommit[];
  /** Commits of the range that were not read. */
  readonly left: number;
  readonly changes?: Diff;
  /** The two states of the changes, as names of commits; `to` is absent for the files on disk. */
  readonly states?: { readonly from: string; readonly to?: string };
}

/** More commits than a draft can quote. */
const MOST_COMMITS = 10;
const NOTHING: DraftSources = { commits: [], left: 0 };
const NO_REPOSITORY: Refused = { refused: 'This folder is not in a git repository, so there are no commits to start from.' };

const draftCommit = ({ sha, subject, body, date }: Commit): DraftCommit => {
  const reason = commitReason({ subject, body })?.sentence;
  return { sha, subject, body, date, ...(reason === undefined ? {} : { reason }) };
};

async function readCommits(repository: Repository, options: Parameters<typeof readLog>[1]): Promise<Commit[]> {
  const commits: Commit[] = [];
  for await (const batch of readLog(repository, options)) commits.push(...batch);
  return commits;
}

/** A first commit has nothing to be compared with: its files are new. */
const asAdded = ({ paths }: Commit): Diff => ({
  files: paths.map(({ path }) => ({ path, change: 'added', hunks: [] })),
  unreadable: [],
});

/** Reads the commits and changes that a draft is to start from; refuses where a name means no commit, or a range holds none. */
export async function readSources(
  repository: Repository | undefined,
  { from, fromChanges = false, signal }: Pick<DraftSubject, 'from' | 'fromChanges' | 'signal'>,
): Promise<DraftSources | Refused> {
  const written = from?.trim();
  if (!written) {
    if (!fromChanges || !repository) return NOTHING;
    return { ...NOTHING, changes: await readDiff(repository, 'work-tree', { context: 1, signal }), states: { from: 'HEAD' } };
  }
  if (!repository) return NO_REPOSITORY;
  const [first = '', last, more] = written.split(/\.{2,3}/);
  const unknown = (name: string): Refused => ({
    refused: `The repository has no commit "${name}". Use the sha of a commit, the name of a branch or tag, or a range such as main..HEAD.`,
  });
  if (more !== undefined || first === '') return unknown(written);
  const reading = signal ? { signal } : {};
  if (last === undefined) {
    const sha = await mergeBase(repository, first, first);
    const [commit] = sha === undefined ? [] : await readCommits(repository, { commits: [sha], ...reading });
    if (!commit) return unknown(first);
    const [parent] = commit.parents;
    const changes =
      parent === undefined ? asAdded(commit) : await readDiff(repository, { from: parent, to: commit.sha }, { context: 1, signal });
    return {
      commits: [draftCommit(commit)],
      left: 0,
      changes,
      ...(parent === undefined ? {} : { states: { from: parent, to: commit.sha } }),
    };
  }
  const to = last === '' ? 'HEAD' : last;
  const base = await mergeBase(repository, first, to);
  if (base === undefined) return unknown(first);
  const end = await mergeBase(repository, to, to);
  if (end === undefined) return unknown(to);
  const commits = await readCommits(repository, { range: { from: base, to: end }, ...reading });
  if (commits.length === 0) return { refused: `There are no commits in ${written}.` };
  return {
    commits: commits.slice(0, MOST_COMMITS).map(draftCommit),
    left: Math.max(0, commits.length - MOST_COMMITS),
    changes: await readDiff(repository, { from: base, to: end }, { context: 1, signal }),
    states: { from: base, to: end },
  };
}
