import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineCommand, UsageError } from '../../server/cli/command.ts';
import { COMMANDS, commandHelp } from '../../server/cli/registry.ts';
import type { SearchQuery } from '../../server/model/answer.ts';
import { EngineError } from '../../server/model/errors.ts';
import { CURRENT, fakeEngine, hitWith, REPORT, recordWith, statusWith } from '../support/engine.ts';
import { runInMemory } from './in-memory.ts';

describe('a command', () => {
  const seen: unknown[] = [];
  const command = defineCommand({
    name: 'bake',
    summary: 'Bake',
    arguments: 'LOAF',
    options: { hot: { type: 'boolean' }, salt: { type: 'string', multiple: true } },
    optionHelp: [],
    examples: [],
    takes: [1, 2],
    run: async ({ values, positionals }) => {
      seen.push({ hot: values.hot, salt: values.salt, positionals });
      return 7;
    },
  });
  const environment = {
    terminal: {
      folder: '/',
      signal: new AbortController().signal,
      redraws: false,
      input: async () => '',
      out: async () => {},
      err: () => {},
      paint: String,
      ask: async () => false,
    },
    openEngine: async () => fakeEngine(),
    serveMcp: async () => {},
  };

  it('gets the values of the options that it declares, repeated ones as a list, and its exit code is kept', async () => {
    expect(await command.parse(['rye', '--hot', '--salt', 'sea', '--salt=rock']).run(environment)).toBe(7);
    expect(seen).toEqual([{ hot: true, salt: ['sea', 'rock'], positionals: ['rye'] }]);
  });

  it('shows help even if its arguments are missing', () => {
    expect(command.parse(['--help']).help).toBe(true);
    expect(command.parse(['-h']).help).toBe(true);
    expect(command.parse(['rye']).help).toBe(false);
  });

  it.each([
    [['--hto', 'rye'], 'There is no option --hto for "lintel bake". Did you mean "--hot"?'],
    [['-x', 'rye'], 'There is no option -x for "lintel bake".'],
    [[], '"lintel bake" needs LOAF.'],
    [['a', 'b', 'c'], 'Unexpected argument "c" for "lintel bake".'],
    [['--salt'], "Option '--salt <value>' argument missing"],
  ])('refuses %j: %s', (args, message) => {
    expect(() => command.parse(args).run(environment)).toThrow(new UsageError(message));
  });

  it('never fails with anything but a usage error, whatever is typed', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('--', '-', '--hot=no', '--salt', '--=', '-hh', '--no-hot'))), (args) => {
        try {
          command.parse(args);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
    );
  });
});

describe('the help of every command', () => {
  it.each(COMMANDS.map((command) => [command.name, command] as const))(
    'of %s explains each option exactly once, and no other',
    (_, command) => {
      const options = /\nOptions:\n(.*?)\n\n/s.exec(commandHelp(command))?.[1]?.split('\n') ?? [];
      const explained = options.map((line) => /--([\w-]+)/.exec(line)?.[1]).sort();
      expect(explained).toEqual([...command.optionNames].sort());
    },
  );

  it.each(COMMANDS.map((command) => [command.name, command] as const))(
    'of %s has examples that its own parser accepts',
    (name, command) => {
      for (const example of command.examples) {
        const words = [...((example.split(' | ')[0] ?? '').split(' > ')[0]?.matchAll(/"([^"]*)"|(\S+)/g) ?? [])].map(
          ([, quoted, bare]) => quoted ?? bare ?? '',
        );
        expect(words.slice(0, 2)).toEqual(['lintel', name]);
        expect(command.parse(words.slice(2)).help).toBe(false);
      }
    },
  );

  it('is written in sentences that end with a period, and in lines that do not', () => {
    for (const command of COMMANDS) {
      expect(command.summary).toMatch(/^[A-Z].*[^.]$/);
      for (const [, text] of command.optionHelp) expect(text, command.name).toMatch(/[^.]$/);
    }
  });
});

