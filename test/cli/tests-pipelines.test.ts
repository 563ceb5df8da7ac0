import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { COMMANDS as KNOWN } from '../../server/cli/registry.ts';
import type { TestCommands, TestSelection } from '../../server/model/selection.ts';
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

const COMMANDS: TestCommands = {
  commands: [
    { framework: 'playwright', specs: [], command: 'npx', args: ['playwright', 'test', "e2e/it's.spec.ts"], cwd: '' },
    { framework: 'cypress', specs: [], command: 'npx', args: ['cypress', 'run', '--spec', 'a.cy.ts,b.cy.ts'], cwd: 'web' },
  ],
  without: [],
};

const run = (args: readonly string[], answer: Partial<TestSelection> = {}, commands = COMMANDS) =>
  runInMemory(
    ['tests', ...args],
    fakeEngine({ testCommands: async () => commands, selectTests: async () => ({ ...SELECTION, ...answer }) }),
  );
describe('tests select --format args', () => {
  it('prints a line of a shell for each runner and folder', async () => {
    const { out } = await run(['select', '--format', 'args']);
    expect(out).toBe("npx playwright test 'e2e/it'\\''s.spec.ts'\n(cd web && npx cypress run --spec a.cy.ts,b.cy.ts)\n");
  });

  it.each<[string, Partial<TestSelection>]>([
    ['none', { selected: [] }],
    ['all', { verdict: 'run-all', remainder: [] }],
    ['all', { verdict: 'ask-a-human', selected: [] }],
  ])('prints the word %s where no list of tests can say it', async (word, answer) => {
    expect((await run(['select', '--format', 'args'], answer)).out).toBe(`${word}\n`);
  });

  it('prints what a budget left of run-all, not the word all', async () => {
    expect((await run(['select', '--format', 'args'], { verdict: 'run-all' })).out).toContain('npx playwright test');
  });

  it('prints a line that fails for a selected test that nothing is known to run', async () => {
    const { out } = await run(['select', '--format', 'args'], {}, { commands: [], without: [{ path: 'a b.bats', reason: "It's odd." }] });
    const done = spawnSync('sh', ['-e', '-c', out], { encoding: 'utf8' });
    expect([done.status, done.stderr]).toEqual([1, "a b.bats cannot be run: It's odd.\n"]);
  });

  it('prints none for a runner that runs none of the selected tests', async () => {
    expect((await run(['select', '--format', 'args', '--runner', 'cypress'])).out).toBe('none\n');
    expect((await run(['select', '--runner', 'cypress'])).err).toContain('--runner: use it with --format args.');
  });

  it('writes the tests to run later to a file, and refuses names that a line cannot hold', async () => {
    const file = join(testFolder(), 'remainder.txt');
    await run(['select', '--remainder', file]);
    expect(readFileSync(file, 'utf8')).toBe('e2e/help.spec.ts\n');
    const remainder = [{ item: test('a\nb.spec.ts'), rank: 2, reason: '' }];
    expect((await run(['select', '--remainder', file], { remainder })).code).toBe(2);
  });
});

