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
  | { readonly type: 'command'; readonly command: ViewCommand };

/** Commands that buttons in the view may run. The extension rejects all others. */
export const VIEW_COMMANDS = [
  'lintel.reindex',
  'lintel.openLog',
  'lintel.restartServer',
  'lintel.openWalkthrough',
  'lintel.newDecision',
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
  | { readonly type: 'error'; readonly id: number; readonly message: string }
  /** Focuses the search box; with a query, also searches for it. */
  | { readonly type: 'focus'; readonly query?: string };

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
}
