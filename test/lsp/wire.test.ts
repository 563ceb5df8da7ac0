import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OpenRepository } from '../../server/lsp/open-repositories.ts';
import { wireAuthored, wireHistoryEvent, wireHit, wireRecord, wireRefused, wireStatus } from '../../server/lsp/wire.ts';
import type { Hit } from '../../server/model/answer.ts';
import { serialiseHit } from '../../server/model/serialise.ts';
import { EVIDENCE_KINDS, evidenceOf, hitWith, recordWith, spanAt, statusWith } from '../support/engine.ts';

const repository: OpenRepository = {
  root: '/no/such/shop',
  engine: undefined,
  failure: undefined,
  status: undefined,
  percent: undefined,
  folders: new Set(['/no/such/shop']),
};
const repositories = { uriOf: (_: OpenRepository, path: string) => `editor:${path}` };

describe('a hit for programs', () => {
  it('keeps every piece of evidence as the engine gave it, so that a client can tell the kinds apart', () => {
    const evidence = EVIDENCE_KINDS.map((kind) => evidenceOf(kind, { codeSpan: spanAt(1, 2, 3) }));
    expect(serialiseHit(hitWith({ evidence })).evidence).toEqual(evidence);
  });

  it('has no field for what is unknown, instead of an empty one', () => {
    const { path: _, ...commit } = hitWith({ kind: 'commit' });
    expect(Object.keys(serialiseHit(commit))).toEqual(['id', 'kind', 'sha', 'title', 'score', 'snippet', 'span', 'evidence']);
    expect(Object.keys(serialiseHit(hitWith({ status: 'accepted', confidence: 0 })))).toEqual([
      'id',
      'kind',
      'path',
      'sha',
      'title',
      'status',
      'score',
      'confidence',
      'snippet',
      'span',
      'evidence',
    ]);
  });

  it('leaves out fields that are not part of the documented format', () => {
    const hit = { ...hitWith(), internal: 'a note of the engine' } as Hit;
    expect(JSON.stringify(serialiseHit(hit))).not.toContain('internal');
  });

  it('does not change the hit, and gives the same bytes for the same hit', () => {
    fc.assert(
      fc.property(fc.string(), fc.double({ min: 0, max: 1, noNaN: true }), (title, score) => {
        const hit = hitWith({ title, score });
        const before = JSON.stringify(hit);
        expect(JSON.stringify(serialiseHit(hit))).toBe(JSON.stringify(serialiseHit(structuredClone(hit))));
        expect(JSON.stringify(hit)).toBe(before);
      }),
    );
  });
});

describe('a hit on the wire', () => {
  it('is the one for programs with a URI, and with what an editor shows: date, highlights and successors', () => {
    const hit = hitWith({ date: '2024-05-01', highlights: [{ start: 0, end: 2 }], supersededBy: ['b.md'] });
    expect(wireHit(repositories, repository, hit)).toEqual({
      ...serialiseHit(hit),
      uri: 'editor:docs/adr/0001-use-ropes.md',
      date: '2024-05-01',
      highlights: [{ start: 0, end: 2 }],
      supersededBy: ['b.md'],
    });
  });

  it('has no URI if it is a commit', () => {
    const { path: _, ...commit } = hitWith({ kind: 'commit' });
    expect('uri' in wireHit(repositories, repository, commit)).toBe(false);
  });
});

describe('the status on the wire', () => {
  it.each([
    [
      'a repository that has not reported anything',
      {},
      { state: 'absent', index: { sha: '', behind: 0 }, counts: {}, model: '', notices: [], git: false },
    ],
    [
      'one that is being indexed',
      { status: statusWith({ state: 'indexing' }), percent: 12 },
      { state: 'indexing', percent: 12, model: 'static', git: true },
    ],
    [
      'one whose engine failed',
      { failure: 'It broke.', status: statusWith({ notices: ['Shallow.'] }) },
      { state: 'failed', notices: ['It broke.', 'Shallow.'] },
    ],
  ])('of %s says so', (_, own, expected) => {
    expect(wireStatus({ ...repository, ...own })).toMatchObject({ root: '/no/such/shop', ...expected });
  });

  it('leaves out the progress if nothing is running', () => {
    expect('percent' in wireStatus(repository)).toBe(false);
  });
});

describe('records on the wire', () => {
  it('are those of lists with a URI', () => {
    expect(wireRecord(repositories, repository, recordWith())).toEqual({ ...recordWith(), uri: 'editor:docs/adr/0001-use-ropes.md' });
  });

  it('come with a refusal if several may have been meant', () => {
    expect(wireRefused(repositories, repository, { refused: 'No.' })).toEqual({ refused: 'No.' });
    expect(wireRefused(repositories, repository, { refused: 'Which?', candidates: [recordWith()] }).candidates).toMatchObject([
      { title: 'Use ropes', uri: 'editor:docs/adr/0001-use-ropes.md' },
    ]);
  });
});

describe('edits on the wire', () => {
  it('say which files have to be created, and keep the order of the engine', () => {
    const edit = (path: string) => ({ path, span: spanAt(0), text: path });
    const answer = wireAuthored(
      repositories,
      { ...repository, root: import.meta.dirname },
      { edits: [edit('new.md'), edit('wire.test.ts')], path: 'new.md', selection: spanAt(0, 2, 5) },
    );
    expect(answer).toEqual({
      edits: [
        { uri: 'editor:new.md', create: true, range: spanAt(0), text: 'new.md' },
        { uri: 'editor:wire.test.ts', create: false, range: spanAt(0), text: 'wire.test.ts' },
      ],
      uri: 'editor:new.md',
      selection: spanAt(0, 2, 5),
    });
  });

  it('are a refusal if the engine refused', () => {
    expect(wireAuthored(repositories, repository, { refused: 'The title is taken.' })).toEqual({ refused: 'The title is taken.' });
  });
});

describe('the history of a record on the wire', () => {
  const commit = {
    kind: 'commit' as const,
    sha: 'a',
    date: '2024-03-02',
    author: 'Ada',
    subject: 'Agree',
    path: 'a.md',
    status: { value: 'accepted' as const, text: 'Accepted!' },
    before: { value: 'proposed' as const, text: 'Draft' },
    statusChanged: true,
  };

  it('has statuses in the words of the author, and no paths, which the client cannot open at an old commit', () => {
    expect(wireHistoryEvent(repositories, repository, commit)).toEqual({
      kind: 'commit',
      sha: 'a',
      date: '2024-03-02',
      author: 'Ada',
      subject: 'Agree',
      status: 'Accepted!',
      before: 'Draft',
      statusChanged: true,
    });
  });

  it('has the records before and after it with their URIs', () => {
    expect(wireHistoryEvent(repositories, repository, { kind: 'superseded-by', record: recordWith() })).toMatchObject({
      kind: 'superseded-by',
      record: { uri: 'editor:docs/adr/0001-use-ropes.md' },
    });
  });
});
