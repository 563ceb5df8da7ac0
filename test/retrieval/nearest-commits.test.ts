import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestCommits } from '../../server/retrieval/rank-commits.ts';
import { dot } from '../../server/retrieval/vectors.ts';

const vector = fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 });

describe('the commits nearest to a vector', () => {
  it('are those that sorting all of them would put first', () => {
    fc.assert(
      fc.property(fc.array(vector, { maxLength: 40 }), vector, fc.integer({ min: 1, max: 10 }), (vectors, asked, most) => {
        const held = vectors.map((values, place) => ({ place, vector: Float32Array.from(values) }));
        const query = Float32Array.from(asked);
        const sorted = held
          .map((item) => ({ ...item, similarity: dot(item.vector, query) }))
          .sort((a, b) => b.similarity - a.similarity || a.place - b.place);
        const found = nearestCommits(held, query, most);
        expect(found.map(({ place }) => place)).toEqual(sorted.slice(0, most).map(({ place }) => place));
      }),
    );
  });
});
