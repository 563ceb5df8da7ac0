import { SOURCE_PATTERNS } from '../code/sources.ts';
import { planSources } from '../indexing/sources.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Views } from './view.ts';

export { SOURCE_PATTERNS };

/** True where source files of the work tree are not what the index knows of them. Of 10,000 files about 60 ms. */
export async function haveSourcesMoved(workspace: Workspace, views: Views): Promise<boolean> {
  const [{ files }, code] = await Promise.all([workspace.files.list(), views.code()]);
  const { read, gone } = await planSources(workspace, files, code.stamps);
  return read.length + gone.length > 0;
}
