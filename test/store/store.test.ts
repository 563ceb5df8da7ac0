import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CANDIDATE_COLUMNS, type StoreRow } from '../../server/store/row.ts';
import { deleteStore, openStore } from '../../server/store/store.ts';
import { testFolder } from '../support/folder.ts';
import { open } from './open.ts';
import { DIMENSIONS, OPTIONS, row, vectorOf } from './rows.ts';

const ALL = [...CANDIDATE_COLUMNS, 'vector', 'document'] as const;
const ids = (candidates: readonly { readonly row: { readonly id: string } }[]): string[] => candidates.map((candidate) => candidate.row.id);

describe('rows', () => {
  it('come back as they were put, whatever is in them', async () => {
    const store = await open(testFolder());
    const text = fc.string({ unit: 'grapheme', maxLength: 40 });
    const line = text.filter((value) => !value.includes('\n'));
    const anyRow = fc.record({
      path: text,
      paths: fc
        .array(
          line.filter((value) => value !== ''),
          { maxLength: 4 },
        )
        .map((paths) => paths.join('\n')),
      sha: text,
      title: text,
      headingPath: fc.array(text, { maxLength: 3 }),
      text,
      words: text,
      document: text,
      date: text,
      startLine: fc.nat(2 ** 31 - 1),
      endCharacter: fc.nat(2 ** 31 - 1),
      kind: fc.constantFrom('decision', 'specification', 'guide', 'commit'),
      status: fc.constantFrom('', 'accepted', 'superseded', 'unknown'),
    });
    await fc.assert(
      fc.asyncProperty(text, fc.array(anyRow, { minLength: 1, maxLength: 4 }), async (documentId, given) => {
        const rows = given.map((fields, ordinal) => ({ ...row(documentId, ordinal), ...fields }) as StoreRow);
        await store.put(rows);
        const back = await store.rowsOf([documentId], ALL);
        expect(back.map((found) => ({ ...found, vector: [...found.vector] }))).toEqual(
          rows.map((put) => ({ ...put, vector: [...put.vector] })),
        );
      }),
      { numRuns: 25 },
    );
    expect(await store.verify({ full: true })).toMatchObject({ state: 'sound' });
  });

  it('of a document are replaced all together, and those of others stay', async () => {
    const store = await open(testFolder());
    await store.append([row('a', 0), row('a', 1), row('a', 2), row('b', 0), row('b', 1)]);
    await store.put([row('a', 0, { title: 'New' }), row('a', 1), row('c', 0)]);
    const rows = await store.rowsOf(['c', 'b', 'a', 'absent'], ['id', 'title']);
    expect(rows.map(({ id }) => id)).toEqual(['a#0', 'a#1', 'b#0', 'b#1', 'c#0']);
    expect(rows[0]?.title).toBe('New');
    expect(await store.count()).toBe(5);
  });

  it('of removed documents are gone, also those with a quote in their name', async () => {
    const store = await open(testFolder());
    await store.append([row("it's.md"), row("it's.md", 1), row('other.md'), row("' OR '1'='1")]);
    await store.remove(["it's.md", 'absent.md']);
    expect((await store.documents()).map(({ documentId }) => documentId)).toEqual(["' OR '1'='1", 'other.md']);
    await store.remove(["' OR '1'='1"]);
    await store.remove([]);
    expect(await store.count()).toBe(1);
  });

  it('are never half replaced for a reader', async () => {
    const folder = testFolder();
    const writer = await open(folder);
    const rows = (mark: string): StoreRow[] => Array.from({ length: 6 }, (_, ordinal) => row('a', ordinal, { title: mark }));
    await writer.put(rows('first'));
    const reader = await open(folder, { readOnly: true });
    let done = false;
    const writing = (async () => {
      for (let turn = 0; turn < 25; turn++) {
        await writer.put(rows(`turn ${turn}`));
        if (turn % 5 === 0) await writer.upkeep({ force: true });
      }
      done = true;
    })();
    while (!done) {
      const seen = await reader.rowsOf(['a'], ['title']);
      expect(seen).toHaveLength(6);
      expect(new Set(seen.map(({ title }) => title)).size).toBe(1);
      expect((await reader.vectorCandidates(vectorOf('a'), undefined, 10)).length).toBe(6);
    }
    await writing;
    expect((await reader.rowsOf(['a'], ['title']))[0]?.title).toBe('turn 24');
  });

  it('with a vector of another length are refused, and nothing is written', async () => {
    const store = await open(testFolder());
    const version = await store.version();
    await expect(store.put([row('a', 0, { vector: new Float32Array(DIMENSIONS + 1) })])).rejects.toThrow(/a#0 has 9 dimensions, not 8/);
    expect(await store.version()).toBe(version);
  });

  it('may be as many as a large batch', async () => {
    const store = await open(testFolder());
    await store.append(Array.from({ length: 12_000 }, (_, index) => row(`commit:${index}`, 0, { kind: 'commit' })));
    expect(await store.count()).toBe(12_000);
    const all = await store.rowsOf(
      Array.from({ length: 1_200 }, (_, index) => `commit:${index}`),
      ['id'],
    );
    expect(all).toHaveLength(1_200);
    await store.put(Array.from({ length: 1_500 }, (_, index) => row(`commit:${index}`, 0, { kind: 'commit', title: 'again' })));
    expect(await store.count()).toBe(12_000);
    expect((await store.allRows(['commit'], ['title'])).filter(({ title }) => title === 'again')).toHaveLength(1_500);
    await store.remove(Array.from({ length: 1_100 }, (_, index) => `commit:${index}`));
    expect(await store.count()).toBe(10_900);
  });

  it('of no document are nothing to do', async () => {
    const store = await open(testFolder());
    await store.put([]);
    await store.append([]);
    expect(await store.count()).toBe(0);
    expect(await store.documents()).toEqual([]);
    expect(await store.allRows(['decision'], ['id', 'vector'])).toEqual([]);
  });
});

describe('full-text candidates', () => {
  it('are found at once after a put, indexed or not', async () => {
    const store = await open(testFolder());
    await store.append([row('a', 0, { words: 'kafka broker' }), row('b', 0, { words: 'postgres' })]);
    expect(ids(await store.textCandidates(['kafka'], undefined, 10))).toEqual(['a#0']);
    await store.upkeep({ force: true });
    await store.put([row('c', 0, { words: 'kafka topic' })]);
    expect(ids(await store.textCandidates(['kafka'], undefined, 10)).sort()).toEqual(['a#0', 'c#0']);
    await store.put([row('c', 0, { words: 'redis' })]);
    expect(ids(await store.textCandidates(['kafka'], undefined, 10))).toEqual(['a#0']);
    await store.remove(['a']);
    expect(await store.textCandidates(['kafka'], undefined, 10)).toEqual([]);
  });

  it('hold any of the words, those with more and rarer ones first', async () => {
    const store = await open(testFolder());
    const common = Array.from({ length: 30 }, (_, index) => row(`common${String(index).padStart(2, '0')}`, 0, { words: 'order service' }));
    await store.append([...common, row('both', 0, { words: 'order kafka' }), row('rare', 0, { words: 'kafka service' })]);
    await store.upkeep({ force: true });
    const found = await store.textCandidates(['order', 'kafka'], undefined, 100);
    expect(ids(found).slice(0, 2)).toEqual(['both#0', 'rare#0']);
    expect(found).toHaveLength(32);
    expect(found.every((candidate, index) => index === 0 || candidate.score <= (found[index - 1]?.score ?? 0))).toBe(true);
    expect(ids(found).slice(2)).toEqual(ids(found).slice(2).sort());
    expect(await store.textCandidates(['order', 'kafka'], undefined, 3)).toHaveLength(3);
  });

  it('take the words as the caller made them: case, accents, marks and stop words count', async () => {
    const store = await open(testFolder());
    const words = ['the', 'Kafka', 'café', 'c++', 'a.b-c_d', '東京', "don't", '"', '(', 'AND', 'x'.repeat(150)];
    await store.append(words.map((word, index) => row(`doc${index}`, 0, { words: word })));
    await store.upkeep({ force: true });
    for (const [index, word] of words.entries())
      expect(ids(await store.textCandidates([word], undefined, 10)), word).toEqual([`doc${index}#0`]);
    for (const word of ['kafka', 'cafe', 'c', 'dont']) expect(await store.textCandidates([word], undefined, 10), word).toEqual([]);
  });

  it('do not exist for no words, no limit or an empty table', async () => {
    const store = await open(testFolder());
    expect(await store.textCandidates(['kafka'], undefined, 10)).toEqual([]);
    await store.append([row('a', 0, { words: 'kafka' })]);
    expect(await store.textCandidates([], undefined, 10)).toEqual([]);
    expect(await store.textCandidates(['kafka'], undefined, 0)).toEqual([]);
  });

  it('never throw for hostile words', async () => {
    const store = await open(testFolder());
    await store.append([row('a', 0, { words: 'kafka' })]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary', maxLength: 30 }), { maxLength: 8 }), async (words) => {
        expect((await store.textCandidates([...words, 'kafka'], undefined, 10)).length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 40 },
    );
  });

  it('are not asked for when the signal has fired', async () => {
    const store = await open(testFolder());
    const signal = AbortSignal.abort(new Error('typed on'));
    await expect(store.textCandidates(['kafka'], undefined, 10, signal)).rejects.toThrow('typed on');
    await expect(store.vectorCandidates(vectorOf('x'), undefined, 10, signal)).rejects.toThrow('typed on');
  });
});

describe('vector candidates', () => {
  it('are the nearest by cosine, equal ones by id', async () => {
    const store = await open(testFolder());
    const rows = Array.from({ length: 200 }, (_, index) => row(`doc${index}`, 0, { words: `word${index % 50} text${index % 50}` }));
    await store.append(rows);
    const question = vectorOf('some question');
    const distance = (vector: Float32Array): number => 1 - vector.reduce((sum, value, index) => sum + value * (question[index] ?? 0), 0);
    const expected = rows.map((given) => ({ id: given.id, distance: distance(given.vector) })).sort((a, b) => a.distance - b.distance);
    const found = await store.vectorCandidates(question, undefined, 200);
    expect(found).toHaveLength(200);
    found.forEach((candidate, index) => {
      expect(candidate.distance).toBeCloseTo(expected[index]?.distance ?? Number.NaN, 4);
      const before = found[index - 1];
      if (before?.distance === candidate.distance) expect(before.row.id < candidate.row.id).toBe(true);
    });
  });

  it('see what was just put', async () => {
    const store = await open(testFolder());
    await store.append([row('a', 0), row('b', 0)]);
    await store.put([row('c', 0, { vector: vectorOf('the question') })]);
    const [first] = await store.vectorCandidates(vectorOf('the question'), undefined, 1);
    expect(first?.row.id).toBe('c#0');
    expect(first?.distance).toBeCloseTo(0, 5);
  });
});

describe('documents', () => {
  it('are listed once each, ordered by id, by kind', async () => {
    const store = await open(testFolder());
    await store.append([row('b', 0), row('b', 1), row('a', 0, { kind: 'guide' }), row('commit:1', 0, { kind: 'commit', paths: 'x\ny' })]);
    expect((await store.documents()).map(({ documentId }) => documentId)).toEqual(['a', 'b', 'commit:1']);
    expect(await store.documents(['guide'])).toEqual([{ documentId: 'a', kind: 'guide', path: 'a', document: '{"id":"a"}' }]);
    expect(await store.documents([])).toEqual([]);
    expect((await store.allRows(['decision', 'commit'], ['id', 'paths'])).sort((x, y) => (x.id < y.id ? -1 : 1))).toEqual([
      { id: 'b#0', paths: '' },
      { id: 'b#1', paths: '' },
      { id: 'commit:1#0', paths: 'x\ny' },
    ]);
  });
});

describe('opening', () => {
  it('finds what an earlier process wrote', async () => {
    const folder = testFolder();
    const first = await openStore(folder, OPTIONS);
    await first.append([row('a')]);
    const version = await first.version();
    await first.close();
    const second = await open(folder);
    expect(await second.count()).toBe(1);
    expect(await second.version()).toBe(version);
  });

  it('for reading creates nothing and says that there is none', async () => {
    const folder = testFolder();
    await expect(openStore(folder, { ...OPTIONS, readOnly: true })).rejects.toMatchObject({ code: 'store-failed', state: 'absent' });
    await expect(openStore(`${folder}/nowhere`, { ...OPTIONS, readOnly: true })).rejects.toMatchObject({ state: 'absent' });
  });

  it('says when another model made the vectors', async () => {
    const folder = testFolder();
    await (await open(folder)).append([row('a')]);
    await expect(openStore(folder, { ...OPTIONS, fingerprint: 'other:1' })).rejects.toMatchObject({
      state: 'other-model',
      reason: expect.stringContaining('test:1'),
    });
    await expect(openStore(folder, { ...OPTIONS, dimensions: 16 })).rejects.toMatchObject({ state: 'other-model' });
  });

  it('works again after the store was deleted, and an open reader is told instead of reading the old rows', async () => {
    const folder = testFolder();
    const writer = await open(folder);
    await writer.append([row('old', 0, { words: 'kafka' })]);
    const reader = await open(folder, { readOnly: true });
    expect(await reader.count()).toBe(1);
    await deleteStore(folder);
    await deleteStore(folder);
    const rebuilt = await open(folder, { fingerprint: 'other:1' });
    await rebuilt.append([row('new1'), row('new2')]);
    await expect(reader.rowsOf(['old'], ['id'])).rejects.toMatchObject({ state: 'damaged' });
    await expect(reader.textCandidates(['kafka'], undefined, 5)).rejects.toMatchObject({ state: 'damaged' });
    expect(await (await open(folder, { readOnly: true, fingerprint: 'other:1' })).count()).toBe(2);
  });

  it('for reading sees every later write', async () => {
    const folder = testFolder();
    const writer = await open(folder);
    const reader = await open(folder, { readOnly: true });
    const before = await reader.version();
    await writer.put([row('a')]);
    expect(await reader.count()).toBe(1);
    expect(await reader.version()).toBeGreaterThan(before);
    await writer.upkeep({ force: true });
    expect((await reader.documents()).map(({ documentId }) => documentId)).toEqual(['a']);
  });
});
