import { commitId } from '../model/commit.ts';
import { type CommitFacts, NO_FACTS } from '../store/commits/facts.ts';
import type { StoreRow } from '../store/row.ts';
import type { Store } from '../store/store.ts';

const COLUMNS = ['sha', 'title', 'text', 'date', 'paths'] as const;

/** What the row of a commit says. */
export type LoggedCommit = Pick<StoreRow, (typeof COLUMNS)[number]>;

/** The commits of the index: their facts, and their rows where somebody needs them. */
export interface CommitLog {
  readonly facts: CommitFacts;
  /** The rows of some commits, ordered by sha; those that the index lacks are left out. Rejects as the store does. */
  readonly rowsOf: (shas: readonly string[]) => Promise<readonly LoggedCommit[]>;
  /**
   * Shas of the commits whose messages or paths hold all of some words (as `wordsOf` makes them), best first; and some that hold only a few of them, where
   * the store has not indexed them yet. Rejects as the store does.
   */
  readonly holding: (words: readonly string[], most: number) => Promise<readonly string[]>;
}

export const NO_LOG: CommitLog = { facts: NO_FACTS, rowsOf: () => Promise.resolve([]), holding: () => Promise.resolve([]) };

const ID_START = commitId('').length;

/** The commits of a store. */
export const commitLogOf = (store: Store, facts: CommitFacts): CommitLog => ({
  facts,
  rowsOf: (shas) => store.rowsOf(shas.map(commitId), COLUMNS),
  holding: async (words, most) => (await store.textMatches(words, { kinds: ['commit'] }, most)).map((id) => id.slice(ID_START)),
});
