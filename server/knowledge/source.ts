/** A file as a reader receives it. */
export interface Source {
  /** Repository-relative path with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Commit at which the file was read; empty outside git. */
  readonly sha: string;
}
