/** What a commit did to a path, in the letters of git: added, modified, deleted, renamed, copied, or changed in type (file, symbolic link, submodule). */
export type ChangeStatus = 'A' | 'M' | 'D' | 'R' | 'C' | 'T';

/** One path that a commit changed. */
export interface ChangedPath {
  readonly status: ChangeStatus;
  /** Path after the change; repository-relative, forward slashes. */
  readonly path: string;
  /** Path before the change; only for `R` and `C`. */
  readonly from?: string;
}

/** A `Key: value` line in the last paragraph of a commit message, such as `Refs: #12`. */
export interface Trailer {
  readonly key: string;
  readonly value: string;
}

/** One commit of the log. */
export interface Commit {
  readonly sha: string;
  /** Shas of the parents, first parent first. Empty for a root commit and where a shallow clone is cut off. */
  readonly parents: readonly string[];
  /** First paragraph of the message, joined to one line of at most 1,000 characters. */
  readonly subject: string;
  /** The message below the subject, including the trailers: verbatim, with `\n` line endings, cut at 65,536 characters. */
  readonly body: string;
  readonly trailers: readonly Trailer[];
  /** Author name. */
  readonly author: string;
  /** Author date in ISO 8601 with its offset; empty where the commit has no valid one. */
  readonly date: string;
  /** At most 2,000 changed paths. For a merge, compared with its first parent. Empty where a shallow clone is cut off. */
  readonly paths: readonly ChangedPath[];
  readonly merge: boolean;
}

/** Id of a commit's document. Also the prefix of such ids where only the start of the sha is known. */
export const commitId = (sha: string): string => `commit:${sha}`;
