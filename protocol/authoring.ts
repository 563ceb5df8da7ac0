/** Custom messages around writing decisions and linking code to them. Addresses are those of files; days are ISO (`2026-11-21`). */
import type { WireRange } from './index.ts';

export interface WireRecord {
  readonly id: string;
  readonly path: string;
  readonly uri: string;
  readonly title: string;
  readonly number?: string;
  readonly status?: string;
  readonly date?: string;
}

/** Nothing was done: a sentence for people, and the records that may have been meant. */
export interface WireRefused {
  readonly refused: string;
  readonly candidates?: readonly WireRecord[];
}

/** A replacement in one file; `create`: the file does not exist yet, and `text` is all of it. */
export interface WireTextEdit {
  readonly uri: string;
  readonly create: boolean;
  readonly range: WireRange;
  readonly text: string;
}

/** Edits for the editor to make, so that they can be undone; then `uri` is opened with `selection` selected. */
export interface WireAuthored {
  readonly edits: readonly WireTextEdit[];
  readonly uri: string;
  readonly selection: WireRange;
}

/** Request `lintel/decisions`: the decisions of the repository that a file or folder belongs to, by path. */
export const DECISIONS = 'lintel/decisions';
export interface DecisionsParams {
  readonly uri: string;
}
export interface DecisionsResult {
  readonly decisions: readonly WireRecord[];
}

/** Request `lintel/newDecision`: a record in the repository's own format. */
export const NEW_DECISION = 'lintel/newDecision';
export interface NewDecisionParams {
  /** The file at hand, or a folder of the repository. */
  readonly uri: string;
  readonly title: string;
  readonly today: string;
  /** Lines to quote as the context; the server takes their text from the open document. */
  readonly selection?: WireRange;
  /** Begin the context with what is changed in the work tree. */
  readonly fromChanges?: boolean;
}

/** Request `lintel/supersede`: a new record in the place of the one at `uri`, and the status of that one. */
export const SUPERSEDE = 'lintel/supersede';
export interface SupersedeParams {
  readonly uri: string;
  readonly title: string;
  readonly today: string;
}

/** Request `lintel/linkCode`: a comment above a line that cites the decision at `decisionUri`. */
export const LINK_CODE = 'lintel/linkCode';
export interface LinkCodeParams {
  readonly uri: string;
  readonly line: number;
  readonly decisionUri: string;
}

export type AuthoredResult = WireAuthored | WireRefused;

/** Request `lintel/feedback`: that a decision governs a file, or does not, is written to `.lintel/links.yaml`. */
export const FEEDBACK = 'lintel/feedback';
export interface FeedbackParams {
  /** The code. */
  readonly uri: string;
  /** Only the symbol around this line, or the line. */
  readonly line?: number;
  readonly decisionUri: string;
  readonly verdict: 'governs' | 'does-not-govern';
  readonly today: string;
}
export type FeedbackResult =
  | {
      readonly done: 'added' | 'replaced' | 'unchanged';
      /** Address of the file of links. */
      readonly uri: string;
      readonly symbol?: string;
    }
  | WireRefused;

/** Request `lintel/citation`: how this repository cites the record at `uri`. */
export const CITATION = 'lintel/citation';
export interface CitationParams {
  readonly uri: string;
}
export type CitationResult = { readonly text: string } | WireRefused;

/** Request `lintel/history`: the commits that changed the record at `uri`, and its place in the chain of successors. */
export const HISTORY = 'lintel/history';
export interface HistoryParams {
  readonly uri: string;
}
export type WireHistoryEvent =
  | {
      readonly kind: 'commit';
      readonly sha: string;
      readonly date: string;
      readonly author: string;
      readonly subject: string;
      readonly status?: string;
      readonly before?: string;
      readonly statusChanged: boolean;
      readonly from?: string;
    }
  | { readonly kind: 'supersedes' | 'superseded-by'; readonly record: WireRecord };
export type HistoryResult =
  | { readonly record: WireRecord; readonly events: readonly WireHistoryEvent[]; readonly notice?: string }
  | WireRefused;
