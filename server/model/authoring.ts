import type { StatusValue } from './document.ts';
import type { TextEdit } from './finding.ts';
import type { ModelWish } from './language-model.ts';
import type { Mining, MiningRequest } from './mining.ts';
import type { LineRange, Position, Span } from './span.ts';

/** A decision as lists show it. */
export interface RecordSummary {
  readonly id: string;
  /** Repository-relative, forward slashes. */
  readonly path: string;
  readonly title: string;
  readonly number?: string;
  /** The number as people write it, where it has letters: `A-13`. Absent where the number is written alone. */
  readonly numberLabel?: string;
  readonly status?: StatusValue;
  /** The author's words. */
  readonly statusText?: string;
  readonly date?: string;
  /** Who owns its file according to CODEOWNERS; absent where nobody does. */
  readonly owners?: readonly string[];
  /** Full successors, the one in force first. */
  readonly supersededBy: readonly string[];
}

/** Nothing was done; `refused` says why, in a sentence to show to the user. `candidates` are the records that the words may mean. */
export interface Refused {
  readonly refused: string;
  readonly candidates?: readonly RecordSummary[];
}

/** Edits to make, and where to go when they are made. */
export interface Authored {
  /** None where everything is already as asked. */
  readonly edits: readonly TextEdit[];
  /** The file to open. */
  readonly path: string;
  /** What to select in it once the edits are made. */
  readonly selection: Span;
  /** Of a supersession: whether the old record is superseded by these edits. */
  readonly retires?: boolean;
  /** Sentences for people: what could not be used, and why. Absent where there is nothing to say. */
  readonly notes?: readonly string[];
}

/** Lines of code to quote in a new record. */
export interface QuotedCode {
  readonly path: string;
  readonly lines: LineRange;
  readonly text: string;
}

/** Lines of code that a new record is about. */
export interface SelectedCode extends Omit<QuotedCode, 'text'> {
  /** As the editor has them; default: from disk. */
  readonly text?: string;
}

/** What a new record is to be about. */
export interface DraftSubject {
  readonly title: string;
  /** Path of the code the decision is about: the record goes beside the records of its service. */
  readonly near?: string;
  readonly selection?: SelectedCode;
  /** Start the context section from the changes in the work tree. Default false. */
  readonly fromChanges?: boolean;
  /** Start from a commit, by sha or name, or from those of a range, `A..B`: their messages, and what they changed. Goes before `fromChanges`. */
  readonly from?: string;
  /** A sentence for the context section, such as the message of a finding. */
  readonly because?: string;
  readonly signal?: AbortSignal;
}

export interface NewDecisionRequest extends DraftSubject {
  /** ISO day such as `2026-11-21`; the surface knows what day it is. */
  readonly today: string;
  /** Lets a language model word what the changes, the commits and the records say. Only for a draft from something. Absent: no model is asked. */
  readonly model?: ModelWish;
}

/**
 * What a record has to do with one that is about to be written. `conflict`: it decided against it, or forbids it by rule. `duplicate`: it has the same title, but
 * for a few words. `exception`: it governs the code that the new one is about. `near`: its text is alike, and nothing else is known.
 */
export type Kinship = 'conflict' | 'duplicate' | 'exception' | 'near';

/** A record to read before another one is written. */
export interface KindredRecord {
  readonly kinship: Kinship;
  readonly record: RecordSummary;
  /** Why it is named, as a sentence for people. */
  readonly sentence: string;
  /** The sentence by which it decides, verbatim; absent where none is known. */
  readonly decides?: string;
}

/** What a finding about an identifier reports is to be allowed. */
export interface AllowIdentifierRequest {
  readonly path: string;
  /** Text as the editor has it; default: from disk. */
  readonly text?: string;
  readonly rule: string;
  /** Where the finding begins. */
  readonly position: Position;
  /** Default: a word that somebody has to replace, and until then the entry has no effect. */
  readonly reason?: string;
  readonly link?: string;
  /** Text of `lintel.yaml` as the editor has it; default: from disk. */
  readonly configuration?: string;
}

export interface SupersedeRequest {
  /** The old record: its path, number or the words of its file name. */
  readonly decision: string;
  /** Title of the new record. */
  readonly title: string;
  /** Text of the old record as the editor has it; default: from disk. */
  readonly text?: string;
  readonly today: string;
  /** The new record is accepted at once, and the old one superseded. Default: it is proposed, and the old one stays as it is. */
  readonly accept?: boolean;
}

/** What a person says about a decision and a piece of code. */
export interface Feedback {
  /** The record: its path, number or the words of its file name. */
  readonly decision: string;
  /** File or folder of the repository. */
  readonly path: string;
  /** Zero-based: only the symbol around this line or, if there is none, only this line. Absent: the whole file. */
  readonly line?: number;
  /** Only this symbol. */
  readonly symbol?: string;
  readonly verdict: 'governs' | 'does-not-govern';
  /** ISO day. */
  readonly today: string;
  readonly note?: string;
}

