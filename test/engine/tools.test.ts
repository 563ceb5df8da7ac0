import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerTool } from '../../server/engine/tools/answer.ts';
import type { Place, SearchQuery } from '../../server/model/answer.ts';
import type { Document } from '../../server/model/document.ts';
import type { Engine } from '../../server/model/engine.ts';
import { defineRule, findingOf } from '../../server/model/finding.ts';
import { CURRENT, fakeEngine, hitWith, recordWith, spanAt } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';

const { path: root } = temporaryFolder('lintel-tools');
mkdirSync(join(root, 'src'));
writeFileSync(join(root, 'src/well.ts'), 'one\ntwo\nthree');
writeFileSync(join(root, 'record.md'), '# 1. Ropes\n\nWe use ropes.\n');
const INDEX = { sha: 'aaaaaaaaaaaa', behind: 0 };

const ask = (name: string, args: Readonly<Record<string, unknown>>, own: Parameters<typeof fakeEngine>[0] = {}) =>
  answerTool(fakeEngine({ root, ...own }), { name, arguments: args });

const documentWith = (own: Partial<Document>): Document => ({
  id: 'record.md',
  kind: 'decision',
  path: 'record.md',
  sha: 'b'.repeat(40),
  title: 'Ropes',
  format: 'markdown',
  sections: [],
  links: [],
  findings: [],
  ...own,
});

describe('the tool "why"', () => {
  const places: Place[] = [];
  const why: Engine['why'] = async (place) => {
    places.push(place);
    return { governing: [], probable: [], related: [], index: CURRENT };
  };

  it.each([
    [{ path: 'src/well.ts' }, { path: 'src/well.ts' }],
    [
      { path: './src/well.ts', line: 2 },
      { path: 'src/well.ts', line: 1 },
    ],
    [{ path: 'src/well.ts:2' }, { path: 'src/well.ts', line: 1 }],
    [
      { path: 'src/well.ts:2:7', line: 3 },
      { path: 'src/well.ts', line: 2 },
    ],
    [
      { path: 'src/well.ts', line: '1', end_line: 3 },
      { path: 'src/well.ts', line: 0, endLine: 2 },
    ],
    [{ path: 'src\\well.ts' }, { path: 'src/well.ts' }],
    [{ path: join(root, 'src/well.ts') }, { path: 'src/well.ts' }],
    [{ path: `file://${root}/src/well.ts` }, { path: 'src/well.ts' }],
  ])('takes %j for the place that it means', async (args, place) => {
    places.length = 0;
    await ask('why', args, { why });
    expect(places).toEqual([place]);
  });

  it('answers for a file that does not exist yet, and says so', async () => {
    expect(await ask('why', { path: 'src/new.ts' }, { why })).toMatchObject({
      governing: [],
      notices: ['src/new.ts does not exist yet; this is what decisions say of a file there.'],
    });
  });

  it.each([
    [{ path: 'src' }, 'src is a folder.'],
    [{ path: '.' }, 'The root is a folder.'],
    [{ path: '../x' }, 'is outside of the repository'],
    [{ path: 'src/well.ts', line: 4 }, 'src/well.ts has 3 lines; there is no line 4.'],
    [{ path: 'src/well.ts', end_line: 2 }, '`end_line` needs `line`.'],
    [{ path: 'src/well.ts', line: 3, end_line: 2 }, '`end_line` 2 is before `line` 3.'],
    [{ path: '' }, '"why" needs `path`.'],
  ])('refuses %j', async (args, message) => {
    await expect(ask('why', args, { why })).rejects.toThrow(message);
  });

  it('marks what was superseded and by what, and keeps to five related documents', async () => {
    const old = hitWith({ status: 'superseded', supersededBy: ['docs/adr/0002.md'] });
    const related = Array.from({ length: 8 }, () => old);
    const answer = await ask(
      'why',
      { path: 'src/well.ts' },
      { why: async () => ({ governing: [], probable: [], related, index: CURRENT }) },
    );
    expect(answer.related).toHaveLength(5);
    expect(answer.related).toContainEqual(expect.objectContaining({ status: 'superseded', superseded_by: ['docs/adr/0002.md'] }));
  });
});

