import { describe, expect, it } from 'vitest';
import type { Embedder } from '../../server/embedding/embedder.ts';
import { rowsOf } from '../../server/indexing/rows.ts';
import { readGuide } from '../../server/knowledge/guide.ts';
import type { Document } from '../../server/model/document.ts';
import { commitWords } from '../../server/retrieval/rank-commits.ts';
import { wordsOf as indexed } from '../../server/retrieval/words.ts';
import { decodeHead } from '../../server/store/head.ts';
import { pathsOf } from '../../server/store/row.ts';

/** An embedder that remembers its texts and answers with their number. */
const recorder = (): Embedder & { readonly texts: string[]; readonly purposes: unknown[] } => {
  const texts: string[] = [];
  const purposes: unknown[] = [];
  return {
    texts,
    purposes,
    name: 'recorder',
    fingerprint: 'recorder:1',
    dimensions: 2,
    embed: async (given, options) => {
      purposes.push(options?.purpose);
      return given.map((text) => Float32Array.of(texts.push(text), 0));
    },
    dispose: async () => undefined,
  };
};

const span = { start: { line: 0, character: 0 }, end: { line: 4, character: 7 } };
const commit = (given: Partial<Document> = {}): Document => ({
  id: 'commit:c0ffee',
  kind: 'commit',
  sha: 'c0ffee',
  title: 'Publish orders',
  format: 'commit',
  sections: [],
  links: [],
  findings: [],
  ...given,
});
const body = (text: string) => [{ heading: '', level: 0, headingPath: [], text, span }];
const only = async (document: Document, embedder = recorder()) => {
  const rows = await rowsOf([document], embedder);
  expect(rows).toHaveLength(1);
  return { row: rows[0] ?? expect.fail(), text: embedder.texts[0] };
};

describe('the row of a commit', () => {
  it('has its whole message as one text, however long it is', async () => {
    const { row } = await only(commit({ sections: body('word '.repeat(500).trim()) }));
    expect(row).toMatchObject({ id: 'commit:c0ffee#0', ordinal: 0, kind: 'commit', path: '', sha: 'c0ffee' });
    expect(row.text.startsWith('Publish orders\n\nword')).toBe(true);
  });

  it('is cut at 8,000 characters', async () =>
    expect((await only(commit({ sections: body('x'.repeat(9_000)) }))).row.text).toHaveLength(8_000));

  it('is only its subject where it has no body', async () => expect((await only(commit())).row.text).toBe('Publish orders'));

  it('is not searched for by the people who took part, whose lines it still shows', async () => {
    const message = 'Retries are safe.\n\nSigned-off-by: Ann Example <ann@e.org>\nReviewed-by: Bob\nRefs: ADR-7';
    const { row, text } = await only(commit({ sections: body(message) }));
    expect(row.text).toContain('Ann Example');
    expect(text).not.toMatch(/Ann|Bob/);
    expect(row.words).not.toMatch(/ann|bob|signed/);
    expect(row.words).toContain('adr');
  });

  it('is found by its message, by the last two segments of its paths, and by the lines that it changed', async () => {
    const document = commit({ paths: ['services/orders/src/outbox.ts', 'README.md'] });
    const expected = { message: indexed('Publish orders'), paths: indexed('src outbox ts README md'), changed: [] };
    expect(commitWords((await only(document)).row.words)).toEqual(expected);
    const [row] = await rowsOf([document], recorder(), undefined, new Map([['c0ffee', ['poll', 'outbox']]]));
    expect(commitWords(row?.words ?? '')).toEqual({ ...expected, changed: ['poll', 'outbox'] });
  });

  it('is found by its first forty paths, and keeps all of them', async () => {
    const paths = Array.from({ length: 60 }, (_, index) => `src/file${index}.ts`);
    const { row } = await only(commit({ paths }));
    expect(row.words).toContain('file39');
    expect(row.words).not.toContain('file40');
    expect(pathsOf(row)).toEqual(paths);
  });
});

describe('the rows of a file', () => {
  const guide = readGuide({
    path: 'docs/arch/overview.md',
    text: '# Overview\n\nIntro.\n\n## Queues\n\nKafka carries orders.\n',
    sha: 'f00d',
  });

  it('are one per passage, and only the first has the document', async () => {
    const rows = await rowsOf([guide], recorder());
    expect(rows.map(({ id, headingPath, text }) => [id, headingPath, text])).toEqual([
      ['docs/arch/overview.md#0', ['Overview'], 'Intro.'],
      ['docs/arch/overview.md#1', ['Overview', 'Queues'], 'Kafka carries orders.'],
    ]);
    const { sections, ...head } = guide;
    expect(decodeHead(rows[0]?.document ?? '', '')).toEqual(head);
    expect(rows[1]?.document).toBe('');
  });

  it('are embedded with title and headings, as passages', async () => {
    const embedder = recorder();
    await rowsOf([guide], embedder);
    expect(embedder.texts).toEqual(['Overview\nOverview\nIntro.', 'Overview\nOverview > Queues\nKafka carries orders.']);
    expect(embedder.purposes).toEqual(['passage']);
  });

  it('are found by title, name, nearest heading and text', async () => {
    const [, second] = await rowsOf([guide], recorder());
    expect(second?.words.split(' ')).toEqual(indexed('Overview arch overview md Queues Kafka carries orders'));
  });

  it('have the place of their passage in the file', async () => {
    const [, second] = await rowsOf([guide], recorder());
    expect(second).toMatchObject({ startLine: 6, startCharacter: 0, endLine: 6, endCharacter: 21 });
  });

  it('have empty texts for what a document lacks', async () => {
    const [first] = await rowsOf([guide], recorder());
    expect(first).toMatchObject({ status: '', date: '', paths: '' });
  });
});

describe('the rows of several documents', () => {
  it('are embedded in one batch, and each has its own vector', async () => {
    const embedder = recorder();
    const rows = await rowsOf([commit(), commit({ id: 'commit:beef', title: 'Fix' })], embedder);
    expect(embedder.purposes).toHaveLength(1);
    expect(rows.map(({ documentId, vector }) => [documentId, vector[0]])).toEqual([
      ['commit:c0ffee', 1],
      ['commit:beef', 2],
    ]);
  });

  it('are none for no documents', async () => expect(await rowsOf([], recorder())).toEqual([]));
});
