import { type IndexReport, NO_CHANGE } from '../../model/answer.ts';
import type { IndexState } from '../../store/state.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { haveSourcesMoved } from '../sources.ts';
import type { Views } from '../view.ts';
import type { Freshness } from './freshness.ts';

/** A report where the index is usable and up to date, found out without the indexing process; `undefined` where a run is needed. */
export async function reportIfUnchanged(
  workspace: Workspace,
  state: IndexState | undefined,
  views: Views,
  freshness: Freshness,
): Promise<IndexReport | undefined> {
  const start = performance.now();
  // An index that opens may still have failed to answer: `broken` remembers that.
  if (!state?.finishedAt || state.open || !state.commitFacts || views.broken !== undefined) return undefined;
  const [isUsable, sourcesMoved, position] = await Promise.all([views.usable(), haveSourcesMoved(workspace, views), freshness.measure()]);
  if (!isUsable || sourcesMoved || position.behind > 0) return undefined;
  const unchanged = Object.keys(state.files).length + state.commitsIndexed;
  return { ...NO_CHANGE, unchanged, milliseconds: Math.round(performance.now() - start) };
}
