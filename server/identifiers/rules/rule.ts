import type { FindingDraft } from '../../model/finding.ts';
import type { Composed } from '../flow/model.ts';
import type { Place } from '../flow/trail.ts';

/** What a rule found, before its place is known in lines: offsets in UTF-16 units of the file. */
export interface Found extends Pick<FindingDraft, 'message' | 'severity' | 'related'> {
  readonly start: number;
  readonly end: number;
}

/** What a rule about code found. */
export interface FoundInCode extends Omit<Found, 'related'> {
  /** Other places of the same file that belong to it. An empty one is the rest of its line. */
  readonly places?: readonly { readonly start: number; readonly end: number; readonly message: string }[];
  /** Of a composed identifier: what fixes rewrite. */
  readonly composed?: Place<Composed>;
}
