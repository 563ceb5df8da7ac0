import { describe, expect, it } from 'vitest';
import { statsOf } from '../../../server/cli/commands/hook/stats.ts';
import { isEventOfHook } from '../../../server/cli/hook/run-hook.ts';
import { withHooks } from '../../../server/cli/hook/settings.ts';
import type { HookEntry } from '../../../server/engine/hook/log.ts';
import type { TextEdit } from '../../../server/model/finding.ts';
import { fakeEngine, hitWith } from '../../support/engine.ts';
import { testRepository } from '../../support/repository.ts';
import { runInMemory } from '../in-memory.ts';

const own = (command = 'lintel hook') => ({ type: 'command', command, timeout: 20 });
const MATCHER = 'Edit|MultiEdit|Write|NotebookEdit';

describe('lintel hook install', () => {
  it('adds its hooks and keeps everything else', () => {
    const other = { matcher: 'Bash', hooks: [{ type: 'command', command: './check.sh' }] };
    expect(withHooks({ model: 'x', hooks: { PreToolUse: [other], Stop: [other] } }, 'claude', 'lintel hook')).toEqual({
      model: 'x',
      hooks: {
        PreToolUse: [other, { matcher: MATCHER, hooks: [own()] }],
        Stop: [other],
        SessionStart: [{ hooks: [own()] }],
        PostToolUse: [{ matcher: MATCHER, hooks: [own()] }],
      },
    });
  });

  it.each(['claude', 'vscode'] as const)('replaces its own hooks of %s when it is run again', (agent) => {
    const once = withHooks({}, agent, 'npx lintel hook');
    expect(withHooks(once, agent, 'npx lintel hook')).toEqual(once);
    expect(JSON.stringify(withHooks(once, agent, 'lintel hook --gate'))).not.toContain('npx');
  });

  it.each([[[]], ['text'], [{ hooks: [] }], [{ hooks: { PreToolUse: {} } }]])('leaves settings of another shape alone: %j', (settings) => {
    expect(withHooks(settings, 'claude', 'lintel hook')).toBeUndefined();
  });

  it('shows what it will write, and writes only after somebody agreed', async () => {
    const { root } = testRepository({ '.claude/settings.json': '{ "model": "x" }\n', 'broken/.claude/settings.json': '{' });
    const applied: (readonly TextEdit[])[] = [];
    const engine = fakeEngine({ root, authoring: { apply: async (edits) => void applied.push(edits) } });
    expect(await runInMemory(['hook', 'install'], engine)).toMatchObject({ code: 2, err: expect.stringContaining('"model": "x"') });
    expect(applied).toEqual([]);
    expect(await runInMemory(['hook', 'install', '--print'], engine)).toMatchObject({
      code: 0,
      out: expect.stringContaining('"SessionStart"'),
    });
    expect(applied).toEqual([]);
    expect(await runInMemory(['hook', 'install', '--gate'], engine, { ask: async () => true })).toMatchObject({
      code: 0,
      out: expect.stringContaining('Wrote .claude/settings.json.'),
    });
    expect(applied[0]?.[0]).toMatchObject({ path: '.claude/settings.json', text: expect.stringContaining('lintel hook --gate') });
    expect(await runInMemory(['hook', 'install', '--yes', '--agent', 'vscode'], engine)).toMatchObject({ code: 0 });
    expect(applied[1]?.[0]).toMatchObject({ path: '.github/hooks/lintel.json' });
    const broken = fakeEngine({ root: `${root}/broken` });
    expect(await runInMemory(['hook', 'install', '--yes'], broken)).toMatchObject({ code: 2, err: expect.stringContaining('is not JSON') });
    expect(await runInMemory(['hook', 'install', '--agent', 'emacs'], engine)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--agent'),
    });
  });

  it.each<[readonly string[], string]>([
    [['hook', 'instal'], 'There is no "lintel hook instal". Did you mean "install"? Known: install, stats, answer, serve.'],
    [['hook', 'stats', '--yes'], 'There is no option --yes for "lintel hook stats".'],
    [['hook', 'stats', 'x'], 'Unexpected argument "x" for "lintel hook stats".'],
    [['hook', 'answer', 'zz', 'allow'], 'needs the CODE of a stop'],
  ])('refuses %j', async (args, message) => {
    expect(await runInMemory(args)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  });
});

