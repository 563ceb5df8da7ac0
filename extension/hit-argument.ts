import type { WireHit } from '../protocol/index.ts';

/** A hit as a tree item hands it over, or as the context menu of the search view does, wrapped in what the page attached to its row. */
export type HitArgument = WireHit | { readonly hit: WireHit };

export const hitOf = (argument: HitArgument): WireHit => ('hit' in argument ? argument.hit : argument);

/** The palette hands over nothing, and the editor's menus an address. */
export const isHit = (argument: unknown): argument is HitArgument =>
  typeof argument === 'object' && argument !== null && ('hit' in argument || ('evidence' in argument && 'title' in argument));
