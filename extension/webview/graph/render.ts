import { type Drawing, NODE, type PlacedEdge, type PlacedNode, type Point } from './layout.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** Length of an arrow head, in pixels at scale 1. */
const HEAD = 9;

const svg = (name: string, attributes: Readonly<Record<string, string>>): SVGElement => {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

const round = (value: number): string => value.toFixed(1);

/** A line through points, with round corners: each inner point bends the line towards the middle of the next stretch. */
export const pathOf = (points: readonly Point[]): string => {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return '';
  const bends = rest.slice(0, -1).map((point, at) => {
    const next = rest[at + 1] ?? point;
    const isLast = at === rest.length - 2;
    const end = isLast ? next : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q${round(point.x)} ${round(point.y)} ${round(end.x)} ${round(end.y)}`;
  });
  return `M${round(first.x)} ${round(first.y)}${bends.length === 0 ? `L${round(last.x)} ${round(last.y)}` : bends.join('')}`;
};

/** The head of an arrow at the end of a line. */
const headOf = (points: readonly Point[]): string => {
  const [before, end] = points.slice(-2);
  if (before === undefined || end === undefined) return '';
  const length = Math.hypot(end.x - before.x, end.y - before.y) || 1;
  const [dx, dy] = [(end.x - before.x) / length, (end.y - before.y) / length];
  const base = { x: end.x - dx * HEAD, y: end.y - dy * HEAD };
  const half = HEAD * 0.5;
  return `M${round(end.x)} ${round(end.y)}L${round(base.x - dy * half)} ${round(base.y + dx * half)}L${round(base.x + dy * half)} ${round(base.y - dx * half)}Z`;
};

const renderEdge = ({ edge, points }: PlacedEdge): SVGElement => {
  const group = svg('g', { class: `link ${edge.kind}` });
  group.dataset.from = edge.from;
  group.dataset.to = edge.to;
  group.append(
    svg('path', { class: `edge ${edge.kind}`, d: pathOf(points) }),
    svg('path', { class: `head ${edge.kind}`, d: headOf(points) }),
  );
  return group;
};

/** All lines. Screen readers hear of them with the record that has the focus. */
export const renderEdges = ({ edges, width, height }: Drawing): SVGElement => {
  const layer = svg('svg', { class: 'edges', width: String(width), height: String(height), 'aria-hidden': 'true' });
  layer.append(...edges.map(renderEdge));
  return layer;
};

/** A record: a button with its name, its status and its day. */
export const renderNode = (
  { node, x, y }: PlacedNode,
  { focus, open }: { readonly focus: () => void; readonly open: (beside: boolean) => void },
): HTMLButtonElement => {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = `node ${node.status}`;
  button.dataset.key = node.key;
  button.style.left = `${x}px`;
  button.style.top = `${y}px`;
  button.style.width = `${NODE.width}px`;
  button.style.height = `${NODE.height}px`;
  button.title = node.label;
  const name = document.createElement('span');
  name.className = 'name';
  name.textContent = node.label;
  const facts = document.createElement('span');
  facts.className = 'facts';
  facts.textContent = [node.statusName, node.date].filter((part) => part !== '').join(' · ');
  button.append(name, facts);
  button.addEventListener('focus', focus);
  button.addEventListener('click', () => button.focus());
  button.addEventListener('dblclick', (event) => open(event.ctrlKey || event.metaKey));
  button.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    open(false);
  });
  return button;
};
