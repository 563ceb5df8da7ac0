import type { Rename } from '../../model/document.ts';

/** What is kept of a commit beside its row, so that nobody has to read all rows. */
export interface CommitFact {
  readonly sha: string;
  /** Author date as the commit has it; empty where it has none. */
  readonly date: string;
  /** True for a merge on the first-parent line. */
  readonly merge: boolean;
  /** The files that it changed, by their names after it; empty where it is no evidence of anything. */
  readonly paths: readonly string[];
  readonly renames: readonly Rename[];
  /** Its indexed words, each once. */
  readonly words: readonly string[];
  /** Number of words of the message, with repetitions. */
  readonly messageWords: number;
  /** Number of words of the changed paths, with repetitions. */
  readonly pathWords: number;
  /** Number of words of the changed lines, each once. */
  readonly changedWords: number;
  /** What may make the message cite a record, whatever the records are: see `citationCues`. */
  readonly cues: readonly string[];
}

/** A commit as it is found again. */
export interface StoredCommit extends Pick<CommitFact, 'sha' | 'date' | 'merge' | 'paths'> {
  /** Milliseconds since 1970; 0 without a date that can be read. */
  readonly time: number;
}

/** A file that a commit moved. */
export interface StoredMove {
  readonly from: string;
  readonly to: string;
  readonly time: number;
}

/** Milliseconds since 1970 of an author date; 0 for one that cannot be read. */
export const timeOf = (date: string): number => Date.parse(date) || 0;
