import type { Node } from 'web-tree-sitter';
import { composed, composedByCall, formatted } from './compose.ts';
import type { Argument, CodeFunction, Effect, Expression, Field, Parameter } from './model.ts';
import type { FlowLanguage, Place, Shape } from './shape.ts';

/** Deeper code is data, and would take the stack. */
const DEEPEST = 300;
/** The nodes that are read between two looks at the clock. */
const NODES_AT_A_TIME = 2_000;

const OPERATORS: Readonly<Record<string, 'concatenate' | 'compare' | 'choose'>> = {
  '+': 'concatenate',
  '==': 'compare',
  '===': 'compare',
  '!=': 'compare',
  '!==': 'compare',
  '??': 'choose',
  '||': 'choose',
  '?:': 'choose',
  or: 'choose',
};

/** Which part of a file is wanted: functions without a wanted line have no effects. Lines count from 0. */
export type Wanted = (firstLine: number, lastLine: number) => boolean;

type Draft = { -readonly [K in keyof CodeFunction]: CodeFunction[K] } & { effects: Effect[]; functions: CodeFunction[] };

class Expired extends Error {}

/** Lowers one tree. Made for one file: it knows the text and the function that is being read. */
class Lowering {
  readonly #language: FlowLanguage;
  readonly #text: string;
  readonly #wanted: Wanted;
  readonly #expired: () => boolean;
  #into: Draft;
  #depth = 0;
  #nodes = 0;

  constructor(language: FlowLanguage, text: string, root: Node, wanted: Wanted, expired: () => boolean) {
    this.#language = language;
    this.#text = text;
    this.#wanted = wanted;
    this.#expired = expired;
    this.#into = this.#draft('file', '', root);
  }

  file(root: Node): CodeFunction {
    this.#statements(root.namedChildren);
    return this.#into;
  }

