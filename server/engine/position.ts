import { countCommits, headOf } from '../git/index.ts';
import { planFiles } from '../indexing/plan.ts';
import { discoverDocuments, type Workspace } from '../indexing/workspace.ts';
import type { IndexPosition } from '../model/answer.ts';
import type { IndexState } from '../store/state.ts';

/** How far the index is behind the work tree: commits since the indexed HEAD, and documents that were changed, added or deleted. */
export async function measurePosition(workspace: Workspace, state: IndexState | undefined): Promise<IndexPosition> {
  const { documents } = await discoverDocuments(workspace);
  const files = await planFiles(workspace, documents, state?.files ?? {});
  const changed = files.read.length + files.remove.length;
  if (!workspace.repository) return { sha: state?.head ?? '', behind: changed };
  const from = state?.finishedAt ? state.head : '';
  const commits = await countCommits(workspace.repository, from, await headOf(workspace.repository));
  return { sha: state?.head ?? '', behind: changed + commits };
}
