import fc from 'fast-check';
import { expect, it } from 'vitest';
import { boundsOf } from '../../server/retrieval/loader.ts';

it('all ids lie between the bounds of the ids by their bytes, which is how the database compares them', () => {
  // UTF-16 orders these two the other way round.
  expect(boundsOf(['docs/\u{1F4A5}.md', 'docs/\uFFFD.md'])).toEqual(['docs/\uFFFD.md', 'docs/\u{1F4A5}.md']);
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (ids) => {
      const [first, last] = boundsOf(ids).map((id) => Buffer.from(id));
      for (const id of ids) {
        expect(Buffer.compare(Buffer.from(id), first as Buffer)).toBeGreaterThanOrEqual(0);
        expect(Buffer.compare(Buffer.from(id), last as Buffer)).toBeLessThanOrEqual(0);
      }
    }),
  );
});
