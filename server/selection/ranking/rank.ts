import type { TestEvidence } from '../../model/selection.ts';
import type { GateInput } from '../gate/confidence.ts';
import type { DiffWords } from './diff-words.ts';
import { fused, LIST_WEIGHTS, type ListWeights, orderOf, shareOf } from './fuse.ts';
import { LISTS, type ListName, type ListReasons, type Lists, listsOf, type StructureScores } from './lists.ts';
import type { SpecHistory, Together } from './spec-history.ts';
import type { SpecIndex, SpecWords } from './spec-index.ts';
import { isRecognisable, isTextOfPeople, tellsSomething } from './weak-words.ts';

/** The lists whose agreement tells how sure a ranking is. */
const AGREEING: readonly ListName[] = ['body', 'context', 'path-cover', 'similar', 'lift'];
/** A share of the fused score below this is no reason to name. */
const LEAST_SHARE = 0.05;
/** A literal in a larger share of the suite makes no spec run: it would run most of them. */
const MOST_HOLDERS = 0.25;
/** From this score on, evidence by structure is named first. */
const SURE = 0.12;
/** From this score on, a spec that goes to a route behind what changed is selected whatever its rank. */
const VISITS_SURELY = 0.3;

/** All specs in the order in which a difference makes them relevant. */
export interface SpecRanking {
  /** Positions in the index, the best first. */
  readonly order: readonly number[];
  /** Fused scores, by position in the index. */
  readonly scores: Float64Array;
  readonly lists: Lists;
  readonly reasons: ListReasons;
  readonly gate: GateInput;
  /** Positions of specs that name a text which the difference removes: they run whatever their rank. */
  readonly named: readonly number[];
  /** The best spec of each list that tells specs apart, and those that go to a route close behind what changed. */
  readonly firsts: readonly number[];
}

const firstOf = (scores: Float64Array): number => scores.reduce((best, score, at) => (score > (scores[best] ?? 0) ? at : best), 0);
const tells = (scores: Float64Array): boolean => scores.some((score) => score !== scores[0]);

/** What the gate looks at: the fused scores in their order, and where the lists have their best specs. */
export const gateInput = (lists: Lists, weights: ListWeights = LIST_WEIGHTS): GateInput => {
  const scores = fused(lists, weights);
  const order = orderOf(scores);
  const rankOf = new Int32Array(order.length);
  order.forEach((at, rank) => {
    rankOf[at] = rank + 1;
  });
  return { scores: order.map((at) => scores[at] ?? 0), bestRanks: telling(lists).map((list) => rankOf[firstOf(list)] ?? 1) };
};

/** The lists that tell specs apart, of those whose agreement counts. */
const telling = (lists: Lists): readonly Float64Array[] => AGREEING.map((name) => lists[name]).filter(tells);

const isRare = ({ specs }: SpecIndex, literal: string): boolean =>
  specs.filter(({ text }) => text.includes(literal)).length <= Math.max(1, specs.length * MOST_HOLDERS);

/** @param now the time from which the age of commits is measured, in milliseconds since 1970 */
export const rankSpecs = (
  index: SpecIndex,
  diff: DiffWords,
  history: SpecHistory,
  now: number,
  structure?: StructureScores,
): SpecRanking => {
  const { lists, reasons } = listsOf(index, diff, history, now, structure);
  const scores = fused(lists);
  const named = [...reasons.literals].flatMap(([at, literals]) =>
    literals.some((literal) => isTextOfPeople(literal) && isRare(index, literal)) ? [at] : [],
  );
  const visitors = Array.from(lists.visits.keys()).filter((at) => (lists.visits[at] ?? 0) >= VISITS_SURELY);
  return {
    order: orderOf(scores),
    scores,
    lists,
    reasons,
    gate: gateInput(lists),
    named,
    firsts: [...new Set([...telling(lists).map(firstOf), ...visitors])],
  };
};

/** Commits that changed the spec and a file of the difference. */
export interface TogetherWith extends Together {
  readonly path: string;
}

