/** How a commit changed a path: added, modified, deleted, renamed, copied, type changed (file, symbolic link, submodule). */
export type ChangeStatus = 'A' | 'M' | 'D' | 'R' | 'C' | 'T';

/** One path that a commit changed. */
export interface ChangedPath {
  readonly status: ChangeStatus;
  /** Repository-relative, forward slashes; after the change. */
  readonly path: string;
  /** Path before the change, for `R` and `C`. */
  readonly from?: string;
}

/** A `Key: value` line of the last paragraph of a commit message, such as `Refs: #12`. */
export interface Trailer {
  readonly key: string;
  readonly value: string;
}

/** One commit as the log tells it. */
export interface Commit {
  readonly sha: string;
  /** Shas of the parents, first parent first; empty for a root and at the edge of a shallow clone. */
  readonly parents: readonly string[];
  /** First paragraph of the message in one line. */
  readonly subject: string;
  /** The message below the subject, trailers included, verbatim; cut at 65,536 characters. */
  readonly body: string;
  readonly trailers: readonly Trailer[];
  /** Author name. */
  readonly author: string;
  /** Author date, ISO 8601 with offset; empty where the commit has none that can be read. */
  readonly date: string;
  /** Changed paths, at most 2,000; for a merge those of the first-parent difference; empty at the edge of a shallow clone. */
  readonly paths: readonly ChangedPath[];
  readonly merge: boolean;
}

const COMMIT = 'commit:';

/** Id of a commit's document. Also the prefix of such ids where only the start of the sha is known. */
export const commitId = (sha: string): string => `${COMMIT}${sha}`;

/** Sha of the commit whose document has this id; `undefined` for the id of any other document. */
export const shaOfId = (id: string): string | undefined => (id.startsWith(COMMIT) ? id.slice(COMMIT.length) : undefined);
