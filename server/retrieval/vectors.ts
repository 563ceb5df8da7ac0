/** Scalar product; both of the same length. */
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

/** The mean of the vectors of a repository's passages. */
export interface Centre {
  readonly mean: Float32Array;
  /** Scalar product of `mean` with itself. */
  readonly square: number;
}

/** The centre of vectors of one length; zeros where there are none. */
export function centreOf(vectors: readonly Float32Array[], dimensions: number): Centre {
  const sum = new Float64Array(dimensions);
  for (const vector of vectors) for (let i = 0; i < dimensions; i++) sum[i] = (sum[i] as number) + (vector[i] as number);
  const mean = Float32Array.from(sum, (value) => value / (vectors.length || 1));
  return { mean, square: dot(mean, mean) };
}

/**
 * Where a vector stands to the centre: the scalar product with the mean, and one over the length that is left when half of the mean is
 * taken out. Taking out a part of the corpus mean makes texts of one repository tell apart better (docs/ranking.md).
 */
export function standingTo(vector: Float32Array, { mean, square }: Centre): { readonly along: number; readonly scale: number } {
  const along = dot(vector, mean);
  const length = Math.sqrt(Math.max(0, dot(vector, vector) - along + 0.25 * square));
  return { along, scale: 1 / (length || 1) };
}

/** Values minus their mean, in standard deviations; all zero where there is no spread. */
export function standardise(values: readonly number[]): number[] {
  const average = values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - average) ** 2, 0) / (values.length || 1));
  return values.map((value) => (spread > 1e-12 ? (value - average) / spread : 0));
}
