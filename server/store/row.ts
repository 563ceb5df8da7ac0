import type { DocumentKind, StatusValue } from '../model/document.ts';

/**
 * A row of the table `passages`: a passage, with the data of its document that filters and result lists need.
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
  /** For a commit, the changed paths, one per line; else empty. */
  readonly paths: string;
  readonly sha: string;
  readonly title: string;
  /** Empty if the document has no status. */
  readonly status: StatusValue | '';
  /** ISO day; empty if the document has no date. */
  readonly date: string;
  /** Headings from the top. */
  readonly headingPath: readonly string[];
  readonly text: string;
  /** Tokens for full-text search, joined by spaces. Callers split, lower-case and stem them, and must treat queries the same way. */
  readonly words: string;
  /** Span of the passage. */
  readonly startLine: number;
  readonly startCharacter: number;
  readonly endLine: number;
  readonly endCharacter: number;
  readonly vector: Float32Array;
  /** On ordinal 0, the document as `encodeHead` writes it; else empty. */
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
