import { wordsIn } from '../../register/citations/citation-index.ts';

const LONGEST_NAME = 120;
/** Names whose lengths differ more than this are not compared letter by letter. */
const LEAST_LENGTH_RATIO = 0.6;

/** Levenshtein distance: the number of letters to insert, delete or replace. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Similarity of two names in [0, 1]: by letters or by words (two shared words at least), whichever is higher. */
export function likeness(a: string, b: string): number {
  const [left, right] = [a.slice(0, LONGEST_NAME), b.slice(0, LONGEST_NAME)];
  const longest = Math.max(left.length, right.length);
  if (longest === 0) return 0;
  const [leftWords, rightWords] = [new Set(wordsIn(left)), new Set(wordsIn(right))];
  const shared = [...leftWords].filter((word) => rightWords.has(word)).length;
  const byWords = shared < 2 ? 0 : (2 * shared) / (leftWords.size + rightWords.size);
  const shortest = Math.min(left.length, right.length);
  const byLetters = shortest / longest < LEAST_LENGTH_RATIO ? 0 : 1 - editDistance(left, right) / longest;
  return Math.max(byWords, byLetters);
}
