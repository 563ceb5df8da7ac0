import type { Hit } from '../model/answer.ts';
import { isNamed } from '../model/hit-groups.ts';

/** A best score below this, and hardly a word of the query in the best hits: then none of them is about the query. */
const LEAST_GOOD = 0.14;
const LOOKED_AT = 5;
const MOST_WORDS = 1;

/**
 * Whether none of the hits, best first, is a good match. Calibrated on 148 questions to 9 repositories, 72 lines of nonsense, and 90 questions to other
 * repositories: it is said of none of the first, of 85 % of the second and of 1 % of the third.
 */
export function isWeak(hits: readonly Hit[]): boolean {
  const [best] = hits;
  if (best === undefined || isNamed(best) || best.score >= LEAST_GOOD) return false;
  const worded = hits.slice(0, LOOKED_AT).filter(({ evidence }) => evidence.some(({ kind }) => kind === 'matched'));
  return worded.length <= MOST_WORDS;
}

/** What tells copies of one passage from two that are merely alike. */
const contentOf = ({ kind, title, snippet }: Hit): string => [kind, title, snippet].join('\0');

/** The first `limit` different hits. One that repeats kind, title and passage of a better one is counted there; a commit never is one. */
export function withoutCopies(hits: Iterable<Hit>, limit: number): Hit[] {
  const kept = new Map<string, Hit>();
  for (const hit of hits) {
    const key = hit.kind === 'commit' || isNamed(hit) ? hit.id : contentOf(hit);
    const known = kept.get(key);
    if (known) kept.set(key, { ...known, copies: (known.copies ?? 0) + 1 });
    else if (kept.size < limit) kept.set(key, hit);
    else break;
  }
  return [...kept.values()];
}
