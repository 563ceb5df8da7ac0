import type { GateInput, GateWeights } from '../server/selection/gate/confidence.ts';
import { gateFeatures, gridSizes } from '../server/selection/gate/confidence.ts';
import type { ListWeights } from '../server/selection/ranking/fuse.ts';
import { LISTS } from '../server/selection/ranking/lists.ts';

/** One commit as the fit sees it. */
export interface FitItem {
  readonly repo: string;
  /** The lists in the order of `LISTS`, each scaled to its largest score. */
  readonly lists: readonly Float64Array[];
  /** Positions of the relevant specs. */
  readonly relevant: readonly number[];
}

const STEPS = 300;
/** The inputs of the gate go together, so it takes longer until nothing moves. */
const GATE_STEPS = 3_000;
const RATE = 0.05;
const RIDGE = 0.001;

/** Descends with Adam (Kingma and Ba, 2015) from a start, below no bound. Deterministic. */
const descend = (
  start: readonly number[],
  gradient: (at: readonly number[]) => readonly number[],
  least: number,
  steps = STEPS,
): number[] => {
  let at = [...start];
  const mean = start.map(() => 0);
  const square = start.map(() => 0);
  for (let step = 1; step <= steps; step++) {
    const slope = gradient(at);
    at = at.map((value, index) => {
      const g = slope[index] ?? 0;
      mean[index] = 0.9 * (mean[index] ?? 0) + 0.1 * g;
      square[index] = 0.999 * (square[index] ?? 0) + 0.001 * g * g;
      const move = (RATE * ((mean[index] ?? 0) / (1 - 0.9 ** step))) / (Math.sqrt((square[index] ?? 0) / (1 - 0.999 ** step)) + 1e-9);
      return Math.max(least, value - move);
    });
  }
  return at;
};

/** Every repository counts with the square root of its commits. */
const weightsOf = (items: readonly { readonly repo: string }[]): number[] => {
  const counts = new Map<string, number>();
  for (const { repo } of items) counts.set(repo, (counts.get(repo) ?? 0) + 1);
  const raw = items.map(({ repo }) => 1 / Math.sqrt(counts.get(repo) ?? 1));
  const sum = raw.reduce((total, value) => total + value, 0);
  return raw.map((value) => value / sum);
};

/** Weights of the lists by listwise softmax cross-entropy with a small ridge; none below 0. */
export const fitLists = (items: readonly FitItem[], used: readonly boolean[] = LISTS.map(() => true)): ListWeights => {
  const shares = weightsOf(items);
  const weights = descend(
    LISTS.map((_, at) => (used[at] ? 1 : 0)),
    (now) => {
      const slope = now.map((value) => 2 * RIDGE * value);
      items.forEach(({ lists, relevant }, index) => {
        const size = lists[0]?.length ?? 0;
        const scores = Float64Array.from({ length: size }, (_, spec) =>
          lists.reduce((sum, list, at) => sum + (now[at] ?? 0) * (list[spec] ?? 0), 0),
        );
        const top = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
        const odds = scores.map((score) => Math.exp(score - top));
        const all = odds.reduce((sum, value) => sum + value, 0);
        lists.forEach((list, at) => {
          const expected = list.reduce((sum, value, spec) => sum + value * ((odds[spec] ?? 0) / all), 0);
          const wanted = relevant.reduce((sum, spec) => sum + (list[spec] ?? 0), 0) / relevant.length;
          slope[at] = (slope[at] ?? 0) + (shares[index] ?? 0) * (expected - wanted);
        });
      });
      return slope.map((value, at) => (used[at] ? value : 0));
    },
    0,
  );
  return Object.fromEntries(LISTS.map((name, at) => [name, weights[at] ?? 0])) as ListWeights;
};

/** What the gate learns from: a ranking, and how many specs would have been enough. */
export interface GateItem {
  readonly repo: string;
  readonly input: GateInput;
  readonly needed: number;
}

/** Weights of the gate by logistic regression over every cut of every commit. */
export const fitGate = (items: readonly GateItem[]): GateWeights => {
  const shares = weightsOf(items);
  const rows = items.flatMap(({ input, needed }, index) => {
    const sizes = gridSizes(input.scores.length);
    return sizes.map((size) => ({ x: gateFeatures(input, size), y: needed <= size ? 1 : 0, weight: (shares[index] ?? 0) / sizes.length }));
  });
  const start = [0, 0.5, 0.5, -0.5, 1];
  const width = start.length;
  const inputs = Float64Array.from(rows.flatMap(({ x }) => x));
  const wanted = Uint8Array.from(rows, ({ y }) => y);
  const weights = Float64Array.from(rows, ({ weight }) => weight);
  const [constant = 0, mass = 0, size = 0, outside = 0, gap = 0] = descend(
    start,
    (now) => {
      const at = Float64Array.from(now);
      const slope = new Float64Array(width);
      for (let row = 0, first = 0; row < wanted.length; row += 1, first += width) {
        let logit = 0;
        for (let index = 0; index < width; index += 1) logit += (inputs[first + index] as number) * (at[index] as number);
        const off = (weights[row] as number) * (1 / (1 + Math.exp(-logit)) - (wanted[row] as number));
        for (let index = 0; index < width; index += 1) slope[index] = (slope[index] as number) + off * (inputs[first + index] as number);
      }
      return [...slope];
    },
    Number.NEGATIVE_INFINITY,
    GATE_STEPS,
  );
  return { constant, mass, size, outside, gap };
};
