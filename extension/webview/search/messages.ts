import type { WireHit } from '../../../protocol/index.ts';
import type { Summary } from '../../summary.ts';

/** What the search view asks of the extension. */
export type FromView =
  | { readonly type: 'ready' }
  | {
      readonly type: 'search';
      /** Rises with every question; an answer to an older one is dropped. */
      readonly id: number;
      readonly query: string;
      readonly kinds: readonly string[];
      readonly statuses: readonly string[];
      readonly limit: number;
    }
  /** Nobody waits for the running search any more. */
  | { readonly type: 'cancel' }
  | { readonly type: 'open'; readonly hit: WireHit; readonly beside: boolean }
  | { readonly type: 'command'; readonly command: ViewCommand };

/** Commands that a button of the view may run; the extension runs no other. */
export type ViewCommand = 'lintel.reindex' | 'lintel.openLog' | 'lintel.restartServer' | 'lintel.openWalkthrough';

/** What the extension tells the search view. */
export type ToView =
  | { readonly type: 'summary'; readonly summary: Summary }
  | {
      readonly type: 'results';
      readonly id: number;
      readonly hits: readonly WireHit[];
      /** A sentence on how far the index is behind; empty when it is current. */
      readonly behind: string;
    }
  | { readonly type: 'error'; readonly id: number; readonly message: string }
  /** Put the cursor into the input; with a query, search for it. */
  | { readonly type: 'focus'; readonly query?: string };

/** Text of the view in the language of the editor. `{0}` and `{1}` are places for values. */
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
  readonly noFolder: string;
  readonly notGit: string;
  readonly dead: string;
  readonly failed: string;
  readonly error: string;
  readonly none: string;
  readonly noneFiltered: string;
  readonly clearFilters: string;
  readonly one: string;
  readonly many: string;
  readonly more: string;
  readonly supersededBy: string;
  readonly tryAgain: string;
  readonly openLog: string;
  readonly restart: string;
  readonly learn: string;
}