describe('a command line', () => {
  it.each<[readonly string[], boolean]>([
    [['hook'], true],
    [['hook', '--gate'], true],
    [['--repo', '/a', 'hook', '--verbose'], true],
    [['hook', '--gat'], true],
    [['hook', 'instal'], true],
    [['hook', '--help'], false],
    [['hook', 'install'], false],
    [['hook', 'stats', '--json'], false],
    [['why', 'hook'], false],
    [[], false],
  ])('%j answers an event of an agent: %s', (argv, expected) => {
    expect(isEventOfHook(argv)).toBe(expected);
  });
});

describe('lintel hook stats', () => {
  const entry = (mine: Partial<HookEntry>): HookEntry => ({
    at: 0,
    event: 'PreToolUse',
    tool: 'Edit',
    paths: [],
    shown: [],
    findings: 0,
    stopped: false,
    tokens: 0,
    took: 10,
    ...mine,
  });

  it('counts what was said and what was silent, with the tokens and the time of each event', () => {
    const entries = [entry({ tokens: 100, shown: ['b', 'a'] }), entry({ took: 30 }), entry({ tokens: 50, shown: ['a'], stopped: true })];
    expect(statsOf(entries)).toEqual({
      since: '1970-01-01T00:00:00.000Z',
      events: [
        { event: 'PreToolUse', answers: 3, said: 2, silent: 1, findings: 0, stopped: 1, tokens: 150, milliseconds: { p50: 10, p95: 30 } },
      ],
      records: [
        { id: 'a', times: 2 },
        { id: 'b', times: 1 },
      ],
      tokens: 150,
    });
    expect(statsOf([])).toEqual({ events: [], records: [], tokens: 0 });
  });
});

describe('lintel brief', () => {
  const engine = fakeEngine({
    root: process.cwd(),
    beforeEdit: {
      decisions: async ({ path }) => ({
        governing: path === 'package.json' ? [hitWith({ number: '0001', confidence: 0.9 })] : [],
        probable: [hitWith({ number: '0002', id: 'p', path: 'docs/adr/0002.md', title: 'Use wires' })],
        ready: true,
      }),
      stops: async () => [],
      answer: async () => {
        throw new Error('not expected');
      },
    },
  });
  const brief = (...args: string[]) => runInMemory(['brief', ...args], engine, { folder: process.cwd() });

  it('prints what governs files for a prompt, and what probably does in one line', async () => {
    const { out, code } = await brief('package.json', 'tsconfig.json');
    expect(code).toBe(0);
    expect(out).toContain('Lintel: decisions in force that govern package.json.');
    expect(out).toContain('- "0001 Use ropes" (docs/adr/0001-use-ropes.md). It says: "We use ropes.". Why here: because of cited.');
    expect(out).toContain('Probably also: "0002 Use wires" (docs/adr/0002.md).');
    expect(JSON.parse((await brief('package.json', '--json')).out)).toMatchObject({
      places: ['package.json'],
      shown: ['docs/adr/0001-use-ropes.md'],
      mentioned: ['p'],
      tokens: expect.any(Number),
    });
  });

  it('prints what governs a change, within its tokens', async () => {
    const changed = fakeEngine({
      root: process.cwd(),
      change: async () => ({
        decisions: [{ hit: hitWith({ level: 'governs' }), places: [{ path: 'a.ts', lines: { first: 1, last: 3 } }] }],
        findings: [],
        files: 1,
        notices: [],
        index: { sha: '', behind: 0 },
      }),
    });
    expect((await runInMemory(['brief', '--diff'], changed)).out).toContain('govern a.ts:2-4.');
    expect(await runInMemory(['brief', '--base', 'main', '--tokens', '100'], changed)).toMatchObject({ code: 0 });
  });

  it.each<[readonly string[], string]>([
    [[], '"lintel brief" needs FILES or --diff, and not both.'],
    [['a', '--diff'], '"lintel brief" needs FILES or --diff, and not both.'],
    [['a', '--tokens', '3'], '--tokens: give a number from 100 to 100000.'],
    [['none.ts'], 'There is no file none.ts'],
  ])('refuses %j', async (args, message) => {
    expect(await brief(...args)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  });
});
