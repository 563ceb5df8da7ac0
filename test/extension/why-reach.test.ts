import { describe, expect, it } from 'vitest';
import type { ThemeIcon } from 'vscode';
import { placeItem, reachSections, sectionItem } from '../../extension/why/reach.ts';
import type { WireReach } from '../../protocol/reach.ts';
import { spanAt } from '../support/engine.ts';

const SHOP = 'file:///shop';
const EMPTY: WireReach = {
  inForce: true,
  files: 0,
  replaces: [],
  replacedBy: [],
  cited: [],
  citedBy: [],
  named: [],
  linked: [],
  together: [],
};
const ropes = { id: 'docs/1.md', path: 'docs/1.md', title: 'Use ropes', status: 'superseded' as const, uri: `${SHOP}/docs/1.md` };

describe('what a record reaches, in Why this code', () => {
  it('is nothing where it reaches nothing', () => {
    expect(reachSections(EMPTY)).toEqual([]);
  });

  it('stands in sections in the order of their use, empty ones left out', () => {
    const sections = reachSections({
      ...EMPTY,
      replaces: [ropes],
      cited: [{ path: 'src/relay.ts', uri: `${SHOP}/src/relay.ts`, span: spanAt(3, 3, 11), text: '// ADR-0001' }],
      named: [{ path: 'src/**', isFile: false }],
      linked: [{ path: 'src/a.ts', isFile: true, uri: `${SHOP}/src/a.ts`, lines: { first: 4, last: 6 } }],
      together: [{ path: 'src/b.ts', uri: `${SHOP}/src/b.ts`, commits: 3, sha: 'a' }],
    });
    expect(sections.map(({ section, places }) => [section, places.map(({ label, description }) => `${label} | ${description}`)])).toEqual([
      ['Replaces', ['Use ropes | Superseded · docs/1.md']],
      ['Cited in Code', ['relay.ts:4 | // ADR-0001']],
      ['Linked by People', ['a.ts | line 5 · src']],
      ['Names', ['src/** | ']],
      ['Written Together With', ['b.ts | 3 commits · src']],
    ]);
    expect(sections.map((section) => sectionItem(section).description)).toEqual(['1', '1', '1', '1', '1']);
  });

  it('opens each place at its line, and nothing for a folder or pattern', () => {
    const [cited] = reachSections({ ...EMPTY, cited: [{ path: 'a.ts', uri: `${SHOP}/a.ts`, span: spanAt(3, 3, 11), text: 'x' }] });
    const [named] = reachSections({ ...EMPTY, named: [{ path: 'src/', isFile: false }] });
    const items = [...(cited?.places ?? []), ...(named?.places ?? [])].map(placeItem);
    expect(items.map(({ command }) => command?.arguments)).toEqual([[{ uri: `${SHOP}/a.ts`, range: spanAt(3, 3, 11) }], undefined]);
    expect(items.map(({ iconPath }) => (iconPath as ThemeIcon).id)).toEqual(['references', 'folder']);
  });
});
