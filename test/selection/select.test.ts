import { describe, expect, it } from 'vitest';
import type { SelectionRequest, TestFile } from '../../server/model/selection.ts';
import { likelyIn } from '../../server/selection/ranking/likely.ts';
import { SpecHistory } from '../../server/selection/ranking/spec-history.ts';
import { indexSpecs, wordsOfSpec } from '../../server/selection/ranking/spec-index.ts';
import { type SuiteKnowledge, selectTests } from '../../server/selection/select.ts';
import { readUnifiedDiff } from '../../server/text/unified-diff-reader.ts';

const SUBJECTS = [
  'basket',
  'checkout',
  'search',
  'sign in',
  'returns',
  'newsletter',
  'tracking',
  'address',
  'invoice',
  'voucher',
  'review',
  'stock',
];
const specOf = (subject: string): string => `e2e/${subject.replace(' ', '-')}.spec.ts`;
const textOf = (subject: string): string =>
  `test('${subject} works', async ({ page }) => {\n  await page.goto('/${subject}');\n  await page.getByText('Your ${subject} is here').click();\n});\n`;

const knowledge = (more: Partial<SuiteKnowledge> = {}, subjects: readonly string[] = SUBJECTS): SuiteKnowledge => {
  const specs = subjects.map((subject) => wordsOfSpec(specOf(subject), textOf(subject)));
  const tests = new Map(
    subjects.map((subject): [string, TestFile] => [
      specOf(subject),
      {
        path: specOf(subject),
        framework: 'playwright',
        title: `${subject} works`,
        tags: subject === 'sign in' ? ['smoke'] : subject === 'basket' ? ['slow', 'flaky'] : [],
        ...(subject === 'basket' ? { tagsOfAll: ['slow'] } : {}),
      },
    ]),
  );
  const { paths, ...rest } = more;
  return {
    tests,
    index: indexSpecs(specs),
    history: new SpecHistory(),
    now: 0,
    calibration: { offset: 0, commits: 60 },
    importersOf: () => new Map(),
    durations: new Map(),
    ...rest,
    paths: {
      isSpec: (path) => tests.has(path),
      isSupport: (path) => path.startsWith('e2e/pages/'),
      besideSpecs: (path) => path.startsWith('e2e/'),
      declaredInert: () => undefined,
      comparesPictures: false,
      ...paths,
    },
  };
};

const patch = (path: string, removed: readonly string[], added: readonly string[]): string =>
  `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n@@ -1,${removed.length} +1,${added.length} @@\n${[
    ...removed.map((line) => `-${line}`),
    ...added.map((line) => `+${line}`),
  ].join('\n')}\n`;

const select = (text: string, request: Omit<SelectionRequest, 'diff'> = {}, more: Partial<SuiteKnowledge> = {}) =>
  selectTests(readUnifiedDiff(text), knowledge(more), request);
const VOUCHER = patch('web/voucher/voucher-page.tsx', ['const voucher = read(code);'], ['const voucher = await redeem(code);']);

describe('likely', () => {
  it('are those of the first ten that have half of the score of the first one', () => {
    const scores = Float64Array.from([4, 2, 1.99, ...Array.from({ length: 9 }, () => 3)]);
    expect([...likelyIn({ order: [0, 3, 4, 5, 6, 7, 8, 1, 2, 9, 10], scores })]).toEqual([0, 3, 4, 5, 6, 7, 8, 1, 9]);
    expect(likelyIn({ order: [0, 1], scores: new Float64Array(2) }).size).toBe(0);
  });

  it('is the spec that a change names, not all that run to be sure, and none where only tests changed', () => {
    const likely = ({ selected }: ReturnType<typeof select>): string[] => selected.flatMap((one) => (one.likely ? [one.item.path] : []));
    expect(likely(select(VOUCHER, { target: 0.9999 }))).toEqual([specOf('voucher')]);
    expect(likely(select(patch(specOf('voucher'), ['a'], ['b'])))).toEqual([]);
  });
});

