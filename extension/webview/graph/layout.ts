import { Graph as Dagre, layout as place } from '@dagrejs/dagre';
import type { Graph, GraphEdge, GraphNode } from './messages.ts';

/** Size of a record in the drawing, in pixels at scale 1. */
export const NODE = { width: 196, height: 58 } as const;
const GAP = 28;
const RANK_GAP = 46;
/** Width to height of the whole, as windows are. */
const RATIO = 1.5;

export interface Point {
  readonly x: number;
  readonly y: number;
}
/** A record with its left upper corner. */
export interface PlacedNode extends Point {
  readonly node: GraphNode;
}
export interface PlacedEdge {
  readonly edge: GraphEdge;
  readonly points: readonly Point[];
}
export interface Drawing {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly width: number;
  readonly height: number;
}

/** The records that hang together, the largest group first; records that stand alone are left out. */
const components = ({ nodes, edges }: Pick<Graph, 'nodes' | 'edges'>): readonly (readonly GraphNode[])[] => {
  const groupOf = new Map<string, GraphNode[]>(nodes.map((node) => [node.key, [node]]));
  for (const { from, to } of edges) {
    const [a, b] = [groupOf.get(from), groupOf.get(to)];
    if (a === undefined || b === undefined || a === b) continue;
    const [large, small] = a.length >= b.length ? [a, b] : [b, a];
    large.push(...small);
    for (const { key } of small) groupOf.set(key, large);
  }
  return [...new Set(groupOf.values())].filter(({ length }) => length > 1).sort((a, b) => b.length - a.length);
};

/** One group in layers: what says something of another record stands above it. */
const layered = (nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Drawing => {
  const graph = new Dagre();
  graph.setGraph({ rankdir: 'TB', nodesep: GAP, ranksep: RANK_GAP });
  graph.setDefaultEdgeLabel(() => ({}));
  const keys = new Set(nodes.map(({ key }) => key));
  const own = edges.filter(({ from, to }) => keys.has(from) && keys.has(to));
  for (const { key } of nodes) graph.setNode(key, { ...NODE });
  for (const { from, to } of own) graph.setEdge(from, to);
  place(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    nodes: nodes.map((node) => {
      const { x = 0, y = 0 } = graph.node(node.key);
      return { node, x: x - NODE.width / 2, y: y - NODE.height / 2 };
    }),
    edges: own.map((edge) => ({ edge, points: graph.edge(edge.from, edge.to).points ?? [] })),
    width,
    height,
  };
};

/** Records without an edge, in rows. */
const inRows = (nodes: readonly GraphNode[], width: number): Drawing => {
  const perRow = Math.max(1, Math.floor((width + GAP) / (NODE.width + GAP)));
  const rows = Math.ceil(nodes.length / perRow);
  return {
    nodes: nodes.map((node, at) => ({
      node,
      x: (at % perRow) * (NODE.width + GAP),
      y: Math.floor(at / perRow) * (NODE.height + GAP),
    })),
    edges: [],
    width: Math.min(nodes.length, perRow) * (NODE.width + GAP) - GAP,
    height: rows === 0 ? 0 : rows * (NODE.height + GAP) - GAP,
  };
};

const moved = ({ nodes, edges, ...size }: Drawing, by: Point): Drawing => ({
  ...size,
  nodes: nodes.map((each) => ({ ...each, x: each.x + by.x, y: each.y + by.y })),
  edges: edges.map(({ edge, points }) => ({ edge, points: points.map(({ x, y }) => ({ x: x + by.x, y: y + by.y })) })),
});

/**
 * Where everything is drawn: groups of records that say something of each other in layers, side by side in rows of about the width of a window, and below
 * them the records that stand alone. The same records give the same drawing.
 */
export const layout = ({ nodes, edges }: Pick<Graph, 'nodes' | 'edges'>): Drawing => {
  const groups = components({ nodes, edges }).map((group) => layered(group, edges));
  const grouped = new Set(groups.flatMap((group) => group.nodes.map(({ node }) => node.key)));
  const alone = nodes.filter(({ key }) => !grouped.has(key));
  const area =
    groups.reduce((sum, { width, height }) => sum + (width + GAP) * (height + RANK_GAP), 0) +
    alone.length * (NODE.width + GAP) * (NODE.height + GAP);
  const wide = Math.max(NODE.width, ...groups.map(({ width }) => width), Math.sqrt(area * RATIO));
  const placed: Drawing[] = [];
  let [x, y, rowHeight] = [0, 0, 0];
  for (const group of groups) {
    if (x > 0 && x + group.width > wide) [x, y, rowHeight] = [0, y + rowHeight + RANK_GAP, 0];
    placed.push(moved(group, { x, y }));
    x += group.width + GAP;
    rowHeight = Math.max(rowHeight, group.height);
  }
  const below = groups.length === 0 ? 0 : y + rowHeight + RANK_GAP;
  const rest = moved(inRows(alone, wide), { x: 0, y: below });
  const all = [...placed, rest];
  return {
    nodes: all.flatMap((each) => each.nodes),
    edges: all.flatMap((each) => each.edges),
    width: Math.max(
      ...all.map((each, at) => (at < placed.length ? Math.max(...each.nodes.map((node) => node.x + NODE.width)) : each.width)),
    ),
    height: alone.length > 0 ? below + rest.height : Math.max(0, below - RANK_GAP),
  };
};
