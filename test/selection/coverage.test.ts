import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coveredBy } from '../../server/selection/covering/covered.ts';
import { type CountedRange, coveredByRanges } from '../../server/selection/covering/covered-lines.ts';
import { readCoverage } from '../../server/selection/covering/read-coverage.ts';
import { sourceFinder } from '../../server/selection/covering/source-paths.ts';
import { specFinder } from '../../server/selection/covering/spec-of.ts';
import { readUnifiedDiff } from '../../server/text/unified-diff-reader.ts';

const read = (text: string) => readCoverage(new TextEncoder().encode(text));

/** `name path first-last,first-last`, lines counted from 1. */
const linesIn = (text: string): string[] => {
  const found = read(text);
  return 'refused' in found
    ? [found.refused]
    : found.tests.flatMap(({ name, files }) =>
        [...files].map(([path, lines]) => `${name} ${path} ${lines.map(({ first, last }) => `${first + 1}-${last + 1}`).join(',')}`.trim()),
      );
};

const at = (line: number, column = 0) => ({ line, column });
const ISTANBUL = {
  '/ci/shop/src/cart.js': {
    path: '/ci/shop/src/cart.js',
    statementMap: {
      0: { start: at(1), end: at(7) },
      1: { start: at(2), end: at(2) },
      2: { start: at(3), end: at(5) },
      3: { start: at(4), end: at(4) },
      4: { start: at(9), end: at(11) },
      5: { start: at(10), end: at(10) },
    },
    fnMap: {
      0: { name: 'total', decl: { start: at(1), end: at(1) }, loc: { start: at(1), end: at(7) } },
      1: { name: 'ship', decl: { start: at(9), end: at(9) }, loc: { start: at(9), end: at(11) } },
    },
    branchMap: {},
    s: { 0: 1, 1: 3, 2: 3, 3: 0, 4: 1, 5: 0 },
    f: { 0: 3, 1: 0 },
    b: {},
  },
};
const SOURCE = 'const a = 1;\nfunction b() {\n  return 2;\n}\n';

