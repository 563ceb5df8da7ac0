import { groupBy } from '../server/text/group-by.ts';

export const mean = (numbers: readonly number[]): number => numbers.reduce((sum, value) => sum + value, 0) / (numbers.length || 1);

/** The mean over groups of their means, so that a group of many does not count more. */
export const macroMean = (groups: readonly string[], numbers: readonly number[]): number =>
  mean([...groupBy(numbers.keys(), (i) => groups[i]).values()].map((indexes) => mean(indexes.map((i) => numbers[i] ?? 0))));

const RESAMPLES = 2_000;

/** 95 % interval of a mean by bootstrap; the same numbers give the same interval. */
export function interval(numbers: readonly number[]): readonly [number, number] {
  let seed = 7;
  const random = (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const means = Array.from({ length: RESAMPLES }, () => mean(numbers.map(() => numbers[Math.floor(random() * numbers.length)] ?? 0)));
  means.sort((a, b) => a - b);
  return [means[Math.floor(0.025 * RESAMPLES)] ?? Number.NaN, means[Math.ceil(0.975 * RESAMPLES) - 1] ?? Number.NaN];
}

const Z = 1.96;

/** 95 % interval of a share after Wilson (1927). */
export function wilson(yes: number, of: number): readonly [number, number] {
  if (of === 0) return [0, 1];
  const share = yes / of;
  const middle = (share + (Z * Z) / (2 * of)) / (1 + (Z * Z) / of);
  const half = (Z / (1 + (Z * Z) / of)) * Math.sqrt((share * (1 - share)) / of + (Z * Z) / (4 * of * of));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
