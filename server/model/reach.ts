import type { StatusValue } from './document.ts';
import type { LineRange, Span } from './span.ts';

/** A citation of a record in code. */
export interface CitingPlace {
  /** Repository-relative. */
  readonly path: string;
  /** The citation. */
  readonly span: Span;
  /** The line that it stands on, at most 300 characters of it. */
  readonly text: string;
}

/** A record or guide in short. */
export interface NamedDocument {
  readonly id: string;
  readonly path: string;
  readonly title: string;
  readonly status?: StatusValue;
}

/** A document that refers to a record. */
export interface CitingDocument extends NamedDocument {
  /** The first place where it does. */
  readonly span: Span;
}

/** Code that a record names, or that somebody linked to it. */
export interface ReachedCode {
  /** A file, or the folder or pattern as it is written. */
  readonly path: string;
  /** Whether `path` is a file of the repository. */
  readonly isFile: boolean;
  /** Lines of the file that a link is anchored to. */
  readonly lines?: LineRange;
  /** Symbol of the file that a link is anchored to. */
  readonly symbol?: string;
  /** Where in the record the name is; absent for a link. */
  readonly documentSpan?: Span;
}

/** A file that commits changed together with a record. */
export interface CompanionFile {
  readonly path: string;
  readonly commits: number;
  /** The newest of the commits. */
  readonly sha: string;
}

/** What a decision record reaches: the other way from code to its decisions. */
export interface RecordReach {
  readonly id: string;
  /** Whether the record is in force: what is not governs nothing. */
  readonly inForce: boolean;
  /** The records that it replaces as a whole, by path. */
  readonly replaces: readonly NamedDocument[];
  /** The records that replace it, the one in force first. */
  readonly replacedBy: readonly NamedDocument[];
  /** Citations in code that can mean no other record, by path and line. */
  readonly cited: readonly CitingPlace[];
  /** Records and guides that refer to it, by path. */
  readonly citedBy: readonly CitingDocument[];
  /** Files, folders and patterns that the record names. */
  readonly named: readonly ReachedCode[];
  /** What people linked to it in `.lintel/links.yaml`. */
  readonly linked: readonly ReachedCode[];
  /** Files that were written together with it, most often first; at most 10. */
  readonly together: readonly CompanionFile[];
  /** Number of files that cite it, that it names, or that are linked to it. */
  readonly files: number;
}