describe('the command line as a whole', () => {
  it.each([
    [[], 2],
    [['--help'], 0],
    [['help'], 0],
    [['--version'], 0],
    [['search', '--help'], 0],
    [['--repo', '/shop', 'status'], 0],
    [['stats'], 2],
    [['search'], 2],
  ] as const)('%j ends with code %i', async (args, code) => {
    expect((await runInMemory([...args])).code).toBe(code);
  });

  it('opens no engine for help and for mistakes', async () => {
    for (const args of [['--help'], ['help', 'search'], ['search', '--limit', '0', 'x'], ['nope']])
      expect((await runInMemory(args)).opened).toEqual([]);
  });

  it.each([
    [['why', 'gone.ts:3'], '/shop', 'There is no file gone.ts in /shop.'],
    [['why', 'gone.ts'], '/shop/sub', 'There is no file gone.ts in /shop/sub or /shop.'],
    [['why', 'g\u001b[31mone\n.ts'], '/shop', 'There is no file gone .ts in /shop.'],
    [['check', 'gone'], '/shop', 'There is no file or folder gone in /shop.'],
    [['decisions', 'show', '7'], '/shop', 'No decision matches "7". Use its path, its number, or the words of its file name.'],
  ] as const)('says of %j in %s what is not there, without pointing to the help', async (args, folder, sentence) => {
    expect(await runInMemory([...args], fakeEngine(), { folder })).toMatchObject({ code: 2, out: '', err: `lintel: ${sentence}\n` });
  });

  it('works on the current folder, or on the folder that --repo names relative to it', async () => {
    expect((await runInMemory(['status'])).opened).toMatchObject([{ folder: '/shop' }]);
    expect((await runInMemory(['status', '--repo', '../other'])).opened).toMatchObject([{ folder: '/other' }]);
    expect((await runInMemory(['index', 'sub'])).opened).toMatchObject([{ folder: '/shop/sub' }]);
  });

  it.each([
    [new EngineError('not-a-folder', 'There is no folder /x.'), 2, 'lintel: There is no folder /x.\n'],
    [new EngineError('store-failed', 'The index is broken.'), 3, 'lintel: The index is broken.\n'],
    [new Error('Something else.'), 3, 'lintel: Something else.\n'],
  ])('reports %s on standard error and closes the engine', async (error, code, err) => {
    let closed = 0;
    const engine = fakeEngine({
      status: async () => {
        throw error;
      },
      dispose: async () => {
        closed += 1;
      },
    });
    expect(await runInMemory(['status', '--no-update'], engine)).toMatchObject({ code, err, out: '' });
    expect(closed).toBe(1);
  });

  it('ends with 130 if it was canceled, whatever the engine then says', async () => {
    const controller = new AbortController();
    const engine = fakeEngine({
      search: async () => {
        controller.abort(new Error('Cancelled.'));
        throw new Error('Late.');
      },
    });
    const result = await runInMemory(['search', 'x'], engine, { signal: controller.signal });
    expect(result).toMatchObject({ code: 130, err: 'lintel: canceled.\n', out: '' });
  });
});

describe('lintel search', () => {
  const queries: SearchQuery[] = [];
  const engine = fakeEngine({
    search: async (query) => {
      queries.push(query);
      return { hits: [hitWith({ date: '2024-05-01', highlights: [{ start: 0, end: 2 }] })], index: CURRENT };
    },
  });

  it('turns its options into the query, and asks the person nothing', async () => {
    await runInMemory(
      [
        'search',
        'why',
        'ropes',
        '--kind',
        'Decision,guide',
        '--kind=commit',
        '--path',
        './docs\\adr',
        '--since',
        '2024-02-29',
        '--limit',
        '3',
      ],
      engine,
    );
    expect(queries.at(-1)).toEqual({
      text: 'why ropes',
      filter: { kinds: ['decision', 'guide', 'commit'], path: 'docs/adr', since: '2024-02-29' },
      limit: 3,
    });
  });

  it.each(['2024-02-30', '2024-13-01', '24-01-01', '2024-1-1', 'today', ''])('refuses the day "%s"', async (day) => {
    expect(await runInMemory(['search', 'x', `--since=${day}`])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--since takes a day'),
    });
  });

  it('prints a hit as JSON with the documented fields, and no others', async () => {
    const { out } = await runInMemory(['search', 'ropes', '--json'], engine);
    const { hits } = JSON.parse(out);
    expect(Object.keys(hits[0])).toEqual(['id', 'kind', 'path', 'sha', 'title', 'score', 'snippet', 'span', 'evidence']);
  });
});

