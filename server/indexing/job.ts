import type { IndexProgress, IndexReport } from '../model/answer.ts';
import type { EngineErrorCode } from '../model/errors.ts';

/** The instructions for an indexing run. Plain data, because it crosses a process boundary. */
export interface Job {
  /** Folder of the repository or a plain folder. */
  readonly root: string;
  readonly indexFolder: string;
  /** `static`, a model name or a local folder. Default: as `lintel.yaml` says, else `static`. */
  readonly model?: string;
  /** Build the index from nothing. Default false. */
  readonly full?: boolean;
  /** A reader could not use the index: verify every row before using it. Default false. */
  readonly suspect?: boolean;
  /** Only these repository-relative paths; absent: everything that changed. */
  readonly paths?: readonly string[];
  /** Files to leave out, because indexing stalled on them. */
  readonly skip?: readonly string[];
  /** Milliseconds to wait for another process that is writing the index; then the run fails with `index-busy`. Default: no limit. */
  readonly patience?: number;
}

/** From the parent to the indexing process. */
export type ToIndexer =
  | { readonly type: 'run'; readonly run: number; readonly job: Job }
  | { readonly type: 'cancel'; readonly run: number }
  | { readonly type: 'consent'; readonly question: number; readonly granted: boolean };

/** From the indexing process to the parent. */
export type FromIndexer =
  | { readonly type: 'progress'; readonly run: number; readonly progress: IndexProgress }
  | { readonly type: 'done'; readonly run: number; readonly report: IndexReport }
  | { readonly type: 'failed'; readonly run: number; readonly code?: EngineErrorCode; readonly message: string }
  | { readonly type: 'consent'; readonly question: number; readonly model: string; readonly host: string }
  | { readonly type: 'log'; readonly level: 'warn' | 'info' | 'debug'; readonly message: string };
