import type { DocumentKind, StatusValue } from './document.ts';
import type { Span } from './span.ts';

/** The unit of search: a section of a document, or a part of a long section. */
export interface Passage {
  /** `<document id>#<ordinal>`. */
  readonly id: string;
  readonly documentId: string;
  /** Position within the document, from 0. In the store, the row of passage 0 also has the data of the document. */
  readonly ordinal: number;
  /** Headings from the top; empty for text before the first heading. */
  readonly headingPath: readonly string[];
  /** Verbatim. */
  readonly text: string;
  readonly span: Span;
}

/** Restricts a search. All conditions must be met; absent ones do not restrict. */
export interface Filter {
  readonly kinds?: readonly DocumentKind[];
  readonly statuses?: readonly StatusValue[];
  /** Repository-relative file or folder. Matches documents at or below it, and commits that changed a file there. */
  readonly path?: string;
  /** ISO day, inclusive. */
  readonly since?: string;
  /** ISO day, inclusive. */
  readonly until?: string;
}
