import { describe, expect, it } from 'vitest';
import { citationOf, shortSha } from '../../extension/citation.ts';
import { childrenOf, groupsOf, isGroup, isNotice, isReason, isReplacement, type Node } from '../../extension/why/groups.ts';
import type { EvidenceKind, WireEvidence, WireHit } from '../../protocol/index.ts';

const hit = (own: Partial<WireHit>, ...kinds: readonly EvidenceKind[]): WireHit => ({
  id: own.path ?? own.title ?? 'x',
  kind: 'decision',
  sha: '0123456789abcdef0123456789abcdef01234567',
  title: 'Keep money in cents',
  score: 0.5,
  snippet: '',
  highlights: [],
  span: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
  evidence: kinds.map((kind) => ({ kind, weight: 1, explanation: kind }) as WireEvidence),
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
    const groups = groupsOf({ governing: [governing], probable: [], related: [hit({ path: 'b.md' }, 'cited')], index });
    expect(groups[0]).toEqual({ id: 'governing', hits: [governing], more: [] });
    expect(groups.map(({ id }) => id)).toEqual(['governing', 'related']);
  });

  it('keep the order of the server, whatever connects a document to the code', () => {
    const related = [
      hit({ title: 'alike' }, 'similar', 'matched'),
      hit({ title: 'alike too', kind: 'guide' }, 'similar'),
      hit({ title: 'near' }, 'neighbour', 'similar'),
      hit({ kind: 'specification', title: 'alike' }, 'similar'),
      hit({ kind: 'specification', title: 'described' }, 'scoped'),
    ];
    const groups = groupsOf({ governing: [], probable: [], related, index });
    expect(groups.map(({ id, hits }) => [id, hits.map(({ title }) => title)])).toEqual([
      ['specifications', ['alike', 'described']],
      ['related', ['alike', 'alike too', 'near']],
    ]);
  });

  it('fold away what is only similar behind the first three, unless that is a single one', () => {
    const titles = (...related: readonly WireHit[]) =>
      groupsOf({ governing: [], probable: [], related, index }).map(({ hits, more }) =>
        [hits, more].map((all) => all.map(({ title }) => title)),
      );
    const similar = (title: string): WireHit => hit({ title, path: `${title}.md` }, 'similar');
    const near = hit({ title: 'near', path: 'near.md' }, 'neighbour');
    expect(titles(similar('a'), similar('b'), similar('c'), similar('d'), near, similar('e'))).toEqual([
      [
        ['a', 'b', 'c', 'near'],
        ['d', 'e'],
      ],
    ]);
    expect(titles(similar('a'), similar('b'), similar('c'), similar('d'), near)).toEqual([[['a', 'b', 'c', 'd', 'near'], []]]);
  });

  it('show for lines what governs the whole file after what governs them, and then what probably does', () => {
    const lines = hit({ path: 'a.md', id: 'a.md' }, 'cited');
    const file = { ...hit({ path: 'b.md', id: 'b.md' }, 'scoped'), wholeFile: true };
    const likely = hit({ path: 'c.md', id: 'c.md' }, 'changed-together');
    const near = hit({ path: 'd.md', id: 'd.md' }, 'neighbour');
    const groups = groupsOf({ governing: [lines, file], probable: [likely], related: [near], index });
    expect(groups.map(({ id, hits }) => [id, hits])).toEqual([
      ['governing', [lines]],
      ['file', [file]],
      ['probable', [likely]],
      ['related', [near]],
    ]);
  });

  it('put each kind into its own group, in a fixed order, and commits of the lines before those of the file', () => {
    const related = [
      hit({ kind: 'commit', title: 'of the file' }, 'changed-together'),
      hit({ kind: 'commit', title: 'of the lines' }, 'explained-by'),
      hit({ kind: 'specification', title: 's' }, 'scoped'),
      hit({ title: 'd' }, 'explained-by'),
      hit({ kind: 'guide', title: 'g' }, 'scoped'),
    ];
    const groups = groupsOf({ governing: [], probable: [], related, index });
    expect(groups.map(({ id, hits }) => [id, hits.map(({ title }) => title)])).toEqual([
      ['commits', ['of the lines', 'of the file']],
      ['specifications', ['s']],
      ['related', ['d', 'g']],
    ]);
  });

  it('are none where nothing was found', () => {
    expect(groupsOf({ governing: [], probable: [], related: [], index })).toEqual([]);
  });
});

describe('the rows below a document of Why this code', () => {
  const span = { start: { line: 2, character: 0 }, end: { line: 2, character: 9 } };

  it('are what replaced it, then its reasons in the order of the server', () => {
    const successor = { id: 'b.md', title: 'New', uri: 'file:///b.md', span };
    const old = hit({ path: 'a.md', status: 'superseded', supersededBy: ['b.md'], successors: [successor] }, 'cited', 'similar');
    const children = childrenOf(old);
    expect(children.map((child) => (isReplacement(child) ? child.successor.title : child.evidence.kind))).toEqual([
      'New',
      'cited',
      'similar',
    ]);
    expect(children.map(isReason)).toEqual([false, true, true]);
  });

  it('are none when the row of the document says everything', () => {
    expect(childrenOf(hit({ kind: 'commit' }, 'explained-by'))).toEqual([]);
    expect(childrenOf(hit({}, 'similar'))).toEqual([]);
    expect(childrenOf(hit({}, 'cited'))).toHaveLength(1);
    expect(childrenOf(hit({}))).toEqual([]);
  });

  it('can be distinguished from every other row', () => {
    const [reason] = childrenOf(hit({}, 'cited'));
    const rows: readonly Node[] = [{ id: 'related', hits: [], more: [] }, hit({}), { sentences: ['x'] }, ...(reason ? [reason] : [])];
    expect(rows.map((row) => [isGroup(row), isNotice(row), isReason(row), isReplacement(row)])).toEqual([
      [true, false, false, false],
      [false, false, false, false],
      [false, true, false, false],
      [false, false, true, false],
    ]);
  });
});