describe('readCoverage', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'LCOV, where lines without a count belong to the statement above them, and a function that was not called to none',
      'TN:pays with card\nSF:src/cart.ts\nFN:8,unused\nFNDA:0,unused\nDA:2,1\nDA:6,0\nDA:9,0\nend_of_record\nTN:\nSF:src/a.ts\nDA:1,1\nend_of_record\n',
      ['pays with card src/cart.ts 2-5', 'src/a.ts 1-1'],
    ],
    ['LCOV with Windows line ends', 'TN:a\r\nSF:C:\\shop\\a.ts\r\nDA:3,7\r\nend_of_record\r\n', ['a C:\\shop\\a.ts 3-3']],
    [
      'JSON of Istanbul, where the innermost statement decides, and one that only defines a function runs none of it',
      JSON.stringify(ISTANBUL),
      ['/ci/shop/src/cart.js 1-3,5-7'],
    ],
    [
      'coverage of V8 with the sources as they were written',
      JSON.stringify([
        {
          url: 'http://localhost:3000/src/cart.js?t=1',
          source: SOURCE,
          functions: [
            { functionName: '', ranges: [{ startOffset: 0, endOffset: SOURCE.length, count: 1 }] },
            { functionName: 'b', ranges: [{ startOffset: SOURCE.indexOf('function'), endOffset: SOURCE.length - 1, count: 0 }] },
          ],
        },
      ]),
      ['http://localhost:3000/src/cart.js 1-1'],
    ],
    [
      'a cover profile of Go',
      'mode: set\nexample.com/shop/cart/cart.go:5.30,7.16 2 1\nexample.com/shop/cart/cart.go:7.16,9.3 1 0\nexample.com/shop/cart/cart.go:10.2,10.12 1 1\n',
      ['example.com/shop/cart/cart.go 5-7,10-10'],
    ],
    [
      'JSON of coverage.py with the test of each line',
      JSON.stringify({
        meta: { format: 3 },
        files: {
          'shop/cart.py': {
            executed_lines: [1, 4, 5],
            missing_lines: [7],
            contexts: { 1: [''], 4: ['tests/e2e/test_cart.py::test_total|run'], 5: ['tests/e2e/test_cart.py::test_total|run'] },
          },
        },
      }),
      ['tests/e2e/test_cart.py::test_total shop/cart.py 4-6'],
    ],
    [
      'XML of Cobertura',
      '<?xml version="1.0"?><!DOCTYPE coverage SYSTEM "x.dtd"><coverage><packages><package name="src"><classes><class name="a" filename="src/a.py"><lines><line number="3" hits="2"/><line number="5" hits="0"/></lines></class></classes></package></packages></coverage>',
      ['src/a.py 3-4'],
    ],
    [
      'XML of JaCoCo',
      '<?xml version="1.0"?><report name="shop"><package name="com/acme"><sourcefile name="Cart.java"><line nr="9" mi="0" ci="3"/><line nr="10" mi="2" ci="0"/></sourcefile></package></report>',
      ['com/acme/Cart.java 9-9'],
    ],
  ])('reads %s', (_, text, expected) => expect(linesIn(text)).toEqual(expected));

  it.each([
    ['', 'It is empty.'],
    ['\0', 'It is not a text.'],
    ['{"src/a.ts": {"statementMap": {', 'It is JSON that ends too early or is damaged.'],
    ['{"name": "shop"}', 'It is no coverage of LCOV, Istanbul, V8, Go, coverage.py, Cobertura, Clover or JaCoCo.'],
    ['hello', 'It is no coverage of LCOV, Istanbul, V8, Go, coverage.py, Cobertura, Clover or JaCoCo.'],
    [
      JSON.stringify([{ url: 'http://localhost/a.js', source: 'x\n//# sourceMappingURL=a.js.map', functions: [] }]),
      'It is coverage of V8 about generated code: convert it to LCOV or to the JSON of Istanbul.',
    ],
  ])('says why %j is none', (text, refused) => expect(read(text)).toEqual({ refused }));

  it.each([
    ['LCOV without its end', 'SF:a.ts\nDA:1,1\nend_of_record\nSF:b.ts\nDA:1,1\n'],
    ['a cover profile with half a line', 'mode: set\na/b.go:1.1,2.2 1 1\na/b.go:3.1,'],
    ['half an XML', '<coverage><class filename="a.py"><line number="1" hits="1"/><line num'],
  ])('uses what is whole of %s', (_, text) => {
    expect(read(text)).toMatchObject({ complete: false });
    expect(linesIn(text)).toHaveLength(1);
  });

  it('takes lines that no file has for mistakes', () =>
    expect(linesIn('SF:a.ts\nDA:0,1\nDA:-4,1\nDA:1e99,1\nDA:x,1\nDA:2,1\nend_of_record\n')).toEqual(['a.ts 2-2']));

  const isInside = (one: CountedRange, two: CountedRange): boolean => one.first > two.first && one.last < two.last;
  const areApart = (one: CountedRange, two: CountedRange): boolean =>
    one.last < two.first || two.last < one.first || isInside(one, two) || isInside(two, one);

  it('gives the lines that painting nested ranges one over the other gives', () => {
    const nested = fc.array(fc.tuple(fc.nat(30), fc.nat(30), fc.nat(1)), { maxLength: 12 }).map((all) =>
      all
        .map(([a, b, count]): CountedRange => ({ first: Math.min(a, b), last: Math.max(a, b), count }))
        // Statements are inside of each other, or apart.
        .filter((one, at, kept) => kept.slice(0, at).every((two) => areApart(one, two))),
    );
    fc.assert(
      fc.property(nested, (ranges) => {
        const lines: number[] = Array.from({ length: 40 }, () => 0);
        for (const { first, last, count } of [...ranges].sort((a, b) => b.last - b.first - (a.last - a.first)))
          lines.fill(count, first, last + 1);
        const told = coveredByRanges(ranges);
        expect(lines.flatMap((count, line) => (count > 0 ? [line] : []))).toEqual(
          lines.flatMap((_, line) => (told.some(({ first, last }) => first <= line && line <= last) ? [line] : [])),
        );
      }),
    );
  });

  it('never throws, whatever the bytes', () => {
    const parts = [
      'SF:',
      'TN:',
      'DA:1,1',
      'mode: set',
      'end_of_record',
      '\n',
      '{',
      '}',
      '"',
      '[',
      '<coverage>',
      '<line number="1" hits="2"/>',
      ':1.1,2.2 1 1',
      '{"a":{"statementMap":{"0":1},"s":{"0":1}}}',
    ];
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...parts), fc.string()), { maxLength: 12 }), (some) => void read(some.join(''))),
    );
  });
});