/** Words that a person recognises, without those that stand in a pair of words, too; the first three. */
const readable = (words: readonly string[]): string[] =>
  words
    .filter(
      (word, at) =>
        tellsSomething(word) && words.indexOf(word) === at && !words.some((other) => other !== word && ` ${other} `.includes(` ${word} `)),
    )
    .slice(0, 3);

const quoted = (words: readonly string[]): string => words.map((word) => `"${word}"`).join(', ');

/** Evidence about one spec: routes and texts that can be looked up first, then by its share of the score. */
export const evidenceOf = (
  { lists, reasons }: SpecRanking,
  at: number,
  spec: SpecWords,
  together: readonly TogetherWith[],
  structural: { readonly visits: readonly TestEvidence[]; readonly shown: readonly TestEvidence[] } = { visits: [], shown: [] },
): readonly TestEvidence[] => {
  const shares = LISTS.map((name) => ({ name, share: LIST_WEIGHTS[name] * (shareOf(name, lists)[at] ?? 0) }));
  const sum = shares.reduce((total, { share }) => total + share, 0);
  const share = (...names: readonly ListName[]): number =>
    sum === 0 ? 0 : shares.filter(({ name }) => names.includes(name)).reduce((total, one) => total + one.share, 0) / sum;
  const evidence: TestEvidence[] = [];
  const literals = (reasons.literals.get(at) ?? []).filter(isRecognisable);
  if (literals.length > 0)
    evidence.push({
      kind: 'selects',
      weight: share('vanished'),
      literals,
      explanation: `names what the change removes: ${quoted(literals.slice(0, 3))}`,
    });
  const wordsOf = (term: string): string =>
    term
      .split('_')
      .map((token) => spec.wordFor.get(token) ?? token)
      .join(' ');
  const words = readable((reasons.terms.get(at) ?? []).map(({ term }) => wordsOf(term)));
  const mentions = share('body', 'context', 'path-cover', 'path-path');
  if (words.length > 0)
    evidence.push({
      kind: 'mentions',
      weight: mentions,
      words,
      explanation: `shares the ${words.length === 1 ? 'word' : 'words'} ${quoted(words)} with the change`,
    });
  const similar = share('similar');
  if (similar > 0) evidence.push({ kind: 'similar', weight: similar, explanation: 'is about something similar in meaning' });
  const [most] = [...together].sort((a, b) => b.commits - a.commits || (a.path < b.path ? -1 : 1));
  if (most)
    evidence.push({
      kind: 'changed-together',
      weight: Math.max(LEAST_SHARE, share('lift')),
      sha: most.newest,
      commits: most.commits,
      explanation: `changed together with ${most.path} in ${most.commits === 1 ? 'a commit' : `${most.commits} commits`}`,
    });
  for (const name of ['visits', 'shown'] as const)
    for (const [order, one] of structural[name].entries())
      evidence.push({ ...one, weight: Math.max(LEAST_SHARE, share(name) / (order + 1)) });
  // What a person can look up stands before words and likeness.
  const isSure = (name: 'visits' | 'shown'): boolean => (lists[name][at] ?? 0) >= SURE;
  const sure = new Set(
    [...(isSure('visits') ? structural.visits.slice(0, 1) : []), ...(isSure('shown') ? structural.shown : [])].map(
      ({ explanation }) => explanation,
    ),
  );
  const first = (one: TestEvidence): number => (sure.has(one.explanation) ? 1 : 0);
  const telling = evidence.filter(({ weight }) => weight >= LEAST_SHARE).sort((a, b) => first(b) - first(a) || b.weight - a.weight);
  // Likeness names nothing that can be looked up: it is a reason where there is no better one.
  const named = telling.filter(({ kind }) => kind !== 'similar');
  if (named.length > 0 || sum === 0) return named;
  if (telling.length > 0) return telling;
  return [{ kind: 'mentions', weight: mentions, words: [], explanation: 'shares only everyday words of code with the change' }];
};
