import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DocumentIndex, type DocumentToIndex } from '../../server/retrieval/document-index.ts';
import { liftSuccessors, type Query, rankRecords } from '../../server/retrieval/rank-records.ts';
import { interleave } from '../../server/retrieval/search.ts';
import { snippetOf } from '../../server/retrieval/snippet.ts';
import { countWords, wordsOf } from '../../server/retrieval/words.ts';
import { recordHead } from '../support/register.ts';

const DIMENSIONS = 4;
const word = fc.constantFrom('kafka', 'queue', 'retry', 'order', 'price', 'event');
const vector = fc
  .array(fc.integer({ min: -9, max: 9 }), { minLength: DIMENSIONS, maxLength: DIMENSIONS })
  .map((values) => Float32Array.from(values, (value) => value / (Math.hypot(...values) || 1)));
const loaded: fc.Arbitrary<DocumentToIndex> = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    kind: fc.constantFrom('decision', 'guide'),
    passages: fc.array(fc.record({ words: fc.array(word, { maxLength: 6 }), vector }), { minLength: 1, maxLength: 4 }),
  })
  .map(({ id, kind, passages }) => ({
    head: recordHead(id, id, { kind }),
    version: `${id} ${JSON.stringify(passages)}`,
    passages: passages.map((passage, i) => ({
      headingPath: [id, i % 2 === 0 ? 'Context' : `H${i}`],
      text: passage.words.join(' '),
      span: { start: { line: i, character: 0 }, end: { line: i, character: 1 } },
      ...passage,
    })),
  }));
const step = fc.record({ documents: fc.array(loaded, { maxLength: 3 }), removed: fc.subarray(['a', 'b', 'c']) });
const query = fc
  .record({ words: fc.array(word, { maxLength: 4 }), vector })
  .map(({ words, vector }): Query => ({ text: words.join(' '), words: countWords(words), vector }));

const rankingOf = (documentIndex: DocumentIndex, asked: Query) =>
  rankRecords(documentIndex, asked, documentIndex.documents(['decision']), documentIndex.lexical.scores(asked.words)).map(
    ({ document, ...rest }) => ({
      id: document.head.id,
      hub: document.hub,
      ...rest,
    }),
  );

describe('the document index in memory', () => {
  it('ranks after any changes exactly as an index that was loaded from nothing', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), fc.array(vector, { maxLength: 3 }), query, (steps, subjects, asked) => {
        const changed = new DocumentIndex(DIMENSIONS);
        changed.settle(subjects);
        const live = new Map<string, DocumentToIndex>();
        for (const { documents, removed } of steps) {
          const unique = [...new Map(documents.map((document) => [document.head.id, document])).values()];
          for (const id of removed) live.delete(id);
          for (const document of unique) live.set(document.head.id, document);
          changed.update(unique, removed);
          changed.settle();
        }
        const fresh = new DocumentIndex(DIMENSIONS);
        fresh.update([...live.values()], []);
        fresh.settle(subjects);
        expect(rankingOf(changed, asked)).toEqual(rankingOf(fresh, asked));
        expect([...changed.versions()].sort()).toEqual([...fresh.versions()].sort());
      }),
    );
  });
});

describe('ranking records for a question', () => {
  const ZERO = new Float32Array(DIMENSIONS);
  const ranked = (
    records: Readonly<Record<string, readonly (readonly [heading: string, words: string])[]>>,
    question: string,
  ): string[] => {
    const documentIndex = new DocumentIndex(DIMENSIONS);
    const documents = Object.entries(records).map(
      ([id, sections]): DocumentToIndex => ({
        head: recordHead(id, id),
        version: id,
        passages: sections.map(([heading, words], line) => ({
          headingPath: [id, heading],
          text: words,
          words: words.split(' '),
          span: { start: { line, character: 0 }, end: { line, character: 1 } },
          vector: ZERO,
        })),
      }),
    );
    documentIndex.update(documents, []);
    documentIndex.settle([]);
    return rankingOf(documentIndex, { text: question, words: countWords(wordsOf(question)), vector: ZERO }).map(({ id }) => id);
  };

  it('counts the section on the problem more than another with the same words', () => {
    const context = ['Context and Problem Statement', 'kafka queue'] as const;
    const other = ['More', 'price order'] as const;
    expect(ranked({ a: [['Consequences', 'kafka queue'], other], b: [context, other] }, 'kafka')).toEqual(['b', 'a']);
    expect(ranked({ b: [['Consequences', 'kafka queue'], other], a: [context, other] }, 'kafka')).toEqual(['a', 'b']);
  });

  it('counts what the whole record says beyond its best sections', () => {
    const sections = (word: string) => Array.from({ length: 6 }, (_, i) => [`Part ${i}`, i < 4 ? 'kafka queue' : `${word} queue`] as const);
    expect(ranked({ a: sections('price'), b: sections('kafka') }, 'kafka')).toEqual(['b', 'a']);
  });
});

