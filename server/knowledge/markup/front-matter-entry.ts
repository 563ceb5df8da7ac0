/** One scalar of the front matter. Offsets are UTF-16 units from the start of the text. */
export interface FrontMatterValue {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A key of the front matter with all scalars below it, in order. */
export interface FrontMatterEntry {
  /** Lower-case with hyphens: `superseded_by` and `supersededBy` are `superseded-by`. */
  readonly key: string;
  readonly values: readonly FrontMatterValue[];
}

/** A key in the form of {@link FrontMatterEntry.key}. */
export function normalKey(key: string): string {
  return key
    .slice(0, 80)
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
}

/** Limit on the scalars that are read from front matter. */
export const MOST_VALUES = 1_000;
/** Limit on the depth of lists and maps in it. */
export const DEEPEST = 20;
/** Length in UTF-16 units above which front matter is not read: it is a document between two rules, or an attack. */
export const LONGEST = 65_536;

/** Where front matter is, as offsets. */
export interface Fenced {
  readonly language: string;
  readonly blockStart: number;
  readonly blockEnd: number;
  readonly bodyStart: number;
  readonly closed: boolean;
}
