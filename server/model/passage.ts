import type { DocumentKind, StatusValue } from './document.ts';
import type { Span } from './span.ts';

/** The unit that is embedded and found: a section of a document or a part of one. */
export interface Passage {
  /** `<document id>#<ordinal>`. */
  readonly id: string;
  readonly documentId: string;
  /** Position within the document, from 0. Passage 0 carries the document's own data in the store. */
  readonly ordinal: number;
  /** Headings from the top; empty for text before the first heading. */
  readonly headingPath: readonly string[];
  /** Verbatim text of the passage. */
  readonly text: string;
  readonly span: Span;
}

/** What a query may be narrowed to. All given conditions hold together; an absent one does not restrict. */
export interface Filter {
  readonly kinds?: readonly DocumentKind[];
  readonly statuses?: readonly StatusValue[];
  /** Repository-relative folder or file: the document's path (or, for commits, a changed path) starts with it. */
  readonly path?: string;
  /** ISO day, inclusive. */
  readonly since?: string;
  /** ISO day, inclusive. */
  readonly until?: string;
}
