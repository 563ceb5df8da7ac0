import type { FileFindings, Hit, IndexPosition } from './answer.ts';
import type { LineRange } from './span.ts';

export interface ChangeRequest {
  /** A commit, by sha or name: compared is the commit at which HEAD forked from it. Default: HEAD, that is, what is not committed. */
  readonly base?: string;
}

/** Changed code that a decision governs. */
export interface ChangedPlace {
  /** Repository-relative. */
  readonly path: string;
  /** Changed lines as the file is now, not empty. Absent: the whole file, which is new, gone, changed all over, or governed as a whole. */
  readonly lines?: LineRange;
}

/** A decision that governs some of what changed, or probably does: `hit.level`. */
export interface ChangedDecision {
  /** With the evidence at the place where it is strongest. */
  readonly hit: Hit;
  /** By path and line. */
  readonly places: readonly ChangedPlace[];
}

/** What the knowledge base says of a change before it is committed or merged. */
export interface ChangeReport {
  /** Those that govern, then those that probably do; the surest first. */
  readonly decisions: readonly ChangedDecision[];
  /** Findings on changed lines, of changed records, and of what misses a file that is gone; hints are left out. */
  readonly findings: readonly FileFindings[];
  /** Number of files that changed. */
  readonly files: number;
  /** Sentences for people on what was not looked at, and why. */
  readonly notices: readonly string[];
  readonly index: IndexPosition;
}
