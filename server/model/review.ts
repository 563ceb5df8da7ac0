import type { Hit, IndexPosition } from './answer.ts';

/** Which decisions that probably govern code are to be reviewed. */
export interface ReviewRequest {
  /** Repository-relative files and folders. Default: all code. */
  readonly paths?: readonly string[];
  /** Number of pairs at most: the surest ones. Default: 100. */
  readonly limit?: number;
  /** Called before each file: how many were looked at, of how many. */
  readonly onFile?: (done: number, total: number) => void;
}

/** A decision that probably governs a file, by evidence about the file as a whole. */
export interface ReviewPair {
  /** Repository-relative. */
  readonly path: string;
  readonly hit: Hit;
}

/** What there is to review. */
export interface Review {
  /** The surest first; those of one file together. */
  readonly pairs: readonly ReviewPair[];
  /** Number of further pairs, which are less sure. */
  readonly left: number;
  /** Number of files that were looked at. */
  readonly files: number;
  /** Sentences for people on what was not looked at, and why. */
  readonly notices: readonly string[];
  readonly index: IndexPosition;
}
