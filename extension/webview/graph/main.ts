import { select } from 'd3-selection';
import { type D3ZoomEvent, zoom, zoomIdentity } from 'd3-zoom';
import { showDetails } from './details.ts';
import { type Drawing, layout, NODE, type PlacedNode } from './layout.ts';
import type { FromGraph, Graph, GraphStrings, ToGraph } from './messages.ts';
import { renderEdges, renderNode } from './render.ts';
import { type Direction, nextIn } from './walk.ts';

interface ViewState {
  readonly k: number;
  readonly x: number;
  readonly y: number;
  readonly focus: string;
}

declare const acquireVsCodeApi: () => {
  postMessage(message: FromGraph): void;
  getState(): ViewState | undefined;
  setState(state: ViewState): void;
};

const MARGIN = 24;
const SMALLEST = 0.08;
const LARGEST = 2.5;
const STEP = 1.3;
/** Names can be read down to this scale; the first look is no smaller. */
const READABLE = 0.8;

const api = acquireVsCodeApi();
const element = <E extends HTMLElement>(id: string): E => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no element "${id}".`);
  return found as E;
};
const strings = JSON.parse(document.body.dataset.strings ?? '{}') as GraphStrings;
const canvas = element('canvas');
const world = element('world');
const find = element<HTMLInputElement>('find');
const details = element('details');
const nothing = element('nothing');
const count = element('count');
const live = element('live');

let graph: Graph = { nodes: [], edges: [], total: 0 };
let drawing: Drawing = { nodes: [], edges: [], width: 0, height: 0 };
let focused = '';
let scale = 1;
let offset = { x: 0, y: 0 };

const format = (template: string, ...values: readonly (string | number)[]): string =>
  template.replace(/\{(\d)\}/g, (_, index) => String(values[Number(index)] ?? ''));

const buttonOf = (key: string): HTMLButtonElement | undefined =>
  [...world.querySelectorAll<HTMLButtonElement>('.node')].find((each) => each.dataset.key === key);
const placedOf = (key: string): PlacedNode | undefined => drawing.nodes.find(({ node }) => node.key === key);
const saveState = (): void => api.setState({ k: scale, ...offset, focus: focused });

const zooming = zoom<HTMLElement, unknown>()
  .scaleExtent([SMALLEST, LARGEST])
  .on('zoom', ({ transform }: D3ZoomEvent<HTMLElement, unknown>) => {
    scale = transform.k;
    offset = { x: transform.x, y: transform.y };
    world.style.transform = `translate(${transform.x}px, ${transform.y}px) scale(${transform.k})`;
    saveState();
  });
const surface = select(canvas);
surface.call(zooming).on('dblclick.zoom', null);

const moveTo = (k: number, x: number, y: number): void => {
  surface.call(zooming.transform, zoomIdentity.translate(x, y).scale(k));
};

/** The whole drawing, as large as it fits; no smaller than can be read if `readable`, then from its upper left corner. */
const showAll = (readable = false): void => {
  const { clientWidth, clientHeight } = canvas;
  if (drawing.width === 0 || clientWidth === 0) return;
  const whole = Math.min((clientWidth - 2 * MARGIN) / drawing.width, (clientHeight - 2 * MARGIN) / drawing.height, 1);
  const k = Math.max(SMALLEST, readable ? Math.max(whole, READABLE) : whole);
  const centred = (room: number, size: number): number => Math.max(MARGIN, (room - size * k) / 2);
  moveTo(k, centred(clientWidth, drawing.width), centred(clientHeight, drawing.height));
};

/** Moves the drawing as little as it takes to see a record. */
const reveal = ({ x, y }: PlacedNode): void => {
  const { clientWidth, clientHeight } = canvas;
  const shift = (start: number, size: number, room: number): number => {
    if (start < MARGIN) return MARGIN - start;
    return start + size > room - MARGIN ? Math.max(room - MARGIN - size - start, MARGIN - start) : 0;
  };
  const dx = shift(x * scale + offset.x, NODE.width * scale, clientWidth);
  const dy = shift(y * scale + offset.y, NODE.height * scale, clientHeight);
  if (dx !== 0 || dy !== 0) moveTo(scale, offset.x + dx, offset.y + dy);
};

/** Makes a record the one that the keyboard starts from, and shows what it has to do with others. */
const settle = (key: string): void => {
  focused = key;
  const linked = new Set(graph.edges.flatMap(({ from, to }) => (from === key ? [to] : to === key ? [from] : [])));
  for (const button of world.querySelectorAll<HTMLButtonElement>('.node')) {
    const own = button.dataset.key ?? '';
    button.tabIndex = own === key ? 0 : -1;
    button.classList.toggle('current', own === key);
    button.classList.toggle('linked', linked.has(own));
  }
  for (const edge of world.querySelectorAll<SVGElement>('.link')) {
    edge.classList.toggle('current', edge.dataset.from === key || edge.dataset.to === key);
  }
  const node = placedOf(key)?.node;
  if (node === undefined) details.hidden = true;
  else {
    showDetails(details, { node, graph, strings, go: focusOn, open: (beside) => open(key, beside) });
    api.postMessage({ type: 'preview', key });
  }
  saveState();
};

function focusOn(key: string): void {
  const placed = placedOf(key);
  if (placed === undefined) return;
  buttonOf(key)?.focus({ preventScroll: true });
  // The strip below may have taken some of the room.
  reveal(placed);
}

const open = (key: string, beside: boolean): void => api.postMessage({ type: 'open', key, beside });

const draw = (focus: string | undefined): void => {
  const hadFocus = world.contains(document.activeElement);
  drawing = layout(graph);
  world.style.width = `${drawing.width}px`;
  world.style.height = `${drawing.height}px`;
  world.replaceChildren(
    renderEdges(drawing),
    ...drawing.nodes.map((placed) =>
      renderNode(placed, { focus: () => settle(placed.node.key), open: (beside) => open(placed.node.key, beside) }),
    ),
  );
  count.textContent =
    graph.nodes.length < graph.total ? format(strings.bounded, graph.nodes.length, graph.total) : format(strings.records, graph.total);
  const first = drawing.nodes[0]?.node.key ?? '';
  const key = placedOf(focus ?? focused) ? (focus ?? focused) : first;
  for (const button of world.querySelectorAll<HTMLButtonElement>('.node')) button.tabIndex = button.dataset.key === key ? 0 : -1;
  if (focus !== undefined || hadFocus) focusOn(key);
  else if (key === focused) settle(key);
};

const receive = (message: ToGraph): void => {
  document.body.classList.toggle('empty', message.type === 'nothing' || (message.type === 'preview' && graph.total === 0));
  switch (message.type) {
    case 'graph': {
      const isFirst = graph.total === 0;
      graph = message.graph;
      nothing.hidden = true;
      const restored = isFirst ? api.getState() : undefined;
      if (restored) focused = restored.focus;
      draw(message.focus);
      if (restored) moveTo(restored.k, restored.x, restored.y);
      else if (isFirst) showAll(true);
      if (message.focus !== undefined) focusOn(message.focus);
      return;
    }
    case 'nothing':
      graph = { nodes: [], edges: [], total: 0 };
      world.replaceChildren();
      details.hidden = true;
      nothing.hidden = false;
      nothing.replaceChildren(
        Object.assign(document.createElement('p'), { textContent: message.text }),
        ...message.actions.map(({ label, command }) => {
          const button = Object.assign(document.createElement('button'), { type: 'button', textContent: label });
          button.addEventListener('click', () => api.postMessage({ type: 'command', command }));
          return button;
        }),
      );
      live.textContent = message.text;
      return;
    case 'preview':
      if (message.key === focused) element('sentence').textContent = message.sentence;
      return;
  }
};

/** The record whose name holds the words best: from its start, or anywhere. */
const found = (words: string): PlacedNode | undefined => {
  const wanted = words.trim().toLocaleLowerCase();
  if (wanted === '') return undefined;
  const all = drawing.nodes.filter(({ node }) => node.label.toLocaleLowerCase().includes(wanted));
  return all.find(({ node }) => node.label.toLocaleLowerCase().startsWith(wanted)) ?? all[0];
};

const look = (): void => {
  const hit = found(find.value);
  for (const button of world.querySelectorAll<HTMLButtonElement>('.node'))
    button.classList.toggle(
      'unmatched',
      hit !== undefined && !button.textContent.toLocaleLowerCase().includes(find.value.trim().toLocaleLowerCase()),
    );
  live.textContent = hit === undefined ? (find.value.trim() === '' ? '' : strings.notFound) : hit.node.label;
  find.setAttribute('aria-invalid', String(hit === undefined && find.value.trim() !== ''));
  if (hit === undefined) return;
  settle(hit.node.key);
  reveal(hit);
};

const DIRECTIONS: Readonly<Record<string, Direction>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };
const zoomBy = (factor: number): void => {
  surface.call(zooming.scaleBy, factor);
};
const ZOOMS: Readonly<Record<string, () => void>> = {
  '+': () => zoomBy(STEP),
  '=': () => zoomBy(STEP),
  '-': () => zoomBy(1 / STEP),
  '0': () => showAll(),
};

canvas.addEventListener('keydown', (event) => {
  const from = placedOf(focused);
  const direction = DIRECTIONS[event.key];
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (direction !== undefined && from !== undefined) {
    event.preventDefault();
    const next = nextIn(direction, from, drawing.nodes);
    if (next) focusOn(next.node.key);
  } else if (event.key === 'Home' || event.key === 'End') {
    event.preventDefault();
    focusOn((event.key === 'Home' ? drawing.nodes[0] : drawing.nodes.at(-1))?.node.key ?? '');
  } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    open(focused, true);
  } else if (isPlain && ZOOMS[event.key] !== undefined) {
    event.preventDefault();
    ZOOMS[event.key]?.();
  } else if (isPlain && /^\p{L}$/u.test(event.key)) {
    // Type-ahead: the letter goes on in the field.
    find.value = '';
    find.focus();
  }
});
find.addEventListener('input', look);
find.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' || event.key === 'ArrowDown') {
    event.preventDefault();
    focusOn(found(find.value)?.node.key ?? focused);
  } else if (event.key === 'Escape') {
    find.value = '';
    look();
    focusOn(focused);
  }
});
element('in').addEventListener('click', () => zoomBy(STEP));
element('out').addEventListener('click', () => zoomBy(1 / STEP));
element('fit').addEventListener('click', () => showAll());
window.addEventListener('message', (event: MessageEvent<ToGraph>) => receive(event.data));
api.postMessage({ type: 'ready' });
