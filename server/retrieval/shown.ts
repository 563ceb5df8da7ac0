import type { IndexedPassage } from './document-index.ts';
import type { Query } from './rank-records.ts';
import { countWords, wordsOf } from './words.ts';

const LEXICAL_SHARE = 0.7;
/** Limit on the passages whose words are counted: those closest by section score and meaning. */
const MOST_READ = 8;
/** A passage of fewer words (a status, a date, an anchor) is shown only where no longer one fits the question. */
const FEWEST_WORDS = 6;
const SHORT_WEIGHT = 0.3;

/**
 * The passage of a document to show for a question: the one with the highest .7 share of the question's word weight plus .3 similarity of meaning.
 * Short passages are penalised. Ties go to the earlier passage.
 * @param share the section's score as a share of the largest possible one, in [0, 1]
 * @throws where there are no passages
 */
export function bestPassage(
  passages: readonly IndexedPassage[],
  query: Query,
  weightOf: (word: string) => number,
  similarity: (passage: IndexedPassage) => number,
  share: (passage: IndexedPassage) => number,
): IndexedPassage {
  const weights = new Map([...query.words].map(([word, count]) => [word, Math.sqrt(count) * weightOf(word)]));
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0) || 1;
  const closest = passages
    .map((passage, at) => {
      const meaning = Math.max(0, similarity(passage));
      return { passage, at, meaning, closeness: LEXICAL_SHARE * share(passage) + (1 - LEXICAL_SHARE) * meaning };
    })
    .sort((a, b) => b.closeness - a.closeness || a.at - b.at)
    .slice(0, MOST_READ)
    .sort((a, b) => a.at - b.at);
  let best = closest[0];
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const candidate of closest) {
    const words = countWords(wordsOf(candidate.passage.text));
    let covered = 0;
    for (const [word, weight] of weights) if (words.has(word)) covered += weight;
    const closeness = (LEXICAL_SHARE * covered) / total + (1 - LEXICAL_SHARE) * candidate.meaning;
    const score = words.size >= FEWEST_WORDS ? closeness : covered > 0 ? closeness * SHORT_WEIGHT : closeness - 1;
    if (score > bestScore) [best, bestScore] = [candidate, score];
  }
  if (!best) throw new Error('A document without passages cannot be shown.');
  return best.passage;
}