describe('the verdict', () => {
  it('takes a spec that goes to a route close behind the change whatever its rank, and one far behind by its rank', () => {
    const many = patch(
      'web/all.tsx',
      ['basket checkout search returns newsletter'],
      ['basket checkout search returns newsletter tracking'],
    );
    const isSelected = (score: number): boolean => {
      const structure = { visits: new Map([[specOf('stock'), { score, evidence: [] }]]), shown: new Map() };
      const { selected } = select(many, { target: 0.3 }, { structure });
      return selected.some(({ item }) => item.path === specOf('stock'));
    };
    expect([isSelected(0), isSelected(0.29), isSelected(0.3)]).toEqual([false, false, true]);
  });

  it('ranks what specs and the product both import, and runs those specs', () => {
    const common = patch('common/voucher-prices.ts', ['export const voucher = 1;'], ['export const voucher = 2;']);
    const basket = new Map([[specOf('basket'), [specOf('basket'), 'common/voucher-prices.ts']]]);
    const shared = (path: string): boolean => path.startsWith('common/');
    const { paths } = knowledge();
    const selection = select(common, {}, { importersOf: () => basket, paths: { ...paths, isSupport: shared, isShared: shared } });
    expect(selection.paths).toEqual([expect.objectContaining({ role: 'mapped', rule: 'support' })]);
    expect(selection.selected.map(({ item, must }) => [item.path, must ?? false]).slice(0, 2)).toEqual([
      [specOf('basket'), true],
      [specOf('voucher'), false],
    ]);
  });

  it('is to run all where a helper of the tests changed, and nothing says which of them use it', () => {
    const helper = patch('e2e/pages/cart-page.ts', ['const a = 1;'], ['const a = 2;']);
    expect(select(helper)).toMatchObject({
      verdict: 'run-all',
      cause: 'e2e/pages/cart-page.ts: Belongs to the tests, and nothing says which of them use it.',
    });
    const basket = new Map([[specOf('basket'), [specOf('basket'), 'e2e/pages/cart-page.ts']]]);
    expect(select(helper, {}, { importersOf: () => basket })).toMatchObject({
      verdict: 'run-selected',
      selected: [{ item: { path: specOf('basket') } }],
    });
  });

  it('is to run the specs that the change is about, first the one that shares most with it', () => {
    const { verdict, selected, confidence, share, suite, remainder } = select(VOUCHER);
    expect(verdict).toBe('run-selected');
    expect(selected[0]?.item.path).toBe('e2e/voucher.spec.ts');
    expect(confidence).toBeGreaterThanOrEqual(0.95);
    expect(selected.length).toBeLessThan(suite);
    expect(selected.length + remainder.length).toBe(suite);
    expect(share).toBeCloseTo(selected.length / suite);
  });

  it('is to run nothing, and says so, where every path is inert', () => {
    const answer = select(patch('docs/vouchers.md', ['old'], ['new']));
    expect(answer).toMatchObject({
      verdict: 'run-selected',
      cause: 'Nothing that changed can reach a test: 1 path, all inert.',
      selected: [],
    });
    expect(answer.confidence).toBeUndefined();
  });

  it('is to run nothing for an empty difference, which is another cause', () => {
    expect(select('')).toMatchObject({ verdict: 'run-selected', cause: 'The difference is empty: nothing changed.', selected: [] });
  });

  it.each([
    ['package-lock.json', 'lock-file'],
    ['playwright.config.ts', 'test-infrastructure'],
    ['.github/workflows/e2e.yml', 'pipeline'],
    ['services/orders/Dockerfile', 'build'],
    ['.env.production', 'environment'],
    ['web/styles/theme.scss', 'base-style'],
    ['config/feature-flags.yaml', 'feature-flags'],
  ])('is to run all where %s changed', (path, rule) => {
    const answer = select(VOUCHER + patch(path, ['a'], ['b']));
    expect(answer).toMatchObject({ verdict: 'run-all', cause: expect.stringContaining(path), share: 1, remainder: [] });
    expect(answer.paths).toContainEqual(expect.objectContaining({ path, role: 'cross-cutting', rule }));
  });

  it('is to run all for a binary file, and for a file of a kind that nobody knows', () => {
    const binary =
      'diff --git a/lib/engine.wasm b/lib/engine.wasm\nindex 1..2 100644\nBinary files a/lib/engine.wasm and b/lib/engine.wasm differ\n';
    expect(select(binary)).toMatchObject({ verdict: 'run-all', paths: [{ role: 'unknown', rule: 'binary' }] });
    expect(select(patch('rules/tax.qqq', ['a'], ['b']))).toMatchObject({
      verdict: 'run-all',
      paths: [{ role: 'unknown', rule: 'unknown-kind' }],
    });
  });

  it('is to run all where the patch is cut off in the middle of a file', () => {
    const answer = select(VOUCHER.split('\n').slice(0, -2).join('\n'));
    expect(answer).toMatchObject({ verdict: 'run-all', unreadable: [{ reason: 'truncated' }] });
  });

  it('is to run all where no spec has anything in common with the change', () => {
    const strange = patch('zzz/qqq.ts', ['const xyzzy = 1;'], ['const plugh = 2;']);
    const { verdict, cause } = select(strange, {}, { index: indexSpecs(SUBJECTS.map((subject) => wordsOfSpec(specOf(subject), ''))) });
    expect([verdict, cause]).toEqual(['run-all', 'No test has anything in common with what changed, so nothing tells which are affected.']);
  });

  it('is to ask a human where there is no suite', () => {
    expect(selectTests(readUnifiedDiff(VOUCHER), knowledge({}, []))).toMatchObject({ verdict: 'ask-a-human', selected: [], share: 0 });
  });

  it('is to ask a human where the budget leaves none of the tests that would be selected', () => {
    const durations = new Map(SUBJECTS.map((subject) => [specOf(subject), 60]));
    const answer = select(VOUCHER, { budget: { seconds: 30 } }, { durations });
    expect(answer).toMatchObject({ verdict: 'ask-a-human', selected: [], cause: expect.stringContaining('so nothing would be checked') });
    expect(answer.confidence).toBeUndefined();
  });
});

