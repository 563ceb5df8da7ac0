import type { Node } from 'web-tree-sitter';
import type { CodeFunction, Effect, Expression, Parameter, Text } from '../model.ts';
import type { FlowLanguage, Place, Shape } from '../shape.ts';

/** Deeper code is data, and would take the stack. */
const DEEPEST = 300;
/** The nodes that are read between two looks at the clock. */
const NODES_AT_A_TIME = 2_000;
/** Longer names and types are code. In UTF-16 units. */
const LONGEST_LABEL = 200;

/** Which part of a file is wanted: functions without a wanted line have no effects. Lines count from 0. */
export type Wanted = (firstLine: number, lastLine: number) => boolean;

/** A shape of one kind. */
export type ShapeOf<K extends Shape['as']> = Shape & { readonly as: K };

/** A function, a type or a file while it is read. */
export type Draft = { -readonly [K in keyof CodeFunction]: CodeFunction[K] } & {
  parameters: Parameter[];
  effects: Effect[];
  functions: CodeFunction[];
};

/** What is made of a node as a statement, and as an expression. */
export interface Readers {
  readonly statement: (reading: Reading, node: Node, shape: Shape | undefined) => void;
  readonly expression: (reading: Reading, node: Node, shape: Shape | undefined) => Expression | undefined;
}

/** What one file is read with. */
export interface ReadingOptions {
  readonly language: FlowLanguage;
  readonly text: string;
  readonly readers: Readers;
  readonly wanted: Wanted;
  readonly expired: () => boolean;
}

/** Thrown where the time is over. */
export class Expired extends Error {}

const SHAPES = new WeakMap<FlowLanguage, ReadonlyMap<string, FlowLanguage['shapes'][string]>>();

/** As a map, which has no `constructor` of its own. */
function shapesOf(language: FlowLanguage): ReadonlyMap<string, FlowLanguage['shapes'][string]> {
  const known = SHAPES.get(language) ?? new Map(Object.entries(language.shapes));
  SHAPES.set(language, known);
  return known;
}

/** A child by its number, negative from the end. Comments do not count. Looks at no more children than it has to: each look is a call into the parser. */
function childAt(children: readonly (Node | null)[], place: number): Node | undefined {
  const step = place < 0 ? -1 : 1;
  let left = place < 0 ? -place - 1 : place;
  for (let at = place < 0 ? children.length - 1 : 0; at >= 0 && at < children.length; at += step) {
    const child = children[at];
    if (!child || child.isExtra) continue;
    if (left === 0) return child;
    left -= 1;
  }
  return undefined;
}

/** The reading of one file: its text, the function that is being read, and the names that are known so far. */
export class Reading {
  readonly language: FlowLanguage;
  readonly text: string;
  readonly wanted: Wanted;
  /** Strings that have a name in the file, for formats. */
  readonly constants = new Map<string, Text>();
  /** What was appended to the string builders that have a name. */
  readonly builders = new Map<string, Expression[]>();
  into: Draft;
  readonly #shapes: ReadonlyMap<string, FlowLanguage['shapes'][string]>;
  readonly #readers: Readers;
  readonly #expired: () => boolean;
  /** Every access to a node costs a call into the parser; a field is asked for by its number, which is looked up once. */
  readonly #fields = new Map<string, number | undefined>();
  #depth = 0;
  #nodes = 0;

  constructor({ language, text, readers, wanted, expired }: ReadingOptions, root: Node) {
    this.language = language;
    this.text = text;
    this.wanted = wanted;
    this.#shapes = shapesOf(language);
    this.#readers = readers;
    this.#expired = expired;
    this.into = this.draft('file', '', root);
  }

  draft(kind: CodeFunction['kind'], name: string, { startIndex, endIndex }: Node): Draft {
    const container = kind === 'type' ? name : this.into?.container;
    return { kind, name, container, parameters: [], returns: undefined, effects: [], functions: [], start: startIndex, end: endIndex };
  }

  /** What a node is; `undefined` where the table does not say. */
  shape(node: Node): Shape | undefined {
    const shape = this.#shapes.get(node.type);
    return typeof shape === 'function' ? shape(node) : shape;
  }

  at(node: Node, place: Place | undefined): Node | undefined {
    if (place === undefined) return undefined;
    if (typeof place === 'function') return place(node) ?? undefined;
    if (typeof place === 'number') return childAt(node.namedChildren, place);
    const field = this.#fieldId(node, place);
    return field === undefined ? undefined : (node.childForFieldId(field) ?? undefined);
  }

  #fieldId(node: Node, name: string): number | undefined {
    if (!this.#fields.has(name)) this.#fields.set(name, node.tree.language.fieldIdForName(name) ?? undefined);
    return this.#fields.get(name);
  }

  /** The nodes at a place: all of a field, or the items of a list. */
  all(node: Node, place: Place | undefined): Node[] {
    const found = typeof place === 'string' ? node.childrenForFieldName(place) : [this.at(node, place)];
    return found.flatMap((one) => (one ? this.items(one) : []));
  }

  items(node: Node): Node[] {
    return this.shape(node)?.as === 'list' ? node.namedChildren.flatMap((child) => (child ? this.items(child) : [])) : [node];
  }

  /** What stands for a node that is nothing of its own. */
  inner(node: Node): Node {
    const shape = this.shape(node);
    const inner = shape?.as === 'inner' ? this.at(node, shape.inner ?? 0) : undefined;
    return inner ? this.inner(inner) : node;
  }

  source({ startIndex, endIndex }: Node): string {
    return this.text.slice(startIndex, endIndex);
  }

  /** The text of a name or type, without decoration: `: string` is `string`. */
  label(node: Node | undefined): string | undefined {
    const source = node ? this.source(node) : '';
    if (source.length > LONGEST_LABEL) return undefined;
    const label = source.replace(/^[\s:*&]+/, '').trim();
    return label === '' ? undefined : label;
  }

  /** Runs `read`, but for nodes that are too deep. */
  #deeper<T>(read: () => T): T | undefined {
    this.#nodes += 1;
    if (this.#nodes % NODES_AT_A_TIME === 0 && this.#expired()) throw new Expired();
    if (this.#depth > DEEPEST) return undefined;
    this.#depth += 1;
    const result = read();
    this.#depth -= 1;
    return result;
  }

  statement(node: Node): void {
    this.#deeper(() => this.#readers.statement(this, node, this.shape(node)));
  }

  statements(nodes: readonly (Node | null)[]): void {
    for (const node of nodes) if (node) this.statement(node);
  }

  expression(node: Node, shape = this.shape(node)): Expression | undefined {
    return this.#deeper(() => this.#readers.expression(this, node, shape));
  }

  /** The expression at a place, or nothing. */
  part(node: Node, place: Place | undefined): Expression | undefined {
    const found = this.at(node, place);
    return found && this.expression(found);
  }

  parts(nodes: readonly (Node | null)[]): Expression[] {
    return nodes.flatMap((node) => (node ? (this.expression(node) ?? []) : []));
  }

  other(node: Node): Expression {
    return { kind: 'other', node: node.type, children: this.parts(node.namedChildren), start: node.startIndex, end: node.endIndex };
  }

  effect(effect: Effect): void {
    this.into.effects.push(effect);
  }
}

/** Where a node is, in UTF-16 units. */
export const spanOf = ({ startIndex, endIndex }: Node): { readonly start: number; readonly end: number } => ({
  start: startIndex,
  end: endIndex,
});
