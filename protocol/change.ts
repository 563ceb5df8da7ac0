/** The message about a change before it is committed or merged. What it carries is defined in `server/model/change.ts`. */
import type { ChangedPlace, ChangeReport, ChangeRequest } from '../server/model/change.ts';
import type { Finding } from '../server/model/finding.ts';
import type { WireHit, WireRange } from './index.ts';

/** Request `lintel/change`: the decisions that govern what changed, and the findings there, in every repository of the workspace or in one. Reads files as they are on disk. */
export const CHANGE = 'lintel/change';
export interface ChangeParams extends ChangeRequest {
  /** Only in the repository of this folder. Default: in all repositories of the workspace. */
  readonly folderUri?: string;
}
export interface ChangeResult {
  /** One entry per repository, in the order of the workspace. */
  readonly repositories: readonly RepositoryChange[];
}
export interface RepositoryChange extends Pick<ChangeReport, 'files' | 'notices'> {
  /** Name of the root folder. */
  readonly name: string;
  readonly decisions: readonly WireChangedDecision[];
  readonly findings: readonly WireChangeFinding[];
  /** Why nothing can be said, in a sentence to show to the user; the lists are empty then. */
  readonly failure?: string;
}
export interface WireChangedDecision {
  readonly hit: WireHit;
  readonly places: readonly WireChangedPlace[];
}
/** A place with the URI of its file. */
export interface WireChangedPlace extends ChangedPlace {
  readonly uri: string;
}
export interface WireChangeFinding extends Pick<Finding, 'message' | 'severity'> {
  readonly rule: string;
  readonly uri: string;
  /** Repository-relative. */
  readonly path: string;
  readonly range: WireRange;
}
