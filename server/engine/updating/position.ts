import { stat } from 'node:fs/promises';
import { countCommits, headOf } from '../../git/index.ts';
import { knownFiles, planFiles } from '../../indexing/plan.ts';
import type { IndexPosition } from '../../model/answer.ts';
import { EngineError } from '../../model/errors.ts';
import type { IndexState } from '../../store/state.ts';
import { discoverDocuments, type Workspace } from '../../workspace/workspace.ts';

/**
 * Measures how far the index is behind the work tree: commits since the indexed HEAD, plus documents that were changed, added or deleted.
 * Rejects with `not-a-folder` once the root is gone.
 */
export async function measurePosition(workspace: Workspace, state: IndexState | undefined): Promise<IndexPosition> {
  const { root } = workspace;
  if (!(await stat(root).catch(() => undefined))?.isDirectory())
    throw new EngineError('not-a-folder', `${root} no longer exists, or is not a folder. Open the repository where it is now.`);
  const { documents } = await discoverDocuments(workspace);
  const files = await planFiles(workspace, documents, knownFiles(workspace, state));
  const changed = files.read.length + files.remove.length;
  if (!workspace.repository) return { sha: state?.head ?? '', behind: changed };
  const sameLog = state?.log === undefined || state.log === workspace.log;
  const from = state?.finishedAt && sameLog ? state.head : '';
  const commits = await countCommits(workspace.repository, from, await headOf(workspace.repository));
  return { sha: state?.head ?? '', behind: changed + commits };
}