  #draft(kind: CodeFunction['kind'], name: string, { startIndex, endIndex }: Node): Draft {
    const container = kind === 'type' ? name : this.#into?.container;
    return { kind, name, container, parameters: [], returns: undefined, effects: [], functions: [], start: startIndex, end: endIndex };
  }

  #shape(node: Node): Shape | undefined {
    return this.#language.shapes[node.type];
  }

  #at(node: Node, place: Place | undefined): Node | undefined {
    if (place === undefined) return undefined;
    if (typeof place === 'function') return place(node) ?? undefined;
    if (typeof place === 'string') return node.childForFieldName(place) ?? undefined;
    return (place >= 0 ? node.namedChild(place) : node.namedChild(node.namedChildCount + place)) ?? undefined;
  }

  #source({ startIndex, endIndex }: Node): string {
    return this.#text.slice(startIndex, endIndex);
  }

  /** The text of a name or type, without decoration: `: string` is `string`. */
  #label(node: Node | undefined): string | undefined {
    if (!node || node.endIndex - node.startIndex > 200) return undefined;
    const label = this.#source(node)
      .replace(/^[\s:*&]+/, '')
      .trim();
    return label === '' ? undefined : label;
  }

  #count(): void {
    this.#nodes += 1;
    if (this.#nodes % NODES_AT_A_TIME === 0 && this.#expired()) throw new Expired();
  }

  #statements(nodes: readonly (Node | null)[]): void {
    for (const node of nodes) if (node) this.#statement(node);
  }

  #statement(node: Node): void {
    this.#count();
    const shape = this.#shape(node);
    if (shape?.as === 'skip') return;
    if (this.#depth > DEEPEST) return;
    this.#depth += 1;
    if (shape === undefined || shape.as === 'block' || shape.as === 'parameter') this.#statements(node.namedChildren);
    else if (shape.as === 'inner') {
      const inner = this.#at(node, shape.inner ?? 0);
      if (inner) this.#statement(inner);
    } else {
      const value = this.#expression(node);
      const isEffect = ['assign', 'return', 'condition', 'switch', 'function', 'type'].includes(shape.as);
      if (value && !isEffect) this.#effect({ kind: 'evaluate', value, start: node.startIndex, end: node.endIndex });
    }
    this.#depth -= 1;
  }

  #effect(effect: Effect): void {
    this.#into.effects.push(effect);
  }

  /** The expression at a place, or nothing. */
  #part(node: Node, place: Place | undefined): Expression | undefined {
    const found = this.#at(node, place);
    return found && this.#expression(found);
  }

  #parts(nodes: readonly (Node | null)[]): Expression[] {
    return nodes.flatMap((node) => (node ? (this.#expression(node) ?? []) : []));
  }

  #other(node: Node): Expression {
    return { kind: 'other', node: node.type, children: this.#parts(node.namedChildren), start: node.startIndex, end: node.endIndex };
  }

  #expression(node: Node): Expression | undefined {
    this.#count();
    if (this.#depth > DEEPEST) return undefined;
    this.#depth += 1;
    const lowered = this.#lowered(node);
    this.#depth -= 1;
    return lowered;
  }

  #lowered(node: Node): Expression | undefined {
    const shape = this.#shape(node);
    const span = { start: node.startIndex, end: node.endIndex };
    switch (shape?.as) {
      case 'skip':
        return undefined;
      case 'string':
        return this.#string(node, shape.holes ?? []);
      case 'name':
        return { kind: 'name', name: this.#source(node), ...span };
      case 'member': {
        const object = this.#part(node, shape.object);
        const name = this.#label(this.#at(node, shape.name)) ?? '';
        return object ? { kind: 'member', object, name, ...span } : { kind: 'name', name, ...span };
      }
      case 'index': {
        const object = this.#part(node, shape.object);
        return object ? { kind: 'index', object, index: this.#part(node, shape.index), ...span } : this.#other(node);
      }
      case 'call':
        return this.#call(node, shape);
      case 'operation':
        return this.#operation(node, shape);
      case 'choice': {
        const branches = shape.branches.flatMap((place) => this.#part(node, place) ?? []);
        return { kind: 'choice', condition: this.#part(node, shape.condition), branches, ...span };
      }
      case 'record':
        return this.#record(node, shape);
      case 'argument':
      case 'field':
        return this.#part(node, shape.value);
      case 'shorthand':
        return { kind: 'name', name: this.#source(node), ...span };
      case 'inner':
        return this.#part(node, shape.inner ?? 0);
      case 'assign':
        return this.#assign(node, shape);
      case 'return': {
        const value = this.#part(node, shape.value ?? 0);
        if (value) this.#effect({ kind: 'return', value, ...span });
        return undefined;
      }
      case 'block':
        return this.#block(node, shape.value === true);
      case 'condition':
        return this.#condition(node, shape);
      case 'switch':
        return this.#switch(node, shape);
      case 'function': {
        const made = this.#function(node, shape);
        if (made.name !== '') this.#into.functions.push(made);
        return { kind: 'function', function: made, ...span };
      }
      case 'type':
        return this.#type(node, shape);
      default:
        return this.#other(node);
    }
  }

  #string(node: Node, holes: readonly string[]): Expression {
    const span = { start: node.startIndex, end: node.endIndex };
    const parts: Expression[] = [];
    let at = node.startIndex;
    const addText = (end: number): void => {
      if (end > at) parts.push(...this.#textParts(at, end));
    };
    for (const child of holes.length > 0 ? node.namedChildren : []) {
      if (!child || !holes.includes(child.type)) continue;
      addText(child.startIndex);
      const first = child.namedChild(0);
      const value = first && this.#expression(first);
      parts.push(value ?? { kind: 'other', node: child.type, children: [], start: child.startIndex, end: child.endIndex });
      at = child.endIndex;
    }
    addText(node.endIndex);
    return composed('template', this.#unquoted(parts), span) ?? this.#other(node);
  }

  /** Text from `start` to `end`, with the holes that the grammar left in it. */
  #textParts(start: number, end: number): Expression[] {
    const holes = this.#language.textHoles;
    const source = this.#text.slice(start, end);
    const parts: Expression[] = [];
    let at = 0;
    for (const match of holes ? source.matchAll(holes) : []) {
      const name = match[1] ?? '';
      if (match.index > at) parts.push({ kind: 'text', value: source.slice(at, match.index), start: start + at, end: start + match.index });
      at = match.index + match[0].length;
      parts.push({ kind: 'name', name, start: start + at - name.length, end: start + at });
    }
    if (at < source.length) parts.push({ kind: 'text', value: source.slice(at), start: start + at, end });
    return parts;
  }

  /** Without the quotes and prefixes at both ends. */
  #unquoted(parts: Expression[]): Expression[] {
    const out = [...parts];
    const [first] = out;
    if (first?.kind === 'text')
      out[0] = { ...first, value: first.value.replace(/^(?:[A-Za-z@$]{0,3}#*)("""|'''|["'`]|%[qQwW]?\W|:"?)/, '') };
    const last = out.at(-1);
    if (last?.kind === 'text') out[out.length - 1] = { ...last, value: last.value.replace(/(?:"""|'''|["'`])#*$/, '') };
    return out.filter((part) => part.kind !== 'text' || part.value !== '' || parts.length === 1);
  }

  #argumentsOf(node: Node | undefined): Argument[] {
    return (node?.namedChildren ?? []).flatMap((child) => {
      const shape = child && this.#shape(child);
      if (!child || shape?.as === 'skip') return [];
      const value = shape?.as === 'argument' ? this.#part(child, shape.value) : this.#expression(child);
      const name = shape?.as === 'argument' ? this.#label(this.#at(child, shape.name)) : undefined;
      return value ? [{ value, ...(name === undefined ? {} : { name }) }] : [];
    });
  }

  #call(node: Node, shape: Shape & { as: 'call' }): Expression {
    const span = { start: node.startIndex, end: node.endIndex };
    const calleeNode = this.#at(node, shape.callee);
    const callee = calleeNode && shape.receiver === undefined && !shape.constructs ? this.#expression(calleeNode) : undefined;
    const label = this.#label(calleeNode)?.replace(/<.*$/s, '') ?? '';
    const name = callee?.kind === 'member' || callee?.kind === 'name' ? callee.name : callee === undefined ? label : '';
    const receiver =
      callee?.kind === 'member' ? callee.object : callee?.kind === 'name' ? undefined : (callee ?? this.#part(node, shape.receiver));
    const given = this.#argumentsOf(this.#at(node, shape.arguments));
    const { composers } = this.#language;
    const composer =
      (receiver?.kind === 'name' ? composers[`${receiver.name}.${name}`] : undefined) ??
      (receiver ? composers[`.${name}`] : composers[name]);
    const string = composer && composedByCall(composer, receiver, given, span);
    return string ?? { kind: 'call', name, receiver, arguments: given, constructs: shape.constructs === true, ...span };
  }

  #operation(node: Node, shape: Shape & { as: 'operation' }): Expression {
    const span = { start: node.startIndex, end: node.endIndex };
    const left = this.#part(node, shape.left);
    const right = this.#part(node, shape.right);
    if (!left || !right) return left ?? right ?? this.#other(node);
    const between = this.#at(node, shape.operator ?? 'operator');
    const operator = between ? this.#source(between) : this.#text.slice(left.end, right.start).trim();
    const meaning = this.#language.operators?.[operator] ?? OPERATORS[operator];
    const other: Expression = { kind: 'other', node: node.type, children: [left, right], ...span };
    if (meaning === 'compare') return { kind: 'comparison', left, right, ...span };
    if (meaning === 'choose') return { kind: 'choice', condition: undefined, branches: [left, right], ...span };
    if (meaning === 'concatenate') return composed('concatenation', [left, right], span) ?? other;
    if (meaning === 'format' && left.kind === 'text') {
      const values = right.kind === 'other' ? right.children : [right];
      return (
        composed(
          'format',
          formatted(
            left.value,
            values.map((value) => ({ value })),
            span,
          ),
          span,
        ) ?? other
      );
    }
    return other;
  }

  #fieldOf(node: Node): Field | undefined {
    const shape = this.#shape(node);
    const span = { start: node.startIndex, end: node.endIndex };
    if (shape?.as === 'shorthand') return { name: this.#source(node), value: { kind: 'name', name: this.#source(node), ...span }, ...span };
    if (shape?.as !== 'field') return undefined;
    const value = this.#part(node, shape.value);
    const name = this.#label(this.#at(node, shape.name))?.replace(/^[["':]+|["'\]:]+$/g, '');
    return value && name !== undefined ? { name, value, ...span } : undefined;
  }

  #record(node: Node, shape: Shape & { as: 'record' }): Expression {
    const fields: Field[] = [];
    const rest: Expression[] = [];
    const holder = shape.fields === undefined ? node : this.#at(node, shape.fields);
    const typed = this.#at(node, shape.type);
    for (const child of holder?.namedChildren ?? []) {
      if (!child || child.id === typed?.id) continue;
      const field = this.#fieldOf(child);
      if (field) fields.push(field);
      else rest.push(...this.#parts([child]));
    }
    const type = this.#label(typed);
    return { kind: 'record', type, of: shape.element ? 'element' : 'value', fields, rest, start: node.startIndex, end: node.endIndex };
  }

  #assign(node: Node, shape: Shape & { as: 'assign' }): Expression | undefined {
    const target = this.#part(node, shape.target);
    const value = this.#part(node, shape.value);
    if (!target || !value) return target ?? value;
    const span = { start: node.startIndex, end: node.endIndex };
    const whole = shape.appends ? (composed('concatenation', [target, value], span) ?? value) : value;
    const type = this.#label(this.#at(node, shape.type));
    this.#effect({ kind: 'assign', target, value: whole, type, field: shape.field === true, ...span });
    return target;
  }

  /** The statements of a block; the value of the last one, where the language has one. */
  #block(node: Node, hasValue: boolean): Expression | undefined {
    const nodes = node.namedChildren.filter((child) => child !== null && this.#shape(child)?.as !== 'skip');
    const last = hasValue ? nodes.at(-1) : undefined;
    this.#statements(last ? nodes.slice(0, -1) : nodes);
    return last && this.#expression(last);
  }

  #condition(node: Node, shape: Shape & { as: 'condition' }): undefined {
    const condition = this.#at(node, shape.condition);
    const value = condition && this.#expression(condition);
    if (value) this.#effect({ kind: 'condition', value, start: value.start, end: value.end });
    this.#statements(node.namedChildren.filter((child) => child?.id !== condition?.id));
    return undefined;
  }

  #switch(node: Node, shape: Shape & { as: 'switch' }): Expression | undefined {
    const subject = this.#part(node, shape.subject);
    const values: Expression[] = [];
    const visit = (child: Node | null): void => {
      if (!child) return;
      const place = shape.cases[child.type];
      if (place === undefined) {
        if (Object.keys(shape.cases).length > 0 && this.#shape(child) === undefined) for (const inner of child.namedChildren) visit(inner);
        return;
      }
      const valueNode = this.#at(child, place);
      const right = valueNode && this.#expression(valueNode);
      if (subject && right) {
        const span = { start: right.start, end: right.end };
        this.#effect({ kind: 'evaluate', value: { kind: 'comparison', left: subject, right, ...span }, ...span });
      }
      const rest = child.namedChildren.filter((inner) => inner?.id !== valueNode?.id);
      const result = rest.length === 1 ? rest[0] : undefined;
      const value = result && this.#expression(result);
      if (value) values.push(value);
      else if (!result) this.#statements(rest);
    };
    for (const child of node.namedChildren) visit(child);
    return values.length > 0
      ? { kind: 'choice', condition: subject, branches: values, start: node.startIndex, end: node.endIndex }
      : undefined;
  }

  #parametersOf(node: Node | undefined): Parameter[] {
    if (!node) return [];
    const own = this.#shape(node);
    const nodes = own?.as === 'name' || own?.as === 'parameter' ? [node] : node.namedChildren;
    return nodes.flatMap((child) => {
      const shape = child && this.#shape(child);
      if (!child || (shape?.as !== 'parameter' && shape?.as !== 'name')) return [];
      const name = shape.as === 'name' ? this.#label(child) : this.#label(this.#at(child, shape.name));
      const type = shape.as === 'name' ? undefined : this.#label(this.#at(child, shape.type));
      return name === undefined ? [] : [{ name, type, start: child.startIndex, end: child.endIndex }];
    });
  }

  #function(node: Node, shape: Shape & { as: 'function' }): CodeFunction {
    const outer = this.#into;
    const made = this.#draft('function', this.#label(this.#at(node, shape.name)) ?? '', node);
    made.parameters = this.#parametersOf(this.#at(node, shape.parameters));
    made.returns = this.#label(this.#at(node, shape.returns));
    const receiver = this.#parametersOf(this.#at(node, shape.receiver))[0];
    if (receiver) made.container = receiver.type?.replace(/^[*&]+/, '') ?? made.container;
    const body = this.#at(node, shape.body);
    if (!body || (made.name !== '' && !this.#wanted(node.startPosition.row, node.endPosition.row))) return made;
    this.#into = made;
    const value = this.#expression(body);
    if (value) this.#effect({ kind: 'return', value, start: value.start, end: value.end });
    this.#into = outer;
    return made;
  }

  #type(node: Node, shape: Shape & { as: 'type' }): undefined {
    const outer = this.#into;
    const body = this.#at(node, shape.body);
    const made = this.#draft('type', this.#label(this.#at(node, shape.name)) ?? '', node);
    outer.functions.push(made);
    if (!body || !this.#wanted(node.startPosition.row, node.endPosition.row)) return;
    this.#into = made;
    this.#statements(body.namedChildren);
    this.#into = outer;
  }
}

/**
 * The common model of a file.
 * @param wanted which functions are read to the end; default: all
 * @param expired asked from time to time; where it says yes, the result is `undefined`
 */
export function lower(
  language: FlowLanguage,
  text: string,
  root: Node,
  { wanted = () => true, expired = () => false }: { readonly wanted?: Wanted; readonly expired?: () => boolean } = {},
): CodeFunction | undefined {
  try {
    return new Lowering(language, text, root, wanted, expired).file(root);
  } catch (error) {
    if (error instanceof Expired) return undefined;
    throw error;
  }
}