describe('specFinder', () => {
  const find = specFinder([
    { path: 'e2e/cart/checkout.spec.ts', text: "test('pays with a card', () => {})" },
    { path: 'e2e/search.spec.ts', text: "test('finds a shelf', () => {})" },
    { path: 'tests/e2e/test_cart.py', text: 'def test_total(page): pass' },
    { path: 'web/a/login.cy.ts', text: '' },
    { path: 'web/b/login.cy.ts', text: '' },
  ]);

  it.each([
    ['coverage/e2e/cart/checkout.spec.ts/lcov.info', 'e2e/cart/checkout.spec.ts'],
    ['coverage/checkout.spec.ts.json', 'e2e/cart/checkout.spec.ts'],
    ['coverage/coverage-checkout.json', 'e2e/cart/checkout.spec.ts'],
    ['coverage/checkout/coverage-final.json', 'e2e/cart/checkout.spec.ts'],
    ['coverage/e2e_cart_checkout_spec_ts.info', 'e2e/cart/checkout.spec.ts'],
    ['profiles/test_cart.out', 'tests/e2e/test_cart.py'],
    ['coverage/b/login.cy.ts.info', 'web/b/login.cy.ts'],
    ['coverage/login.cy.ts.info', undefined],
    ['coverage/e2e/lcov.info', undefined],
    ['packages/checkout/coverage/lcov.info', undefined],
    ['coverage/coverage-final.json', undefined],
    ['.nyc_output/530380f5-0b4d-4784-b4b7-43c102555147.json', undefined],
  ])('knows the spec of %s', (path, spec) => expect(find.ofReport(path)).toBe(spec));

  it.each([
    ['e2e/search.spec.ts', 'e2e/search.spec.ts'],
    ['e2e/search.spec.ts > finds a shelf', 'e2e/search.spec.ts'],
    ['pays with a card', 'e2e/cart/checkout.spec.ts'],
    ['pays_with_a_card', 'e2e/cart/checkout.spec.ts'],
    ['tests/e2e/test_cart.py::test_total', 'tests/e2e/test_cart.py'],
    ['tests.e2e.test_cart.test_total', 'tests/e2e/test_cart.py'],
    ['no such test', undefined],
  ])('knows the spec that the test %s is of', (name, spec) => expect(find.ofName(name)).toBe(spec));
});

describe('sourceFinder', () => {
  const find = sourceFinder(['src/cart.ts', 'web/src/cart.ts', 'backend/cart/cart.go', 'cart/util.go', 'index.js', 'packages/a/index.js']);

  it.each([
    ['src/cart.ts', 'src/cart.ts'],
    ['/home/runner/work/shop/shop/web/src/cart.ts', 'web/src/cart.ts'],
    ['webpack://shop/./src/cart.ts', 'src/cart.ts'],
    ['D:\\ci\\shop\\src\\cart.ts', 'src/cart.ts'],
    ['example.com/shop/cart/cart.go', 'backend/cart/cart.go'],
    ['/ci/shop/node_modules/left/index.js', undefined],
    ['cart.ts', undefined],
    ['src/other.ts', undefined],
  ])('finds the file that %s means', (written, path) => expect(find(written)).toBe(path));
});

