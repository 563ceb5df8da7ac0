import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ExplainingCommit, explainLines, linesInWords } from '../../server/decisions/governing/explained-by.ts';

const commit = (letter: string, more: Partial<ExplainingCommit> = {}): ExplainingCommit => ({
  sha: letter.repeat(40),
  subject: `Subject ${letter}`,
  body: '',
  date: '2024-05-11T10:00:00+02:00',
  files: 3,
  merge: false,
  cited: [],
  changed: [],
  ...more,
});

const KAFKA = 'docs/adr/0007-use-kafka.md';
const lines = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('lines in words', () => {
  it('count from one and join neighbours', () => {
    expect(linesInWords([11])).toBe('line 12');
    expect(linesInWords([11, 12, 13])).toBe('lines 12-14');
    expect(linesInWords([0, 4])).toBe('lines 1 and 5');
    expect(linesInWords([0, 1, 4, 8, 9])).toBe('lines 1-2, 5 and 9-10');
    expect(linesInWords([0, 2, 4, 6, 8])).toBe('lines 1, 3, 5 and more');
  });
});

describe('commits that explain lines', () => {
  it('come by the number of lines that they explain', () => {
    const { hits } = explainLines(
      [
        { commit: commit('a'), lines: lines(8, 9) },
        { commit: commit('b'), lines: lines(10, 18) },
      ],
      12,
    );
    expect(hits.map(({ sha }) => sha[0])).toEqual(['b', 'a']);
    expect(hits[0]).toMatchObject({
      id: `commit:${'b'.repeat(40)}`,
      kind: 'commit',
      title: 'Subject b',
      date: '2024-05-11T10:00:00+02:00',
      evidence: [{ kind: 'explained-by', explanation: 'last changed lines 11-19', codeSpan: { start: { line: 10 }, end: { line: 19 } } }],
    });
  });

  it('come by nearness to the cursor where they explain as many', () => {
    const both = [
      { commit: commit('a'), lines: lines(0, 4) },
      { commit: commit('b'), lines: lines(5, 9) },
    ];
    expect(explainLines(both, 9).hits.map(({ sha }) => sha[0])).toEqual(['b', 'a']);
    expect(explainLines(both, 0).hits.map(({ sha }) => sha[0])).toEqual(['a', 'b']);
  });

  it('come late where they changed everything or merged', () => {
    const all = [
      { commit: commit('a', { files: 200 }), lines: lines(5, 9) },
      { commit: commit('b', { merge: true }), lines: lines(0, 4) },
      { commit: commit('c'), lines: lines(10, 14) },
    ];
    const { hits } = explainLines(all, 7);
    expect(hits.map(({ sha }) => sha[0])).toEqual(['c', 'b', 'a']);
    expect(hits[2]?.evidence[0]?.explanation).toBe('last changed lines 6-10, with 200 files or more');
  });

  it('show the beginning of their message verbatim, with its place', () => {
    const body = '\n  The queue was lost.\nSo we write first.\n\nDecision: 0007';
    const [hit] = explainLines([{ commit: commit('a', { body }), lines: [3] }], 3).hits;
    expect(hit?.snippet).toBe('The queue was lost.\nSo we write first.\n\nDecision: 0007');
    expect(hit?.span).toEqual({ start: { line: 3, character: 2 }, end: { line: 6, character: 14 } });
    expect(explainLines([{ commit: commit('a'), lines: [3] }], 3).hits[0]).toMatchObject({ snippet: '', span: { end: { character: 9 } } });
    expect(explainLines([{ commit: commit('a', { subject: '', date: '' }), lines: [3] }], 3).hits[0]?.title).toBe('(no message)');
  });

  it('say why the records that they cite or changed matter to the lines', () => {
    const { records } = explainLines(
      [
        { commit: commit('a', { cited: [KAFKA] }), lines: lines(10, 12) },
        { commit: commit('b', { cited: [KAFKA], changed: [KAFKA, 'docs/adr/0001-x.md'] }), lines: lines(20, 20) },
      ],
      11,
    );
    expect([...records.keys()]).toEqual(['docs/adr/0001-x.md', KAFKA]);
    expect(records.get(KAFKA)?.map(({ sha, explanation }) => [sha[0], explanation])).toEqual([
      ['a', 'cited by commit aaaaaaa, which last changed lines 11-13'],
      ['b', 'cited by commit bbbbbbb, which last changed line 21'],
    ]);
    expect(records.get('docs/adr/0001-x.md')?.[0]?.explanation).toBe('written together with line 21 in commit bbbbbbb');
  });

  it('say nothing of records where they changed more than 80 files', () => {
    const mass = { commit: commit('a', { files: 81, cited: [KAFKA] }), lines: [3] };
    expect(explainLines([mass], 3).records.size).toBe(0);
  });

  it('weigh the same in every order, and never enough to govern alone', () => {
    const explaining = fc.record({
      letter: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', '0'),
      files: fc.integer({ min: 1, max: 200 }),
      merge: fc.boolean(),
      cited: fc.constantFrom([], [KAFKA]),
      at: fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 20 }),
    });
    const some = fc.uniqueArray(explaining, { selector: ({ letter }) => letter, maxLength: 7 });
    fc.assert(
      fc.property(some, fc.integer({ min: 0, max: 60 }), (made, cursor) => {
        const items = made.map(({ letter, at, ...more }) => ({ commit: commit(letter, more), lines: at.sort((a, b) => a - b) }));
        const { hits, records } = explainLines(items, cursor);
        expect(explainLines(items.toReversed(), cursor)).toEqual({ hits, records });
        expect(hits.length).toBe(Math.min(5, items.length));
        for (const { score } of hits) expect(score).toBeLessThanOrEqual(1);
        for (const evidence of records.values()) for (const { weight } of evidence) expect(weight).toBeLessThan(0.5);
      }),
    );
  });
});
