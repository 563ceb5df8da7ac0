import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentHead } from '../../server/model/document.ts';
import { readDocuments, writeDocuments } from '../../server/retrieval/document-image.ts';
import { DocumentIndex, type DocumentToIndex } from '../../server/retrieval/document-index.ts';
import { rankRecords } from '../../server/retrieval/rank-records.ts';
import { countWords } from '../../server/retrieval/words.ts';
import { testFolder } from '../support/folder.ts';
import { recordHead } from '../support/register.ts';

const DIMENSIONS = 4;
const FORM = 'form';
const word = fc.constantFrom('kafka', 'queue', 'größe', '注文', 'price');
const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const vector = fc
  .array(fc.integer({ min: -9, max: 9 }), { minLength: DIMENSIONS, maxLength: DIMENSIONS })
  .map((values) => Float32Array.from(values, (value) => value / (Math.hypot(...values) || 1)));
const passage = fc.record({ words: fc.array(word, { maxLength: 5 }), vector, text, headings: fc.array(text, { maxLength: 3 }) });
const documentWith = (id: string, passages: readonly (typeof passage extends fc.Arbitrary<infer T> ? T : never)[]): DocumentToIndex => {
  const head: DocumentHead = recordHead(id, id);
  return {
    head,
    version: JSON.stringify({ ...head, contentHash: JSON.stringify(passages) }),
    passages: passages.map(({ headings, ...rest }, at) => ({
      headingPath: headings,
      span: { start: { line: at, character: 2 }, end: { line: at + 1, character: 3 } },
      ...rest,
    })),
  };
};
const loaded = fc
  .record({ id: fc.constantFrom('a', 'b', 'c', 'd'), passages: fc.array(passage, { minLength: 1, maxLength: 4 }) })
  .map(({ id, passages }) => documentWith(id, passages));
const documents = fc.uniqueArray(loaded, { selector: ({ head }) => head.id, maxLength: 4 });

/** All that is asked of an index. */
const sayings = (index: DocumentIndex) => {
  const query = { text: '', words: countWords(['kafka', 'größe', '注文']), vector: Float32Array.of(0.5, 0.5, 0.5, 0.5) };
  return {
    ranked: rankRecords(index, query, index.documents(), index.lexical.scores(query.words)).map(({ document, ...rest }) => ({
      id: document.head.id,
      hub: document.hub,
      ...rest,
    })),
    documents: index.documents().map(({ head, version, passages, unitWeights }) => ({
      head,
      version,
      unitWeights,
      passages: passages.map(({ headingPath, text: own, span, vector: numbers, questionWeight }) => ({
        headingPath,
        own,
        span,
        numbers: [...numbers],
        questionWeight,
      })),
    })),
    passages: index.passages,
  };
};

const read = async (path: string) => (await readDocuments(path, FORM, DIMENSIONS, 'index'))?.documentIndex;

describe('the image of the documents in memory', () => {
  it('is read as the index that it was written from, which changes as that one does', async () => {
    const path = join(testFolder(), 'documents.image');
    await fc.assert(
      fc.asyncProperty(documents, documents, documents, fc.array(vector, { maxLength: 2 }), async (first, second, third, subjects) => {
        const original = new DocumentIndex(DIMENSIONS);
        original.update(first, []);
        original.update(second, ['a']);
        original.settle(subjects);
        await writeDocuments(path, { form: FORM, version: 7 }, original);
        const shown = await readDocuments(path, FORM, DIMENSIONS, 'index');
        expect(shown?.version).toBe(7);
        shown?.documentIndex.settle(subjects);
        expect(shown && sayings(shown.documentIndex)).toEqual(sayings(original));
        for (const index of [original, shown?.documentIndex]) {
          index?.update(third, ['b']);
          index?.settle();
        }
        expect(shown && sayings(shown.documentIndex)).toEqual(sayings(original));
      }),
    );
  });

  it('of another form, with other vectors, cut or with any flipped bit is none', async () => {
    const path = join(testFolder(), 'documents.image');
    const index = new DocumentIndex(DIMENSIONS);
    index.update(
      [documentWith('a', [{ words: ['kafka'], vector: new Float32Array(DIMENSIONS), text: 'Kafka', headings: ['Context'] }])],
      [],
    );
    await writeDocuments(path, { form: FORM, version: 1 }, index);
    expect(await read(path)).toBeDefined();
    expect(await readDocuments(path, 'another form', DIMENSIONS, 'index')).toBeUndefined();
    expect(await readDocuments(path, FORM, DIMENSIONS + 1, 'index')).toBeUndefined();
    const whole = readFileSync(path);
    for (let at = 0; at < whole.length; at += 3) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 0x10;
      writeFileSync(path, damaged);
      expect(await read(path), `byte ${at}`).toBeUndefined();
    }
    for (const length of [0, 4, 8, Math.floor(whole.length / 2), whole.length - 1]) {
      writeFileSync(path, whole);
      truncateSync(path, length);
      expect(await read(path), `cut to ${length}`).toBeUndefined();
    }
    expect(await read(`${path}.absent`)).toBeUndefined();
  });
});
