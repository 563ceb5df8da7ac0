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

/** The mean of vectors of one length; zeros where there are none. */
export function mean(vectors: readonly Float32Array[], dimensions: number): Float32Array {
  const out = new Float32Array(dimensions);
  for (const vector of vectors) for (let i = 0; i < dimensions; i++) out[i] = (out[i] as number) + (vector[i] as number) / vectors.length;
  return out;
}

/**
 * The vector without half of what all texts of the repository share, at length 1. Taking out a part of the corpus mean makes
 * texts of one repository tell apart better (docs/ranking.md).
 */
export function centred(vector: Float32Array, corpusMean: Float32Array): Float32Array {
  const out = new Float32Array(vector.length);
  let norm = 0;
  for (let i = 0; i < vector.length; i++) {
    const value = (vector[i] as number) - 0.5 * (corpusMean[i] as number);
    out[i] = value;
    norm += value * value;
  }
  const scale = 1 / (Math.sqrt(norm) || 1);
  for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) * scale;
  return out;
}

/** Values minus their mean, in standard deviations; all zero where there is no spread. */
export function standardise(values: readonly number[]): number[] {
  const average = values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - average) ** 2, 0) / (values.length || 1));
  return values.map((value) => (spread > 1e-12 ? (value - average) / spread : 0));
}
