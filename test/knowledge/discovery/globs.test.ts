import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMatcher, isSafePattern } from '../../../server/knowledge/discovery/globs.ts';

describe('a pattern decides for a path', () => {
  it.each<[string, string[], string, string | undefined]>([
    ['below its folder', ['docs/adr/'], 'docs/adr/0007.md', 'docs/adr/'],
    ['at any depth where it has no slash', ['*.proto'], 'a/b/c.proto', '*.proto'],
    ['only at the root where it begins with a slash', ['/a.md'], 'docs/a.md', undefined],
    ['through folders with two stars', ['docs/**/adr/*.md'], 'docs/x/y/adr/1.md', 'docs/**/adr/*.md'],
    ['not across folders with one star', ['docs/*.md'], 'docs/x/1.md', undefined],
    ['as the last of several', ['docs/**/*.md', 'docs/adr/*.md'], 'docs/adr/1.md', 'docs/adr/*.md'],
    ['not where a later one is negated', ['docs/**/*.md', '!docs/old/**'], 'docs/old/1.md', undefined],
    ['in a folder that an earlier one covers as a whole, as in .gitignore', ['docs/**', '!docs/old/**'], 'docs/old/1.md', 'docs/**'],
    ['whatever its case', ['Docs/*.md'], 'docs/a.md', 'Docs/*.md'],
  ])('%s', (_name, patterns, path, expected) => expect(createMatcher(patterns).match(path)).toBe(expected));

  it.each(['../x.md', '/etc/passwd', './a.md', ''])('but never for %j, which is no path of the repository', (path) =>
    expect(createMatcher(['**']).match(path)).toBeUndefined(),
  );

  it('never where there are no patterns or only unsafe ones', () => {
    expect(createMatcher([]).match('a.md')).toBeUndefined();
    expect(createMatcher(['*'.repeat(2_000), 'a*b*c*d*e*f*g*h']).match('a.md')).toBeUndefined();
  });
});

describe('a pattern is safe', () => {
  it.each([
    ['*a*b*c*d*e*f', true],
    ['*a*b*c*d*e*f*g', false],
    ['**/a/**/b/**/c/**/d/**/e/**/f', true],
    ['**/a/**/b/**/c/**/d/**/e/**/f/**/g', false],
    ['*a*b*c/*d*e*f/*g*h*i', true],
    ['a'.repeat(1_000), true],
    ['a'.repeat(1_001), false],
  ])('or not: %s', (pattern, safe) => expect(isSafePattern(pattern)).toBe(safe));

  it('so that any set of safe patterns answers a hostile path in milliseconds', () => {
    const pattern = fc
      .array(fc.constantFrom('*', '**', 'a', '/', '?', '[a-z]', '!'), { minLength: 1, maxLength: 14 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 4 }), (patterns) => {
        const started = performance.now();
        createMatcher(patterns).match(`${'a'.repeat(60)}/${'a'.repeat(60)}b`);
        expect(performance.now() - started).toBeLessThan(500);
      }),
      { numRuns: 60 },
    );
  });
});