describe('lintel status', () => {
  it.each([
    [statusWith(), 'State       ready, current at aaaaaaaaaaaa'],
    [statusWith({ position: { sha: 'b'.repeat(40), behind: 1 } }), 'State       ready, 1 change behind at bbbbbbbbbbbb'],
    [statusWith({ position: { sha: '', behind: 2 } }), 'State       ready, 2 changes behind'],
    [statusWith({ state: 'absent' }), 'State       absent'],
    [statusWith({ notices: ['The clone is \u001b[31mshallow.'] }), 'Notice      The clone is shallow.'],
  ])('shows what is known: case %#', async (status, line) => {
    const { out } = await runInMemory(['status', '--no-update'], fakeEngine({ status: async () => status }));
    expect(out.split('\n')).toContain(line);
  });

  it('names what looks like records and is not taken, with a line that can be copied as it is', async () => {
    const line = 'decisions: ["notes/design-log/**"]';
    const untaken = { folders: [{ folder: 'notes/design-log/', records: 12, patterns: ['notes/design-log/**'] }], lines: [line] };
    const engine = fakeEngine({ untaken: async () => untaken });
    const { out } = await runInMemory(['status', '--no-update'], engine);
    expect(out.split('\n\n').slice(1)).toEqual([
      'notes/design-log/ has 12 files that look like decision records and are not taken.\nTo take them, add to lintel.yaml:',
      `${line}\n`,
    ]);
    expect(JSON.parse((await runInMemory(['status', '--no-update', '--json'], engine)).out)).toMatchObject({ untaken });
  });

  it('names the list that lintel.yaml has already, and says so of several folders', async () => {
    const folder = (name: string) => ({ folder: `${name}/`, records: 3, patterns: [`${name}/**`] });
    const untaken = { folders: [folder('a'), folder('b')], lines: ['- "a/**"', '- "b/**"'] };
    const { out } = await runInMemory(['status', '--no-update'], fakeEngine({ untaken: async () => untaken }));
    expect(out).toContain('To take all of them, add to the list "decisions" of lintel.yaml:\n\n- "a/**"\n- "b/**"\n');
  });
});