/** What was written to `.lintel/links.yaml`. */
export interface FeedbackDone {
  readonly done: 'added' | 'replaced' | 'unchanged';
  /** Path of the file of links. */
  readonly file: string;
  /** Path of the code. */
  readonly path: string;
  readonly record: RecordSummary;
  readonly symbol?: string;
  /** First and last line, zero-based, both included. */
  readonly lines?: LineRange;
}

export interface LinkCodeRequest {
  readonly decision: string;
  readonly path: string;
  /** Zero-based; the comment goes above it. */
  readonly line: number;
  /** Text as the editor has it; default: from disk. */
  readonly text?: string;
}

/** A commit that changed a record, or the place of a record in its chain of successors. */
export type HistoryEvent =
  | {
      readonly kind: 'commit';
      readonly sha: string;
      readonly date: string;
      readonly author: string;
      readonly subject: string;
      /** Path of the record after that commit. */
      readonly path: string;
      /** Path before, where the commit moved it. */
      readonly from?: string;
      /** The status after that commit; absent if it has none. */
      readonly status?: { readonly value: StatusValue; readonly text: string };
      /** The status before, where the commit changed it. */
      readonly before?: { readonly value: StatusValue; readonly text: string };
      /** True where the commit changed the status, or wrote the first one. */
      readonly statusChanged: boolean;
    }
  | { readonly kind: 'supersedes' | 'superseded-by'; readonly record: RecordSummary };

export interface DecisionHistory {
  readonly record: RecordSummary;
  /** The records it replaced, its commits from newest to oldest, then the records that replaced it. */
  readonly events: readonly HistoryEvent[];
  /** What is missing, in a sentence: a shallow clone, no git. */
  readonly notice?: string;
}

export type GraphEdgeKind = 'supersedes' | 'amends' | 'cites';

/** Decisions and what they say about each other. `from` supersedes, amends or cites `to`. */
export interface DecisionGraph {
  readonly nodes: readonly RecordSummary[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly kind: GraphEdgeKind; readonly partial?: boolean }[];
}

/** Reads the register of decisions and writes to it. Only `feedback` and `apply` write files. */
export interface Authoring {
  /**
   * All decisions, ordered by path.
   * @param at a commit, by sha or name: those of it, as they were. Rejects with `unknown-commit`. Default: those of now
   */
  list(at?: string): Promise<readonly RecordSummary[]>;
  /** The decisions that a path, number or slug may mean; more than one if it is ambiguous. */
  find(written: string): Promise<readonly RecordSummary[]>;
  graph(): Promise<DecisionGraph>;
  history(decision: string, signal?: AbortSignal): Promise<DecisionHistory | Refused>;
  /** The form in which this repository cites its records, for the clipboard. */
  citation(decision: string): Promise<{ readonly text: string } | Refused>;
  /**
   * Commits whose messages decide something for many files and that wrote no record: proposals, grouped by topic. Rejects with `unknown-commit` for a `since`
   * that the repository lacks, and with the reason of `signal`.
   */
  mine(request?: MiningRequest, signal?: AbortSignal): Promise<Mining | Refused>;
  newDecision(request: NewDecisionRequest): Promise<Authored | Refused>;
  /** The records to read before a record is written: conflicts first, then duplicates, exceptions, and at most three that are only near. Writes nothing. */
  kindred(subject: DraftSubject): Promise<readonly KindredRecord[] | Refused>;
  supersede(request: SupersedeRequest): Promise<Authored | Refused>;
  /** The edit that adds a comment citing the record above a line of code. */
  linkCode(request: LinkCodeRequest): Promise<Authored | Refused>;
  /** Writes to `.lintel/links.yaml` what a person says. */
  feedback(feedback: Feedback): Promise<FeedbackDone | Refused>;
  /** The same for many answers in one edit: all of them are saved, or where one cannot be, none. What became of each, in their order. */
  feedbackAll(answers: readonly Feedback[]): Promise<readonly FeedbackDone[] | Refused>;
  /** Renders edits as a patch for `git apply`. Writes nothing. */
  patch(edits: readonly TextEdit[]): Promise<string>;
  /** Applies edits to the files of the repository, for surfaces without an editor. Rejects with `store-failed` if a file cannot be written. */
  apply(edits: readonly TextEdit[]): Promise<void>;
}

export const isRefused = (answer: object): answer is Refused => 'refused' in answer;

/** The number of a record as people write it: `A-13`, else `7`; empty without one. */
export const numberOf = ({ number = '', numberLabel = number }: Pick<RecordSummary, 'number' | 'numberLabel'>): string => numberLabel;
