import { describe, expect, it } from 'vitest';
import { makerHits } from '../../server/decisions/explaining/line-commits.ts';
import { isWeak, orderRelated } from '../../server/decisions/explaining/order.ts';
import type { Evidence } from '../../server/model/evidence.ts';
import type { LineCommit } from '../../server/model/history.ts';
import { hitWith } from '../support/engine.ts';

const span = (line: number) => ({ start: { line, character: 0 }, end: { line, character: 5 } });
const scoped = (weight: number, line?: number): Evidence => ({
  kind: 'scoped',
  names: 'total',
  form: 'symbol',
  weight,
  explanation: 'names it',
  ...(line === undefined ? {} : { codeSpan: span(line) }),
});
const LINES = { first: 10, last: 20 };

describe('what is weakly related to lines', () => {
  it.each([
    ['evidence 1,600 lines away', hitWith({ kind: 'guide', path: 'docs/refs.md', evidence: [scoped(0.9, 1_620)] }), true],
    ['evidence nearby', hitWith({ kind: 'guide', path: 'docs/refs.md', evidence: [scoped(0.9, 40)] }), false],
    ['a weak hint', hitWith({ kind: 'guide', path: 'docs/refs.md', evidence: [scoped(0.2)] }), true],
    ['release notes', hitWith({ kind: 'guide', path: 'Documentation/RelNotes/2.56.0.adoc', evidence: [scoped(0.9, 12)] }), true],
    ['a change log', hitWith({ kind: 'guide', path: 'CHANGELOG.md', evidence: [scoped(0.9, 12)] }), true],
    [
      'a change log that the code cites',
      hitWith({ kind: 'guide', path: 'CHANGELOG.md', evidence: [{ kind: 'cited', citation: 'x', weight: 0.9, explanation: 'cited' }] }),
      false,
    ],
    ['a guide whose name begins like one', hitWith({ kind: 'guide', path: 'docs/historical-data.md', evidence: [scoped(0.9, 12)] }), false],
  ])('is told for %s', (_, hit, expected) => {
    expect(isWeak(hit, LINES)).toBe(expected);
  });
});

describe('the order of what is related', () => {
  it('is commits with reasons, commits of the lines, specifications at hand, documents, commits of the file, and what is weak', () => {
    const made = hitWith({ id: 'made', kind: 'commit' });
    const ordered = orderRelated(
      {
        commits: [made, hitWith({ id: 'why', kind: 'commit', reason: 'Because.' })],
        ofFile: [hitWith({ id: 'file', kind: 'commit' })],
        specifications: [
          hitWith({ id: 'like', kind: 'specification', evidence: [{ kind: 'similar', weight: 0.9, explanation: 'similar' }] }),
          hitWith({ id: 'operation', kind: 'specification', evidence: [scoped(0.9, 12)] }),
        ],
        documents: [
          hitWith({ id: 'far', kind: 'guide', path: 'docs/a.md', evidence: [scoped(0.9, 900)] }),
          hitWith({ id: 'near', kind: 'guide', path: 'docs/b.md', evidence: [scoped(0.9, 12)] }),
        ],
      },
      LINES,
    );
    expect(ordered.map(({ id, weak }) => (weak ? `${id} (weak)` : id))).toEqual([
      'why',
      'made',
      'operation',
      'near',
      'file',
      'far (weak)',
      'like',
    ]);
  });
});

describe('the commits that made a line', () => {
  it('say which commits only touched it since, and whether they were reverted', () => {
    const commit = (sha: string, more: Partial<LineCommit> = {}): LineCommit => ({
      sha: sha.repeat(40),
      subject: `Commit ${sha}`,
      date: '',
      author: '',
      path: 'a.ts',
      line: 1,
      ...more,
    });
    const hits = makerHits(
      {
        commits: [
          commit('a', { touch: 'moved' }),
          commit('b', { reason: { sentence: 'Because.', span: span(2) }, revertedBy: { sha: 'f'.repeat(40), subject: 'Revert' } }),
          commit('c'),
        ],
      },
      11,
    );
    expect(hits.map(({ sha, snippet, reason, evidence }) => [sha[0], snippet, reason, evidence[0]?.explanation])).toEqual([
      ['b', 'Because.', 'Because.', 'made line 12 (moved by aaaaaaa since); reverted by fffffff'],
      ['c', '', undefined, 'made line 12 before that'],
    ]);
  });
});
