import type { Span } from './span.ts';

/** A replacement of text in one file of the repository; an empty span inserts. A `path` that does not exist yet is created. */
export interface TextEdit {
  /** Repository-relative, forward slashes. */
  readonly path: string;
  readonly span: Span;
  readonly text: string;
}

/** A way to mend a finding: edits that are made together. */
export interface Fix {
  /** What it does, in the imperative: `Cite ADR-n instead`. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** True for the one that is certain enough to be made without asking (`lintel check --patch`). */
  readonly preferred?: boolean;
}

/** Something wrong in a user's document that a person should see at its place. Never an exception: indexing goes on. */
export interface Finding {
  /** Stable rule id such as `broken-front-matter`. */
  readonly rule: string;
  /** `hint`: nothing is wrong, a reader should know it all the same; `lintel check` leaves it out unless it is asked for. */
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  /** What happened and what to do, in a sentence for people. */
  readonly message: string;
  readonly span: Span;
  /** Other places that belong to the finding, e.g. the record that bears the same number. Paths are repository-relative. */
  readonly related?: readonly { readonly path: string; readonly span: Span; readonly message: string }[];
  /** Ways to mend it, best first. */
  readonly fixes?: readonly Fix[];
}
