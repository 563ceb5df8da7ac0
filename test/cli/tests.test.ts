import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../server/model/errors.ts';
import type { SelectionRequest, TestSelection, Verdict } from '../../server/model/selection.ts';
import { fakeEngine } from '../support/engine.ts';
import { testFolder } from '../support/folder.ts';
import { runInMemory } from './in-memory.ts';

const test = (path: string) => ({ path, framework: 'playwright', title: path, tags: [] });
const SELECTION: TestSelection = {
  verdict: 'run-selected',
  cause: '1 of 2 tests cover what this change can break.',
  confidence: 0.96,
  target: 0.95,
  suite: 2,
  share: 0.5,
  selected: [
    {
      item: test('e2e/order.spec.ts'),
      rank: 1,
      must: true,
      evidence: [{ kind: 'selects', weight: 1, literals: ['Place order'], explanation: 'names what the change removes: "Place order"' }],
    },
  ],
  remainder: [{ item: test('e2e/help.spec.ts'), rank: 2, reason: 'Has nothing in common with what changed.' }],
  paths: [{ path: 'web/order.tsx', role: 'mapped', rule: 'code', reason: 'Code or configuration of the product.' }],
  unreadable: [],
  notices: ['Only 3 commits of this repository changed both code and tests.'],
};

const run = async (args: readonly string[], answer: Partial<TestSelection> | Error = {}) => {
  const asked: SelectionRequest[] = [];
  const engine = fakeEngine({
    selectTests: async (request) => {
      asked.push(request);
      if (answer instanceof Error) throw answer;
      return { ...SELECTION, ...answer };
    },
  });
  return { ...(await runInMemory(['tests', ...args], engine)), asked };
};

describe('tests select', () => {
  it.each<[Verdict, number]>([
    ['run-selected', 0],
    ['run-all', 10],
    ['ask-a-human', 20],
  ])('ends with the code of the verdict: %s is %i', async (verdict, code) => {
    expect((await run(['select'], { verdict })).code).toBe(code);
  });

  it('takes files of coverage from the folder in which it is called', async () => {
    const { asked } = await run(['select', '--coverage', 'coverage/*.info', '--coverage', '/ci/cart.out']);
    expect(asked[0]?.coverage?.map((path) => path.replaceAll('\\', '/'))).toEqual([
      expect.stringMatching(/\/shop\/coverage\/\*\.info$/),
      expect.stringMatching(/(?<!shop)\/ci\/cart\.out$/),
    ]);
  });

  it('prints the verdict with its cause, the tests with their reasons, and the paths with their rules', async () => {
    const { out, err } = await run(['select']);
    expect(out).toMatchInlineSnapshot(`
      "Run the selected tests: 1 of 2 tests cover what this change can break.

      Selected: 1 of 2, 50 % of the suite
        e2e/order.spec.ts  (must run)
            names what the change removes: "Place order"

      Later: 1 more. With --format json each has its reason.

      Changed
        mapped: web/order.tsx
            Code or configuration of the product.
      "
    `);
    expect(err).toBe('lintel: Only 3 commits of this repository changed both code and tests.\n');
  });

  it('tells tests that the change most likely concerns from those that are selected to be sure', async () => {
    const sure = { item: test('e2e/help.spec.ts'), rank: 2, evidence: [] };
    const { out } = await run(['select'], { selected: [{ item: test('e2e/cart.spec.ts'), rank: 1, likely: true, evidence: [] }, sure] });
    expect(out).toContain('  e2e/cart.spec.ts  (likely)\n  e2e/help.spec.ts\n');
  });

  it('prints the whole selection as JSON', async () => {
    expect(JSON.parse((await run(['select', '--json'])).out)).toEqual(SELECTION);
    expect((await run(['select', '--format', 'json'])).out).toBe((await run(['select', '--json'])).out);
  });

  it('asks for what the options say', async () => {
    const { asked } = await run([
      'select',
      '--base',
      'origin/main',
      '--target',
      '.9',
      '--budget',
      '10m',
      '--always',
      'smoke,login',
      '--exclude',
      'slow',
    ]);
    expect(asked).toEqual([
      { diff: { of: 'branch', base: 'origin/main' }, target: 0.9, budget: { seconds: 600 }, always: ['smoke', 'login'], exclude: ['slow'] },
    ]);
  });

  it.each<[readonly string[], SelectionRequest['diff']]>([
    [[], { of: 'work-tree' }],
    [['--staged'], { of: 'staged' }],
    [['--range', 'v1..HEAD~2'], { of: 'range', from: 'v1', to: 'HEAD~2' }],
  ])('with %j asks for that difference', async (args, diff) => {
    expect((await run(['select', ...args])).asked).toEqual([{ diff }]);
  });

  it('reads a patch from a file', async () => {
    const file = join(testFolder(), 'change.patch');
    writeFileSync(file, 'diff --git a/x b/x\n');
    expect((await run(['select', '--diff', file])).asked).toEqual([{ diff: { of: 'patch', text: 'diff --git a/x b/x\n' } }]);
  });

  it.each<[readonly string[], string]>([
    [['pick'], 'There is no "lintel tests pick". Known: select, record, report, shadow, link.'],
    [['selct'], 'Did you mean "select"?'],
    [['select', '--target', '95'], '--target: give a number between 0 and 1, such as 0.95.'],
    [['select', '--budget', 'half'], '--budget: give a share of the suite or a time, such as 20% or 10m.'],
    [['select', '--budget', '120%'], '--budget: give a share of the suite or a time'],
    [['select', '--range', 'main'], '--range: name two commits, as in "main..HEAD".'],
    [['select', '--range', 'main...HEAD'], '--range: name two commits, as in "main..HEAD".'],
    [['select', '--base', 'main', '--staged'], 'Use only one of --base and --staged.'],
    [['select', '--format', 'jsn'], 'Did you mean "json"?'],
    [['select', '--diff', '/nowhere/a.patch'], 'There is no file /nowhere/a.patch that can be read.'],
  ])('refuses %j with a sentence', async (args, sentence) => {
    const { code, err } = await run(args);
    expect([code, err]).toEqual([2, expect.stringContaining(sentence)]);
  });

  it('says without help on the command that a commit is not there', async () => {
    const { code, err } = await run(
      ['select', '--base', 'gone'],
      new EngineError('unknown-commit', 'There is no commit "gone" in this repository.'),
    );
    expect([code, err]).toEqual([2, 'lintel: There is no commit "gone" in this repository.\n']);
  });
});
