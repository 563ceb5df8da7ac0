import type { StoreRow } from '../store/row.ts';
import type { FileState } from '../store/state.ts';

/** Files of the first write of a run. A small repository is found soon, and one that is killed early repeats little. */
const LEAST_FILES = 40;
/** Files of a later write, at most. */
const MOST_FILES = 1_000;
/** A write is due once it has this share of the files that were written before. */
const SHARE = 4;
/** Rows at which a write is due whatever the number of files. They take about 20 MB. */
const MOST_ROWS = 4_000;

/** What reading some files made of them. */
export interface FileChanges {
  /** Files that were read. */
  readonly count: number;
  readonly rows: readonly StoreRow[];
  readonly states: Readonly<Record<string, FileState>>;
  /** Files that are gone. */
  readonly lost: readonly string[];
  /** Ids of documents that a file held before and holds no more. */
  readonly stale: readonly string[];
}

/**
 * Collects what was read until a write to the table is worth its while. Every write is one more version of the table with a list of all its fragments, so
 * that as many writes as batches of 40 files would take the square of the number of files, in time, disk and memory.
 */
export class PendingChanges {
  #changes: FileChanges[] = [];
  #files = 0;
  #rows = 0;
  #written = 0;

  add(changes: FileChanges): void {
    this.#changes.push(changes);
    this.#files += changes.count;
    this.#rows += changes.rows.length;
  }

  /** Number of files that were collected. */
  get count(): number {
    return this.#files;
  }

  get isDue(): boolean {
    return this.#rows >= MOST_ROWS || this.#files >= Math.min(MOST_FILES, Math.max(LEAST_FILES, this.#written / SHARE));
  }

  /** All that was collected, which is then forgotten. */
  take(): FileChanges {
    const taken = this.#changes;
    this.#written += this.#files;
    this.#changes = [];
    this.#files = 0;
    this.#rows = 0;
    // A file may be called `__proto__`.
    const states: Record<string, FileState> = Object.assign(Object.create(null), ...taken.map(({ states }) => states));
    return {
      count: taken.reduce((sum, { count }) => sum + count, 0),
      rows: taken.flatMap(({ rows }) => rows),
      states,
      lost: taken.flatMap(({ lost }) => lost),
      stale: taken.flatMap(({ stale }) => stale),
    };
  }
}
