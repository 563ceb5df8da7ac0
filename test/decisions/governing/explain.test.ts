import { describe, expect, it } from 'vitest';
import { explainedRecords, joinCommits, logBounds, noticesOf, withExplanation } from '../../../server/decisions/governing/explain.ts';
import { type LineExplanation, linesToExplain, NO_EXPLANATION } from '../../../server/decisions/governing/explained-lines.ts';
import type { CodeSymbol } from '../../../server/model/answer.ts';
import type { ExplainedByEvidence } from '../../../server/model/evidence.ts';
import { evidenceOf, hitWith } from '../../support/engine.ts';
import { documentIndexOf, documentsIn, registerOfFiles } from '../../support/register.ts';

const ROPES = 'docs/adr/0001-use-ropes.md';
const NETS = 'docs/adr/0002-use-nets.md';
const HOOKS = 'docs/adr/0003-use-hooks.md';
const record = (title: string): string => `# ${title}\n\n## Status\n\nAccepted\n\n## Decision\n\nWe do it.\n`;
const FILES = { [ROPES]: record('1. Use ropes'), [NETS]: record('2. Use nets'), [HOOKS]: record('3. Use hooks') };
const view = { documentIndex: documentIndexOf(documentsIn(FILES)), register: registerOfFiles(FILES) };

const blamed = (sha: string, weight: number): ExplainedByEvidence => ({ kind: 'explained-by', sha, weight, explanation: `by ${sha}` });
const explanation = (
  records: Readonly<Record<string, readonly ExplainedByEvidence[]>>,
  own: Partial<LineExplanation> = {},
): LineExplanation => ({
  ...NO_EXPLANATION,
  records: new Map(Object.entries(records)),
  ...own,
});

describe('the commits of the lines, added to a record', () => {
  it('stand among its other reasons, the strongest first', () => {
    const hit = hitWith({ id: ROPES, evidence: [evidenceOf('cited', { weight: 0.9 }), evidenceOf('similar', { weight: 0.1 })] });
    const [explained] = withExplanation([hit], explanation({ [ROPES]: [blamed('a', 0.45)] }));
    expect(explained?.evidence.map(({ kind }) => kind)).toEqual(['cited', 'explained-by', 'similar']);
    expect(explained?.score).toBe(hit.score);
  });

  it('take the place of the same commit where the history of the file named it alone', () => {
    const hit = hitWith({ id: ROPES, evidence: [evidenceOf('changed-together', { sha: 'a' })] });
    const [explained] = withExplanation([hit], explanation({ [ROPES]: [blamed('a', 0.45)] }));
    expect(explained?.evidence.map(({ kind }) => kind)).toEqual(['explained-by']);
  });

  it('leave a reason of several commits, and one of another commit, as they are', () => {
    for (const own of [
      { sha: 'a', commits: 2 },
      { sha: 'b', commits: 1 },
    ]) {
      const hit = hitWith({ id: ROPES, evidence: [evidenceOf('changed-together', own)] });
      const [explained] = withExplanation([hit], explanation({ [ROPES]: [blamed('a', 0.45)] }));
      expect(explained?.evidence.map(({ kind }) => kind)).toEqual(['changed-together', 'explained-by']);
    }
  });

  it('change nothing about other records, nor the order of the answer', () => {
    const hits = [hitWith({ id: NETS }), hitWith({ id: ROPES })];
    const explained = withExplanation(hits, explanation({ [ROPES]: [blamed('a', 0.45)] }));
    expect(explained.map(({ id }) => id)).toEqual([NETS, ROPES]);
    expect(explained[0]).toBe(hits[0]);
  });
});

describe('a record that only the commits of the lines point to', () => {
  const ids = (given: LineExplanation, path = 'src/a.ts', known = [] as string[]): string[] =>
    explainedRecords(
      view,
      path,
      given,
      known.map((id) => hitWith({ id })),
    ).map(({ id }) => id);

  it('is related, the one with the strongest commit first and equals by path', () => {
    expect(ids(explanation({ [NETS]: [blamed('a', 0.2)], [HOOKS]: [blamed('a', 0.4)], [ROPES]: [blamed('b', 0.2)] }))).toEqual([
      HOOKS,
      ROPES,
      NETS,
    ]);
  });

  it('is left out when the answer has it already, when it is the file asked about, and when the index lost it', () => {
    const given = explanation({ [ROPES]: [blamed('a', 0.2)], [NETS]: [blamed('a', 0.2)], 'docs/adr/0009-gone.md': [blamed('a', 0.2)] });
    expect(ids(given, NETS, [ROPES])).toEqual([]);
  });
});

describe('the commits of an answer', () => {
  it('are those that made the line, then those that last changed its neighbours, each once', () => {
    const commit = (id: string) => hitWith({ id, kind: 'commit' });
    const hits = joinCommits([commit('b')], [commit('a'), commit('b'), commit('c')]);
    expect(hits.map(({ id }) => id)).toEqual(['b', 'a', 'c']);
  });

  it('of an older state are limited to what came before the commit asked about', () => {
    expect(logBounds({ path: 'a.ts', asOf: 'abc' })).toEqual({ before: 'abc' });
    expect(logBounds({ path: 'a.ts' })).toEqual({});
  });
});

describe('the notices of an answer', () => {
  it('are said once each, and are absent when there are none', () => {
    expect(noticesOf(['Shallow.', 'Slow.', 'Shallow.'])).toEqual({ notices: ['Shallow.', 'Slow.'] });
    expect(noticesOf([])).toEqual({});
  });
});

describe('the lines whose commits are asked for', () => {
  const declared = (first: number, last: number): CodeSymbol => {
    const span = { start: { line: first, character: 0 }, end: { line: last, character: 1 } };
    return { name: 'a', kind: 'function', span, nameSpan: span, depth: 0 };
  };

  it('are those of the innermost declaration around the cursor', () => {
    expect(linesToExplain([declared(0, 100), declared(20, 30)], 25, 200)).toEqual({ first: 20, last: 30 });
  });

  it('are ten to either side outside of every declaration, cut to the file', () => {
    expect(linesToExplain([declared(0, 3)], 50, 200)).toEqual({ first: 40, last: 60 });
    expect(linesToExplain([], 2, 200)).toEqual({ first: 0, last: 12 });
    expect(linesToExplain([], 195, 200)).toEqual({ first: 185, last: 199 });
  });

  it('are ten to either side in a declaration that is too long to be one topic', () => {
    expect(linesToExplain([declared(0, 119)], 60, 500)).toEqual({ first: 0, last: 119 });
    expect(linesToExplain([declared(0, 120)], 60, 500)).toEqual({ first: 50, last: 70 });
  });

  it('are none for a cursor far behind the end of the file', () => {
    const { first, last } = linesToExplain([], 90, 20);
    expect(last).toBeLessThan(first);
  });
});
