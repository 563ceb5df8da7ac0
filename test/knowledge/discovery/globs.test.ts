import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandBraces } from '../../../server/knowledge/discovery/braces.ts';
import { createMatcher } from '../../../server/knowledge/discovery/globs.ts';
import { parsePattern, prefixesMatched } from '../../../server/knowledge/discovery/pattern.ts';

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

  it('never where there are no patterns, or only one that is too long', () => {
    expect(createMatcher([]).match('a.md')).toBeUndefined();
    expect(createMatcher(['*'.repeat(1_001)]).match('a.md')).toBeUndefined();
    expect(createMatcher(['*'.repeat(1_000)]).match('a.md')).toBe('*'.repeat(1_000));
  });

  it('by the first 2,000 rules', () => {
    const rules = [...Array.from({ length: 1_999 }, (_, at) => `/none-${at}`), 'a.md', 'b.md'];
    expect([createMatcher(rules).match('a.md'), createMatcher(rules).match('b.md')]).toEqual(['a.md', undefined]);
  });
});

/** What git itself answers: tried with `git check-ignore` 2.39. */
describe('a pattern means what it means to git', () => {
  it.each<[string, string, boolean]>([
    ['**/foo', 'a/b/foo', true],
    ['a/**', 'a', false],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
    ['**', 'a', true],
    ['a**b', 'a/b', false],
    ['a**b', 'axxb', true],
    ['foo/*', 'foo/.hidden', true],
    ['a/', 'a/b', true],
    ['a/', 'a', false],
    ['*.[ch]', 'x.c', true],
    ['[!a]', 'b', true],
    ['[^a]', 'a', false],
    ['[]]', ']', true],
    ['[a-', 'a', false],
    ['[[:digit:]]x', '1x', true],
    ['[[:nothing:]]x', '1x', false],
    ['a[/]b', 'a/b', false],
    ['\\*', '*', true],
    ['\\*', 'a', false],
    ['\\!a', '!a', true],
    ['\\#a', '#a', true],
    ['#a', '#a', false],
    ['a ', 'a', true],
    ['a\\ ', 'a ', true],
    ['a\\', 'a', false],
    ['a{b,c}', 'ab', false],
    ['{a,b}', '{a,b}', true],
    ['???', 'abc', true],
    ['???', 'a/c', false],
    ['/', 'a', false],
    ['docs/adr', 'x/docs/adr', false],
  ])('%j and the path %j: %s', (pattern, path, expected) => expect(createMatcher([pattern]).match(path) !== undefined).toBe(expected));

  it('but braces mean alternatives where we say so', () => {
    const matches = (pattern: string, path: string): boolean => createMatcher([pattern], { braces: true }).match(path) !== undefined;
    expect(['src/a.ts', 'src/a.tsx', 'src/a.js'].map((path) => matches('src/**/*.{ts,tsx}', path))).toEqual([true, true, false]);
    expect(['a/x', 'b/x', 'c/d/x', 'c/x'].map((path) => matches('{a,b,c/d}/x', path))).toEqual([true, true, true, false]);
    expect(['ab', 'acd', 'ace', 'acf'].map((path) => matches('a{b,c{d,e}}', path))).toEqual([true, true, true, false]);
    expect([matches('{a}', '{a}'), matches('\\{a,b\\}', '{a,b}'), matches('a{,b}', 'a')]).toEqual([true, true, true]);
  });

  it('and braces with more than 64 alternatives are characters', () => {
    expect(expandBraces('{a,b}'.repeat(6))).toHaveLength(64);
    expect(expandBraces('{a,b}'.repeat(100))).toEqual(['{a,b}'.repeat(100)]);
    expect(expandBraces(`${'{'.repeat(400)}a,b${'}'.repeat(400)}`).length).toBeLessThanOrEqual(64);
  });
});

