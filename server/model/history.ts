import type { Span } from './span.ts';

/**
 * How a commit touched a line without making its logic: `layout` (white space, wrapping), `moved`, `renamed` (a name was replaced everywhere), `migrated` (the
 * same small change in many places), `signature` (types, modifiers, parameters of a declaration), `imports`, `reverted` (a revert brought it back).
 */
export type Touch = 'layout' | 'moved' | 'renamed' | 'migrated' | 'signature' | 'imports' | 'reverted';

/** A touch in words, for people. */
export const touchName = (touch: Touch): string =>
  ({
    layout: 'reformatted',
    moved: 'moved',
    renamed: 'renamed',
    migrated: 'changed along with many others',
    signature: 'given another signature',
    imports: 'imported from elsewhere',
    reverted: 'brought back',
  })[touch];

/** The sentence of a commit message that says why. */
export interface CommitReason {
  /** Verbatim but for its line breaks. */
  readonly sentence: string;
  /** Where it stands in the message. */
  readonly span: Span;
}

/** Another commit, in short. */
export interface CommitName {
  readonly sha: string;
  readonly subject: string;
}

/** A commit in the history of a line. */
export interface LineCommit extends CommitName {
  /** Author date in ISO 8601; empty where the commit has none. */
  readonly date: string;
  readonly author: string;
  /** Path of the file in that commit. */
  readonly path: string;
  /** Zero-based line in that commit. */
  readonly line: number;
  /** How it touched the line; absent for a commit that made its logic. */
  readonly touch?: Touch;
  /** Absent where its message says no reason, and for touches. */
  readonly reason?: CommitReason;
  /** The later commit that says it reverts this one. */
  readonly revertedBy?: CommitName;
  /** Later commits that say they fix this one, oldest first. */
  readonly fixedBy?: readonly CommitName[];
}

/** The commits of a line, newest first: those that touched it, and those that made it. */
export interface LineHistory {
  readonly commits: readonly LineCommit[];
  /** The line is not committed yet. */
  readonly uncommitted?: true;
  /** Sentences for people about what could not be read, and why. */
  readonly notices: readonly string[];
}

/** The newest commit that made the logic of a line; `undefined` where nothing is known of it. */
export const makerOf = ({ commits }: Pick<LineHistory, 'commits'>): LineCommit | undefined =>
  commits.find(({ touch }) => touch === undefined);
