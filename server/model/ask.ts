import type { IndexPosition } from './answer.ts';
import type { DocumentKind, StatusValue } from './document.ts';
import type { ModelWish } from './language-model.ts';

/** A question in words. */
export interface AskRequest {
  readonly question: string;
  /** A commit, by sha or name: the answer is what was recorded and in force then. Absent: now. */
  readonly at?: string;
  /** Most spans of the answer, 1 to {@link MOST_SPANS}. Default {@link MOST_SPANS}. */
  readonly limit?: number;
  /** Lets a language model word the answer. Absent: no model is asked. */
  readonly model?: ModelWish;
  readonly signal?: AbortSignal;
}

/** Most spans that an answer cites. */
export const MOST_SPANS = 5;

/** No span is longer: a citation that covers pages proves nothing. */
export const LONGEST_SPAN_LINES = 30;

/**
 * How well the spans answer the question. `supported`: they hold what it asks for. `partly`: they are about it, and something that it names is not in them.
 * `not-recorded`: nothing that was searched says it; there are no spans.
 */
export type Verdict = 'supported' | 'partly' | 'not-recorded';

/** A verbatim stretch of a document that carries a fact of the answer. */
export interface AnswerSpan {
  /** `s1`, `s2`, ... in the order of the answer. */
  readonly id: string;
  /** Whole lines, verbatim. */
  readonly text: string;
  readonly documentId: string;
  readonly kind: DocumentKind;
  /** Repository-relative path; absent for a commit. */
  readonly path?: string;
  /** The commit itself, or the commit at which the file was read. */
  readonly sha?: string;
  /** First and last line, counted from 1; of a commit, in its message as `git log --format=%B` prints it. */
  readonly startLine: number;
  readonly endLine: number;
  readonly title: string;
  /** Number of a decision, as people write it. */
  readonly number?: string;
  readonly status?: StatusValue;
  readonly date?: string;
}

/** A record that is about the question and no longer in force. */
export interface ReplacedRecord {
  readonly title: string;
  readonly number?: string;
  readonly path: string;
  readonly status: StatusValue;
  /** What replaced it, the record in force first; empty where no record says so. */
  readonly by: readonly { readonly title: string; readonly number?: string; readonly path: string; readonly date?: string }[];
  /** Date of the record that replaced it; absent where it has none. */
  readonly since?: string;
}

/** An answer with proof, or what was searched without finding one. */
export interface AskAnswer {
  readonly question: string;
  readonly verdict: Verdict;
  /** One to five, in reading order; empty where the verdict is `not-recorded`. */
  readonly spans: readonly AnswerSpan[];
  /** Where the verdict is `not-recorded`: the lines that came closest. They do not answer the question. Absent otherwise, and where there are none. */
  readonly closest?: readonly AnswerSpan[];
  readonly replaced: readonly ReplacedRecord[];
  /** How many documents were searched. */
  readonly searched: {
    readonly records: number;
    readonly specifications: number;
    readonly guides: number;
    readonly commits: number;
  };
  readonly index: IndexPosition;
  /** Sha of the commit that was asked about; absent where the question is about now. */
  readonly at?: string;
  /** What a language model made of the spans; absent without one. Every sentence is backed by quotes that were found in the spans. */
  readonly model?: { readonly name: string; readonly sentences: readonly ModelSentence[] };
  /** Sentences for people: what could not be used, and why. */
  readonly notes: readonly string[];
}

/** A sentence of a language model, with the proof that was checked. */
export interface ModelSentence {
  readonly text: string;
  /** Verbatim from the span. */
  readonly quotes: readonly { readonly spanId: string; readonly quote: string }[];
}