describe('what is selected besides', () => {
  it('is a spec that changed itself, and one that imports a page object that changed, with the chain', () => {
    const importersOf = (path: string) =>
      new Map(path === 'e2e/pages/shop.ts' ? [['e2e/review.spec.ts', ['e2e/review.spec.ts', path]]] : []);
    const { selected, cause } = select(
      patch('e2e/basket.spec.ts', ['a'], ['b']) + patch('e2e/pages/shop.ts', ['a'], ['b']),
      {},
      { importersOf },
    );
    expect(cause).toBe('Only tests changed: they run, and those that rest on what changed.');
    expect(selected.map(({ item, must, evidence }) => [item.path, must, evidence[0]?.explanation])).toEqual([
      ['e2e/basket.spec.ts', true, 'changed itself'],
      ['e2e/review.spec.ts', true, 'imports e2e/pages/shop.ts, which changed'],
    ]);
  });

  it('is a spec with a text that the change removes, whatever its rank', () => {
    const change = patch('web/voucher/voucher-page.tsx', ['<p>Your invoice is here</p>', 'voucher();'], ['voucher(1);']);
    const found = select(change).selected.find(({ item }) => item.path === 'e2e/invoice.spec.ts');
    expect(found).toMatchObject({ must: true });
    expect(found?.evidence).toContainEqual(expect.objectContaining({ kind: 'selects', literals: ['Your invoice is here'] }));
  });

  it('is a spec with a tag that always runs', () => {
    const { selected } = select(VOUCHER, { always: ['smoke'] });
    expect(selected.find(({ item }) => item.tags.includes('smoke'))).toMatchObject({
      must: true,
      evidence: expect.arrayContaining([expect.objectContaining({ kind: 'declared' })]),
    });
  });

  it('is never a spec with an excluded tag, and the answer says how many were left out', () => {
    const basket = patch('web/basket/basket.tsx', ['basket()'], ['basket(1)']);
    const { selected, notices, remainder } = select(basket, { exclude: ['slow'] });
    expect(selected.map(({ item }) => item.path)).not.toContain('e2e/basket.spec.ts');
    expect(notices).toEqual([expect.stringContaining('excluded by a tag')]);
    expect(remainder).toContainEqual(expect.objectContaining({ reason: 'Excluded by a tag.' }));
  });

  it('is what the budget allows, must-run specs first, with the confidence that is left', () => {
    const all = select(VOUCHER);
    const few = select(VOUCHER, { budget: { share: 0.2 } });
    expect(few.selected.length).toBe(2);
    expect(few.confidence ?? 0).toBeLessThan(all.confidence ?? 0);
    expect(few.notices).toEqual([expect.stringContaining('The budget leaves out')]);
  });
});

describe('the confidence', () => {
  it('asks for more tests at a higher target', () => {
    const sizes = [0.5, 0.9, 0.95, 0.99].map((target) => select(VOUCHER, { target }).selected.length);
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
    expect(sizes[0]).toBeLessThan(sizes[3] ?? 0);
  });

  it('asks for more tests, and says so, where a repository has too few commits to calibrate by', () => {
    const few = select(VOUCHER, { target: 0.97 }, { calibration: { offset: 0, commits: 3 } });
    expect(few.selected.length).toBeGreaterThan(select(VOUCHER, { target: 0.97 }).selected.length);
    expect(few.notices).toEqual([expect.stringContaining('3 commits of this repository changed both')]);
  });
});

it('the same input gives the same bytes', () => {
  expect(JSON.stringify(select(VOUCHER))).toBe(JSON.stringify(select(VOUCHER)));
});
