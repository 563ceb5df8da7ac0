/** A commit and the files that it changed. */
export interface FileCommit {
  readonly sha: string;
  /** Author date as the commit has it; empty where it has none. */
  readonly date: string;
  /** Milliseconds since 1970; 0 without a date that can be read. */
  readonly time: number;
  /** True for a merge on the first-parent line; its files are those of the whole branch. */
  readonly merge: boolean;
  /** The names that the files had after the commit: at least one, at most 80. */
  readonly paths: readonly string[];
}
