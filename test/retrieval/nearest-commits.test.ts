import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commitStatistics, nearestCommits } from '../../server/retrieval/rank-commits.ts';

const vector = fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 });

describe('the commits nearest to a vector', () => {
  it('are those that sorting all of them would put first', () => {
    fc.assert(
      fc.property(fc.array(vector, { maxLength: 40 }), vector, fc.integer({ min: 1, max: 10 }), (vectors, asked, most) => {
        const ids = vectors.map((_, i) => `commit:${String(i).padStart(3, '0')}`);
        const held = Float32Array.from(vectors.flat());
        const query = Float32Array.from(asked);
        const similarity = (i: number): number => query.reduce((sum, value, j) => sum + value * (held[i * 4 + j] ?? 0), 0);
        const sorted = ids
          .map((id, i) => ({ id, similarity: similarity(i) }))
          .sort((a, b) => b.similarity - a.similarity || (a.id < b.id ? -1 : 1));
        const found = nearestCommits({ ...commitStatistics([], ids), vectors: held }, query, most);
        expect(found).toEqual(sorted.slice(0, most).map(({ id }) => id));
      }),
    );
  });

  it('are asked of the store where the vectors are not held', () => {
    expect(nearestCommits(commitStatistics([], ['commit:1']), new Float32Array(4), 3)).toBeUndefined();
  });
});
