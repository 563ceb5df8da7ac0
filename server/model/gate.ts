import type { Hit, Place } from './answer.ts';
import type { LineRange } from './span.ts';

/** The text of a file before and after an edit. */
export interface ProposedEdit {
  /** Repository-relative, forward slashes. */
  readonly path: string;
  /** Absent: the file is not there yet. */
  readonly before?: string;
  readonly after: string;
}

/** Why an edit contradicts a decision: it writes what a constraint of the record forbids, or changes the text of a record in force. */
export type StopReason = 'CONSTRAINT_BROKEN' | 'RECORD_REWRITTEN';

/** What a person answered to a stop. */
export interface StopAnswer {
  /** Of the stop. */
  readonly code: string;
  readonly answer: 'allow' | 'refuse';
  readonly reason: string;
  readonly by: string;
  /** HEAD when it was given: with another one the answer is void. */
  readonly head: string;
  /** ISO 8601. */
  readonly at: string;
}

/** An edit that a person has to decide about, because a decision in force is contradicted by rule. */
export interface Stop {
  /** Names the contradiction, so that an answer can be about it: the same record, rule and file have the same code. */
  readonly code: string;
  readonly reason: StopReason;
  readonly path: string;
  /** The first line of the text after the edit, zero-based, that contradicts; for a rewritten record, of the text before. */
  readonly lines: LineRange;
  /** That line, verbatim. */
  readonly found: string;
  /** What is forbidden, as `lintel.yaml` says it; absent for a rewritten record. */
  readonly forbidden?: string;
  readonly record: { readonly id: string; readonly title: string; readonly number?: string; readonly sentence: string };
  /** Who decides: those whom the record names, else the owners of its file or of the edited one; empty where nobody is named. */
  readonly people: readonly string[];
  /** Where `people` comes from. */
  readonly peopleFrom?: 'record' | 'owners';
  /** The answer that holds at the current HEAD. */
  readonly answered?: StopAnswer;
}

/** What a person is told before an edit, and what holds an edit back. For hooks of agents, which answer fast: nothing here indexes or reads history. */
export interface BeforeEdit {
  /** The decisions that govern lines, those that govern their whole file included. Nothing for a record or guide, or where there is no index that can be read. */
  decisions(place: Place): Promise<BeforeEditDecisions>;
  /** What an edit contradicts by rule; empty where `lintel.yaml` declares nothing. */
  stops(edit: ProposedEdit): Promise<readonly Stop[]>;
  /** Records an answer in the repository, for the current HEAD. Rejects with `store-failed`. */
  answer(answer: Omit<StopAnswer, 'head'>): Promise<StopAnswer>;
}

/** The decisions for a place, without what is worth reading only. */
export interface BeforeEditDecisions {
  readonly governing: readonly Hit[];
  readonly probable: readonly Hit[];
  /** Whether there is an index that can be read. */
  readonly ready: boolean;
}
