import { describe, expect, it } from 'vitest';
import type {
  ClientCapabilities,
  CodeAction,
  CodeLens,
  DocumentLink,
  Hover,
  MarkupContent,
  WorkspaceDiagnosticReport,
} from 'vscode-languageserver/node';
import type { SearchResult, WhyResult } from '../../protocol/index.ts';
import { citesNothing } from '../../server/decisions/findings/code/cites-nothing.ts';
import { citesSuperseded } from '../../server/decisions/findings/code/cites-superseded.ts';
import type { CodeSymbol, Hit, Inspection } from '../../server/model/answer.ts';
import { CURRENT, evidenceOf, fakeEngine, hitWith, spanAt } from '../support/engine.ts';
import { FULL } from './client.ts';
import { connect, SHOP } from './in-memory.ts';

const PATH = 'src/relay.ts';
const uri = `${SHOP}/${PATH}`;
const TEXT = '// why\nexport const relay = () => 1;\n\nexport const other = 2;\n';
const MARKDOWN: ClientCapabilities = {
  textDocument: { hover: { contentFormat: ['markdown'] } },
  experimental: { commands: { commands: ['lintel.showWhy'] } },
};

const shown = (hover: Hover): string => (hover.contents as MarkupContent).value.replace(/\\(?=[!-/:-@[-`{-~])/g, '');

describe('a hover', () => {
  const at = (line: number, character: number) => ({ textDocument: { uri }, position: { line, character } });
  const IN_COMMENT = { comment: true, probable: [], index: CURRENT } as const;

  it('shows three governing decisions at most, says how many more there are and that the index is outdated', async () => {
    const governing = ['a', 'b', 'c', 'd'].map((title) => hitWith({ title, path: `${title}.md` }));
    const engine = fakeEngine({ inspect: async () => ({ ...IN_COMMENT, governing, index: { sha: '', behind: 2 } }) });
    const client = await connect({ engine, capabilities: MARKDOWN });
    await client.open(PATH, TEXT);
    const text = shown(await client.request<Hover>('textDocument/hover', at(1, 0)));
    expect(text.match(/^\*\*\[\w\]/gm)).toEqual(['**[a]', '**[b]', '**[c]']);
    expect(text.split('\n').at(-1)).toContain(' · *1 more decision governs this code. The index is 2 changes behind.*');
  });

  it('gives only reasons that can make a record govern, never likeness or the neighbourhood', async () => {
    const evidence = [evidenceOf('similar'), evidenceOf('cited'), evidenceOf('neighbour'), evidenceOf('explained-by')];
    const engine = fakeEngine({ inspect: async () => ({ ...IN_COMMENT, governing: [hitWith({ evidence })] }) });
    const client = await connect({ engine });
    await client.open(PATH, TEXT);
    expect(
      shown(await client.request<Hover>('textDocument/hover', at(1, 0)))
        .split('\n')
        .filter((line) => line.startsWith('- ')),
    ).toEqual(['- because of cited', '- because of explained-by']);
  });

  it('covers the declaration whose name is under the cursor, and links to Why this code for the same lines', async () => {
    const symbol: CodeSymbol = {
      name: 'relay',
      kind: 'constant',
      depth: 0,
      span: { start: { line: 1, character: 7 }, end: { line: 3, character: 1 } },
      nameSpan: spanAt(1, 13, 18),
    };
    const engine = fakeEngine({ inspect: async () => ({ governing: [hitWith()], probable: [], symbol, index: CURRENT }) });
    const client = await connect({ engine, capabilities: MARKDOWN });
    await client.open(PATH, TEXT);
    const hover = await client.request<Hover>('textDocument/hover', at(1, 14));
    expect(hover.range).toEqual(symbol.span);
    const link = /command:lintel\.showWhy\?([^>]+)/.exec((hover.contents as MarkupContent).value)?.[1] ?? '';
    expect(JSON.parse(decodeURIComponent(link))).toEqual([{ uri, line: 1, endLine: 3 }]);
  });

  const linesAt = async (found: Partial<Extract<Inspection, { citation?: never }>>, position = at(1, 0), hover = {}): Promise<string[]> => {
    const engine = fakeEngine({ inspect: async () => ({ governing: [], probable: [], index: CURRENT, ...found }) });
    const client = await connect({ engine, capabilities: MARKDOWN, initializationOptions: { hover } });
    await client.open(PATH, TEXT);
    return shown(await client.request<Hover>('textDocument/hover', position)).split('\n');
  };
  const named = (number: string, more: Partial<Hit> = {}): Hit => hitWith({ number, title: 'Use ropes', path: `${number}.md`, ...more });

  it.each([
    [1, ''],
    [2, ' and 1 more decision'],
    [5, ' and 4 more decisions'],
  ])('of a line that %i decisions govern is one line with the surest and a link to Why this code', async (count, rest) => {
    const governing = Array.from({ length: count }, (_, at) => named(`000${at + 1}`));
    const [first, ...others] = await linesAt({ governing });
    expect(others).toEqual([]);
    expect(first).toMatch(/^Governed by \[0001 Use ropes\]\(<file:.*0001\.md>\)/);
    expect(first?.replace(/\(<[^>]*>\)/g, '')).toBe(`Governed by [0001 Use ropes]${rest} · [Why this code]`);
  });

  it('of such a line says in the same line that the index is outdated', async () => {
    expect(await linesAt({ governing: [named('0001')], index: { sha: '', behind: 2 } })).toEqual([
      expect.stringMatching(/ · \[Why this code\]\(<[^>]*>\) · \*The index is 2 changes behind\.\*$/),
    ]);
  });

  it('shortens a long title in one line, and shows it whole on a card', async () => {
    const title = 'Send every event that leaves a service through the outbox table of its own database';
    expect((await linesAt({ governing: [named('0014', { title })] }))[0]).toContain(
      '[0014 Send every event that leaves a service through the…]',
    );
    expect((await linesAt({ ...IN_COMMENT, governing: [named('0014', { title })] }))[0]).toContain(`[0014 ${title}]`);
  });

  it('says in one line what probably governs only where the user asks for it and nothing is sure', async () => {
    const probable = [named('0002', { level: 'probably' })];
    expect((await linesAt({ probable }, at(1, 0), { probable: true }))[0]).toMatch(/^Probably governed by \[0002 Use ropes\]/);
    expect((await linesAt({ governing: [named('0001')], probable }, at(1, 0), { probable: true }))[0]).toMatch(
      /^Governed by \[0001 Use ropes\]\([^)]*\) ·/,
    );
  });

  it('is a card on a name that a record names, and one line beside it', async () => {
    const evidence = [evidenceOf('scoped', { codeSpan: spanAt(1, 13, 18) })];
    expect((await linesAt({ governing: [named('0001', { evidence })] }, at(1, 14)))[0]).toMatch(/^\*\*\[0001 Use ropes\]/);
    expect((await linesAt({ governing: [named('0001', { evidence })] }, at(1, 0)))[0]).toMatch(/^Governed by /);
  });

  it('is empty on white space and past the end of a line, without asking the engine', async () => {
    const engine = fakeEngine({
      inspect: async () => {
        throw new Error('Nobody asked.');
      },
    });
    const client = await connect({ engine });
    await client.open(PATH, TEXT);
    for (const [line, character] of [
      [2, 0],
      [0, 2],
      [1, 99],
      [99, 0],
    ] as const)
      expect(await client.request('textDocument/hover', at(line, character))).toBeNull();
    expect(client.logs.filter((line) => line.includes('failed'))).toEqual([]);
  });

  it('on an ambiguous citation shows the candidates and says so, with what replaced them', async () => {
    const target = { id: 'a.md', path: 'a.md', title: 'A', weight: 1 };
    const engine = fakeEngine({
      inspect: async () => ({
        citation: { text: 'ADR-1', span: spanAt(0, 3, 6), targets: [target, { ...target, path: 'b.md' }] },
        records: [
          { target, record: hitWith(), successors: [hitWith({ title: 'New' })] },
          { target, successors: [] },
        ],
        index: CURRENT,
      }),
    });
    const client = await connect({ engine });
    await client.open(PATH, TEXT);
    const hover = await client.request<Hover>('textDocument/hover', at(0, 4));
    expect(shown(hover)).toContain('- Superseded by New.');
    expect(shown(hover).split('\n').at(-1)).toBe('"ADR-1" may mean 2 records.');
    expect(hover.range).toEqual(spanAt(0, 3, 6));
  });
});

describe('code lenses', () => {
  const symbol = (name: string, line: number, depth = 0): CodeSymbol => ({
    name,
    kind: depth === 0 ? 'class' : 'method',
    depth,
    span: spanAt(line, 0, 9),
    nameSpan: spanAt(line, 2, 5),
  });
  const citing = (title: string, line: number): Hit =>
    hitWith({ id: title, title, evidence: [evidenceOf('cited', { codeSpan: spanAt(line, 0, 3) })] });
  const lensesOf = async (governing: readonly Hit[], symbols: readonly CodeSymbol[], granularity = 'topLevel') => {
    const engine = fakeEngine({
      why: async () => ({ governing, probable: [], related: [], index: CURRENT }),
      symbols: async () => symbols,
    });
    const client = await connect({ engine, initializationOptions: { codeLens: { granularity } } });
    await client.open(PATH, 'aaaaaaaaa\n\nbbbbbbbbb\n\nccccccccc\n');
    const lenses = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    return lenses.map(({ range, command }) => `${range.start.line} ${command?.title}`);
  };

  it.each([
    ['above the symbol whose lines cite the record', [citing('Use ropes', 2)], 'topLevel', ['2 Decision: Use ropes']],
    ['at the top for evidence outside of every symbol', [citing('Use ropes', 9)], 'topLevel', ['0 1 decision governs this file']],
    [
      'at the top for history, which has no lines',
      [hitWith({ evidence: [evidenceOf('changed-together')] })],
      'topLevel',
      ['0 1 decision governs this file'],
    ],
    ['once for each symbol that has its own', [citing('A', 0), citing('B', 2)], 'topLevel', ['0 Decision: A', '2 Decision: B']],
    ['with a count if several govern one symbol', [citing('A', 2), citing('B', 2)], 'topLevel', ['2 2 decisions govern beta']],
    ['only at the top of the file if so configured', [citing('A', 0), citing('B', 2)], 'file', ['0 2 decisions govern this file']],
    ['nowhere without a governing decision', [], 'topLevel', []],
  ])('appear %s', async (_, governing, granularity, expected) => {
    expect(await lensesOf(governing, [symbol('alpha', 0), symbol('beta', 2)], granularity)).toEqual(expected);
  });

  it('cut long titles at a word', async () => {
    const [lens] = await lensesOf([citing('Word '.repeat(40), 2)], [symbol('beta', 2)]);
    expect(lens).toMatch(/^2 Decision: (?:Word )+Word…$/);
    expect(lens?.length).toBeLessThan(80);
  });
});

describe('links of a document', () => {
  it('lead to the best record that is not the document itself, and name the others', async () => {
    const target = (path: string) => ({ id: path, path, title: `T ${path}`, status: 'accepted' as const, weight: 1 });
    const engine = fakeEngine({
      citations: async () => [
        { text: 'ADR-1', span: spanAt(0, 0, 5), targets: [target(PATH), target('a.md'), target('b.md')] },
        { text: 'ADR-9', span: spanAt(1, 0, 5), targets: [] },
      ],
    });
    const client = await connect({ engine });
    expect(await client.request<DocumentLink[]>('textDocument/documentLink', { textDocument: { uri } })).toEqual([
      { range: spanAt(0, 0, 5), target: `${SHOP}/a.md`, tooltip: 'T a.md (accepted); it may also mean T b.md' },
    ]);
  });
});

describe('a search over several repositories', () => {
  const openEngine = async ({ folder }: { readonly folder: string }) =>
    fakeEngine({
      root: folder,
      search: async () => {
        if (folder === '/broken') throw new Error('Broken.');
        const hits = [0.9, 0.3].map((score) =>
          hitWith({ id: `${folder} ${score}`, path: 'a.md', score: folder === '/b' ? score / 2 : score }),
        );
        return { hits, index: { sha: folder, behind: 1 } };
      },
    });

  it('merges hits by score, adds up what is missing, and answers without the one that fails', async () => {
    const client = await connect({ folders: ['file:///a', 'file:///b', 'file:///broken'], openEngine });
    const { hits, index } = await client.request<SearchResult>('lintel/search', { query: 'x', limit: 3 });
    expect(hits.map(({ id, uri: own }) => [id, own])).toEqual([
      ['/a 0.9', 'file:///a/a.md'],
      ['/b 0.9', 'file:///b/a.md'],
      ['/a 0.3', 'file:///a/a.md'],
    ]);
    expect(index).toEqual({ sha: '', behind: 2 });
    expect(client.logs).toContain('A search failed: Error: Broken.');
  });

  it.each([
    [{ query: 'x', kinds: ['decisions'] }, 'There is no kind "decisions".'],
    [{ query: 'x', statuses: ['done'] }, 'There is no status "done".'],
    [{}, 'lintel/search needs a "query" text.'],
  ])('refuses %j', async (params, message) => {
    await expect((await connect()).request('lintel/search', params)).rejects.toThrow(message);
  });
});

describe('lintel/why', () => {
  it('adds the replacements of a superseded record that are indexed', async () => {
    const engine = fakeEngine({
      why: async () => ({
        governing: [],
        probable: [],
        related: [hitWith({ supersededBy: ['new.md', 'gone.md'] })],
        index: CURRENT,
        notices: ['Shallow.'],
      }),
      record: async (id) => (id === 'new.md' ? hitWith({ id, path: id, title: 'New', status: 'accepted' }) : undefined),
    });
    const { related, notices } = await (await connect({ engine })).request<WhyResult>('lintel/why', { uri, line: 1, endLine: 2 });
    expect(related[0]?.successors).toEqual([
      { id: 'new.md', title: 'New', status: 'accepted', uri: `${SHOP}/new.md`, span: hitWith().span },
    ]);
    expect(notices).toEqual(['Shallow.']);
  });

  it('passes the selection and the text of the editor to the engine, and nothing of a file outside', async () => {
    const places: unknown[] = [];
    const engine = fakeEngine({
      why: async (place) => {
        places.push(place);
        return { governing: [], probable: [], related: [], index: CURRENT };
      },
    });
    const client = await connect({ engine });
    await client.open(PATH, TEXT);
    await client.request('lintel/why', { uri, line: 1, endLine: 2 });
    await client.request('lintel/why', { uri, endLine: 2 });
    expect(await client.request('lintel/why', { uri: 'file:///elsewhere/a.ts' })).toEqual({
      governing: [],
      probable: [],
      related: [],
      index: { sha: '', behind: 0 },
    });
    expect(places).toEqual([
      { path: PATH, line: 1, endLine: 2, text: TEXT },
      { path: PATH, text: TEXT },
    ]);
  });
});

describe('code actions', () => {
  const finding = {
    rule: citesSuperseded.info.id,
    severity: 'warning' as const,
    message: 'Old.',
    span: spanAt(1, 0, 5),
    fixes: [{ title: 'Cite ADR-3', preferred: true, edits: [{ path: PATH, span: spanAt(1, 0, 5), text: 'ADR-3' }] }],
  };
  const engine = fakeEngine({ findings: async () => ({ document: { id: PATH, kind: 'code', path: PATH }, findings: [finding] }) });
  const actionsOf = async (range: ReturnType<typeof spanAt>, context: object) => {
    const client = await connect({ engine, capabilities: FULL });
    await client.open(PATH, TEXT);
    return client.request<CodeAction[]>('textDocument/codeAction', { textDocument: { uri }, range, context });
  };
  const OURS = [{ source: 'Lintel', message: 'Old.', range: spanAt(1, 0, 5) }];

  it('fix the findings that the range touches', async () => {
    expect(await actionsOf(spanAt(1, 5), { diagnostics: OURS })).toMatchObject([
      { title: 'Cite ADR-3', kind: 'quickfix', isPreferred: true, edit: { changes: { [uri]: [{ newText: 'ADR-3' }] } } },
      { title: expect.stringMatching(/^Ignore cites-superseded/), kind: 'quickfix' },
    ]);
    expect(await actionsOf(spanAt(3), { diagnostics: OURS })).toEqual([]);
  });

  it('fix the whole file only if the editor asks for that, and offer nothing next to diagnostics of others', async () => {
    expect(await actionsOf(spanAt(3), { diagnostics: [], only: ['source.fixAll'] })).toMatchObject([{ kind: 'source.fixAll.lintel' }]);
    expect(await actionsOf(spanAt(1), { diagnostics: [{ ...OURS[0], source: 'eslint' }] })).toEqual([]);
    expect(await actionsOf(spanAt(1), { diagnostics: OURS, only: ['refactor'] })).toEqual([]);
  });
});

describe('workspace diagnostics', () => {
  it('are unchanged for a client that has them, and empty once for a file that is clean now', async () => {
    const finding = { rule: citesNothing.info.id, severity: 'error' as const, message: 'No.', span: spanAt(0) };
    const engine = fakeEngine({
      allFindings: async () => [{ document: { id: 'a.md', kind: 'decision', path: 'a.md' }, findings: [finding] }],
    });
    const client = await connect({ engine, capabilities: FULL });
    const report = (previousResultIds: object[]) =>
      client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds });
    const [first] = (await report([])).items;
    expect(first).toMatchObject({ kind: 'full', uri: `${SHOP}/a.md`, items: [{ message: 'No.' }] });
    const again = await report([
      { uri: `${SHOP}/a.md`, value: first?.resultId },
      { uri: `${SHOP}/clean.md`, value: 'old' },
    ]);
    expect(again.items).toMatchObject([
      { kind: 'unchanged', uri: `${SHOP}/a.md` },
      { kind: 'full', uri: `${SHOP}/clean.md`, items: [] },
    ]);
    const healthy = again.items[1]?.resultId;
    expect((await report([{ uri: `${SHOP}/clean.md`, value: healthy }])).items).toHaveLength(1);
  });
});
