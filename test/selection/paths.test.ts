import { describe, expect, it } from 'vitest';
import { judgePaths, type PathKnowledge } from '../../server/selection/paths/judge.ts';
import { amongOthers } from '../../server/selection/read-suite.ts';
import { readUnifiedDiff } from '../../server/text/unified-diff-reader.ts';

const KNOWLEDGE: PathKnowledge = {
  isSpec: (path) => path.startsWith('e2e/'),
  isSupport: () => false,
  besideSpecs: (path) => path.startsWith('e2e/'),
  declaredInert: () => undefined,
  comparesPictures: false,
};
const patch = (path: string, lines: readonly string[]): string => {
  const count = (sign: string): number => lines.filter((line) => line.startsWith(sign) || line.startsWith(' ')).length;
  return `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n@@ -1,${count('-')} +1,${count('+')} @@\n${lines.join('\n')}\n`;
};
const judged = (path: string, lines: readonly string[], knowledge: Partial<PathKnowledge> = {}) => {
  const [one] = judgePaths(readUnifiedDiff(patch(path, lines)), { ...KNOWLEDGE, ...knowledge });
  return `${one?.role} ${one?.rule}`;
};

describe('a change of white space', () => {
  it.each([
    ['src/cart.ts', ['-  pay();', '+    pay();'], 'inert whitespace-only'],
    ['src/cart.ts', ['-pay();', '+pay();\r'], 'inert whitespace-only'],
    ['src/cart.ts', ['-pay(', '-  now);', '+pay(', '+    now);', '+'], 'inert whitespace-only'],
    ['src/cart.py', ['-pay()', '+pay()  '], 'inert whitespace-only'],
    ['deploy/app.yaml', ['-name: a', '+name: a\r'], 'inert whitespace-only'],
    ['playwright.config.ts', ["-  testDir: 'e2e',", "+    testDir: 'e2e',"], 'inert whitespace-only'],
    ['src/cart.py', ['-    pay()', '+        pay()'], 'mapped code'],
    ['deploy/app.yaml', ['-  name: a', '+    name: a'], 'mapped code'],
    ['bin/run.sh', ['-run', '+run\r'], 'mapped code'],
    ['src/cart.ts', ['-  pay();', '+  payAll();'], 'mapped code'],
    ['src/cart.ts', ["-const a = 'x y';", "+const a = 'x  y';"], 'mapped code'],
    ['src/cart.ts', [' const page = `', '-  Total', '+    Total', ' `;'], 'mapped code'],
  ])('in %s %j is %s', (path, lines, expected) => {
    expect(judged(path, lines)).toBe(expected);
  });
});

describe('a file on the side of the tests', () => {
  it.each([
    ['src/mocks/msw/orders.ts', 'mapped test-double'],
    ['web/fixtures/user.json', 'mapped test-double'],
    ['src/api/client.mock.ts', 'mapped test-double'],
    ['src/__mocks__/client.ts', 'inert other-test'],
    ['tests/unit/fixtures/user.json', 'inert other-test'],
    ['src/cart.test.ts', 'inert other-test'],
    ['src/cart.stories.tsx', 'inert story'],
    ['types/global.d.ts', 'inert type-declarations'],
    ['e2e-data/x.json', 'mapped text'],
  ])('%s is %s', (path, expected) => {
    expect(judged(path, ['-a', '+b'])).toBe(expected);
  });

  it('is about the product where it is a story and tests open stories', () => {
    expect(judged('src/cart.stories.tsx', ['-a', '+b'], { opensStories: true })).toBe('mapped story');
  });
});

describe('what lies beside specs', () => {
  const others = amongOthers(
    ['tests/functional/CartTests.cs', 'tests/search_test.py', 'spec/system/cart_spec.rb'],
    [
      'tests/Shop.Facts/CartFacts.cs',
      'tests/unit/test_cart.py',
      'tests/data/cart.json',
      'spec/models/cart_spec.rb',
      'spec/factories/cart.rb',
    ],
  );
  it.each([
    ['tests/Shop.Facts/Money.cs', true],
    ['tests/unit/data/cart.json', true],
    ['spec/models/concerns.rb', true],
    ['tests/data/other.json', false],
    ['spec/factories/order.rb', false],
    ['tests/functional/pages.cs', false],
    ['tests/search_data.py', false],
    ['src/cart.ts', false],
  ])('%s belongs to tests of another kind: %s', (path, expected) => {
    expect(others(path)).toBe(expected);
  });

  it.each([
    ['e2e/README.md', 'suite spec'],
    ['tests/perf/README.md', 'inert documentation'],
    ['tests/perf/upload.md', 'inert other-test'],
    ['web/test-results/.last-run.json', 'inert test-output'],
    ['playwright-report/index.html', 'inert test-output'],
    ['.lintel/test-runs.jsonl', 'inert test-output'],
    ['web/cypress/videos/cart.cy.ts.mp4', 'inert test-output'],
    ['src/test-results/table.ts', 'mapped code'],
  ])('%s is %s', (path, expected) => {
    expect(judged(path, ['-a', '+b'])).toBe(expected);
  });

  it('notes are documentation, and other texts may be what tests upload', () => {
    const beside = { isSpec: () => false };
    expect(judged('e2e/README.md', ['-a', '+b'], beside)).toBe('inert documentation');
    expect(judged('e2e/files/invoice.md', ['-a', '+b'], beside)).toBe('cross-cutting test-data');
  });
});

describe('the version of the product itself', () => {
  it.each([
    ['shop/__init__.py', ['-__version__ = "2.1.0"', '+__version__ = "2.2.0"'], 'inert version'],
    ['helm/Chart.yaml', ['-appVersion: "2.1.0"', '+appVersion: "2.2.0"', '-version: 1.0.1', '+version: 1.0.2'], 'inert version'],
    ['helm/Chart.yaml', ['-  version: 1.0.1', '+  version: 1.0.2'], 'mapped code'],
    ['shop/__init__.py', ['-__version__ = read()', '+__version__ = "2.2.0"'], 'mapped code'],
  ])('in %s %j is %s', (path, lines, expected) => {
    expect(judged(path, lines)).toBe(expected);
  });
});

it.each(['web/page.html', 'web/page.component.html', 'site/index.astro', 'app/view.xaml'])('%s is about the product', (path) => {
  expect(judged(path, ['-a', '+b'])).toMatch(/^mapped /);
});