describe('tests select --format github', () => {
  const hostile = 'e2e/|`x`](http://a)<img src=x onerror=1>\nLINTEL_0\nverdict=run-selected\u202E@you.spec.ts';
  const answer = {
    selected: [{ item: test(hostile), rank: 1, evidence: [{ kind: 'mentions' as const, weight: 1, words: [], explanation: hostile }] }],
    cause: '##[add-mask]x ::error::y',
  };

  it('writes outputs and a summary that no name of a file can break', async () => {
    const [outputs, summary] = ['outputs', 'summary'].map((name) => join(testFolder(), name));
    vi.stubEnv('GITHUB_OUTPUT', outputs ?? '');
    vi.stubEnv('GITHUB_STEP_SUMMARY', summary ?? '');
    const commands = { commands: [], without: [{ path: 'x\nLINTEL_0\nrun=none', reason: '' }] };
    const { out } = await run(['select', '--format', 'github'], answer, commands);
    vi.unstubAllEnvs();
    expect(out).toBe('lintel: run-selected: ## [add-mask]x ::error::y\n');
    const read = new Map<string, string>();
    const lines = readFileSync(outputs ?? '', 'utf8').split('\n');
    for (let at = 0; at < lines.length - 1; at += 1) {
      const [, name = '', delimiter = ''] = /^(\w+)<<(\w+)$/.exec(lines[at] ?? '') ?? [];
      const end = lines.indexOf(delimiter, at + 1);
      read.set(name, lines.slice(at + 1, end).join('\n'));
      at = end;
    }
    expect([...read.keys()]).toEqual(['verdict', 'run', 'cause', 'args', 'count', 'suite', 'share', 'confidence', 'selected', 'remainder']);
    expect(read.get('run')).toBe('some');
    expect(read.get('args')).toBe(`{ echo "$(printf 'x\\012LINTEL_0\\012run=none cannot be run: ')" >&2; false; }`);
    expect(JSON.parse(read.get('selected') ?? '')).toEqual([hostile]);
    expect(JSON.parse(read.get('remainder') ?? '')).toEqual(['e2e/help.spec.ts']);
    const page = readFileSync(summary ?? '', 'utf8');
    expect(page).not.toMatch(/<img|`|\]\(|@you|\u202E|##\[/);
    expect(page).toContain('| Spec | Must run | Why |\n| --- | --- | --- |\n| e2e/&#124;&#96;x&#96;');
  });

  it('writes a summary that GitHub takes, however many tests there are and whatever they are called', async () => {
    const summary = join(testFolder(), 'summary');
    vi.stubEnv('GITHUB_OUTPUT', join(testFolder(), 'outputs'));
    vi.stubEnv('GITHUB_STEP_SUMMARY', summary);
    const named = Array.from({ length: 5_000 }, (_, at) => test(`${'<'.repeat(600)}${at}.spec.ts`));
    const selected = named.map((item, at) => ({ item, rank: at + 1, evidence: [] }));
    const remainder = named.map((item, at) => ({ item, rank: at + 1, reason: item.path }));
    await run(['select', '--format', 'github'], { selected, remainder });
    vi.unstubAllEnvs();
    const page = readFileSync(summary, 'utf8');
    expect(Buffer.byteLength(page)).toBeLessThan(1_048_576);
    expect(page).toMatch(/4\d{3} more are not shown/);
    expect(page.trimEnd().endsWith('</details>')).toBe(true);
  });

  it('prints what has no file to go to, the same bytes each time', async () => {
    vi.stubEnv('GITHUB_OUTPUT', '');
    vi.stubEnv('GITHUB_STEP_SUMMARY', '');
    const { out } = await run(['select', '--format', 'github']);
    expect(out).toBe((await run(['select', '--format', 'github'])).out);
    vi.unstubAllEnvs();
    expect(out).toContain('## End-to-end tests: Run the selected tests');
    expect(out).toContain('<summary>Changed paths: 1</summary>');
  });
});

describe('the pipelines to copy', () => {
  const page = readFileSync('docs/test-selection.md', 'utf8');
  const pipelines = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  const commandsIn = (value: unknown): string[] =>
    typeof value === 'string'
      ? [...value.matchAll(/\blintel (tests .*?)(?=\)| > |\|\||; | \\"\$@"|"\$@"|$)/gm)].map(([, command = '']) => command.trim())
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(commandsIn)
        : [];
  const commands = pipelines.flatMap((text) => commandsIn(parse(text)));

  it('are one for GitHub and one for GitLab, each with select and record', () => {
    expect(pipelines).toHaveLength(2);
    expect(commands.map((command) => command.split(' ')[1])).toEqual(['select', 'select', 'record', 'select', 'select', 'record']);
  });

  it.each(commands)('have a command line that is understood: %s', async (command) => {
    const words = command.replaceAll('"', '').split(/ +/);
    expect(KNOWN.find(({ name }) => name === 'tests')?.parse(words.slice(1)).help).toBe(false);
    if (words[1] === 'select')
      expect((await run([...words.slice(1).filter((word, at, all) => word !== '--remainder' && all[at - 1] !== '--remainder')])).code).toBe(
        0,
      );
  });
});
