import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTestReport } from '../../../server/selection/runs/read-report.ts';
import { resultsOf } from '../../../server/selection/runs/results.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const SPECS = [
  'e2e/cart.spec.ts',
  'e2e/login.spec.ts',
  'cypress/e2e/cart.cy.js',
  'tests/e2e/test_cart.py',
  'src/test/java/shop/CartIT.java',
  'e2e/cart_test.go',
  'e2e/login_test.go',
  'spec/system/cart_spec.rb',
  'features/cart.feature',
].map((path) => ({
  path,
  text:
    path === 'features/cart.feature'
      ? '@shop\nFeature: Shopping\n  Scenario: adds\n'
      : path === 'e2e/cart_test.go'
        ? 'func TestCart(t *testing.T) {}'
        : path === 'e2e/login_test.go'
          ? 'func TestLogin(t *testing.T) {}'
          : '',
}));

const read = (...texts: readonly string[]) =>
  resultsOf(
    texts.map((text) => {
      const report = readTestReport(bytes(text));
      if ('refused' in report) throw new Error(report.refused);
      return report;
    }),
    SPECS,
  );
const outcomes = (...texts: readonly string[]) => read(...texts).results.map(({ path, outcome }) => `${path} ${outcome}`);

describe('a report becomes results of specs', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'Playwright',
      '<testsuites time="9"><testsuite name="cart.spec.ts" hostname="chromium"><testcase name="buys" classname="cart.spec.ts" time="1.5"><failure/></testcase></testsuite><testsuite name="cart.spec.ts" hostname="firefox"><testcase name="buys" classname="cart.spec.ts" time="1"/></testsuite></testsuites>',
      ['e2e/cart.spec.ts failed'],
    ],
    [
      'Cypress',
      '<testsuites name="Mocha Tests"><testsuite name="Root Suite" file="cypress/e2e/cart.cy.js" tests="0"/><testsuite name="Cart"><testcase name="Cart buys" classname="buys" time="2"/></testsuite></testsuites>',
      ['cypress/e2e/cart.cy.js passed'],
    ],
    [
      'mocha-junit-reporter, which leaves skipped tests out',
      '<testsuites name="Mocha Tests" tests="1" skipped="1"><testsuite name="Root Suite" tests="0" failures="0"></testsuite><testsuite name="all skipped" tests="1" file="/ci/shop/e2e/cart.spec.ts" time="0.000" failures="0"></testsuite></testsuites>',
      ['e2e/cart.spec.ts skipped'],
    ],
    [
      'Surefire with a class that is skipped as a whole',
      '<testsuite name="shop.CartIT" tests="1" errors="0" skipped="1" failures="0"><testcase name="" classname="shop.CartIT" time="0"><skipped/></testcase></testsuite>',
      ['src/test/java/shop/CartIT.java skipped'],
    ],
    [
      'Cucumber, whose classes are features',
      '<testsuite name="Cucumber" tests="1" failures="1"><testcase classname="Shopping" name="adds" time="0.1"><failure/></testcase></testsuite>',
      ['features/cart.feature failed'],
    ],
    [
      'Cucumber JSON with a scenario without steps, of which nothing ran',
      '[{"uri":"features/cart.feature","name":"Shopping","elements":[{"type":"scenario","name":"empty","steps":[]}]}]',
      ['features/cart.feature skipped'],
    ],
    [
      'a suite called like a feature, which is none of it',
      '<testsuite name="cart"><testcase classname="cart adds" name="cart adds"/></testsuite>',
      [],
    ],
    [
      'pytest',
      '<testsuites><testsuite name="pytest" errors="1"><testcase classname="tests.e2e.test_cart.TestCart" name="test_buys" time="0.1"><skipped/></testcase><testcase classname="" name="tests.e2e.test_cart"><error message="collection failure"/></testcase></testsuite></testsuites>',
      ['tests/e2e/test_cart.py failed'],
    ],
    [
      'Surefire with a rerun',
      '<testsuite name="shop.CartIT" time="1,234.5"><testcase name="buys" classname="shop.CartIT" time="1,234.5"><flakyFailure message="once"/></testcase></testsuite>',
      ['src/test/java/shop/CartIT.java flaky'],
    ],
    [
      'go-junit-report',
      '<testsuites><testsuite name="github.com/acme/shop/e2e"><testcase classname="e2e" name="TestCart/empty" time="1"/><testcase classname="e2e" name="TestLogin"><failure>no</failure></testcase></testsuite></testsuites>',
      ['e2e/cart_test.go passed', 'e2e/login_test.go failed'],
    ],
    [
      'RSpec',
      '<?xml version="1.0"?><testsuite name="rspec"><testcase classname="spec.system.cart_spec" name="buys" file="./spec/system/cart_spec.rb" time="3"/></testsuite>',
      ['spec/system/cart_spec.rb passed'],
    ],
    [
      'a retry in the same suite',
      '<testsuite name="e2e/login.spec.ts"><testcase name="signs in"><failure/></testcase><testcase name="signs in"/></testsuite>',
      ['e2e/login.spec.ts flaky'],
    ],
    [
      'Playwright JSON',
      JSON.stringify({
        config: {},
        suites: [
          {
            title: 'login.spec.ts',
            file: 'login.spec.ts',
            suites: [
              {
                title: 'Login',
                file: 'login.spec.ts',
                specs: [{ title: 'works', tests: [{ status: 'flaky', results: [{ duration: 10 }] }] }],
              },
            ],
          },
        ],
      }),
      ['e2e/login.spec.ts flaky'],
    ],
    [
      'Cucumber JSON',
      JSON.stringify([
        {
          uri: 'file:features/cart.feature',
          name: 'Cart',
          elements: [
            { type: 'background', steps: [{ result: { status: 'failed', duration: 1e9 } }] },
            { type: 'scenario', name: 'Buy', steps: [{ result: { status: 'skipped' } }] },
          ],
        },
      ]),
      ['features/cart.feature failed'],
    ],
  ])('of %s', (_, text, expected) => {
    expect(outcomes(text)).toEqual(expected);
  });

  it('keeps a failure of one report that another, beside it, does not have', () => {
    const of = (body: string) =>
      `<testsuite name="e2e/cart.spec.ts" timestamp="2026-01-01T10:00:00Z" time="5"><testcase name="buys">${body}</testcase></testsuite>`;
    expect(outcomes(of('<failure/>'), of(''))).toEqual(['e2e/cart.spec.ts failed']);
  });

  it('tells of a flake where a later report repeats what failed in an earlier one', () => {
    const of = (body: string, at: string) =>
      `<testsuite name="e2e/cart.spec.ts" timestamp="2026-01-01T10:${at}:00Z" time="5"><testcase name="buys">${body}</testcase></testsuite>`;
    expect(outcomes(of('<failure/>', '00'), of('', '10'))).toEqual(['e2e/cart.spec.ts flaky']);
  });
});

