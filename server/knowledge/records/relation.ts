import type { Link } from '../../model/document.ts';
import type { Reference } from './references.ts';

/** A statement that one record replaces or amends another, with its targets. Offsets are UTF-16 units from the start of the text. */
export interface Relation {
  readonly kind: Exclude<Link['kind'], 'cites' | 'applies-to'>;
  /** Only a part is replaced; the record stays in force. */
  readonly partial: boolean;
  readonly start: number;
  readonly end: number;
  readonly targets: readonly Reference[];
  readonly place: Place;
}

/**
 * Where a relation is stated: as a status or in front matter, at the head of the record (a field, a notice above the first section, a heading), or in
 * a sentence of the body.
 */
export type Place = 'status' | 'head' | 'body';
