import { describe, expect, it, test } from 'vitest';
import type { Hit } from '../../server/model/answer.ts';
import { grouped } from '../../server/model/hit-groups.ts';
import { isWeak, withoutCopies } from '../../server/retrieval/present.ts';
import { evidenceOf, hitWith } from '../support/engine.ts';

const hit = (id: string, kind: Hit['kind'], own: Partial<Hit> = {}): Hit =>
  hitWith({ id, path: id, kind, evidence: [evidenceOf('similar')], title: id, ...own });
const NAMED = [evidenceOf('matched', { weight: 1 })];
const WORDED = [evidenceOf('matched', { weight: 0.4 })];

describe('the order in which hits are shown', () => {
  it('is by kind, decisions first and commits last, each kind in its own order', () => {
    const hits = [
      hit('c1', 'commit'),
      hit('g1', 'guide'),
      hit('d1', 'decision'),
      hit('c2', 'commit'),
      hit('d2', 'decision'),
      hit('s', 'specification'),
    ];
    expect(grouped(hits).map(({ id }) => id)).toEqual(['d1', 'd2', 's', 'g1', 'c1', 'c2']);
  });

  it('begins with the kind of a document that the query names', () => {
    const hits = [hit('c1', 'commit', { evidence: NAMED }), hit('d1', 'decision'), hit('c2', 'commit')];
    expect(grouped(hits).map(({ id }) => id)).toEqual(['c1', 'c2', 'd1']);
    expect(grouped([hit('c1', 'commit', { evidence: WORDED }), hit('d1', 'decision')])[0]?.id).toBe('d1');
  });
});

test.each<[boolean, string, readonly Hit[]]>([
  [true, 'low scores without a word of the query', [hit('a', 'decision', { score: 0.1 }), hit('b', 'commit', { score: 0.09 })]],
  [true, 'one word in one of the best', [hit('a', 'decision', { score: 0.13, evidence: WORDED }), hit('b', 'commit', { score: 0.09 })]],
  [false, 'words in two', [hit('a', 'decision', { score: 0.1, evidence: WORDED }), hit('b', 'commit', { score: 0.09, evidence: WORDED })]],
  [false, 'a good score', [hit('a', 'decision', { score: 0.14 })]],
  [false, 'a name', [hit('a', 'decision', { score: 0.1, evidence: NAMED })]],
  [false, 'nothing at all', []],
])('that no hit is a good match is %s of %s', (weak, _, hits) => {
  expect(isWeak(hits)).toBe(weak);
});

describe('documents with the same title and the same passage', () => {
  it('are one hit that counts the others, however many there are before the limit is reached', () => {
    const copy = (id: string) => hit(id, 'guide', { title: 'Setup', snippet: 'Install it.' });
    const hits = [
      copy('v1/setup'),
      copy('v2/setup'),
      hit('other', 'guide'),
      copy('v3/setup'),
      hit('third', 'guide'),
      hit('fourth', 'guide'),
    ];
    expect(withoutCopies(hits, 3).map(({ id, copies }) => [id, copies])).toEqual([
      ['v1/setup', 2],
      ['other', undefined],
      ['third', undefined],
    ]);
  });

  it('stay apart where kind, title or passage differ, for commits, and where the query names them', () => {
    const same = { title: 'Setup', snippet: 'Install it.' };
    const hits = [
      hit('a', 'guide', same),
      hit('b', 'decision', same),
      hit('c', 'guide', { ...same, title: 'Set-up' }),
      hit('d', 'guide', { ...same, snippet: 'Install them.' }),
      hit('e', 'commit', same),
      hit('f', 'commit', same),
      hit('g', 'guide', { ...same, evidence: NAMED }),
    ];
    expect(withoutCopies(hits, 20)).toEqual(hits);
  });

  it('are not made beyond the limit', () => {
    let made = 0;
    const endless = function* () {
      for (;;) yield hit(`h${made++}`, 'guide', { title: `h${made}` });
    };
    expect(withoutCopies(endless(), 4)).toHaveLength(4);
    expect(made).toBe(5);
  });
});
