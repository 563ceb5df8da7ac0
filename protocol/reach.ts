/** What a decision record reaches, with the URIs of the files. What it means is defined in `server/model/reach.ts`. */
import type { CitingDocument, CitingPlace, CompanionFile, NamedDocument, ReachedCode, RecordReach } from '../server/model/reach.ts';

/** Something of a repository with the URI of its file. */
export type Placed<T> = T & { readonly uri: string };

export interface WireReach extends Pick<RecordReach, 'inForce' | 'files'> {
  readonly replaces: readonly Placed<NamedDocument>[];
  readonly replacedBy: readonly Placed<NamedDocument>[];
  readonly cited: readonly Placed<CitingPlace>[];
  readonly citedBy: readonly Placed<CitingDocument>[];
  readonly named: readonly WireReachedCode[];
  readonly linked: readonly WireReachedCode[];
  readonly together: readonly Placed<CompanionFile>[];
}

/** Code that a record names or that is linked to it. */
export interface WireReachedCode extends ReachedCode {
  /** Absent for folders and patterns. */
  readonly uri?: string;
}
