import type { Evidence } from '../../model/evidence.ts';
import type { RankedDocument } from './ranking.ts';

/** What the confidence in a record depends on, in this order; each in about 0 to 2. */
export const FEATURES = ['zScore', 'closest', 'lead', 'cited', 'file', 'names', 'together'] as const;

const MOST_Z_SCORE = 8;
const MOST_LEAD = 3;
const MOST_NAMES = 3;
const LEAST_NAMING = 0.3;
const MOST_TOGETHER = 0.6;

/** The features of one record at one place. */
export function featuresOf({ zScore, lead }: Pick<RankedDocument, 'zScore' | 'lead'>, evidence: readonly Evidence[]): number[] {
  const strongest = (is: (item: Evidence) => boolean): number =>
    evidence.reduce((most, item) => (is(item) ? Math.max(most, item.weight) : most), 0);
  const named = evidence.filter((item) => item.kind === 'scoped' && item.form !== 'file' && item.weight >= LEAST_NAMING).length;
  const together = evidence.reduce((sum, { kind, weight }) => sum + (kind === 'changed-together' ? weight : 0), 0);
  return [
    Math.max(-1, Math.min(MOST_Z_SCORE, zScore)) / 4,
    lead > 0 ? 1 : 0,
    Math.max(0, Math.min(MOST_LEAD, lead)) / 2,
    strongest(({ kind }) => kind === 'cited'),
    strongest((item) => item.kind === 'scoped' && item.form === 'file'),
    Math.min(MOST_NAMES, named) / 2,
    Math.min(MOST_TOGETHER, together) * 2,
  ];
}

/** Logistic regression over hand-judged pairs, intercept first (decision record 0010; `npm run bench -- calibrate` refits it). */
const COEFFICIENTS = [-2.62, 1.83, 0.22, 0.48, 1.91, 1.31, 0.61, 1.7];

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** Share of the judged pairs with such evidence in which the record governs, in [0, 1]; 1 when a person said so. */
export function confidenceOf(ranked: Pick<RankedDocument, 'zScore' | 'lead'>, evidence: readonly Evidence[]): number {
  if (evidence.some(({ kind, weight }) => kind === 'declared' && weight === 1)) return 1;
  const sum = featuresOf(ranked, evidence).reduce((total, value, i) => total + value * (COEFFICIENTS[i + 1] ?? 0), COEFFICIENTS[0] ?? 0);
  return Number(logistic(sum).toFixed(3));
}
