import { join } from 'node:path';
import { confidenceOf, FEATURES, featuresOf } from '../server/decisions/governing/confidence.ts';
import { wilson } from './intervals.ts';
import { openAsked } from './places.ts';
import { checkout, lines } from './repositories.ts';

/**
 * Fits the confidence of `server/decisions/governing/confidence.ts` to the pairs of `bench/judgements/verdicts.jsonl`: ridge logistic regression on the share of
 * raters who said yes. Prints the coefficients, and how well the figures hold when each repository is left out.
 */

interface Judged {
  readonly repo: string;
  readonly sha: string;
  readonly path: string;
  readonly line: number;
  readonly record: string;
  readonly verdicts: readonly ('yes' | 'arguable' | 'no')[];
}

interface Sample {
  readonly repo: string;
  readonly x: readonly number[];
  readonly y: number;
  readonly now: number;
}

const RIDGE = 0.5;
const ROUNDS = 50;

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const product = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

/** Solves a symmetric positive system by Gaussian elimination. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  const n = rows.length;
  for (let column = 0; column < n; column++) {
    const pivot = rows[column] as number[];
    for (let r = 0; r < n; r++) {
      if (r === column) continue;
      const row = rows[r] as number[];
      const factor = (row[column] ?? 0) / (pivot[column] || 1e-12);
      for (let c = column; c <= n; c++) row[c] = (row[c] ?? 0) - factor * (pivot[c] ?? 0);
    }
  }
  return rows.map((row, i) => (row[n] ?? 0) / (row[i] || 1e-12));
}

/** Newton's method; the constant is not shrunk. */
function regress(samples: readonly Sample[]): number[] {
  const size = FEATURES.length + 1;
  let weights = new Array<number>(size).fill(0);
  for (let round = 0; round < ROUNDS; round++) {
    const gradient = weights.map((weight, i) => (i === 0 ? 0 : RIDGE * weight));
    const curvature = weights.map((_, i) => weights.map((__, j) => (i === j && i > 0 ? RIDGE : 0)));
    for (const { x, y } of samples) {
      const full = [1, ...x];
      const p = sigmoid(product(weights, full));
      full.forEach((value, i) => {
        gradient[i] = (gradient[i] ?? 0) + (p - y) * value;
        full.forEach((other, j) => {
          const row = curvature[i] as number[];
          row[j] = (row[j] ?? 0) + p * (1 - p) * value * other;
        });
      });
    }
    const step = solve(curvature, gradient);
    weights = weights.map((weight, i) => weight - (step[i] ?? 0));
  }
  return weights;
}

const judged = lines<Judged>(join(import.meta.dirname, 'judgements/verdicts.jsonl'));
const samples: Sample[] = [];
for (const repo of [...new Set(judged.map((each) => each.repo))].sort()) {
  const mine = judged.filter((each) => each.repo === repo);
  const tree = checkout(repo, mine[0]?.sha);
  if (!tree) continue;
  const asked = await openAsked(tree);
  for (const { path, line, record, verdicts } of mine) {
    const { candidates } = await asked.ask({ path, line });
    const found = candidates.find(({ item: document }) => (document.head.path ?? document.head.id) === record);
    if (!found) continue;
    const y = verdicts.filter((verdict) => verdict === 'yes').length / verdicts.length;
    samples.push({ repo, x: featuresOf(found.ranked, found.evidence), y, now: confidenceOf(found.ranked, found.evidence) });
  }
  await asked.close();
}

const fitted = regress(samples);
console.log(`${samples.length} judged pairs`);
console.log(`constant  ${fitted[0]?.toFixed(2)}`);
FEATURES.forEach((name, i) => {
  console.log(`${name.padEnd(9)} ${fitted[i + 1]?.toFixed(2)}`);
});
const outside = samples.map((sample) => {
  const weights = regress(samples.filter(({ repo }) => repo !== sample.repo));
  return sigmoid(product(weights, [1, ...sample.x]));
});
console.log('confidence   judged to govern, each repository left out    as shipped');
for (let from = 0; from < 1; from += 0.2) {
  const inside = (p: number): boolean => p >= from && (p < from + 0.2 || from + 0.2 >= 0.999);
  const line = [outside, samples.map(({ now }) => now)].map((figures) => {
    const chosen = samples.filter((_, i) => inside(figures[i] ?? 0));
    const yes = chosen.reduce((sum, { y }) => sum + y, 0);
    const [low, high] = wilson(yes, chosen.length);
    return chosen.length === 0 ? 'none' : `${(yes / chosen.length).toFixed(2)} of ${chosen.length} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
  });
  console.log(`${from.toFixed(1)} to ${(from + 0.2).toFixed(1)}   ${(line[0] ?? '').padEnd(44)} ${line[1]}`);
}
