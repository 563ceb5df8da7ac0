import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { likeness } from '../../server/decisions/findings/likeness.ts';
import { relativePath, resolvePath } from '../../server/knowledge/paths.ts';

describe('the likeness of two names', () => {
  it.each([
    ['use-kafka', 'use-kafka', 1],
    ['', '', 0],
    ['', 'kafka', 0],
    ['a', 'b', 0],
    ['acceptd', 'accepted', 1 - 1 / 8],
    ['nats-for-event', 'nats-for-events', 1 - 1 / 15],
    ['kafka', 'kafka-for-all-the-events-of-the-shop', 0],
  ])('of %j and %j is %d', (a, b, expected) => {
    expect(likeness(a, b)).toBeCloseTo(expected, 10);
  });

  it('is by words where two are shared in another order', () => {
    expect(likeness('orders-events-kafka', 'kafka-events-orders')).toBe(1);
  });

  it('is not by words where only one is shared', () => {
    expect(likeness('kafka-and-more', 'rabbit-instead-of-kafka')).toBeLessThan(0.6);
  });

  it('is in [0, 1], symmetric, and 1 for equal names, whatever they are', () => {
    const name = fc.oneof(fc.string({ maxLength: 40 }), fc.stringMatching(/^[a-z]{1,8}(-[a-z]{1,8}){0,5}$/));
    fc.assert(
      fc.property(name, name, (a, b) => {
        const value = likeness(a, b);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(likeness(b, a)).toBe(value);
        if (a !== '') expect(likeness(a, a)).toBe(1);
      }),
      { numRuns: 300 },
    );
  });

  it('looks at the first letters of very long names only, so that it stays fast', () => {
    const start = performance.now();
    expect(likeness(`${'a'.repeat(120)}${'b'.repeat(100_000)}`, `${'a'.repeat(120)}${'c'.repeat(100_000)}`)).toBe(1);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

describe('a relative path from one file to another', () => {
  it.each([
    ['docs/adr/0001-a.md', 'docs/adr/0002-b.md', '0002-b.md'],
    ['docs/adr/0001-a.md', 'README.md', '../../README.md'],
    ['README.md', 'docs/adr/0001-a.md', 'docs/adr/0001-a.md'],
    ['docs/adr/0001-a.md', 'docs/guides/a.md', '../guides/a.md'],
    ['a/b/c.md', 'a/b/d/e.md', 'd/e.md'],
    ['a/b/c.md', 'a/b.md', '../b.md'],
  ])('of %s to %s is %s', (from, to, expected) => {
    expect(relativePath(from, to)).toBe(expected);
  });

  it('leads back to the file, for any two files', () => {
    const path = fc.stringMatching(/^[a-z]{1,4}(\/[a-z]{1,4}){0,4}\.md$/);
    fc.assert(
      fc.property(path, path, (from, to) => {
        expect(resolvePath(from, relativePath(from, to))).toBe(to);
      }),
    );
  });
});