describe('a report that is hostile or broken', () => {
  it('has no entity expanded, neither its own nor one of a file', () => {
    const text =
      '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY f SYSTEM "file:///etc/passwd">]><testsuite name="e2e/cart.spec.ts"><testcase name="&a;&f;&lt;&#65;"><failure/></testcase></testsuite>';
    expect(read(text).results[0]?.failing).toEqual(['e2e/cart.spec.ts › &a;&f;<A']);
  });

  it('counts for what it has whole where it ends too early', () => {
    const text = '<testsuite name="e2e/cart.spec.ts"><testcase name="a"><failure/></testcase><testcase name="b"><fail';
    expect(read(text)).toMatchObject({ complete: false, results: [{ outcome: 'failed' }] });
  });

  it.each(['', 'x', '<html/>', '{', '{}', '{"suites":1}', '"text"', '\0'])('is refused with a sentence: %j', (text) => {
    expect(readTestReport(bytes(text))).toEqual({ refused: expect.stringMatching(/^It .+\.$/) });
  });

  const piece = fc.constantFrom(
    '<testsuite',
    '<testsuites>',
    '<testcase name="a"',
    '>',
    '/>',
    '</testcase>',
    '</testsuite>',
    '<failure>',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<!DOCTYPE a [',
    '"',
    "'",
    '&x;',
    '<',
    ' file="e2e/cart.spec.ts"',
    ' time="1e999"',
    '\n',
  );
  it('never throws, whatever XML or bytes come', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 60 }), (pieces) => {
        const report = readTestReport(bytes(`<testsuite>${pieces.join('')}`));
        if (!('refused' in report)) for (const { seconds } of resultsOf([report], SPECS).results) expect(seconds).toBeGreaterThanOrEqual(0);
      }),
    );
    fc.assert(fc.property(fc.uint8Array(), (some) => void readTestReport(some)));
  });

  it('never throws, whatever JSON comes', () => {
    const keys = fc.constantFrom(
      'suites',
      'specs',
      'tests',
      'results',
      'config',
      'uri',
      'elements',
      'steps',
      'result',
      'status',
      'duration',
      'title',
      'file',
      'stats',
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ maxDepth: 6 }, fc.constant(null), fc.integer(), fc.string(), fc.array(tie('any')), fc.dictionary(keys, tie('any'))),
    })).any;
    fc.assert(
      fc.property(value, value, (a, b) => {
        for (const whole of [
          a,
          { config: {}, suites: [a, b] },
          [
            { uri: a, elements: [b] },
            { uri: 'x', elements: a },
          ],
        ]) {
          const report = readTestReport(bytes(JSON.stringify(whole)));
          if (!('refused' in report)) resultsOf([report], SPECS);
        }
      }),
    );
  });
});
