import { expect, test } from 'vitest';
import { childrenOf, namesOf, reasonsOf, type TestNode, testItem, textAbove } from '../../extension/tests/items.ts';
import type { RepositoryTests, WireSelectedTest } from '../../protocol/tests.ts';

const specWith = (path: string, own: Partial<WireSelectedTest> = {}): WireSelectedTest => ({
  item: { path, framework: 'playwright', title: path, tags: [] },
  rank: 1,
  evidence: [],
  uri: `file:///shop/${path}`,
  ...own,
});
const repositoryWith = (selected: readonly WireSelectedTest[], confidence = 0.9617): RepositoryTests => ({
  uri: 'file:///shop',
  name: 'shop',
  selection: {
    verdict: 'run-selected',
    cause: 'They cover it, with a confidence of 96.1 %.',
    confidence,
    target: 0.95,
    suite: 12,
    share: 5 / 12,
    selected,
    remainder: [],
    paths: [],
    unreadable: [],
    notices: [],
  },
});
const rowOf = (nodes: readonly TestNode[], kind: TestNode['kind']): TestNode => {
  const found = nodes.find((node) => node.kind === kind);
  if (found === undefined) throw new Error(`There is no row ${kind}.`);
  return found;
};

test('files of one name are told apart by as many folders as that takes, and all others by their name alone', () => {
  const paths = ['e2e/cart/pay.spec.ts', 'e2e/admin/pay.spec.ts', 'a/x/index.ts', 'b/x/index.ts', 'search.spec.ts', 'pay.spec.ts'];
  expect(paths.map((path) => namesOf(paths).get(path))).toEqual([
    'cart/pay.spec.ts',
    'admin/pay.spec.ts',
    'a/x/index.ts',
    'b/x/index.ts',
    'search.spec.ts',
    'pay.spec.ts',
  ]);
  expect([...namesOf([]), ...namesOf(['a', 'a'])]).toEqual([['a', 'a']]);
});

test('the verdict says the confidence as the sentence of the server does, and repeats it below only where several repositories stand in the view', () => {
  const one = [repositoryWith([])];
  const verdict = rowOf(childrenOf(undefined, one), 'verdict');
  expect(testItem(verdict, true).description).toBe('41 % of the suite · confidence 96.1 %');
  expect(childrenOf(verdict, one)).toEqual([]);
  expect(childrenOf(verdict, [...one, ...one])).toEqual([{ kind: 'notice', text: 'They cover it, with a confidence of 96.1 %.' }]);
});

test('a verdict that leaves the choice to people says so with its cause, and that nothing of the suite runs', () => {
  const of = repositoryWith([]);
  if (of.selection === undefined) throw new Error('There is no selection.');
  const { confidence: _, ...others } = of.selection;
  const cause = 'The exclusions or the budget left none of the 3 tests that would be selected, so nothing would be checked.';
  const asked: RepositoryTests = { ...of, selection: { ...others, verdict: 'ask-a-human', cause, share: 0 } };
  const item = testItem(rowOf(childrenOf(undefined, [asked]), 'verdict'), true);
  expect(item).toMatchObject({ label: 'Ask a human', description: '0 % of the suite', tooltip: cause, iconPath: { id: 'question' } });
  expect(testItem({ kind: 'repository', of: asked }, false)).toMatchObject({ label: 'shop', description: 'Ask a human' });
});

test('a row says whether its test must run, is likely, or is there to be sure', () => {
  const says = (own: Partial<WireSelectedTest>): unknown =>
    testItem({ kind: 'test', test: specWith('e2e/pay.spec.ts', own), name: 'pay.spec.ts' }, true).description;
  expect([says({ must: true, likely: true }), says({ likely: true }), says({})]).toEqual(['must run', 'likely', '']);
});

test('notices stand above the rows, where they are not cut off, and are rows where they are long or there are several repositories', () => {
  const withNotices = (...notices: readonly string[]): RepositoryTests => {
    const of = repositoryWith([]);
    return { ...of, ...(of.selection ? { selection: { ...of.selection, notices } } : {}) };
  };
  const rows = (...repositories: readonly RepositoryTests[]): readonly string[] =>
    childrenOf(undefined, repositories)
      .flatMap((node) => (node.kind === 'repository' ? childrenOf(node, repositories) : [node]))
      .flatMap((node) => (node.kind === 'notice' ? [node.text] : []));
  const short = withNotices('One.', 'Two.');
  const long = withNotices('Three.', 'x'.repeat(300));
  expect(short.selection && textAbove(short.selection)).toBe('They cover it, with a confidence of 96.1 %. One. Two.');
  expect(long.selection && textAbove(long.selection)).toBe('They cover it, with a confidence of 96.1 %.');
  expect([rows(short), rows(long), rows(short, short)]).toEqual([[], ['Three.', 'x'.repeat(300)], ['One.', 'Two.', 'One.', 'Two.']]);
});

test('a row names files without their folders in its reasons, and leaves routes and texts as they are', () => {
  const spec = specWith('e2e/pay.spec.ts', {
    evidence: [
      {
        kind: 'visits',
        weight: 1,
        explanation: 'goes to /docs/index.html; src/App.tsx serves it with src/pages/Pay.tsx, which changed',
        route: '/docs/index.html',
        via: ['src/pages/Pay.tsx', 'src/App.tsx'],
      },
      { kind: 'changed-together', weight: 1, explanation: 'changed together with src/pages/Pay.tsx in 2 commits', sha: 'a'.repeat(40) },
    ],
  });
  expect(reasonsOf(spec)).toBe(
    'goes to /docs/index.html; App.tsx serves it with Pay.tsx, which changed · changed together with Pay.tsx in 2 commits',
  );
  const [own] = spec.evidence;
  if (own === undefined) throw new Error('There is no reason.');
  const reason: TestNode = { kind: 'reason', test: spec, evidence: own };
  expect(testItem(reason, true)).toMatchObject({
    label: 'goes to /docs/index.html; App.tsx serves it with Pay.tsx, which changed',
    tooltip: 'goes to /docs/index.html; src/App.tsx serves it with src/pages/Pay.tsx, which changed',
  });
});
