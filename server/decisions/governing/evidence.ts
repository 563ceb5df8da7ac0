import type { Evidence, LikenessEvidence, SimilarEvidence } from '../../model/evidence.ts';
import { changedTogether } from './changed-together.ts';
import { declaredEvidence } from './declared.ts';
import { neighbourEvidence } from './neighbour.ts';
import type { RankedDocument, RankingQuery, RankingSpace } from './ranking.ts';
import { scopedEvidence } from './scoped.ts';

const MOST_EVIDENCE = 6;
/** The z-score at which similarity has half of its largest weight. */
const HALF_Z_SCORE = 4;

/** Below this, being closer than arbitrary code is not worth mentioning. */
const LEAST_Z_SCORE = 1;

/** How close the text of a record is to the code, for people. Likeness never makes a record govern (docs/architecture.md, Invariants). */
export function similarEvidence({ zScore }: RankedDocument): SimilarEvidence[] {
  if (zScore < LEAST_Z_SCORE) return [];
  const weight = Number((0.5 * (zScore / (zScore + HALF_Z_SCORE))).toFixed(4));
  const explanation = zScore >= HALF_Z_SCORE ? 'very similar in words and meaning' : 'similar in words and meaning';
  return [{ kind: 'similar', weight, explanation }];
}

/** All evidence for a record at a place except likeness, largest first. Not all of it can make the record govern: see `mayGovern`. */
export function evidenceBeyondLikeness(
  { register }: RankingSpace,
  ranked: RankedDocument,
  query: RankingQuery,
): Exclude<Evidence, LikenessEvidence>[] {
  const { id } = ranked.document.head;
  const { place } = query;
  const { cited, history } = ranked.signals;
  const scope = register.scopes.get(id);
  const scoped = scope && scopedEvidence(scope, place.path, register.tree);
  const declared = declaredEvidence(register.links, id, query);
  const neighbour = ranked.document.head.kind === 'decision' ? neighbourEvidence(id, place.path, register.ownersOf) : undefined;
  return [
    ...(declared ? [declared] : []),
    ...(cited?.evidence ?? []),
    ...(scoped ? [scoped] : []),
    ...(query.named?.get(id) ?? []),
    ...(history ? changedTogether(history, ranked.document.head.status?.value === 'proposed') : []),
    ...(neighbour ? [neighbour] : []),
  ]
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MOST_EVIDENCE);
}