describe('an outdated index', () => {
  const outdated = { status: async () => statusWith({ position: { sha: 'a', behind: 1 } }) };

  it('is updated first, with progress in steps of ten percent in words for people', async () => {
    const engine = fakeEngine({
      ...outdated,
      index: async ({ onProgress } = {}) => {
        for (const percent of [0, 3, 9.9, 10, 55, 54, 100])
          onProgress?.({ phase: percent < 50 ? 'read' : 'upkeep', done: 1, total: 2, percent });
        return REPORT;
      },
    });
    const { err } = await runInMemory(['decisions', 'list'], engine);
    expect(err).toBe('Indexing 0% (reading)\nIndexing 10% (reading)\nIndexing 50% (cleaning up)\nIndexing 100% (cleaning up)\n');
  });

  it.each(['index-busy', 'index-read-only', 'disk-full'] as const)('still answers if it cannot be updated because of %s', async (code) => {
    const engine = fakeEngine({
      ...outdated,
      index: async () => {
        throw new EngineError(code, 'It did not work.');
      },
      authoring: { list: async () => [recordWith()] },
    });
    const result = await runInMemory(['decisions', 'list'], engine);
    expect(result).toMatchObject({
      code: 0,
      err: 'lintel: the index could not be updated: It did not work.\nlintel: answering from the existing index.\n',
    });
    expect(result.out).toBe('1  accepted  2024-03-01  Use ropes  docs/adr/0001-use-ropes.md\n');
  });

  it('answers again where another process discarded the index before the answer was there', async () => {
    const states = (['ready', 'absent', 'absent'] as const).values();
    const answers = [[], [hitWith()]].values();
    let runs = 0;
    const engine = fakeEngine({
      status: async () => statusWith({ state: states.next().value ?? 'ready' }),
      index: async () => {
        runs += 1;
        return REPORT;
      },
      search: async () => ({ hits: answers.next().value ?? [], index: CURRENT }),
    });
    const { out } = await runInMemory(['search', 'ropes'], engine);
    expect(out).toContain('Use ropes');
    expect(runs).toBe(1);
  });

  it('answers again where another process discarded the index under the answer, and fails if that goes on', async () => {
    const damaged = new EngineError('store-failed', 'The index is broken.');
    const failing = (times: number) => {
      let asked = 0;
      return fakeEngine({
        search: async () => {
          asked += 1;
          if (asked <= times) throw damaged;
          return { hits: [hitWith()], index: CURRENT };
        },
      });
    };
    expect(await runInMemory(['search', 'ropes'], failing(1))).toMatchObject({ code: 0, err: '' });
    expect(await runInMemory(['search', 'ropes'], failing(2))).toMatchObject({ code: 3, err: 'lintel: The index is broken.\n' });
    expect(await runInMemory(['search', 'ropes', '--no-update'], failing(1))).toMatchObject({ code: 3 });
  });

  it.each([['search', 'ropes'], ['why', import.meta.filename], ['check'], ['decisions', 'list'], ['link', import.meta.filename, '1']])(
    'is an error for "lintel %s" with --no-update where there is none: an empty answer would be wrong',
    async (...args) => {
      const engine = { ...fakeEngine({ status: async () => statusWith({ state: 'absent' }) }), root: import.meta.dirname };
      expect(await runInMemory([...args, '--no-update'], engine)).toMatchObject({
        code: 3,
        out: '',
        err: 'lintel: There is no index yet. Run "lintel index".\n',
      });
    },
  );

  it('that is not there is what "lintel status --no-update" says, without failing', async () => {
    const engine = fakeEngine({ status: async () => statusWith({ state: 'absent' }) });
    const { code, out } = await runInMemory(['status', '--no-update'], engine);
    expect({ code, state: /^State\s+(.*)$/m.exec(out)?.[1] }).toEqual({ code: 0, state: 'absent' });
  });

  it('is left alone with --no-update', async () => {
    const engine = fakeEngine({
      ...outdated,
      index: async () => {
        throw new Error('No index was wanted.');
      },
    });
    expect((await runInMemory(['search', 'x', '--no-update'], engine)).code).toBe(0);
  });

  it('waits three seconds for another writer, and without end only if there is no index to answer from', async () => {
    const patience: (number | undefined)[] = [];
    const index = async (options: { patience?: number } = {}) => {
      patience.push(options.patience);
      return REPORT;
    };
    await runInMemory(['search', 'x'], fakeEngine({ ...outdated, index }));
    await runInMemory(
      ['search', 'x'],
      fakeEngine({ status: async () => statusWith({ state: patience.length < 2 ? 'absent' : 'ready' }), index }),
    );
    expect(patience).toEqual([3_000, undefined]);
  });
});

describe('a mistake', () => {
  it.each([
    [['search'], '"lintel search" needs QUERY.', 'search '],
    [['why'], '"lintel why" needs FILE[:LINE], or --changed.', 'why '],
    [['link', 'a.ts'], '"lintel link" needs FILE[:LINE] DECISION, or --review.', 'link '],
    [['search', '--knd', 'x'], 'There is no option --knd for "lintel search". Did you mean "--kind"?', 'search '],
    [['search', 'x', '--limit', '0'], '--limit takes a number from 1 to 200, not "0".', 'search '],
    [['--json', 'search', ' '], 'Say what to search for.', 'search '],
    [['serach', 'x'], 'There is no command "serach". Did you mean "search"?', ''],
    [[], 'Name a command.', ''],
  ])('in %j is named in words, with the help to read on', async (args, message, name) => {
    expect(await runInMemory(args)).toMatchObject({ code: 2, err: `lintel: ${message}\nTry "lintel ${name}--help".\n` });
  });
});
