/**
 * Custom messages about decision records: listing them, writing them, and linking code to them. Every `uri` is a `file:` URI, every day
 * is an ISO day (`2026-11-21`).
 */
import type {
  DecisionHistory,
  Feedback,
  FeedbackDone,
  HistoryEvent,
  KindredRecord,
  RecordSummary,
  Refused,
} from '../server/model/authoring.ts';
import type { Mining } from '../server/model/mining.ts';
import type { WireRange } from './index.ts';
import type { WireModel } from './models.ts';

export type { Kinship } from '../server/model/authoring.ts';
export type { MinedCommit } from '../server/model/mining.ts';

/** A decision as lists show it, with the URI of its file. */
export interface WireRecord extends RecordSummary {
  readonly uri: string;
}

/** Nothing was done: why, in a sentence for people, and the records that may have been meant. */
export interface WireRefused extends Pick<Refused, 'refused'> {
  readonly candidates?: readonly WireRecord[];
}

/** A replacement of text in one file. */
export interface WireTextEdit {
  readonly uri: string;
  /** The file does not exist yet, and `text` is all of it. */
  readonly create: boolean;
  readonly range: WireRange;
  readonly text: string;
}

/** Edits for the editor to apply, so that they can be undone. It then opens `uri` and selects `selection`. */
export interface WireAuthored {
  readonly edits: readonly WireTextEdit[];
  readonly uri: string;
  readonly selection: WireRange;
  /** Sentences for people: what could not be used, and why. Absent where there is nothing to say. */
  readonly notes?: readonly string[];
}

/** Request `lintel/decisions`: the decisions of the repository of a file or folder, ordered by path. */
export const DECISIONS = 'lintel/decisions';
export interface DecisionsParams {
  readonly uri: string;
}
export interface DecisionsResult {
  readonly decisions: readonly WireRecord[];
}

/** What a new record is to be about. */
export interface DraftSubjectParams {
  /** The code that the record is about, or a folder of the repository. */
  readonly uri: string;
  readonly title: string;
  /** Lines to quote in the context section. The server takes their text from the open document, else from disk. */
  readonly selection?: WireRange;
  /** Start the context section from the uncommitted changes. Default: false. */
  readonly fromChanges?: boolean;
  /** Start from a commit, or from those of a range such as `main..HEAD`. */
  readonly from?: string;
  /** A sentence for the context section, such as the message of a finding. */
  readonly because?: string;
}

/** Request `lintel/newDecision`: the edits that create a record in the format of the repository. */
export const NEW_DECISION = 'lintel/newDecision';
export interface NewDecisionParams extends DraftSubjectParams {
  readonly today: string;
  /** The language model that words what the changes, the commits and the records say. Default: none. */
  readonly model?: WireModel;
}

/** Request `lintel/kindred`: the records to read before such a record is written. */
export const KINDRED = 'lintel/kindred';
export interface WireKindred extends Omit<KindredRecord, 'record'> {
  readonly record: WireRecord;
}
export type KindredResult = { readonly kindred: readonly WireKindred[] } | WireRefused;

/** Request `lintel/mineDecisions`: commits whose messages decide something for many files, as proposals for records. */
export const MINE_DECISIONS = 'lintel/mineDecisions';
export interface MineDecisionsParams {
  /** A file or folder of the repository. */
  readonly uri: string;
  /** Only commits after this one, or from this day on. Default: all. */
  readonly since?: string;
}
export type MineDecisionsResult = Mining | WireRefused;

/** Request `lintel/allowIdentifier`: the edit of `lintel.yaml` that allows what a finding about an identifier reports, with the reason. */
export const ALLOW_IDENTIFIER = 'lintel/allowIdentifier';
export interface AllowIdentifierParams {
  readonly uri: string;
  /** Id of the rule, and where its finding begins. */
  readonly rule: string;
  readonly position: WireRange['start'];
  readonly reason: string;
  /** The record or page that says so: a path in the repository, or an address. */
  readonly link?: string;
}

/** Request `lintel/supersede`: the edits that create a proposed record which replaces the one at `uri`; with `accept`, also those that retire the old one. */
export const SUPERSEDE = 'lintel/supersede';
export interface SupersedeParams {
  readonly uri: string;
  readonly title: string;
  readonly today: string;
  /** The new record is accepted at once, and the old one superseded. Default: false. */
  readonly accept?: boolean;
}

/** Request `lintel/linkCode`: the edit that inserts a comment above `line` (zero-based) which cites the decision at `decisionUri`. */
export const LINK_CODE = 'lintel/linkCode';
export interface LinkCodeParams {
  readonly uri: string;
  readonly line: number;
  readonly decisionUri: string;
}

export type AuthoredResult = WireAuthored | WireRefused;

/** Request `lintel/feedback`: writes to `.lintel/links.yaml` that decisions govern code, or that they do not: all of them in one edit. */
export const FEEDBACK = 'lintel/feedback';
export interface FeedbackParams {
  /** The code. */
  readonly uri: string;
  /** Only the symbol around this line, zero-based, or the line itself if there is none. Default: the whole file. */
  readonly line?: number;
  /** One record, or several with the same answer. */
  readonly decisionUri: string | readonly string[];
  readonly verdict: Feedback['verdict'];
  readonly today: string;
}
export type FeedbackResult =
  | (Pick<FeedbackDone, 'symbol'> & {
      /** `unchanged` if the file says all of it already. */
      readonly done: FeedbackDone['done'];
      /** URI of the file of links. */
      readonly uri: string;
    })
  | WireRefused;

/** Request `lintel/citation`: how this repository cites the record at `uri`. */
export const CITATION = 'lintel/citation';
export interface CitationParams {
  readonly uri: string;
}
export type CitationResult = { readonly text: string } | WireRefused;

/** Request `lintel/history`: the commits that changed the record at `uri`, and the records before and after it. */
export const HISTORY = 'lintel/history';
export interface HistoryParams {
  readonly uri: string;
}
type CommitEvent = Extract<HistoryEvent, { kind: 'commit' }>;
type SuccessionEvent = Exclude<HistoryEvent, CommitEvent>;
export type WireHistoryEvent =
  | (Omit<CommitEvent, 'path' | 'status' | 'before'> & {
      /** The status after the commit, in the words of the author; absent if there is none. */
      readonly status?: string;
      /** The status before the commit, if the commit changed it. */
      readonly before?: string;
    })
  | { readonly kind: SuccessionEvent['kind']; readonly record: WireRecord };
export type HistoryResult =
  | (Pick<DecisionHistory, 'notice'> & { readonly record: WireRecord; readonly events: readonly WireHistoryEvent[] })
  | WireRefused;