/** One pattern on one path by trying everything: right for small inputs, and exponential. Gives the lengths of matching prefixes. */
function naive(pattern: string, path: readonly string[]): readonly number[] {
  const name = (rest: string, text: string): boolean => {
    if (rest === '') return text === '';
    if (rest[0] === '*') return name(rest.slice(1), text) || (text !== '' && name(rest, text.slice(1)));
    return text !== '' && (rest[0] === '?' || rest[0] === text[0]) && name(rest.slice(1), text.slice(1));
  };
  const all = (parts: readonly string[], segments: readonly string[]): boolean => {
    const [part, ...rest] = parts;
    if (part === undefined) return segments.length === 0;
    if (/^\*\*+$/.test(part))
      return (rest.length === 0 ? segments.length > 0 : all(rest, segments)) || (segments.length > 0 && all(parts, segments.slice(1)));
    return segments.length > 0 && name(part, segments[0] ?? '') && all(rest, segments.slice(1));
  };
  const parts = pattern.split('/');
  const anchored = parts.length > 1 ? parts : ['**', ...parts];
  return path.flatMap((_, at) => (all(anchored, path.slice(0, at + 1)) ? [at + 1] : []));
}

describe('matching', () => {
  const segment = fc.string({ unit: fc.constantFrom('*', '?', 'a', 'b'), minLength: 1, maxLength: 4 });
  const path = fc.array(fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });

  it('agrees with a matcher that tries everything', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(segment, fc.constant('**')), { minLength: 1, maxLength: 5 }), path, (parts, segments) => {
        const pattern = parts.join('/');
        const parsed = parsePattern(pattern);
        const matched = parsed && prefixesMatched(parsed, segments, { steps: 0, most: Number.POSITIVE_INFINITY });
        expect([...(matched ?? [])].flatMap((is, length) => (is && length > 0 ? [length] : []))).toEqual(naive(pattern, segments));
      }),
      { numRuns: 3_000 },
    );
  });

  it('takes at most the length of the pattern times that of the path, and the number of segments, in steps', () => {
    const hostile = fc.constantFrom('**/', '*', '**', 'a', 'a*', '?', '/', '[a-z]', '[!b]', '*/', 'a/');
    const pattern = fc.array(hostile, { minLength: 1, maxLength: 120 }).map((parts) => parts.join(''));
    const text = fc.array(fc.constantFrom('a', 'aaaa', '/', 'b', 'a/a/'), { minLength: 1, maxLength: 120 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(pattern, text, (written, target) => {
        const cost = { steps: 0, most: Number.POSITIVE_INFINITY };
        const parsed = parsePattern(written);
        if (parsed) prefixesMatched(parsed, target.split('/'), cost);
        expect(cost.steps).toBeLessThanOrEqual(4 * (written.length + 2) * (target.length + 2));
      }),
      {
        numRuns: 1_000,
        examples: [
          ['**/a/'.repeat(100), 'a/'.repeat(500)],
          ['*a'.repeat(400), 'a'.repeat(900)],
          [`${'a*'.repeat(100)}/`.repeat(4), `${'a'.repeat(99)}/`.repeat(9)],
        ],
      },
    );
  });

  it('gives up on a pattern that takes more steps than it may', () => {
    const [pattern, path] = ['**/a/'.repeat(100), `${'a/'.repeat(500)}c`];
    expect([createMatcher([pattern]).match(path), createMatcher([pattern], { steps: 1_000_000 }).match(path)]).toEqual([
      undefined,
      pattern,
    ]);
  });

  it('decides a negated list below a deep path as git does: a folder that is out stays out', () => {
    const { decide } = createMatcher(['/*', '!/src/', '/src/*', '!/src/a/']);
    expect(['docs', 'src/', 'src/b/', 'src/a/', 'src/a/x.ts', 'src/b/x.ts'].map((each) => decide(each))).toEqual([
      true,
      false,
      true,
      false,
      undefined,
      true,
    ]);
    expect(decide('')).toBeUndefined();
  });
});