describe('lifting successors', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'];

  it('puts the record in force where the old one was, and the old one just below', () => {
    const ranked = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
    expect(liftSuccessors(ranked, new Map([['b', ['d']]])).map(({ id }) => id)).toEqual(['a', 'd', 'b', 'c']);
  });

  it('never loses a record, and never leaves a superseded one above all of its successors', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(ids, { minLength: 5 }), fc.nat(3), (order, old) => {
        const [from, heir] = [ids[old] ?? 'a', ids[old + 1] ?? 'e'];
        const lifted = liftSuccessors(
          order.map((id) => ({ id })),
          new Map([[from, [heir]]]),
        ).map(({ id }) => id);
        expect([...lifted].sort()).toEqual(ids);
        expect(lifted.indexOf(heir)).toBeLessThan(lifted.indexOf(from));
      }),
    );
  });
});

describe('interleaving kinds', () => {
  it('keeps the order of every kind and loses nothing', () => {
    const item = fc.record({ kind: fc.constant('decision' as const), relevance: fc.double({ min: 0, max: 1, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(fc.array(item, { maxLength: 5 }), { maxLength: 3 }), (drawn) => {
        const groups = drawn.map((group, g) => group.map((each, i) => ({ ...each, id: `${g}-${i}` })));
        const merged = interleave(groups);
        groups.forEach((group, g) => {
          expect(merged.filter(({ id }) => id.startsWith(`${g}-`))).toEqual(group);
        });
      }),
    );
  });
});

describe('a snippet', () => {
  it('stands verbatim where its span says, with highlights on words of the question', () => {
    const line = fc
      .array(fc.constantFrom('kafka', 'the', 'queue.', 'Änderung', 'retries', '👍', 'a-b'), { maxLength: 30 })
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), fc.subarray(['kafka', 'queue', 'retry']), (lines, asked) => {
        const text = lines.join('\n');
        const words = new Set(wordsOf(asked.join(' ')));
        const snippet = snippetOf(text, { line: 0, character: 0 }, words);
        const { start, end } = snippet.span;
        const offset = (line: number, character: number) =>
          lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character;
        expect(text.slice(offset(start.line, start.character), offset(end.line, end.character))).toBe(snippet.text);
        for (const highlight of snippet.highlights) expect(words).toContain(wordsOf(snippet.text.slice(highlight.start, highlight.end))[0]);
      }),
    );
  });
});

describe('knowledge that is settled in slices', () => {
  it('settled in slices, is the same as one that is settled at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(loaded, { maxLength: 6 }), fc.array(vector, { maxLength: 3 }), async (documents, subjects) => {
        const distinct = [...new Map(documents.map((document) => [document.head.id, document])).values()];
        const [atOnce, sliced] = [new DocumentIndex(DIMENSIONS), new DocumentIndex(DIMENSIONS)];
        atOnce.update(distinct, []);
        atOnce.settle(subjects);
        for (const document of distinct) sliced.update([document], []);
        await sliced.settleInSlices(subjects);
        const summary = (documentIndex: DocumentIndex) =>
          documentIndex.documents().map(({ head, hub, passages }) => ({ id: head.id, hub, scales: passages.map(({ scale }) => scale) }));
        expect(summary(sliced)).toEqual(summary(atOnce));
      }),
    );
  });
});
