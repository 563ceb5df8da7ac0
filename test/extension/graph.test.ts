import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphOf, keyOf } from '../../extension/graph/model.ts';
import { layout, NODE } from '../../extension/webview/graph/layout.ts';
import type { Graph } from '../../extension/webview/graph/messages.ts';
import { nextIn } from '../../extension/webview/graph/walk.ts';
import type { WireRecord } from '../../protocol/authoring.ts';
import type { DecisionGraphResult } from '../../protocol/decisions.ts';

const record = (number: number, more: Partial<WireRecord> = {}): WireRecord => ({
  id: `${number}.md`,
  uri: `file:///shop/${number}.md`,
  path: `docs/${String(number).padStart(4, '0')}-x.md`,
  title: `Decision ${number}`,
  number: String(number),
  supersededBy: [],
  ...more,
});
const answer = (nodes: readonly WireRecord[], ...edges: DecisionGraphResult['edges'][number][]): DecisionGraphResult => ({ nodes, edges });

describe('what the decision graph draws', () => {
  it('says of each record its numbered title, its status and its day; a replaced record is superseded whatever it says', () => {
    const { nodes } = graphOf([
      answer([
        record(1, { status: 'accepted', supersededBy: ['2.md'], date: '2025-01-28T00:00:00Z' }),
        record(2, { status: 'proposed' }),
        record(3),
      ]),
    ]);
    expect(nodes.map(({ label, status, statusName, date }) => [label, status, statusName, date])).toEqual([
      ['0001 Decision 1', 'superseded', 'Superseded', '2025-01-28'],
      ['0002 Decision 2', 'proposed', 'Proposed', ''],
      ['0003 Decision 3', '', '', ''],
    ]);
  });

  it('keeps records of one id in two repositories apart, and takes two folders of one repository once', () => {
    const one = answer([record(1), record(2)], { from: '2.md', to: '1.md', kind: 'cites' });
    const other = answer([record(1, { uri: 'file:///other/1.md' })]);
    const graph = graphOf([one, one, other]);
    expect(graph.total).toBe(3);
    expect(graph.edges).toEqual([{ from: keyOf(record(2)), to: keyOf(record(1)), kind: 'cites', partial: false }]);
  });

  it('is bounded at any number of records, keeps the connected ones, then the newest, and says how many there are', () => {
    const nodes = Array.from({ length: 5_000 }, (_, at) => record(at + 1, { date: `20${String(10 + (at % 15))}-01-01` }));
    const graph = graphOf([answer(nodes, { from: '4000.md', to: '17.md', kind: 'supersedes' })]);
    expect(graph.nodes).toHaveLength(400);
    expect(graph.total).toBe(5_000);
    expect(graph.edges).toHaveLength(1);
    expect(graph.nodes.map(({ key }) => key)).toEqual(expect.arrayContaining([keyOf(record(17)), keyOf(record(4_000))]));
    expect(graph.nodes.filter(({ date }) => date.startsWith('2024')).length).toBe(333);
    expect(graph.nodes.filter(({ date }) => date.startsWith('2010')).length).toBeLessThanOrEqual(2);
  });
});

const graphs: fc.Arbitrary<Pick<Graph, 'nodes' | 'edges'>> = fc.integer({ min: 1, max: 14 }).chain((size) =>
  fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 16 }).map((pairs) => {
    const { nodes } = graphOf([answer(Array.from({ length: size }, (_, at) => record(at)))]);
    const unique = new Map(
      pairs
        .filter(([a, b]) => a !== b)
        .map(([a, b]) => [`${a} ${b}`, { from: nodes[a]?.key ?? '', to: nodes[b]?.key ?? '', kind: 'cites' as const, partial: false }]),
    );
    return { nodes, edges: [...unique.values()] };
  }),
);

describe('the layout of the graph', () => {
  it('places every record once and every line, none over another record, all inside the drawing', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { nodes, edges, width, height } = layout(graph);
        expect(new Set(nodes.map(({ node }) => node.key)).size).toBe(graph.nodes.length);
        expect(nodes).toHaveLength(graph.nodes.length);
        expect(edges).toHaveLength(graph.edges.length);
        for (const { points } of edges) expect(points.length).toBeGreaterThan(1);
        for (const [at, a] of nodes.entries()) {
          expect(a.x >= -0.01 && a.y >= -0.01 && a.x + NODE.width <= width + 0.01 && a.y + NODE.height <= height + 0.01).toBe(true);
          for (const b of nodes.slice(at + 1)) expect(Math.abs(a.x - b.x) >= NODE.width || Math.abs(a.y - b.y) >= NODE.height).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('puts a record above the one that it supersedes, and records that stand alone below the groups', () => {
    const { nodes } = layout(graphOf([answer([record(1), record(2), record(3)], { from: '3.md', to: '1.md', kind: 'supersedes' })]));
    const y = (number: number): number => nodes.find(({ node }) => node.key === keyOf(record(number)))?.y ?? Number.NaN;
    expect(y(3)).toBeLessThan(y(1));
    expect(y(2)).toBeGreaterThan(y(1));
  });
});

describe('the arrow keys in the graph', () => {
  const [a, b, c, d] = graphOf([answer([record(1), record(2), record(3), record(4)])]).nodes;
  const place = (node: typeof a, x: number, y: number) => ({
    node: node ?? { key: '', label: '', status: '', statusName: '', date: '', path: '' },
    x,
    y,
  });
  const nodes = [place(a, 0, 0), place(b, 220, 0), place(c, 220, 100), place(d, 0, 200)];
  const [first, second, third, fourth] = nodes;

  it.each([
    ['right', first, second],
    ['down', second, third],
    ['down', first, fourth],
    ['left', third, first],
    ['up', fourth, first],
    ['up', first, undefined],
    ['left', first, undefined],
  ] as const)('%s: the nearest record in that direction', (direction, from, to) => {
    expect(from && nextIn(direction, from, nodes)).toBe(to);
  });

  it('reach every record of a grid from every other', () => {
    const grid = Array.from({ length: 12 }, (_, at) =>
      place({ key: String(at), label: '', status: '', statusName: '', date: '', path: '' }, (at % 4) * 220, Math.floor(at / 4) * 90),
    );
    const reached = new Set<number>([0]);
    for (const at of reached) {
      const from = grid[at];
      for (const direction of ['left', 'right', 'up', 'down'] as const) {
        const next = from && nextIn(direction, from, grid);
        if (next) reached.add(grid.indexOf(next));
      }
    }
    expect(reached.size).toBe(12);
  });
});
