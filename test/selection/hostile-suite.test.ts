import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSupportFinder, discoverSuite, readSpec } from '../../server/selection/index.ts';
import { readConfigModule } from '../../server/selection/suite/configs/config-module.ts';
import { configRecords } from '../../server/selection/suite/configs/config-value.ts';
import { readFrom } from './suite-support.ts';

const NAMES = [
  'e2e/a.spec.ts',
  'e2e/a.test.jsx',
  'cypress/e2e/b.cy.js',
  'spec/system/c_spec.rb',
  'e2e/test_d.py',
  'test/e2e/e_test.go',
  'src/test/java/FTest.java',
  'src/test/kotlin/GTest.kt',
  'tests/E2E/HTests.cs',
  'tests/Browser/ITest.php',
  'features/j.feature',
  'test/k.bats',
  'l.robot',
];
const CONFIGS = [
  'playwright.config.ts',
  'cypress.config.js',
  'cypress.json',
  'wdio.conf.js',
  '.detoxrc.js',
  'nightwatch.conf.js',
  '.testcaferc.json',
  'package.json',
  'tsconfig.json',
  'go.mod',
  'jest.e2e.config.js',
];
const WORDS = [
  'describe(',
  "it('a',",
  'test.describe("b"',
  '() => {',
  '}',
  ')',
  '`${',
  '`',
  '"',
  "'",
  'cy.visit("/x")',
  'page.goto(`/a/${b',
  'def test_a(page):',
  'func TestA(t *testing.T) {',
  '@Test',
  '[Fact]',
  'Feature: x',
  'Scenario: y',
  'Given z',
  '@tag',
  '| a |',
  '/*',
  '//',
  '#',
  '<<',
  'export default',
  '{ testDir:',
  '...a',
  'a',
  ',',
  'require("./b")',
  'import "./a"',
  '\n',
  '\r\n',
  '\t',
  '\0',
  '\u{1F600}',
  'é',
  '({',
  '[',
  ']',
  '/(a+)+$/',
  'visit some_path',
  'do |x|',
];
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.constantFrom(...WORDS), { maxLength: 60 }).map((words) => words.join(' ')),
);

describe('a suite of a stranger', () => {
  it('is read whatever its files hold: nothing throws, and lines lie within the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...NAMES), text, async (path, content) => {
        const contents = await readSpec(path, content);
        const last = content.split('\n').length;
        for (const list of Object.values(contents)) if (Array.isArray(list)) for (const { line } of list) expect(line).toBeLessThan(last);
      }),
      { numRuns: 300 },
    );
  });

  it('is found whatever its files hold, the same in any order of the paths', async () => {
    const files = fc.dictionary(fc.constantFrom(...NAMES, ...CONFIGS), text, { maxKeys: 8 });
    await fc.assert(
      fc.asyncProperty(files, async (content) => {
        const paths = Object.keys(content);
        const suite = await discoverSuite(paths, readFrom(content));
        expect(JSON.stringify(await discoverSuite(paths.toReversed(), readFrom(content)))).toBe(JSON.stringify(suite));
        const finder = createSupportFinder(suite, paths, readFrom(content));
        for (const { path } of suite.specs) await finder.supportsOf(path);
      }),
      { numRuns: 80 },
    );
  });

  it('survives a file that cannot be read', async () => {
    const failing = async (): Promise<string | undefined> => {
      throw new Error('no such file');
    };
    expect(await discoverSuite([...NAMES, ...CONFIGS], failing)).toEqual({
      specs: [],
      supports: [],
      frameworks: expect.anything(),
      leftOut: 0,
    });
  });

  it('is read with deep nesting, a long chain and a configuration that refers to itself', async () => {
    const deep = `test('a', () => { ${'f('.repeat(5_000)}${')'.repeat(5_000)} });`;
    expect((await readSpec('e2e/a.spec.ts', deep)).titles.map((title) => title.text)).toEqual(['a']);
    const chain = `page.goto('/x')${'.then()'.repeat(3_000)};`;
    expect((await readSpec('e2e/a.spec.ts', chain)).visits.map((visit) => visit.text)).toEqual(['/x']);
    const module = await readConfigModule(
      'a.ts',
      'const a = { ...b };\nconst b = { ...a, c: b.c + a.c };\nexport default { ...a, ...b, testDir: a.c };',
    );
    const records = module ? configRecords('a.ts', new Map([['a.ts', module]]), () => 'a.ts') : [];
    expect(records.map((record) => record.said('testDir').texts)).toEqual([[]]);
  });

  it('may have 5,000 specs', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, at) => [
        `e2e/part${at % 50}/flow${at}.spec.ts`,
        "import { test } from '@playwright/test';\ntest('a', () => {});",
      ]),
    );
    const { specs, leftOut } = await discoverSuite(
      ['playwright.config.ts', ...Object.keys(files)],
      readFrom({ ...files, 'playwright.config.ts': "export default { testDir: './e2e' };" }),
    );
    expect(specs.length).toBe(5_000);
    expect(leftOut).toBe(0);
  });
});
