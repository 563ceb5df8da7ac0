/** Words of tests and of languages: they are in most specs, so they tell none from another. Kept short, because `export` or `page` is a domain word somewhere. */
const STOP = new Set(
  (
    'the and for with this that from const let var function return true false null undefined if else end def expect it describe to be in of on is not ' +
    'async await cy get div span src lib spec specs e2e tests js ts tsx jsx rb go py vue html erb self nil require string int err func'
  ).split(' '),
);

const SHORTEST = 2;
const LONGEST = 29;
/** From this length on, endings are cut. */
const STEMMED = 5;

const stem = (word: string): string =>
  word.length < STEMMED
    ? word
    : word
        .replace(/ies$/, 'y')
        .replace(/sses$/, 'ss')
        .replace(/([^s])s$/, '$1')
        .replace(/(?:ing|ed)$/, '');

/**
 * The words of a text or path in their order: parts of camelCase and snake_case names, lower case, without endings, stop words and numbers.
 * @param onWord called with each token and the word that it comes from
 */
export const tokensOf = (text: string, onWord?: (token: string, word: string) => void): string[] => {
  const split = text.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2');
  const tokens: string[] = [];
  for (const word of split.toLowerCase().split(/[^a-z0-9]+/))
    if (word.length >= SHORTEST && word.length <= LONGEST && !STOP.has(word) && !/^\d+$/.test(word)) {
      const token = stem(word);
      tokens.push(token);
      onWord?.(token, word);
    }
  return tokens;
};

/** How often each word, and each pair of neighbouring words (`a_b`), occurs. In the order of first appearance. */
export type Bag = Map<string, number>;

/** Adds the words and pairs of a text. Pairs do not reach from one call to the next. */
export const addText = (bag: Bag, text: string, weight: number, onWord?: (token: string, word: string) => void): void => {
  let before: string | undefined;
  for (const token of tokensOf(text, onWord)) {
    bag.set(token, (bag.get(token) ?? 0) + weight);
    if (before !== undefined) bag.set(`${before}_${token}`, (bag.get(`${before}_${token}`) ?? 0) + weight);
    before = token;
  }
};

/** A path without its extension: `e2e/order.cy.ts` gives `e2e/order`. */
export const withoutExtension = (path: string): string => {
  const slash = path.lastIndexOf('/');
  const dot = path.indexOf('.', slash + 2);
  return dot < 0 ? path : path.slice(0, dot);
};
