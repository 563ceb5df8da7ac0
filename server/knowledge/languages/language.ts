import type { StatusValue } from '../../model/document.ts';

/** What a status can mean. */
export type KnownStatus = Exclude<StatusValue, 'unknown'>;

/** The parts of a record that have a usual name, as a heading or as a field. */
export type RecordPart =
  | 'title'
  | 'status'
  | 'date'
  | 'context'
  | 'decision'
  | 'consequences'
  | 'options'
  | 'summary'
  | 'changes'
  | 'authors'
  | 'superseded-by'
  | 'supersedes'
  | 'amends';

/**
 * How people write decision records in one language. Lists are separated by commas, in any letter case, and accents do not count. A word that ends in
 * `*` may go on for up to four letters, for endings. In relations, `…` stands for the other record; without it, the record comes after the words.
 */
export interface Language {
  /** In English. */
  readonly name: string;
  readonly status: Readonly<Record<KnownStatus, string>>;
  /** Headings and fields. */
  readonly parts: Readonly<Partial<Record<RecordPart, string>>>;
  readonly supersededBy: string;
  readonly supersedes: string;
  /** Words that say that only a part of a record is meant. */
  readonly partly: string;
  /** What is written where there is no other record. */
  readonly nothing: string;
  /** Words that may come before a status without changing it: "this decision was ...". */
  readonly lead: string;
  /** Twelve names, separated by commas; other forms of a name after `|`. */
  readonly months: string;
}

/** The entries of a list. */
export const entries = (list: string): readonly string[] => list.split(/\s*,\s*/).filter((entry) => entry !== '');
