import type { WireHit } from '../protocol/index.ts';

/** What a command on a result receives: the hit itself from the tree, or an object around it from the search view's context menu. */
export type HitArgument = WireHit | { readonly hit: WireHit };

export const hitOf = (argument: HitArgument): WireHit => ('hit' in argument ? argument.hit : argument);

/** False for the palette, which passes nothing, and for the editor's context menus, which pass a `Uri`. */
export const isHit = (argument: unknown): argument is HitArgument =>
  typeof argument === 'object' && argument !== null && ('hit' in argument || ('evidence' in argument && 'title' in argument));