describe('the tool "decisions"', () => {
  const records = [
    recordWith({ id: 'a.md', path: 'a.md', status: 'superseded', supersededBy: ['b.md'] }),
    recordWith({ id: 'b.md', path: 'b.md', number: '2', title: 'Use chains' }),
    recordWith({ id: 'team/c.md', path: 'team/c.md', status: 'rejected' }),
  ];
  const own = {
    documents: async () => records.map(({ id }) => documentWith({ id, path: id })),
    authoring: { list: async () => records, find: async (written: string) => (written === '1' ? records.slice(0, 2) : []) },
  };

  it('lists those in force first, then the others with what became of them', async () => {
    expect(await ask('decisions', {}, own)).toEqual({
      total: 3,
      decisions: [
        { id: 'b.md', title: '2 Use chains', status: 'accepted', date: '2024-03-01', sha: 'bbbbbbbbbbbb' },
        { id: 'a.md', title: '1 Use ropes', status: 'superseded', superseded_by: ['b.md'], date: '2024-03-01', sha: 'bbbbbbbbbbbb' },
        { id: 'team/c.md', title: '1 Use ropes', status: 'rejected', date: '2024-03-01', sha: 'bbbbbbbbbbbb' },
      ],
      index: INDEX,
    });
    expect(await ask('decisions', { status: 'rejected' }, own)).toMatchObject({ total: 1 });
    expect(await ask('decisions', { path: 'team' }, own)).toMatchObject({ total: 1 });
  });

  it('asks back with their status and sha where a number means several', async () => {
    expect(await ask('decisions', { id: '1' }, own)).toMatchObject({
      ambiguous: '1',
      candidates: [
        { id: 'a.md', status: 'superseded', superseded_by: ['b.md'], sha: 'bbbbbbbbbbbb' },
        { id: 'b.md', status: 'accepted', sha: 'bbbbbbbbbbbb' },
      ],
      notices: ['"1" may mean 2 records. Ask again with the id of one.'],
    });
  });

  it('gives one in full as it is on disk, and expands what was cut', async () => {
    const long = `${'a line of text\n'.repeat(400)}`;
    writeFileSync(join(root, 'long.md'), long);
    const document = async (id: string) => (id === 'long.md' ? documentWith({ id, path: id }) : undefined);
    let text = '';
    let expand: string | undefined;
    do {
      const answer = await ask('decisions', { id: 'long.md', budget: 2_500, ...(expand ? { expand } : {}) }, { document });
      expect(JSON.stringify(answer).length).toBeLessThanOrEqual(2_500);
      text += answer.text;
      expand = (answer.more as { part: string; expand: string }[] | undefined)?.find(({ part }) => part === 'text')?.expand;
    } while (expand);
    expect(text).toBe(long);
  });

  it('finds a commit by the beginning of its sha, and its message', async () => {
    const commit = documentWith({
      id: `commit:${'c'.repeat(40)}`,
      kind: 'commit',
      sha: 'c'.repeat(40),
      sections: [{ heading: '', level: 0, headingPath: [], text: 'Use ropes', span: spanAt(0) }],
    });
    const { path: _, ...head } = commit;
    const engine = { documents: async () => [head], document: async (id: string) => (id === commit.id ? head : undefined) };
    for (const id of ['commit:cccccccccccc', 'ccccccc', commit.id])
      expect(await ask('decisions', { id }, engine)).toMatchObject({ id: 'commit:cccccccccccc', kind: 'commit', text: 'Use ropes' });
    await expect(ask('decisions', { id: 'ddddddd' }, engine)).rejects.toThrow('Nothing is recorded under "ddddddd".');
  });
});

describe('the tool "check"', () => {
  const rule = defineRule({ id: 'cites-superseded', severity: 'warning', description: 'x', tags: ['code'] });
  const at = (line: number, severity: 'error' | 'warning' | 'hint') =>
    findingOf(rule, { message: `m${line}`, span: spanAt(line), severity });
  const found = {
    document: { id: 'src/well.ts', path: 'src/well.ts', kind: 'code' as const },
    findings: [at(0, 'warning'), at(1, 'hint'), at(2, 'error')],
  };

  it('gives the worst of a change first, without hints, and the decisions that it touches with the places', async () => {
    const change: Engine['change'] = async () => ({
      decisions: [{ hit: hitWith({ level: 'governs' }), places: [{ path: 'src/well.ts', lines: { first: 0, last: 2 } }] }],
      findings: [found],
      files: 1,
      notices: [],
      index: CURRENT,
    });
    expect(await ask('check', {}, { change })).toMatchObject({
      changed_files: 1,
      findings: [
        { path: 'src/well.ts', line: 3, severity: 'error', rule: 'cites-superseded', message: 'm2' },
        { path: 'src/well.ts', line: 1, severity: 'warning' },
      ],
      decisions: [{ level: 'governs', places: ['src/well.ts:1-3'] }],
    });
  });

  it('looks at files and folders that are named, and says what is not there', async () => {
    const own = { findings: async (path: string) => (path === 'src/well.ts' ? found : undefined), allFindings: async () => [found] };
    expect(await ask('check', { paths: ['src/well.ts', 'record.md', 'gone.ts'] }, own)).toMatchObject({
      findings: [{ line: 3 }, { line: 1 }],
      notices: ['record.md is neither a document nor code that is checked.', 'There is no gone.ts.'],
    });
    expect(await ask('check', { paths: ['src', 'src/well.ts'] }, own)).toMatchObject({ findings: [{ line: 3 }, { line: 1 }] });
  });
});

