import type { WireAskAnswer } from '../../../protocol/ask.ts';
import type { WireHit } from '../../../protocol/index.ts';
import type { Summary } from '../../summary.ts';

/** Messages from the search view to the extension. */
export type FromView =
  | { readonly type: 'ready' }
  | {
      readonly type: 'search';
      /** Increases with every search, so that results of an older search can be ignored. */
      readonly id: number;
      readonly query: string;
      readonly kinds: readonly string[];
      readonly statuses: readonly string[];
      readonly limit: number;
    }
  /** The running search is no longer needed. */
  | { readonly type: 'cancel' }
  | { readonly type: 'open'; readonly hit: WireHit; readonly beside: boolean }
  /** A record of the list that is shown without a question. */
  | { readonly type: 'openRecord'; readonly key: string; readonly beside: boolean }
  | { readonly type: 'command'; readonly command: ViewCommand }
  /** `id` increases with every question, so that answers to an older one can be ignored. */
  | { readonly type: 'ask'; readonly id: number; readonly question: string }
  /** The answer that is being looked for is no longer needed. */
  | { readonly type: 'cancelAsk' }
  | { readonly type: 'openPlace'; readonly place: AnswerPlace; readonly beside: boolean }
  | { readonly type: 'copy'; readonly text: string };

/** Commands that buttons in the view may run. The extension rejects all others. */
export const VIEW_COMMANDS = [
  'lintel.reindex',
  'lintel.openLog',
  'lintel.restartServer',
  'lintel.openWalkthrough',
  'lintel.newDecision',
  'lintel.showDecisionGraph',
  'lintel.decisionsView.focus',
] as const;
export type ViewCommand = (typeof VIEW_COMMANDS)[number];

/** Messages from the extension to the search view. */
export type ToView =
  | { readonly type: 'summary'; readonly summary: Summary }
  | {
      readonly type: 'results';
      readonly id: number;
      readonly hits: readonly WireHit[];
      /** None of them is a good match. */
      readonly weak: boolean;
      /** How far the index is behind, as a sentence; empty if it is current. */
      readonly behind: string;
    }
  /** All records, for the time when nobody asks anything. */
  | { readonly type: 'records'; readonly groups: readonly RecordList[] }
  | { readonly type: 'error'; readonly id: number; readonly message: string }
  /** `wording`: a language model is putting it into sentences, and the answer comes once more. */
  | { readonly type: 'answer'; readonly id: number; readonly answer: ShownAnswer; readonly wording?: true }
  | { readonly type: 'askFailed'; readonly id: number; readonly message: string }
  /** Focuses the search box; with a query, also searches for it. */
  | { readonly type: 'focus'; readonly query?: string };

/** What is needed to open a passage. */
export type AnswerPlace = Pick<WireHit, 'kind' | 'sha' | 'title' | 'uri' | 'span' | 'snippet'>;

/** An answer in the words of the reader's language; what is quoted is verbatim. */
export interface ShownAnswer {
  readonly question: string;
  /** One per repository, those that answer first. */
  readonly parts: readonly AnswerPart[];
  /** All of it, with the citations. */
  readonly markdown: string;
}

export interface AnswerPart {
  /** Name of the repository; empty where there is only one. */
  readonly repository: string;
  /** `nothing`: nothing was searched. `failed`: it could not be asked. */
  readonly verdict: WireAskAnswer['verdict'] | 'nothing' | 'failed';
  /** The verdict in words. */
  readonly sentence: string;
  /** What a language model made of the spans; absent without one. */
  readonly worded?: ShownWording;
  readonly spans: readonly ShownSpan[];
  readonly replaced: readonly ShownReplaced[];
  /** Sentences: what was searched, how current it is, what could not be used. */
  readonly facts: readonly string[];
}

export interface ShownWording {
  /** Says which model, and that its quotes were checked. */
  readonly by: string;
  /** Each with the places of its quotes, as indices into the spans. */
  readonly sentences: readonly { readonly text: string; readonly spans: readonly number[] }[];
}

export interface ShownSpan {
  /** Whole lines, verbatim. */
  readonly text: string;
  /** Of the document, with its number. */
  readonly title: string;
  /** "docs/adr/0014.md:12-14 · Accepted · 2024-05-11" */
  readonly facts: string;
  readonly place: AnswerPlace;
}

export interface ShownReplaced {
  readonly text: string;
  readonly place: AnswerPlace;
}

/** Records of one status. */
export interface RecordList {
  readonly name: string;
  /** All that there are. */
  readonly count: number;
  /** At most as many as the extension sends. */
  readonly records: readonly ListedRecord[];
}

export interface ListedRecord {
  readonly key: string;
  /** With its number: "0014 Transactional outbox". */
  readonly label: string;
  readonly status: string;
  /** "2 years ago"; empty without a date. */
  readonly age: string;
  readonly title: string;
}

/** Localized strings of the view. `{0}` and `{1}` are placeholders. */
export interface ViewStrings {
  readonly label: string;
  readonly placeholder: string;
  readonly help: string;
  readonly kinds: string;
  readonly statuses: string;
  readonly results: string;
  readonly kind: Readonly<Record<string, string>>;
  readonly kindPlural: Readonly<Record<string, string>>;
  readonly status: Readonly<Record<string, string>>;
  readonly starting: string;
  readonly searching: string;
  readonly indexing: string;
  readonly indexingPercent: string;
  readonly ready: string;
  readonly noRecords: string;
  readonly noDecisions: string;
  readonly noFolder: string;
  readonly notGit: string;
  readonly dead: string;
  readonly failed: string;
  readonly error: string;
  readonly none: string;
  readonly noneFiltered: string;
  readonly filters: string;
  readonly filtersOn: string;
  readonly showGraph: string;
  readonly moreRecords: string;
  readonly clearFilters: string;
  readonly weak: string;
  readonly copy: string;
  readonly copies: string;
  readonly one: string;
  readonly many: string;
  readonly more: string;
  readonly supersededBy: string;
  readonly tryAgain: string;
  readonly openLog: string;
  readonly restart: string;
  readonly learn: string;
  readonly newDecision: string;
  readonly ask: string;
  readonly askTitle: string;
  readonly answer: string;
  readonly asking: string;
  readonly wording: string;
  readonly askFailed: string;
  readonly copyAnswer: string;
  readonly copied: string;
  readonly closeAnswer: string;
}
