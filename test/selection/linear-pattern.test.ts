import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearPattern } from '../../server/selection/suite/linear-pattern.ts';
import { globPattern, joined } from '../../server/selection/suite/path-patterns.ts';

describe('a regular expression of a stranger', () => {
  const atom = fc.constantFrom(
    'a',
    'b',
    '.',
    '[ab]',
    '[^a]',
    String.raw`\d`,
    String.raw`\w`,
    '(?:a|b)',
    '(ab)',
    String.raw`\.`,
    '(?=a)',
    '(?!b)',
    String.raw`\b`,
  );
  const repeated = fc
    .tuple(atom, fc.constantFrom('', '*', '+', '?', '{2}', '{1,3}', '{0,}'))
    .map(([one, many]) => (/^(?:\(\?[=!]|\\b)/.test(one) ? one : one + many));
  const branch = fc.array(repeated, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
  const pattern = fc
    .tuple(fc.constantFrom('', '^'), fc.array(branch, { minLength: 1, maxLength: 3 }), fc.constantFrom('', '$'))
    .map(([from, branches, to]) => `${from}(?:${branches.join('|')})${to}`);
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', '.', ' '), maxLength: 12 });

  it('matches what the engine of JavaScript matches', () => {
    fc.assert(
      fc.property(pattern, text, (source, subject) => {
        expect(linearPattern(source)?.test(subject)).toBe(new RegExp(source).test(subject));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is decided in steps that grow with its length, where engines that backtrack take longer than anybody waits', () => {
    const text = 'a'.repeat(1_900);
    expect(linearPattern('^(a+)+$')?.test(`${text}!`)).toBe(false);
    expect(linearPattern('(a|aa)*b')?.test(text)).toBe(false);
    expect(linearPattern('^(.*,){20}end$')?.test(`${'x,'.repeat(900)}`)).toBe(false);
  });

  it.each([
    '(?<=a)b',
    String.raw`(a)\1`,
    String.raw`\p{L}`,
    '(',
    'a)',
    '[a',
    '*a',
    'a{999}',
    `${'('.repeat(60)}a${')'.repeat(60)}`,
    'a'.repeat(1_001),
  ])('is not used where it cannot be read: %s', (source) => {
    expect(linearPattern(source)).toBeUndefined();
  });

  it('never throws, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 60 }),
        fc.string({ maxLength: 40 }),
        (source, subject) => void linearPattern(source)?.test(subject),
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('a glob of a test runner', () => {
  it.each([
    ['e2e/**/*.spec.ts', 'e2e/a/b/login.spec.ts', true],
    ['e2e/**/*.spec.ts', 'e2e/login.spec.ts', true],
    ['e2e/*.spec.ts', 'e2e/a/login.spec.ts', false],
    ['cypress/e2e/**/*.cy.{js,jsx,ts,tsx}', 'cypress/e2e/cart.cy.tsx', true],
    ['**/?(*.)+(spec|test).[jt]s?(x)', 'src/cart.test.tsx', true],
    ['**/?(*.)+(spec|test).[jt]s?(x)', 'src/cart.tests.ts', false],
    ['**/!(*.unit).spec.ts', 'e2e/cart.spec.ts', true],
    ['**/!(*.unit).spec.ts', 'e2e/cart.unit.spec.ts', false],
    ['test/@(a|b)/*.js', 'test/b/x.js', true],
    ['a[0-9].js', 'a7.js', true],
    ['a[!0-9].js', 'a7.js', false],
    ['a.js', 'abjs', false],
    [String.raw`a\*.js`, 'a*.js', true],
  ])('%s and %s', (glob, path, expected) => {
    expect(globPattern(glob)?.test(path)).toBe(expected);
  });

  it('never throws, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('*', '?', '[', ']', '{', '}', '(', ')', '!', '|', ',', '/', 'a', '\\'), maxLength: 40 }),
        (glob) => void globPattern(glob)?.test('a/b'),
      ),
      { numRuns: 2_000 },
    );
  });

  it('is joined to a folder, and leads nowhere outside of the repository', () => {
    expect(joined('web/e2e', '../tests/./a')).toBe('web/tests/a');
    expect(joined('web', '/tests')).toBe('tests');
    expect(joined('web', '../../tests')).toBeUndefined();
  });
});
