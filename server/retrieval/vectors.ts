/** Dot product of two vectors of the same length. */
export function dot(a: Float32Array, b: Float32Array): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const end = a.length - (a.length % 4);
  for (let i = 0; i < end; i += 4) {
    s0 += (a[i] as number) * (b[i] as number);
    s1 += (a[i + 1] as number) * (b[i + 1] as number);
    s2 += (a[i + 2] as number) * (b[i + 2] as number);
    s3 += (a[i + 3] as number) * (b[i + 3] as number);
  }
  for (let i = end; i < a.length; i++) s0 += (a[i] as number) * (b[i] as number);
  return s0 + s1 + s2 + s3;
}

/**
 * The mean of the vectors of a repository's passages. Half of it is removed from every vector that is compared: texts of one repository are easier to
 * tell apart without what all of them share (docs/ranking.md).
 */
export interface Centre {
  readonly mean: Float32Array;
  /** Dot product of `mean` with itself. */
  readonly square: number;
}

/** Vectors are summed in steps of 2^-30. Such sums are exact, so that they do not depend on the order in which vectors are added and removed. */
const STEPS = 2 ** 30;

/** Adds a vector to a sum of vectors (`sign` 1), or removes it (`sign` -1). */
export function accumulate(sum: Float64Array, vector: Float32Array, sign: 1 | -1): void {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + sign * Math.round((vector[i] as number) * STEPS);
}

/** The centre of `count` vectors from their sum; zeros where there are none. */
export function centreOf(sum: Float64Array, count: number): Centre {
  const mean = Float32Array.from(sum, (value) => value / STEPS / (count || 1));
  return { mean, square: dot(mean, mean) };
}

/**
 * One over the length of a vector after half of the mean is removed.
 * @param square dot product of the vector with itself
 * @param meanProduct dot product of the vector and the mean
 */
export const scaleOf = (square: number, meanProduct: number, centre: Centre): number =>
  1 / (Math.sqrt(Math.max(0, square - meanProduct + 0.25 * centre.square)) || 1);

/** Values minus their mean, in standard deviations; all zero where there is no spread. */
export function standardise(values: readonly number[]): number[] {
  const average = values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - average) ** 2, 0) / (values.length || 1));
  return values.map((value) => (spread > 1e-12 ? (value - average) / spread : 0));
}
