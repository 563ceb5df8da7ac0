import { LISTS, type ListName, type Lists } from './lists.ts';

/** How much each list counts. Fitted on 1,571 commits of 22 repositories (docs/test-selection.md). */
export type ListWeights = Readonly<Record<ListName, number>>;

export const LIST_WEIGHTS: ListWeights = {
  body: 2.621,
  context: 1.758,
  'path-cover': 2.003,
  lift: 1.675,
  vanished: 1.312,
  'path-path': 0.443,
  similar: 1.274,
  visits: 1,
  shown: 1,
};

/** A list as shares of its largest score: 0 to 1. A list without any score stays 0. */
export const scaled = (scores: Float64Array): Float64Array => {
  const most = scores.reduce((largest, score) => Math.max(largest, score), 0);
  return most > 0 ? scores.map((score) => score / most) : scores;
};

/** Scores that mean the same for every difference: a weak one stays weak where it is the only one. */
const ABSOLUTE: ReadonlySet<ListName> = new Set(['visits', 'shown']);

/** A list as it is added up: from 0 to 1. */
export const shareOf = (name: ListName, lists: Lists): Float64Array => (ABSOLUTE.has(name) ? lists[name] : scaled(lists[name]));

/** The sum of all lists, each scaled and weighed, by position in the index. */
export const fused = (lists: Lists, weights: ListWeights = LIST_WEIGHTS): Float64Array => {
  const sums = new Float64Array(lists.body.length);
  for (const name of LISTS) {
    const weight = weights[name];
    shareOf(name, lists).forEach((score, at) => {
      sums[at] = (sums[at] ?? 0) + weight * score;
    });
  }
  return sums;
};

/** Positions in the index by score, the best first; equals in the order of their paths. */
export const orderOf = (scores: Float64Array): number[] =>
  Array.from(scores.keys()).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
