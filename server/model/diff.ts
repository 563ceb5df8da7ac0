import type { LineRange } from './span.ts';

/** What happened to a file: `renamed` with or without changed content; `mode` when only its permissions changed. */
export type FileChange = 'added' | 'changed' | 'deleted' | 'renamed' | 'mode';

/** One line of a hunk. */
export interface DiffLine {
  readonly kind: 'context' | 'added' | 'removed';
  /** The line without its line feed. The `\r` of a Windows line ending belongs to the text. */
  readonly text: string;
  /** Present on the last line of a file that does not end with a line feed. */
  readonly unterminated?: true;
}

/** Neighbouring changes of one file, with the context lines around them. */
export interface Hunk {
  /** Lines that the hunk covers before the change. Empty for a pure insertion: then `first` is the line that the new lines come before. */
  readonly old: LineRange;
  /** Lines that the hunk covers after the change. Empty for a pure deletion: then `first` is the line that follows the deleted ones. */
  readonly new: LineRange;
  /** What git prints after the second `@@`: the nearest line above that looks like a heading or a declaration. */
  readonly section?: string;
  /** In the order of a unified diff. */
  readonly lines: readonly DiffLine[];
}

/** How one file differs between two states of the repository. */
export interface FileDiff {
  /** Repository-relative, forward slashes; after the change. For a deleted file, the path that it had. */
  readonly path: string;
  /** Path before the change, for a renamed file. */
  readonly from?: string;
  readonly change: FileChange;
  /** Present when git treats the content as binary: there are no hunks then, although the content may have changed. */
  readonly binary?: true;
  /** In the order of the file. Empty for binary, empty and merely renamed files. */
  readonly hunks: readonly Hunk[];
}

/**
 * A part of a difference that could not be understood. Whoever decides by a diff has to assume that anything may have changed there: in the file
 * at `path` or, if it has no path, anywhere.
 */
export interface Unreadable {
  /**
   * - `malformed`: the patch is not one that we can parse.
   * - `truncated`: the diff is larger than the limit; what comes after it is missing.
   * - `unmerged`: the file has merge conflicts, so it has no single content to compare.
   * - `git-failed`: git could not compare the two states.
   */
  readonly reason: 'malformed' | 'truncated' | 'unmerged' | 'git-failed';
  readonly path?: string;
  /** The cause, in a sentence to show to the user. */
  readonly message: string;
}

/** A difference between two states of a repository. */
export interface Diff {
  /** In the order of the patch, which git sorts by path. */
  readonly files: readonly FileDiff[];
  /** What is missing from `files`; empty when the diff is complete. */
  readonly unreadable: readonly Unreadable[];
}
