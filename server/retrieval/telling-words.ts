/** A word in more than about a quarter of all sections says nothing of one: ln(1 + .75 / .25). */
const LEAST_IDF = 1.386;
/** Words that join others; they find a passage together with its neighbours, but are no reason to read it. */
const JOINING = new Set(['between', 'among', 'across', 'within', 'without', 'via', 'per']);

/**
 * The words of a question that may be shown as a reason: neither joining words nor words that are common in this repository. All of them, if no other is
 * left.
 * @param idf inverse document frequency of a word, 0 for one that is everywhere
 */
export const tellingWords = (words: readonly string[], idf: (word: string) => number): ReadonlySet<string> => {
  const rare = words.filter((word) => !JOINING.has(word) && idf(word) >= LEAST_IDF);
  const joined = words.filter((word) => !JOINING.has(word));
  return new Set(rare.length > 0 ? rare : joined.length > 0 ? joined : words);
};
