import type { Embedder } from '../../embedding/embedder.ts';
import type { Publishing } from '../../model/published.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { LiveWorkspace } from '../live-workspace.ts';
import { publishIndex } from './publish.ts';
import { pullIndex } from './pull.ts';

interface Published {
  readonly live: LiveWorkspace;
  readonly indexFolder: string;
  readonly embedder: () => Promise<Embedder>;
}

/** Publishing the index of an engine, and pulling one for it. */
export const createPublishing = ({ live, indexFolder, embedder }: Published): Publishing => {
  /** HEAD may have moved since the workspace was opened. */
  const workspace = async (): Promise<Workspace> => {
    await live.reopen();
    return live.current;
  };
  return {
    place: async () => (await workspace()).loaded.config.knowledge.published,
    publish: async (place, base, options) => publishIndex(await workspace(), indexFolder, place, base, options),
    pull: async (place, base, options) =>
      pullIndex({ workspace: await workspace(), indexFolder, embedder: await embedder() }, place, base, options),
  };
};
