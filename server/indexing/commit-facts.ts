import type { Document } from '../model/document.ts';
import { factOf, factsOfRows, readFacts } from '../retrieval/commit-facts.ts';
import { SegmentBuilder } from '../store/commits/builder.ts';
import type { CommitFact } from '../store/commits/fact.ts';
import { addFacts, changeFacts } from '../store/commits/facts.ts';
import { StoreUnusable } from '../store/failure.ts';
import type { StoreRow } from '../store/row.ts';
import type { Store } from '../store/store.ts';

/** Commits whose facts are written at once: they take some 150 MB before that. */
const MOST_COLLECTED = 100_000;
/** Commits above which it is faster to read the table than to take them out one by one. */
const MANY_REMOVED = 5_000;

/** Keeps the facts of commits equal to the rows that a run writes and removes. */
export class CommitFactsWriter {
  readonly #database: string;
  /** Files that hold; `undefined` where nobody knows which rows they are of. */
  #names: readonly string[] | undefined;
  #added = new SegmentBuilder();
  #removed: CommitFact[] = [];

  /**
   * @param database folder of the table
   * @param names files that hold the facts of exactly the commits in the table; absent: they are made of the table in the end
   */
  constructor(database: string, names: readonly string[] | undefined) {
    this.#database = database;
    this.#names = names;
  }

  /** The files so far. */
  get names(): readonly string[] {
    return this.#names ?? [];
  }

  /** Call it with the rows of commits that are written, each with its document. */
  async add(rows: readonly StoreRow[], documents: readonly Document[]): Promise<void> {
    if (!this.#names) return;
    rows.forEach((row, index) => {
      this.#added.add(factOf(row, documents[index] ?? {}));
    });
    await this.#writeIfMany();
  }

  /** Call it before the rows of commits are removed. */
  async remove(store: Store, ids: readonly string[]): Promise<void> {
    if (!this.#names) return;
    if (ids.length > MANY_REMOVED) this.#names = undefined;
    else this.#removed.push(...(await factsOfRows(store, ids)));
  }

  /**
   * Writes what is left. The state names the returned files from now on.
   * @param commits how many the table holds
   */
  async finish(store: Store, commits: number): Promise<readonly string[]> {
    if (this.#names) {
      const { names } = this;
      if (this.#added.size + this.#removed.length === 0) return names;
      try {
        return await changeFacts(this.#database, names, { added: this.#added, removed: this.#removed });
      } catch (error) {
        if (!(error instanceof StoreUnusable)) throw error;
      }
    }
    this.#names = [];
    this.#added = new SegmentBuilder();
    await readFacts(store, commits, async (fact) => {
      this.#added.add(fact);
      await this.#writeIfMany();
    });
    return this.#added.size === 0 ? this.names : [...this.names, await addFacts(this.#database, this.#added)];
  }

  async #writeIfMany(): Promise<void> {
    if (this.#added.size < MOST_COLLECTED) return;
    const added = this.#added;
    this.#added = new SegmentBuilder();
    this.#names = [...this.names, await addFacts(this.#database, added)];
  }
}
