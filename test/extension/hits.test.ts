import { describe, expect, it } from 'vitest';
import { citationOf, shortSha } from '../../extension/citation.ts';
import { groupsOf } from '../../extension/why-groups.ts';
import type { WireHit } from '../../protocol/index.ts';

const hit = (own: Partial<WireHit>, ...kinds: readonly string[]): WireHit => ({
  id: own.path ?? own.title ?? 'x',
  kind: 'decision',
  sha: '0123456789abcdef0123456789abcdef01234567',
  title: 'Keep money in cents',
  score: 0.5,
  snippet: '',
  highlights: [],
  span: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
  evidence: kinds.map((kind) => ({ kind, weight: 1, explanation: kind })),
  supersededBy: [],
  ...own,
});
const index = { sha: '', behind: 0 };

describe('a citation', () => {
  it('names a record by its path, because numbers are reused', () => {
    expect(citationOf(hit({ path: 'docs/decisions/0007-cents.md' }))).toBe('docs/decisions/0007-cents.md ("Keep money in cents")');
  });

  it('names a commit as git recommends', () => {
    expect(citationOf(hit({ kind: 'commit', title: 'Stop rounding' }))).toBe('012345678 ("Stop rounding")');
  });

  it('leaves a short id as it is', () => {
    expect(shortSha('abc')).toBe('abc');
  });
});

describe('the groups of Why this code', () => {
  it('show as governing exactly what the server says governs', () => {
    const governing = hit({ path: 'a.md' }, 'cited');
    const groups = groupsOf({ governing: [governing], related: [hit({ path: 'b.md' }, 'cited')], index });
    expect(groups[0]).toEqual({ id: 'governing', hits: [governing] });
    expect(groups.map(({ id }) => id)).toEqual(['governing', 'nearby']);
  });

  it('never call a text near or belonging that is only similar', () => {
    const related = (['decision', 'specification', 'guide', 'commit'] as const).map((kind) =>
      hit({ kind, title: kind }, 'similar', 'matched'),
    );
    expect(groupsOf({ governing: [], related, index })).toEqual([{ id: 'similar', hits: related }]);
  });

  it('put each kind with a place in the structure into its own group, in a fixed order', () => {
    const related = [
      hit({ kind: 'commit', title: 'c' }, 'changed-together'),
      hit({ title: 'd' }, 'neighbour', 'similar'),
      hit({ kind: 'guide', title: 'g' }, 'scoped'),
      hit({ kind: 'specification', title: 's' }, 'neighbour'),
    ];
    const groups = groupsOf({ governing: [], related, index });
    expect(groups.map(({ id, hits }) => [id, hits.map(({ title }) => title)])).toEqual([
      ['specifications', ['g', 's']],
      ['nearby', ['d']],
      ['commits', ['c']],
    ]);
  });

  it('are none where nothing was found', () => {
    expect(groupsOf({ governing: [], related: [], index })).toEqual([]);
  });
});
