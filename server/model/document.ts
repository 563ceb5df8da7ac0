import type { Finding } from './finding.ts';
import type { Operation } from './operation.ts';
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
  readonly findings: readonly Finding[];
  /** For a specification: what it describes that code can have, in the order of the text; absent where there is nothing. */
  readonly operations?: readonly Operation[];
  /** For a commit: the changed paths (new names), at most 200. */
  readonly paths?: readonly string[];
  /** For a commit: the renames among its changes, at most 200; absent where there are none. */
  readonly renames?: readonly Rename[];
  /** For a commit: true for a merge, whose paths are those of the first-parent difference. */
  readonly merge?: true;
  /** For a commit: author name. */
  readonly author?: string;
}

/** A document without its sections: what is known of it beside its text. */
export type DocumentHead = Omit<Document, 'sections'>;
