import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dotOf, mermaidOf } from '../../server/cli/decision-graph.ts';
import { behindLine, renderHits } from '../../server/cli/hits.ts';
import { progressLine } from '../../server/cli/progress.ts';
import { renderHistory, renderRecord, renderRecords } from '../../server/cli/records.ts';
import type { Terminal } from '../../server/cli/terminal.ts';
import { today } from '../../server/cli/today.ts';
import type { Hit } from '../../server/model/answer.ts';
import { evidenceOf, fakeEngine, hitWith, recordWith, spanAt } from '../support/engine.ts';
import { runInMemory } from './in-memory.ts';

const terminalWith = (own: Partial<Terminal> = {}): Terminal => ({
  folder: '/shop/docs',
  signal: new AbortController().signal,
  redraws: false,
  input: async () => '',
  out: async () => undefined,
  err: () => undefined,
  paint: (_, text) => text,
  ask: async () => false,
  ...own,
});

describe('hits on a terminal', () => {
  it('have a number, status, title and date, a location from the current folder, the snippet and at most three reasons', () => {
    const hit = hitWith({
      status: 'superseded',
      date: '2024-05-01T10:00:00Z',
      supersededBy: ['docs/adr/0002-use-wires.md'],
      evidence: [evidenceOf('cited'), evidenceOf('scoped'), evidenceOf('neighbour'), evidenceOf('similar')],
    });
    expect(renderHits([hit], '/shop', terminalWith())).toBe(
      [
        '1. [superseded] Use ropes decision, 2024-05-01',
        '   adr/0001-use-ropes.md:9',
        '   We use ropes.',
        '   - superseded by docs/adr/0002-use-wires.md',
        '   - because of cited',
        '   - because of scoped',
        '   - because of neighbour',
      ].join('\n'),
    );
  });

  it('name a commit by its abbreviated id, and leave out an empty snippet', () => {
    const { path: _, ...commit } = hitWith({ kind: 'commit', snippet: ' ', evidence: [] });
    expect(renderHits([commit], '/shop', terminalWith())).toBe('1. Use ropes commit\n   commit 0123456789ab');
  });

  it('are aligned if there are ten or more', () => {
    const lines = renderHits(
      Array.from({ length: 10 }, () => hitWith({ evidence: [] })),
      '/shop',
      terminalWith(),
    ).split('\n');
    expect(lines[0]).toMatch(/^ 1\. Use ropes/);
    expect(lines.at(-3)).toMatch(/^10\. Use ropes/);
  });

  it('emphasise exactly the highlighted words, and keep every other character of the snippet', () => {
    const paint = (_: unknown, text: string) => `<${text}>`;
    const hit = hitWith({
      snippet: 'We use ropes here.',
      highlights: [
        { start: 3, end: 6 },
        { start: 7, end: 12 },
      ],
      evidence: [],
    });
    expect(renderHits([hit], '/shop', terminalWith({ paint })).split('\n').at(-1)).toBe('   We <use> <ropes> here.');
  });

  it('show the snippet of a record without marks of Markdown, and that of a commit or a specification as it is', () => {
    const snippet = 'Chosen: [B](#b-use-postgres), **not** C';
    const highlights = [{ start: 9, end: 10 }];
    const shown = (kind: Hit['kind']) =>
      renderHits([hitWith({ kind, snippet, highlights, evidence: [] })], '/shop', terminalWith({ paint: (_, text) => `<${text}>` }))
        .split('\n')
        .at(-1)
        ?.trim();
    expect(shown('decision')).toBe('Chosen: <B>, not C');
    expect(shown('guide')).toBe('Chosen: <B>, not C');
    expect(shown('commit')).toBe('Chosen: [<B>](#b-use-postgres), **not** C');
    expect(shown('specification')).toBe('Chosen: [<B>](#b-use-postgres), **not** C');
  });

  it('never print control characters of a repository, wherever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const hit = hitWith({
          title: text,
          snippet: text,
          path: `a${text}`,
          date: text,
          evidence: [evidenceOf('cited', { explanation: text })],
          supersededBy: [text],
        });
        expect(renderHits([hit], '/shop', terminalWith()).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
      }),
    );
  });

  it('say how far the index is behind in the right number, and nothing if it is current', () => {
    expect([0, 1, 2].map(behindLine)).toEqual([
      '',
      'lintel: the index is 1 change behind the repository.\n',
      'lintel: the index is 2 changes behind the repository.\n',
    ]);
  });
});

