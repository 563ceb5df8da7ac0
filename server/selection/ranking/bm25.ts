import type { Bag } from './tokens.ts';

/** Texts to search, each as the bag of its words. */
export interface BagIndex {
  readonly bags: readonly Bag[];
  /** Sum of the counts of each bag. */
  readonly lengths: readonly number[];
  readonly averageLength: number;
  /** Which bags hold a term, by position in `bags`, and how often. */
  readonly postings: ReadonlyMap<string, readonly Posting[]>;
  /** How much the length of a text counts, from 0 (not at all) to 1. */
  readonly b: number;
}

interface Posting {
  readonly at: number;
  readonly count: number;
}

const K1 = 1.2;

/** An index over bags of words. */
export const bagIndex = (bags: readonly Bag[], b: number): BagIndex => {
  const postings = new Map<string, Posting[]>();
  const lengths = bags.map((bag, at) => {
    let length = 0;
    for (const [term, count] of bag) {
      length += count;
      const list = postings.get(term);
      if (list) list.push({ at, count });
      else postings.set(term, [{ at, count }]);
    }
    return length;
  });
  const averageLength = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, bags.length);
  return { bags, lengths, averageLength, postings, b };
};

/** Share of a count that is kept in a query: many repetitions say little more than one. */
const damped = (count: number): number => (count >= 1 ? 1 + Math.log(count) : count);

/** The heaviest terms of a query; equals in the order of first appearance. */
const heaviest = (query: Bag, most: number): readonly (readonly [string, number])[] => {
  const terms = [...query];
  return terms.length <= most ? terms : terms.sort((a, b) => b[1] - a[1]).slice(0, most);
};

/** How much one term of the query adds to the score of a text. */
export interface TermShare {
  readonly term: string;
  readonly score: number;
}

/**
 * BM25 (Robertson and Zaragoza, 2009; k1 = 1.2) of every text for a query, in the order of the bags: 0 where no term is shared.
 * @param most so many terms of the query count, the heaviest
 * @param onShare called for every term and text that share it
 */
export const bm25 = (index: BagIndex, query: Bag, most: number, onShare?: (at: number, share: TermShare) => void): Float64Array => {
  const scores = new Float64Array(index.bags.length);
  for (const [term, count] of heaviest(query, most)) {
    const postings = index.postings.get(term);
    if (!postings) continue;
    const idf = Math.log(1 + (index.bags.length - postings.length + 0.5) / (postings.length + 0.5));
    for (const posting of postings) {
      const length = (index.lengths[posting.at] ?? 0) / (index.averageLength || 1);
      const saturated = 0.5 + (posting.count * (K1 + 1)) / (posting.count + K1 * (1 - index.b + index.b * length));
      const score = damped(count) * idf * saturated;
      scores[posting.at] = (scores[posting.at] ?? 0) + score;
      onShare?.(posting.at, { term, score });
    }
  }
  return scores;
};
