import type { Finding } from './finding.ts';
import type { Operation } from './operation.ts';
import type { Span } from './span.ts';

/** Kind of a document. Records of every style (ADR, RFC, KEP, design decision) are a `decision`; a file of end-to-end tests is a `test`. */
export type DocumentKind = 'decision' | 'specification' | 'guide' | 'commit' | 'test';

/** All kinds, in display order. */
export const DOCUMENT_KINDS: readonly DocumentKind[] = ['decision', 'specification', 'guide', 'commit', 'test'];

/** What a search looks at that names no kinds. Tests repeat the words of the product without deciding anything, so they are only found when asked for. */
export const SEARCHED_BY_DEFAULT: readonly DocumentKind[] = ['decision', 'specification', 'guide', 'commit'];

/** Status of a decision. `unknown` means that no rule understands the text; a record without a status has no value at all. */
export type StatusValue = 'proposed' | 'accepted' | 'rejected' | 'deprecated' | 'superseded' | 'unknown';

/** All status values, in display order. */
export const STATUS_VALUES: readonly StatusValue[] = ['accepted', 'proposed', 'superseded', 'deprecated', 'rejected', 'unknown'];

/** A status: its canonical value, and the words of the author with their location. */
export interface Status {
  readonly value: StatusValue;
  readonly text: string;
  readonly span: Span;
  /** True for "superseded" that was read from a sentence of the record, and is not the value of its status. */
  readonly inferred?: true;
  /** True for `unknown` where the record is not surely in English, so that nobody can say that the words are wrong. */
  readonly foreign?: true;
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

/** A reference from a document to another document or to a path in the repository. */
export interface Link {
  readonly kind: LinkKind;
  /** As written: a relative path, a number, a slug, a URL, or a glob (for `applies-to`). */
  readonly target: string;
  /** Repository-relative path of the target, if `target` is a relative link; it is resolved against the folder of the document. */
  readonly path?: string;
  /** True if only a part is superseded ("Parts of this ADR were superseded by ..."). Such a link never retires a record. */
  readonly partial?: boolean;
  /** True for "supersedes" and "superseded by" that were read from a sentence of the body, not from the status, a field or the front matter. */
  readonly inferred?: true;
  readonly span: Span;
}

/** A file that a commit renamed, possibly with changes. Paths are repository-relative. */
export interface Rename {
  readonly from: string;
  readonly to: string;
}

/** A decision, specification, guide, commit or file of tests. */
export interface Document {
  /** Stable across runs: the repository-relative path, `commit:<sha>`, or `test:<path>`, because a feature is a specification as well. */
  readonly id: string;
  readonly kind: DocumentKind;
  /** Repository-relative path with forward slashes; absent for commits. */
  readonly path?: string;
  /** For a commit, its own sha; for a file, the sha of HEAD when it was read (empty before the first commit or outside git). */
  readonly sha: string;
  readonly title: string;
  /** Where the title is in the text; absent if it comes from the file name. */
  readonly titleSpan?: Span;
  /** Number of a record, without leading zeros: `7` for `0007-use-kafka.md`. */
  readonly number?: string;
  /**
   * The series of the number in lower case, where the record says another one than its path: `a` for "A-13" in the front matter of `expired-keys.md`.
   */
  readonly namespace?: string;
  /** File name without number and extension, such as `use-kafka`. README and index files take the name of their folder. */
  readonly slug?: string;
  readonly status?: Status;
  /** ISO 8601, as precise as the source: year, month, day (`2024-05-11`) or instant. */
  readonly date?: string;
  /** Recognised format: `markdown`, `rst`, `asciidoc`, `openapi`, `asyncapi`, `protobuf`, `graphql`, `json-schema`, `gherkin`, `codeowners`, `commit`; of a test, its framework. */
  readonly format: string;
  readonly sections: readonly Section[];
  readonly links: readonly Link[];
  readonly findings: readonly Finding[];
  /** For a specification: the operations it describes, in text order; absent if there are none. */
  readonly operations?: readonly Operation[];
  /** For a commit: the changed paths (new names), at most 200. */
  readonly paths?: readonly string[];
  /** For a commit: its renames, at most 200; absent if there are none. */
  readonly renames?: readonly Rename[];
  /** True for a merge commit. Its paths are compared with its first parent. */
  readonly merge?: true;
  /** Author name of a commit. */
  readonly author?: string;
}

/** A document without the text of its sections. */
export type DocumentHead = Omit<Document, 'sections'>;