it('the tool "tests" gives verdict, reasons and the commands to type', async () => {
  const item = { path: 'e2e/a b.spec.ts', framework: 'playwright', title: 'A', tags: [] };
  const answer = await ask(
    'tests',
    { base: 'main' },
    {
      selectTests: async ({ diff }) => {
        expect(diff).toEqual({ of: 'branch', base: 'main' });
        return {
          verdict: 'run-selected',
          cause: 'Found.',
          confidence: 0.97654,
          target: 0.95,
          suite: 9,
          share: 0.1,
          selected: [{ item, rank: 1, evidence: [] }],
          remainder: [],
          paths: [],
          unreadable: [],
          notices: [],
        };
      },
      testCommands: async (specs) => ({
        commands: [{ framework: 'playwright', specs, command: 'npx', args: ['playwright', 'test', ...specs], cwd: '' }],
        without: [],
      }),
    },
  );
  expect(answer).toEqual({
    verdict: 'run-selected',
    cause: 'Found.',
    confidence: 0.977,
    selected: 1,
    suite: 9,
    tests: [{ path: 'e2e/a b.spec.ts', title: 'A', framework: 'playwright', why: [] }],
    commands: [{ command: "npx playwright test 'e2e/a b.spec.ts'", specs: 1 }],
    index: INDEX,
  });
});

it('the tool "ask" gives the lines that say it, or what was searched', async () => {
  const searched = { records: 3, specifications: 0, guides: 1, commits: 9 };
  const span = {
    id: 's1',
    text: 'We use ropes.',
    documentId: 'a.md',
    kind: 'decision',
    path: 'a.md',
    sha: 'b'.repeat(40),
    startLine: 3,
    endLine: 4,
    title: 'Ropes',
    status: 'accepted',
  } as const;
  const replaced = [{ title: 'Chains', path: 'c.md', status: 'superseded', by: [{ title: 'Ropes', path: 'a.md' }] }] as const;
  const known = { question: 'q', searched, index: CURRENT, notes: [] };
  expect(
    await ask('ask', { question: 'Why ropes?' }, { ask: async () => ({ ...known, verdict: 'supported', spans: [span], replaced }) }),
  ).toEqual({
    verdict: 'supported',
    spans: [{ id: 'a.md', lines: '3-4', title: 'Ropes', status: 'accepted', sha: 'bbbbbbbbbbbb', text: 'We use ropes.' }],
    replaced: [{ id: 'c.md', title: 'Chains', status: 'superseded', superseded_by: ['a.md'] }],
    index: INDEX,
  });
  expect(
    await ask('ask', { question: 'Why?' }, { ask: async () => ({ ...known, verdict: 'not-recorded', spans: [], replaced: [] }) }),
  ).toEqual({
    verdict: 'not-recorded',
    searched,
    spans: [],
    index: INDEX,
  });
  await expect(ask('ask', { question: '  ' })).rejects.toThrow('`question` is empty. Ask a question in words.');
});

describe('at a commit', () => {
  const then = 'c'.repeat(40);

  it('"why" asks about the place as it was, of a file that is gone too, and reaches nothing from now', async () => {
    const places: Place[] = [];
    const why: Engine['why'] = async (place) => {
      places.push(place);
      return { governing: [], probable: [], related: [], index: CURRENT, at: then };
    };
    const reach: Engine['reach'] = () => Promise.reject(new Error('What a record reaches is known of now only.'));
    expect(await ask('why', { path: 'src/gone.ts', line: 90, at: ' v1 ' }, { why, reach })).toEqual({
      path: 'src/gone.ts',
      line: 90,
      at: 'cccccccccccc',
      governing: [],
      probable: [],
      related: [],
      index: INDEX,
    });
    expect(places).toEqual([{ path: 'src/gone.ts', line: 89, at: 'v1' }]);
  });

  it('"search" passes it on and says at which commit it looked; tests are known of now only', async () => {
    const queries: SearchQuery[] = [];
    const search: Engine['search'] = async (query) => {
      queries.push(query);
      return { hits: [], index: CURRENT, at: then };
    };
    expect(await ask('search', { query: 'ropes', at: 'v1' }, { search })).toEqual({ at: 'cccccccccccc', hits: [], index: INDEX });
    expect(queries).toEqual([{ text: 'ropes', limit: 8, filter: {}, at: 'v1' }]);
    await expect(ask('search', { query: 'ropes', at: 'v1', kinds: ['test'] }, { search })).rejects.toThrow('only as they are now');
  });

  it('"decisions" lists those of then, without the sha of now, and gives no text of now for one', async () => {
    const list = async (at?: string) => (at === 'v1' ? [recordWith({ id: 'a.md', path: 'a.md', title: 'Ropes' })] : []);
    const own = { authoring: { list } };
    expect(await ask('decisions', { at: 'v1' }, own)).toMatchObject({ total: 1, at: 'v1', decisions: [{ id: 'a.md', title: '1 Ropes' }] });
    expect(JSON.stringify(await ask('decisions', { at: 'v1' }, own))).not.toContain('"sha":"b');
    await expect(ask('decisions', { id: 'a.md', at: 'v1' }, own)).rejects.toThrow('leave `id` out');
  });
});