describe('records on a terminal', () => {
  it('are a table whose columns line up, with the successor of a superseded one', () => {
    const records = [
      recordWith(),
      recordWith({ path: 'docs/adr/0012-x.md', number: '12', title: 'X', status: 'superseded', supersededBy: ['docs/adr/0013-y.md'] }),
    ];
    expect(renderRecords(records, terminalWith())).toBe(
      ' 1  accepted    2024-03-01  Use ropes  docs/adr/0001-use-ropes.md\n12  superseded  2024-03-01  X  docs/adr/0012-x.md  -> docs/adr/0013-y.md\n',
    );
  });

  it('without number, status and date leave these columns empty', () => {
    const bare = { id: 'a.md', path: 'a.md', title: 'A', supersededBy: [] };
    expect(renderRecords([bare, recordWith()], terminalWith()).split('\n')[0]).toBe(`${' '.repeat(25)}A  a.md`);
  });

  it('are numbered as people write it, where the number has letters', () => {
    const keys = recordWith({ number: '13', numberLabel: 'A-13', title: 'Expired keys' });
    expect(
      renderRecords([recordWith(), keys], terminalWith())
        .split('\n')
        .map((line) => line.slice(0, 15)),
    ).toEqual(['   1  accepted ', 'A-13  accepted ', '']);
    expect(renderRecord(keys, [], terminalWith()).split('\n')[0]).toBe('A-13 Expired keys');
    expect(mermaidOf({ nodes: [keys], edges: [] })).toContain('["A-13 Expired keys"]');
  });

  it('keep the indentation and the columns of their text', () => {
    const section = { level: 2, headingPath: [], span: spanAt(0), heading: 'Example' };
    const text = renderRecord(recordWith(), [{ ...section, text: 'if (a)\r\n    b;  // two\r\n\ttabbed\u001b[31m' }], terminalWith());
    expect(text.split('\n').slice(-4)).toEqual(['if (a)', '    b;  // two', '\ttabbed', '']);
  });

  it('show a status once that is written as it is understood', () => {
    expect(renderRecord(recordWith(), [], terminalWith())).toContain('\nStatus: accepted\n');
    expect(renderRecord(recordWith({ statusText: 'In use' }), [], terminalWith())).toContain('\nStatus: accepted ("In use")\n');
  });

  it('show the status as understood and as written, and only sections with text', () => {
    const section = { level: 2, headingPath: [], span: spanAt(0) };
    const text = renderRecord(
      recordWith({ statusText: 'Accepted by all' }),
      [
        { ...section, heading: 'Context', text: 'Two\u0007\nlines\n' },
        { ...section, heading: 'Empty', text: ' \n' },
      ],
      terminalWith(),
    );
    expect(text).toBe(
      '1. Use ropes\nStatus: accepted ("Accepted by all")\nDate: 2024-03-01\nPath: docs/adr/0001-use-ropes.md\n\nContext\nTwo\nlines\n',
    );
  });

  it('show each commit of their history with the change of status that it made', () => {
    const commit = {
      kind: 'commit' as const,
      sha: 'abcdef0123456789',
      date: '2024-03-02T01:02:03Z',
      author: 'Ada',
      subject: 'Agree',
      path: 'a.md',
    };
    const status = (text: string) => ({ value: 'accepted' as const, text });
    const text = renderHistory(
      {
        record: recordWith(),
        events: [
          { kind: 'supersedes', record: recordWith({ title: 'Old' }) },
          { ...commit, status: status('Accepted'), before: status('Proposed'), statusChanged: true },
          { ...commit, from: 'b.md', statusChanged: false },
          { ...commit, statusChanged: true },
        ],
        notice: 'The clone is shallow.',
      },
      terminalWith(),
    );
    expect(text.split('\n')).toEqual([
      '',
      'History',
      '2024-03-01  Supersedes Old  docs/adr/0001-use-ropes.md',
      '2024-03-02  abcdef012  Agree  Ada  Proposed -> Accepted',
      '2024-03-02  abcdef012  Agree  Ada  moved from b.md',
      '2024-03-02  abcdef012  Agree  Ada  no status',
      'The clone is shallow.',
      '',
    ]);
  });
});

