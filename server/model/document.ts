import type { Span } from './span.ts';

/** What a document is to a reader. Records of all styles (ADR, RFC, KEP, design decision) are `decision`. */
export type DocumentKind = 'decision' | 'specification' | 'guide' | 'commit';

/** All kinds, in the order in which they are listed to people. */
export const DOCUMENT_KINDS: readonly DocumentKind[] = ['decision', 'specification', 'guide', 'commit'];

/** Where a decision stands. `unknown` is a status text that no rule understands; a record without any status has none. */
export type StatusValue = 'proposed' | 'accepted' | 'rejected' | 'deprecated' | 'superseded' | 'unknown';

/** All status values, in the order in which they are listed to people. */
export const STATUS_VALUES: readonly StatusValue[] = ['accepted', 'proposed', 'superseded', 'deprecated', 'rejected', 'unknown'];

/** A status as found: the canonical value, and the author's own words with their place. */
export interface Status {
  readonly value: StatusValue;
  readonly text: string;
  readonly span: Span;
}

/** A heading and the text below it, up to the next heading of any level. */
export interface Section {
  /** Heading text without markup; empty for text before the first heading. */
  readonly heading: string;
  /** 1 for the top; 0 for text before the first heading. */
  readonly level: number;
  /** Headings from the top down to and including this one. */
  readonly headingPath: readonly string[];
  /** The text below the heading, verbatim. */
  readonly text: string;
  /** From the heading to the end of the text. */
  readonly span: Span;
}

export type LinkKind = 'cites' | 'supersedes' | 'superseded-by' | 'amends' | 'applies-to';

/** A statement in a document that points at another document or at a place in the repository. */
export interface Link {
  readonly kind: LinkKind;
  /** What the author wrote: a relative path, a number, a slug, a glob (for `applies-to`) or an address. */
  readonly target: string;
  /** Repository-relative path of the target when `target` is a relative link that was resolved against the document's folder. */
  readonly path?: string;
  /** True where only a part is superseded ("Parts of this ADR were superseded by ..."): such a link never retires a record. */
  readonly partial?: boolean;
  readonly span: Span;
}

/** A replacement of text in one file of the repository; an empty span inserts. A `path` that does not exist yet is created. */
export interface TextEdit {
  /** Repository-relative, forward slashes. */
  readonly path: string;
  readonly span: Span;
  readonly text: string;
}

/** A way to mend a problem: edits that are made together. */
export interface Fix {
  /** What it does, in the imperative: `Cite ADR-n instead`. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** True for the one that is certain enough to be made without asking (`lintel check --patch`). */
  readonly preferred?: boolean;
}

/** Something wrong in a user's document that a person should see at its place. Never an exception: indexing goes on. */
export interface Problem {
  /** Stable rule id such as `broken-front-matter`. */
  readonly rule: string;
  /** `hint`: nothing is wrong, a reader should know it all the same; `lintel check` leaves it out unless it is asked for. */
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  /** What happened and what to do, in a sentence for people. */
  readonly message: string;
  readonly span: Span;
  /** Other places that belong to the problem, e.g. the record that bears the same number. Paths are repository-relative. */
  readonly related?: readonly { readonly path: string; readonly span: Span; readonly message: string }[];
  /** Ways to mend it, best first. */
  readonly fixes?: readonly Fix[];
}

/** A file that a commit moved; its content may have changed as well. Paths are repository-relative. */
export interface Rename {
  readonly from: string;
  readonly to: string;
}

/** One decision, specification operation set, guide or commit. */
export interface Document {
  /** Stable across runs: the repository-relative path, or `commit:<sha>`. */
  readonly id: string;
  readonly kind: DocumentKind;
  /** Repository-relative path with forward slashes; absent for commits. */
  readonly path?: string;
  /** For a commit its own sha; for a file the sha of HEAD when it was read (empty before the first commit or outside git). */
  readonly sha: string;
  readonly title: string;
  /** Span of the title in the text, where it has one. */
  readonly titleSpan?: Span;
  /** The number a record goes by, without leading zeros: `7` for `0007-use-kafka.md`. */
  readonly number?: string;
  /** The words of the file name without number and extension: `use-kafka`; of the folder for README and index files. */
  readonly slug?: string;
  readonly status?: Status;
  /** ISO 8601 day (`2024-05-11`) or instant, as precise as the source is. */
  readonly date?: string;
  /** Format that was recognised: `markdown`, `rst`, `openapi`, `asyncapi`, `protobuf`, `graphql`, `json-schema`, `gherkin`, `codeowners`, `commit`. */
  readonly format: string;
  readonly sections: readonly Section[];
  readonly links: readonly Link[];
  readonly problems: readonly Problem[];
  /** For a commit: the changed paths (new names), at most 200. */
  readonly paths?: readonly string[];
  /** For a commit: the renames among its changes, at most 200; absent where there are none. */
  readonly renames?: readonly Rename[];
  /** For a commit: true for a merge, whose paths are those of the first-parent difference. */
  readonly merge?: true;
  /** For a commit: author name. */
  readonly author?: string;
}
