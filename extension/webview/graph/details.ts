import type { Graph, GraphEdge, GraphNode, GraphStrings } from './messages.ts';

/** Others that are named of each kind of relation. */
const MOST_NAMED = 6;

interface Shown {
  readonly node: GraphNode;
  readonly graph: Graph;
  readonly strings: GraphStrings;
  /** Goes to another record. */
  readonly go: (key: string) => void;
  readonly open: (beside: boolean) => void;
}

const text = (name: string, className: string, content: string): HTMLElement => {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = content;
  return element;
};

/** "Supersedes X, Y": what records of one relation are, each a way to the record. */
const relation = (
  template: string,
  edges: readonly GraphEdge[],
  other: (edge: GraphEdge) => string,
  { graph, strings, go }: Shown,
): HTMLElement[] => {
  if (edges.length === 0) return [];
  const line = document.createElement('p');
  const [before = '', after = ''] = template.split('{0}');
  const named = edges.slice(0, MOST_NAMED).flatMap((edge, at) => {
    const key = other(edge);
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'go';
    const label = graph.nodes.find((node) => node.key === key)?.label ?? key;
    button.textContent = edge.partial ? strings.inPart.replace('{0}', label) : label;
    button.addEventListener('click', () => go(key));
    return at === 0 ? [button] : [', ', button];
  });
  line.append(before, ...named, ...(edges.length > MOST_NAMED ? [`, +${edges.length - MOST_NAMED}`] : []), after);
  return [line];
};

/** The strip below the drawing: the record that has the focus, what it decides, and what it has to do with others. */
export const showDetails = (strip: HTMLElement, shown: Shown): void => {
  const { node, graph, strings, open } = shown;
  const kinds = ['supersedes', 'amends', 'cites'] as const;
  const relations = kinds.flatMap((kind) => {
    const own = graph.edges.filter((edge) => edge.kind === kind);
    return [
      ...relation(
        strings.says[kind],
        own.filter(({ from }) => from === node.key),
        ({ to }) => to,
        shown,
      ),
      ...relation(
        strings.isSaid[kind],
        own.filter(({ to }) => to === node.key),
        ({ from }) => from,
        shown,
      ),
    ];
  });
  const title = document.createElement('h2');
  const openButton = document.createElement('button');
  openButton.type = 'button';
  openButton.className = 'open';
  openButton.textContent = strings.open;
  openButton.addEventListener('click', (event) => open(event.ctrlKey || event.metaKey));
  title.append(text('span', 'name', node.label), openButton);
  const sentence = text('p', 'sentence', '');
  sentence.id = 'sentence';
  const facts = text('p', 'facts', [node.statusName, node.date, node.path].filter((part) => part !== '').join(' · '));
  strip.replaceChildren(title, facts, sentence, ...(relations.length === 0 ? [text('p', 'facts', strings.noEdges)] : relations));
  strip.hidden = false;
};