describe('the graph of decisions', () => {
  const graph = {
    nodes: [recordWith({ id: 'a', title: 'Say "no" to <b>`x`\n' }), recordWith({ id: 'b', supersededBy: ['a'] })],
    edges: [{ from: 'a', to: 'b', kind: 'supersedes' as const, partial: true }],
  };

  it('is valid Mermaid whatever the titles contain, and a superseded record looks superseded whatever its status says', () => {
    const lines = mermaidOf(graph).split('\n');
    expect(lines[1]).toBe('  d1["1 Say #34;no#34; to #60;b#62;#96;x#96;"]:::accepted');
    expect(lines[2]).toBe('  d2["1 Use ropes"]:::superseded');
    expect(lines[3]).toBe('  d1 ==>|supersedes in part| d2');
    expect(lines.filter((line) => line.startsWith('  classDef')).map((line) => line.split(' ')[3])).toEqual(['accepted', 'superseded']);
  });

  it('is DOT in which quotes and backslashes of a title cannot end the string', () => {
    fc.assert(
      fc.property(fc.string(), (title) => {
        const line =
          dotOf({ nodes: [recordWith({ id: 'a', title })], edges: [] })
            .split('\n')
            .find((one) => one.startsWith('  "a"')) ?? '';
        expect(line).toMatch(
          /^ {2}"a" \[label="(?:[^"\\]|\\.)*", class="accepted", fillcolor="#[0-9a-f]{6}", color="#[0-9a-f]{6}", style="filled"\];$/,
        );
      }),
    );
  });

  it('cuts labels that are longer than eighty characters', () => {
    const label = /label="([^"]*)"/.exec(dotOf({ nodes: [recordWith({ title: 'x'.repeat(200) })], edges: [] }))?.[1] ?? '';
    expect(label).toHaveLength(80);
    expect(label.endsWith('…')).toBe(true);
  });
});

describe('progress on a terminal', () => {
  it('redraws one line and removes it at the end', () => {
    const written: string[] = [];
    const line = progressLine(terminalWith({ redraws: true, err: (text) => void written.push(text) }));
    line.show({ phase: 'embed', done: 1, total: 4, percent: 25.7 });
    line.end();
    line.end();
    expect(written.join('')).toBe(`\r\u001b[KIndexing ${'█'.repeat(6)}${'░'.repeat(18)}  25% embedding 1/4\r\u001b[K`);
  });
});

describe('today', () => {
  it('is the local day with two digits for month and day', () => {
    expect(today(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
  });
});

describe('lintel doctor', () => {
  it('marks every check, and fails if one of them did', async () => {
    const engine = fakeEngine({
      doctor: async () => [
        { check: 'git', ok: true, detail: 'git 2.40' },
        { check: 'index', ok: false, detail: 'The index is damaged.' },
      ],
    });
    expect(await runInMemory(['doctor'], engine)).toMatchObject({
      code: 1,
      out: 'ok    git  git 2.40\nFAIL  index  The index is damaged.\n',
    });
  });
});