describe('coveredBy', () => {
  const SPECS = [
    { path: 'e2e/checkout.spec.ts', text: '' },
    { path: 'e2e/search.spec.ts', text: '' },
  ];
  const lcov = (name: string, lines: readonly number[]) => {
    const coverage = read(
      `TN:${name}\nSF:src/cart.ts\n${Array.from({ length: 30 }, (_, line) => `DA:${line + 1},${lines.includes(line + 1) ? 1 : 0}\n`).join('')}end_of_record\n`,
    );
    if ('refused' in coverage) throw new Error(coverage.refused);
    return { path: `coverage/${name || 'lcov'}.info`, coverage };
  };
  const patch = (hunk: string, file = 'src/cart.ts') =>
    readUnifiedDiff(`diff --git a/${file} b/${file}\n--- a/${file}\n+++ b/${file}\n${hunk}`);
  const CHANGED = patch('@@ -10,3 +10,3 @@\n a\n-b\n+c\n d\n');
  const said = (
    ...[diff, product, files]: Parameters<typeof coveredBy> extends [infer D, infer P, infer F, ...unknown[]] ? [D, P, F] : never
  ) => {
    const { reasons, notices } = coveredBy(diff, product, files, SPECS, ['src/cart.ts']);
    return [...reasons.map(({ spec, evidence }) => `${spec}: ${evidence.explanation}`), ...notices];
  };

  it('selects the spec that ran a changed line, with the line and the file that says so', () =>
    expect(said(CHANGED, ['src/cart.ts'], { files: [lcov('checkout', [11]), lcov('search', [10, 12])], notices: [] })).toEqual([
      'e2e/checkout.spec.ts: ran line 11 of src/cart.ts, which changed, according to coverage/checkout.info',
    ]));

  it('takes added lines for run where the lines on both sides of them ran', () => {
    const added = patch('@@ -10,2 +10,3 @@\n a\n+b\n c\n');
    expect(said(added, ['src/cart.ts'], { files: [lcov('checkout', [10, 11]), lcov('search', [10])], notices: [] })).toEqual([
      'e2e/checkout.spec.ts: ran src/cart.ts on both sides of what was added behind line 10, according to coverage/checkout.info',
    ]);
  });

  it('counts the lines of a removed or renamed file by its path before the change', () => {
    const removed = readUnifiedDiff(
      'diff --git a/src/cart.ts b/src/cart.ts\ndeleted file mode 100644\n--- a/src/cart.ts\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-a\n',
    );
    expect(said(removed, ['src/cart.ts'], { files: [lcov('search', [20])], notices: [] })).toEqual([
      'e2e/search.spec.ts: ran src/cart.ts, which changed, according to coverage/search.info',
    ]);
    const renamed = readUnifiedDiff(
      'diff --git a/src/cart.ts b/src/basket.ts\nsimilarity index 90%\nrename from src/cart.ts\nrename to src/basket.ts\n--- a/src/cart.ts\n+++ b/src/basket.ts\n@@ -10,1 +10,1 @@\n-a\n+b\n',
    );
    expect(said(renamed, ['src/basket.ts'], { files: [lcov('search', [10])], notices: [] })).toEqual([
      'e2e/search.spec.ts: ran line 10 of src/cart.ts, which changed, according to coverage/search.info',
    ]);
  });

  it('says nothing of paths that reach no test', () =>
    expect(said(CHANGED, [], { files: [lcov('checkout', [11])], notices: [] })).toEqual([]));

  it('names coverage of all tests together, and keeps what was said of other files', () =>
    expect(said(CHANGED, ['src/cart.ts'], { files: [lcov('', [11])], notices: ['x is no coverage: It is empty.'] })).toEqual([
      'x is no coverage: It is empty.',
      'Coverage that names no known test says nothing of one: coverage/lcov.info. Name the test in TN: lines, or call a file or folder after its spec.',
    ]));
});
