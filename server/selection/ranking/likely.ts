import type { SpecRanking } from './rank.ts';

const FIRST = 10;
/** Chosen by judged commits, with each repository left out (docs/benchmarks.md). */
const LEAST_OF_BEST = 0.5;

/**
 * The specs that the change most likely concerns, by position: among the first ten, and with half of the score of the first one. The others of a
 * selection are there to be sure.
 */
export const likelyIn = ({ order, scores }: Pick<SpecRanking, 'order' | 'scores'>): ReadonlySet<number> => {
  const best = scores[order[0] ?? -1] ?? 0;
  return new Set(order.slice(0, FIRST).filter((at) => best > 0 && (scores[at] ?? 0) >= LEAST_OF_BEST * best));
};
