import type { Hit } from '../model/answer.ts';
import type { Engine } from '../model/engine.ts';

const MOST_SUCCESSORS = 5;

/** The records that replace one, the one in force first; those that are not indexed are left out. */
export const successorsOf = async (engine: Engine, { supersededBy }: Hit): Promise<readonly Hit[]> => {
  const hits = await Promise.all(supersededBy.slice(0, MOST_SUCCESSORS).map((id) => engine.record(id)));
  return hits.filter((hit) => hit !== undefined);
};
