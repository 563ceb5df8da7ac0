import { CommitHistory } from '../../server/history/commit-history.ts';
import { type Renames, renamesOf } from '../../server/history/renames.ts';
import type { Rename } from '../../server/model/document.ts';
import { type Catalogue, catalogueOf } from '../../server/register/catalogue.ts';
import { type RecordCommits, RecordCommitsKeeper } from '../../server/register/record-commits.ts';
import { factOf } from '../../server/retrieval/commit-facts.ts';
import type { CommitLog, LoggedCommit } from '../../server/retrieval/commit-log.ts';
import { wordsOf } from '../../server/retrieval/words.ts';
import { SegmentBuilder } from '../../server/store/commits/builder.ts';
import type { StoredMove } from '../../server/store/commits/fact.ts';
import { factsInMemory } from '../../server/store/commits/facts.ts';
import { groupBy } from '../../server/text/group-by.ts';
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

/** Commits as the index gives them. */
export interface MadeLog extends CommitLog {
  /** How many messages were read. */
  readonly reads: () => number;
}

/**
 * Commits, oldest first, as the index gives them.
 * @param isThere which of them the index holds, by their indexes; default: all
 */
export function logOf(commits: readonly MadeCommit[], isThere: (index: number) => boolean = () => true): MadeLog {
  let reads = 0;
  const builder = new SegmentBuilder();
  const rows = new Map<string, LoggedCommit & { readonly words: readonly string[] }>();
  for (const [index, { message, paths, renames, merge, date }] of commits.entries()) {
    if (!isThere(index)) continue;
    const sha = shaOf(index);
    const when = date ?? new Date(Date.UTC(2024, 0, 1) + index * HOUR).toISOString();
    const words = wordsOf(message);
    const row = { sha, title: message.split('\n')[0] ?? '', date: when, paths: paths.join('\n'), text: message };
    builder.add(factOf({ ...row, words: words.join(' ') }, { ...(renames ? { renames } : {}), ...(merge ? { merge } : {}) }));
    rows.set(sha, { ...row, words });
  }
  return {
    facts: factsInMemory(builder, [...rows.keys()].join(' ')),
    rowsOf: async (shas) => {
      reads += shas.length;
      return shas.flatMap((sha) => rows.get(sha) ?? []);
    },
    holding: async (wanted, most) =>
      [...rows.values()]
        .filter(({ words }) => wanted.every((word) => words.includes(word)))
        .map(({ sha }) => sha)
        .slice(0, most),
    reads: () => reads,
  };
}

/** The renames of some moves, in any order. */
export function renamesFrom(moves: readonly StoredMove[]): Renames {
  const into = groupBy(moves, ({ to }) => to);
  const outOf = groupBy(moves, ({ from }) => from);
  return renamesOf({ into: (path) => into.get(path) ?? [], outOf: (path) => outOf.get(path) ?? [] });
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
export const commitHistoryOf = (commits: readonly MadeCommit[]): CommitHistory => new CommitHistory(logOf(commits).facts);
