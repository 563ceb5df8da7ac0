import type { FindingDraft } from '../../model/finding.ts';
import type { Composed } from '../flow/model.ts';
import type { Place } from '../flow/trail.ts';

/** What a rule found, before its place is known in lines: offsets in UTF-16 units of the file. */
export interface Found extends Pick<FindingDraft, 'message' | 'severity' | 'related'> {
  readonly start: number;
  readonly end: number;
  /** Of a composed identifier: what fixes rewrite. */
  readonly composed?: Place<Composed>;
}
