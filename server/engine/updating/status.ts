import type { IndexPosition, IndexStatus } from '../../model/answer.ts';
import { DOCUMENT_KINDS, type DocumentKind } from '../../model/document.ts';
import type { IndexState } from '../../store/state.ts';
import type { Workspace } from '../../workspace/workspace.ts';

/** What the status of an index is made from. */
export interface StatusParts {
  readonly workspace: Pick<Workspace, 'root' | 'repository' | 'notices'>;
  readonly indexFolder: string;
  readonly model: string;
  /** `undefined` where there is no index that can be read. */
  readonly state: IndexState | undefined;
  readonly position: IndexPosition;
  readonly passages: number;
  readonly isRunning: boolean;
  /** Why the last run failed, in a sentence. */
  readonly failure: string | undefined;
  /** Why the index was built from nothing, in words that fit "because ...". */
  readonly rebuilt: string | undefined;
  /** Why the index cannot be used, likewise. */
  readonly broken: string | undefined;
  /** Sentences on what is not looked at. */
  readonly remarks: readonly string[];
}

function lifeOf({ isRunning, failure, broken, state }: StatusParts): IndexStatus['state'] {
  if (isRunning) return 'indexing';
  if (failure !== undefined || broken !== undefined) return 'failed';
  return state?.finishedAt ? 'ready' : 'absent';
}

function countsOf(state: IndexState | undefined): Record<DocumentKind, number> {
  const counts = Object.fromEntries(DOCUMENT_KINDS.map((kind) => [kind, 0])) as Record<DocumentKind, number>;
  for (const { kind, parts } of Object.values(state?.files ?? {})) {
    counts[kind] += 1;
    // The sections of a decision log are records.
    if (kind === 'guide') counts.decision += parts?.length ?? 0;
  }
  return { ...counts, commit: state?.commitsIndexed ?? 0, test: Object.keys(state?.tests ?? {}).length };
}

function noticesOf({ workspace, state, rebuilt, failure, broken }: StatusParts): string[] {
  const all = [
    ...workspace.notices,
    ...(state?.notices ?? []),
    ...(rebuilt ? [`The index was rebuilt because ${rebuilt}.`] : []),
    ...(failure ? [failure] : []),
    ...(broken ? [`The index cannot be used because ${broken}. The next update rebuilds it.`] : []),
  ];
  return [...new Set(all)];
}

/** Describes an index for people and for editors. */
export const statusOf = (parts: StatusParts): IndexStatus => ({
  state: lifeOf(parts),
  root: parts.workspace.root,
  git: parts.workspace.repository !== undefined,
  folder: parts.indexFolder,
  position: parts.position,
  counts: countsOf(parts.state),
  passages: parts.passages,
  model: parts.model,
  notices: noticesOf(parts),
  ...(parts.remarks.length > 0 ? { remarks: parts.remarks } : {}),
});
