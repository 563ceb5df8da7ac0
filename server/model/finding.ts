import type { Span } from './span.ts';

/** A text replacement in one file of the repository. An empty span inserts; a file that does not exist is created. */
export interface TextEdit {
  /** Repository-relative, forward slashes. */
  readonly path: string;
  readonly span: Span;
  readonly text: string;
}

/** A way to resolve a finding. Its edits are applied together or not at all. */
export interface Fix {
  /** What it does, in the imperative, as the editor shows it: `Update the path`. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** Safe to apply without asking (`lintel check --patch`, "Fix all"). At most one fix of a finding is. */
  readonly preferred?: boolean;
}

/** Something in a user's file that a person should look at. Findings are reported, never thrown: indexing goes on. */
export interface Finding {
  /** Stable id of the rule, such as `broken-front-matter`. */
  readonly rule: string;
  /** A `hint` is worth knowing although nothing is wrong; `lintel check` shows it only when `--rule` names its rule. */
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  /** What is wrong and what to do about it, in a sentence. */
  readonly message: string;
  readonly span: Span;
  /** Other places that belong to the finding, such as the record with the same number. Paths are repository-relative. */
  readonly related?: readonly { readonly path: string; readonly span: Span; readonly message: string }[];
  /** Ways to resolve it, best first. */
  readonly fixes?: readonly Fix[];
}
