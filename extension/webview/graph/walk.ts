import { NODE, type PlacedNode } from './layout.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** How much farther a record counts for every pixel that it lies beside the way. */
const ASIDE = 2;

/** The next record in a direction from one: the nearest, and rather one straight ahead. `undefined` where there is none. */
export const nextIn = (direction: Direction, from: PlacedNode, nodes: readonly PlacedNode[]): PlacedNode | undefined => {
  const horizontal = direction === 'left' || direction === 'right';
  const sign = direction === 'left' || direction === 'up' ? -1 : 1;
  const least = horizontal ? NODE.width / 2 : NODE.height / 2;
  let best: { readonly node: PlacedNode; readonly cost: number } | undefined;
  for (const node of nodes) {
    const [dx, dy] = [node.x - from.x, node.y - from.y];
    const ahead = sign * (horizontal ? dx : dy);
    if (node === from || ahead < least) continue;
    const cost = ahead + ASIDE * Math.abs(horizontal ? dy : dx);
    if (best === undefined || cost < best.cost) best = { node, cost };
  }
  return best?.node;
};
