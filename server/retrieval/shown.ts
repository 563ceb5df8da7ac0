import type { IndexedPassage } from './knowledge.ts';
import type { Query } from './rank-records.ts';
import { countWords, wordsOf } from './words.ts';

const LEXICAL_SHARE = 0.7;
/** Passages whose words are counted: those closest by their section's score and their meaning. */
const READ_CLOSELY = 8;
/** A passage with fewer words (a status, a date, an anchor) is shown only where nothing longer speaks to the question. */
const FEWEST_WORDS = 6;
const SHORT_COUNTS = 0.3;

/**
 * The passage of a document to show for a question: the one that holds the largest share of the question's word weight, and is near in
 * meaning, .7 to .3. Short passages stand back. Ties go to the earlier one.
 * @param share of the largest possible score that the passage's section has, in [0, 1]
 */
export function shownPassage(
  passages: readonly IndexedPassage[],
  query: Query,
  weightOf: (word: string) => number,
  similarity: (passage: IndexedPassage) => number,
  share: (passage: IndexedPassage) => number,
): IndexedPassage {
  const weights = new Map([...query.words].map(([word, count]) => [word, Math.sqrt(count) * weightOf(word)]));
  const all = [...weights.values()].reduce((sum, weight) => sum + weight, 0) || 1;
  const near = passages
    .map((passage, at) => {
      const meaning = Math.max(0, similarity(passage));
      return { passage, at, meaning, closeness: LEXICAL_SHARE * share(passage) + (1 - LEXICAL_SHARE) * meaning };
    })
    .sort((a, b) => b.closeness - a.closeness || a.at - b.at)
    .slice(0, READ_CLOSELY)
    .sort((a, b) => a.at - b.at);
  let best = near[0];
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const candidate of near) {
    const words = countWords(wordsOf(candidate.passage.text));
    let covered = 0;
    for (const [word, weight] of weights) if (words.has(word)) covered += weight;
    const closeness = (LEXICAL_SHARE * covered) / all + (1 - LEXICAL_SHARE) * candidate.meaning;
    const score = words.size >= FEWEST_WORDS ? closeness : covered > 0 ? closeness * SHORT_COUNTS : closeness - 1;
    if (score > bestScore) [best, bestScore] = [candidate, score];
  }
  if (!best) throw new Error('A document without passages cannot be shown.');
  return best.passage;
}
