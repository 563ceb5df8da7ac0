import type { WhyResult, WireHit } from '../protocol/index.ts';
import { isStructural } from './citation.ts';

/** Groups of the view, in the order in which they are shown. Only `governing` claims that a decision is in force here (law 1). */
export type GroupId = 'governing' | 'nearby' | 'specifications' | 'commits' | 'similar';

export interface Group {
  readonly id: GroupId;
  readonly hits: readonly WireHit[];
}

const groupOf = (hit: WireHit): GroupId => {
  if (hit.kind === 'commit' && isStructural(hit)) return 'commits';
  if (!isStructural(hit)) return 'similar';
  return hit.kind === 'decision' ? 'nearby' : 'specifications';
};

/** Sorts an answer into groups; empty groups are left out, and each keeps the server's order. */
export const groupsOf = (answer: WhyResult): readonly Group[] => {
  const of = (id: GroupId): Group => ({ id, hits: answer.related.filter((hit) => groupOf(hit) === id) });
  return [{ id: 'governing' as const, hits: answer.governing }, of('specifications'), of('nearby'), of('commits'), of('similar')].filter(
    ({ hits }) => hits.length > 0,
  );
};
