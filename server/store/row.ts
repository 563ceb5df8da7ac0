import type { DocumentKind, StatusValue } from '../model/document.ts';

/**
 * One row of the one table `passages`: a passage, with the data of its document that filters and result lists need.
 * Text columns are never null; an absent value is the empty string.
 */
export interface StoreRow {
  /** `<documentId>#<ordinal>`; the key. */
  readonly id: string;
  readonly documentId: string;
  /** Position within the document, from 0. Every document has a row with ordinal 0. */
  readonly ordinal: number;
  readonly kind: DocumentKind;
  /** Repository-relative path of the document; empty for a commit. */
  readonly path: string;
  /** For a commit the changed paths, one a line; else empty. */
  readonly paths: string;
  readonly sha: string;
  readonly title: string;
  /** Empty where the document has no status. */
  readonly status: StatusValue | '';
  /** ISO day; empty where the document has no date. */
  readonly date: string;
  /** Headings from the top. */
  readonly headingPath: readonly string[];
  readonly text: string;
  /** Tokens for full-text search, made by the caller (split, lower-cased, stemmed), joined by spaces. Queries must make theirs alike. */
  readonly words: string;
  /** Place of the passage, as in `Span`. */
  readonly startLine: number;
  readonly startCharacter: number;
  readonly endLine: number;
  readonly endCharacter: number;
  readonly vector: Float32Array;
  /** JSON of the document without the text of its sections on ordinal 0; else empty. */
  readonly document: string;
}

export type Column = keyof StoreRow;

/** What a search returns of a row: everything but the document's JSON. */
export type CandidateRow = Omit<StoreRow, 'document'>;

export const CANDIDATE_COLUMNS = [
  'id',
  'documentId',
  'ordinal',
  'kind',
  'path',
  'paths',
  'sha',
  'title',
  'status',
  'date',
  'headingPath',
  'text',
  'words',
  'startLine',
  'startCharacter',
  'endLine',
  'endCharacter',
  'vector',
] as const satisfies readonly (keyof CandidateRow)[];

/** What `documents` returns of a document. */
export type DocumentRow = Pick<StoreRow, 'documentId' | 'kind' | 'path' | 'document'>;
