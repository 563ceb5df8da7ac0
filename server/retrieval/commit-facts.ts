import type { Rename } from '../model/document.ts';
import { SegmentBuilder } from '../store/commits/builder.ts';
import type { CommitFact } from '../store/commits/fact.ts';
import { type CommitFacts, factsInMemory, NO_FACTS, openFacts } from '../store/commits/facts.ts';
import { parseObject } from '../store/head.ts';
import { pathsOf, type StoreRow } from '../store/row.ts';
import type { IndexState } from '../store/state.ts';
import type { Store } from '../store/store.ts';
import { citationCues } from '../text/citation-cues.ts';
import { turnTaker } from '../text/yielding.ts';
import { commitWords } from './rank-commits.ts';

/** Larger commits are no evidence of anything: they reformat, move or import. */
const MOST_FILES = 80;

/** Properties that only some commits have. */
export interface CommitDetails {
  readonly renames?: readonly Rename[];
  readonly merge?: true;
}

/** The columns that facts are made of. */
const FACT_COLUMNS = ['sha', 'date', 'paths', 'text', 'words', 'document'] as const;

/** The fact of a commit by its row. */
export function factOf(
  row: Pick<StoreRow, 'sha' | 'date' | 'paths' | 'text' | 'words'>,
  { renames = [], merge }: CommitDetails,
): CommitFact {
  const changed = pathsOf(row);
  const { message, paths, changed: lines } = commitWords(row.words);
  return {
    sha: row.sha,
    date: row.date,
    merge: merge === true,
    paths: changed.length > MOST_FILES ? [] : changed,
    renames,
    words: [...new Set([...message, ...paths, ...lines])],
    messageWords: message.length,
    pathWords: paths.length,
    changedWords: lines.length,
    cues: citationCues(row.text),
  };
}

type FactRow = Pick<StoreRow, (typeof FACT_COLUMNS)[number]>;

const factOfRow = (row: FactRow, folder: string): CommitFact => factOf(row, parseObject(row.document, folder) as CommitDetails);

/** The facts of some commits of the table. Rejects as the store does. */
export async function factsOfRows(store: Store, ids: readonly string[]): Promise<CommitFact[]> {
  return (await store.rowsOf(ids, FACT_COLUMNS)).map((row) => factOfRow(row, store.folder));
}

/** Commits from which the table is read in parts: a row takes some 2 KB while it is read. */
const MANY = 50_000;
/** Where parts end, by the first letter of a sha. */
const BREAKS = [...'123456789abcdef'];

/** Gives the facts of all commits of the table to somebody who collects them. Reads all rows: 80,000 commits take two seconds. Rejects as the store does. */
export async function readFacts(store: Store, commits: number, take: (fact: CommitFact) => void | Promise<void>): Promise<void> {
  const starts = ['commit:', ...(commits > MANY ? BREAKS.map((letter) => `commit:${letter}`) : [])];
  for (const [at, from] of starts.entries()) {
    const to = starts[at + 1] ?? 'commit;';
    const rows = await store.allRows(['commit'], ['documentId', ...FACT_COLUMNS], { between: [from, to] });
    const takeTurn = turnTaker();
    for (const row of rows) {
      if (row.documentId !== to) await take(factOfRow(row, store.folder));
      await takeTurn();
    }
  }
}

/**
 * The facts of an index as its state says where they are; of one that an earlier version made, in memory and read from its table.
 * @param database folder of the table
 * @param known the facts before, which are given where they still hold
 * Rejects with `StoreUnusable` where a file is missing or cannot be read, and as the store does.
 */
export async function factsOfIndex(
  store: Store,
  database: string,
  { commitFacts, commitsIndexed, finishedAt, head }: IndexState,
  known: CommitFacts,
): Promise<CommitFacts> {
  const isOld = commitFacts === undefined && finishedAt !== '';
  const key = isOld ? `${head} ${commitsIndexed}` : (commitFacts ?? []).join(' ');
  if (key === known.key) return known;
  return isOld ? factsOfTable(store, commitsIndexed, key) : openFacts(database, commitFacts ?? []);
}

/** Facts in memory of all commits of the table, for an index that has no files of them. Rejects as the store does. */
export async function factsOfTable(store: Store, commits: number, key: string): Promise<CommitFacts> {
  if (commits === 0) return NO_FACTS;
  const builder = new SegmentBuilder();
  await readFacts(store, commits, (fact) => builder.add(fact));
  return factsInMemory(builder, key);
}
