import { CommitHistory } from '../../server/history/commit-history.ts';
import type { Rename } from '../../server/model/document.ts';
import { type Catalogue, catalogueOf } from '../../server/register/catalogue.ts';
import { type RecordCommits, RecordCommitsKeeper } from '../../server/register/record-commits.ts';
import type { CommitLog, LoggedCommit } from '../../server/retrieval/commit-log.ts';
import { treeOf } from '../../server/workspace/tree.ts';
import { recordHead } from './register.ts';

export interface MadeCommit {
  readonly message: string;
  readonly paths: readonly string[];
  readonly renames?: readonly Rename[];
  readonly merge?: true;
  /** ISO 8601; default: an hour after the commit before. */
  readonly date?: string;
}

const HOUR = 3_600_000;

/** The sha of the commit at this index, counted from the oldest. */
export const shaOf = (index: number): string => `${index.toString(16).padStart(7, '0')}${'e'.repeat(33)}`;

/** Commits, oldest first, as the index gives them. */
export function logOf(commits: readonly MadeCommit[], key = `${commits.length}`): CommitLog & { readonly reads: () => number } {
  let reads = 0;
  const rows = commits.map(({ message, paths, date }, index): LoggedCommit => {
    const sha = shaOf(index);
    const when = date ?? new Date(Date.UTC(2024, 0, 1) + index * HOUR).toISOString();
    return { documentId: `commit:${sha}`, sha, date: when, paths: paths.join('\n'), text: message };
  });
  const details = commits.flatMap(({ renames, merge }, index) =>
    renames || merge ? [[`commit:${shaOf(index)}`, { ...(renames ? { renames } : {}), ...(merge ? { merge } : {}) }] as const] : [],
  );
  const read = () => {
    reads++;
    return Promise.resolve(rows);
  };
  return { key, details: new Map(details), read, reads: () => reads };
}

/** The catalogue of records with these titles, by path. */
export const catalogueWith = (titles: Readonly<Record<string, string>>): Catalogue =>
  catalogueOf(Object.entries(titles).map(([path, title]) => recordHead(path, title)));

export interface MadeHistory {
  readonly commits: readonly MadeCommit[];
  /** Titles by path. */
  readonly records: Readonly<Record<string, string>>;
  /** Files of the work tree beside the records. */
  readonly files?: readonly string[];
}

/** The record commits of a repository in memory. */
export const recordCommitsIn = ({ commits, records, files = [] }: MadeHistory): Promise<RecordCommits> =>
  new RecordCommitsKeeper().refresh(logOf(commits), {
    catalogue: catalogueWith(records),
    tree: treeOf([...Object.keys(records), ...files]),
  });

/** The history of a repository in memory. */
export const commitHistoryOf = async (commits: readonly MadeCommit[]): Promise<CommitHistory> => {
  const log = logOf(commits);
  return CommitHistory.empty().next(log, await log.read());
};
