import type { Node } from 'web-tree-sitter';
import { appended, begun, composed, composedByCall, formatted, streamed, withFormat } from './compose.ts';
import type { Argument, CodeFunction, Effect, Expression, Field, Parameter, Part, Text } from './model.ts';
import type { Composer, FlowLanguage, Operator, Place, Shape } from './shape.ts';
import { type TokenReader, tokenArguments } from './tokens.ts';

/** Deeper code is data, and would take the stack. */
const DEEPEST = 300;
/** The nodes that are read between two looks at the clock. */
const NODES_AT_A_TIME = 2_000;

const OPERATORS: Readonly<Record<string, Operator>> = {
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

type Draft = { -readonly [K in keyof CodeFunction]: CodeFunction[K] } & {
  parameters: Parameter[];
  effects: Effect[];
  functions: CodeFunction[];
};

class Expired extends Error {}

const SHAPES = new WeakMap<FlowLanguage, ReadonlyMap<string, FlowLanguage['shapes'][string]>>();

/** As a map, which has no `constructor` of its own. */
function shapesOf(language: FlowLanguage): ReadonlyMap<string, FlowLanguage['shapes'][string]> {
  const known = SHAPES.get(language) ?? new Map(Object.entries(language.shapes));
  SHAPES.set(language, known);
  return known;
}

/** Lowers one tree. Made for one file: it knows the text and the function that is being read. */
class Lowering {
  readonly #language: FlowLanguage;
  readonly #shapes: ReadonlyMap<string, FlowLanguage['shapes'][string]>;
  /** Strings that have a name in the file, for formats. */
  readonly #constants = new Map<string, Text>();
  readonly #text: string;
  readonly #wanted: Wanted;
  readonly #expired: () => boolean;
  /** What was appended to the string builders that have a name. */
  readonly #builders = new Map<string, Expression[]>();
  #into: Draft;
  #depth = 0;
  #nodes = 0;

  constructor(language: FlowLanguage, text: string, root: Node, wanted: Wanted, expired: () => boolean) {
    this.#language = language;
    this.#shapes = shapesOf(language);
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
    const shape = this.#shapes.get(node.type);
    return typeof shape === 'function' ? shape(node) : shape;
  }

  #at(node: Node, place: Place | undefined): Node | undefined {
    if (place === undefined) return undefined;
    if (typeof place === 'function') return place(node) ?? undefined;
    if (typeof place === 'string') return node.childForFieldName(place) ?? undefined;
    return node.namedChildren.filter((child) => child && !child.isExtra).at(place) ?? undefined;
  }

  /** The nodes at a place: all of a field, or the items of a list. */
  #all(node: Node, place: Place | undefined): Node[] {
    const found = typeof place === 'string' ? node.childrenForFieldName(place) : [this.#at(node, place)];
    return found.flatMap((one) => (one ? this.#items(one) : []));
  }

  #items(node: Node): Node[] {
    return this.#shape(node)?.as === 'list' ? node.namedChildren.flatMap((child) => (child ? this.#items(child) : [])) : [node];
  }

  /** What stands for a node that is nothing of its own. */
  #inner(node: Node): Node {
    const shape = this.#shape(node);
    const inner = shape?.as === 'inner' ? this.#at(node, shape.inner ?? 0) : undefined;
    return inner ? this.#inner(inner) : node;
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
    } else if (shape.as === 'condition') this.#condition(node, shape, false);
    else if (shape.as === 'switch') this.#switch(node, shape, false);
    else if (shape.as !== 'string' && shape.as !== 'name') {
      const value = this.#expression(node, shape);
      if (value?.kind === 'call') this.#append(value);
      const isEffect = ['assign', 'return', 'each', 'function', 'type'].includes(shape.as);
      // A name alone does nothing: it is one that the statement declares.
      if (value && !isEffect && value.kind !== 'name')
        this.#effect({ kind: 'evaluate', value, start: node.startIndex, end: node.endIndex });
    }
    this.#depth -= 1;
  }

  /** `builder.append(a).append(b);` */
  #append(chain: Expression): void {
    const { parts = [], to } = appended(chain) ?? {};
    if (to?.kind === 'name') this.#builders.get(to.name)?.push(...parts);
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

  #expression(node: Node, shape = this.#shape(node)): Expression | undefined {
    this.#count();
    if (this.#depth > DEEPEST) return undefined;
    this.#depth += 1;
    const lowered = this.#lowered(node, shape);
    this.#depth -= 1;
    return lowered;
  }

  #lowered(node: Node, shape: Shape | undefined): Expression | undefined {
    const span = { start: node.startIndex, end: node.endIndex };
    switch (shape?.as) {
      case 'skip':
        return undefined;
      case 'string':
        return shape.content ? this.#contents(node, shape, shape.content) : this.#string(node, shape.holes ?? []);
      case 'name':
        return { kind: 'name', name: this.#source(this.#at(node, shape.name) ?? node), ...span };
      case 'own': {
        const object: Expression = { kind: 'name', name: 'self', start: span.start, end: span.start };
        return { kind: 'member', object, name: this.#source(node).replace(/^\W+/, ''), ...span };
      }
      case 'member': {
        const object = this.#part(node, shape.object);
        const name = this.#label(this.#at(node, shape.name))?.replace(/<.*$/s, '') ?? '';
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
        for (const one of this.#all(node, shape.value ?? 0)) {
          const value = this.#expression(one);
          if (value) this.#effect({ kind: 'return', value, ...span });
        }
        return undefined;
      }
      case 'block':
        return this.#block(node, shape.value);
      case 'condition':
        return this.#condition(node, shape, shape.value === true);
      case 'switch':
        return this.#switch(node, shape, true);
      case 'list': {
        const [first, ...more] = this.#items(node);
        return first && more.length === 0 ? this.#expression(first) : this.#other(node);
      }
      case 'each': {
        const target = this.#part(node, shape.target);
        const of = this.#part(node, shape.of);
        if (target && of) {
          const value: Expression = { kind: 'index', object: of, index: undefined, start: of.start, end: of.end };
          this.#effect({ kind: 'assign', target, value, type: undefined, field: false, start: target.start, end: of.end });
        }
        const taken = [target, of];
        this.#statements(
          node.namedChildren.filter(
            (child) => child && !taken.some((one) => one && child.startIndex <= one.start && one.end <= child.endIndex),
          ),
        );
        return undefined;
      }
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
      const first = child.namedChildren.find((one) => one && this.#shape(one)?.as !== 'skip');
      const value = first && this.#expression(first);
      parts.push(value ?? { kind: 'other', node: child.type, children: [], start: child.startIndex, end: child.endIndex });
      at = child.endIndex;
    }
    addText(node.endIndex);
    return composed('template', this.#unquoted(parts), span) ?? this.#other(node);
  }

  /** A string whose text is in nodes of its own. */
  #contents(node: Node, { holes = [], of }: Shape & { as: 'string' }, content: readonly string[]): Expression {
    const span = { start: node.startIndex, end: node.endIndex };
    const parts: Expression[] = [];
    for (const child of (of === undefined ? node : this.#at(node, of))?.namedChildren ?? []) {
      if (!child) continue;
      const before = parts.at(-1);
      if (content.includes(child.type)) {
        const value = this.#source(child);
        const joined = before?.kind === 'text' && before.end === child.startIndex;
        if (joined) parts[parts.length - 1] = { ...before, value: before.value + value, end: child.endIndex };
        else parts.push({ kind: 'text', value, start: child.startIndex, end: child.endIndex });
      } else if (holes.includes(child.type)) {
        const inner = this.#at(child, 0);
        const value = inner && this.#expression(inner);
        parts.push(value ?? { kind: 'other', node: child.type, children: [], start: child.startIndex, end: child.endIndex });
      } else if (this.#shape(child)) parts.push(...this.#parts([child]));
    }
    return composed('template', parts, span) ?? this.#other(node);
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
      out[0] = { ...first, value: first.value.replace(/^(?:[A-Za-z@$]{0,3}#*)("{3,}|'''|["'`]|%[qQwW]?\W|:"?)/, '') };
    const last = out.at(-1);
    if (last?.kind === 'text') out[out.length - 1] = { ...last, value: last.value.replace(/(?:"{3,}|'''|["'`])#*$/, '') };
    return out.filter((part) => part.kind !== 'text' || part.value !== '' || parts.length === 1);
  }

  #argumentsOf(node: Node | undefined): Argument[] {
    return (node?.namedChildren ?? []).flatMap((child) => {
      const shape = child && this.#shape(child);
      if (!child || shape?.as === 'skip') return [];
      const isNamed = shape?.as === 'argument' || shape?.as === 'field';
      const value = isNamed ? this.#part(child, shape.value) : this.#expression(child, shape);
      const name = isNamed ? this.#label(this.#at(child, shape.name))?.replace(/^[:"']+|[:"']+$/g, '') : undefined;
      return value ? [{ value, ...(name === undefined ? {} : { name }) }] : [];
    });
  }

  #call(node: Node, shape: Shape & { as: 'call' }): Expression {
    const span = { start: node.startIndex, end: node.endIndex };
    const calleeNode = this.#at(node, shape.callee);
    const callee = calleeNode && shape.receiver === undefined && shape.constructs !== true ? this.#expression(calleeNode) : undefined;
    const label = this.#label(calleeNode)?.replace(/(?<=\w)<.*$/s, '') ?? '';
    const name = callee?.kind === 'member' || callee?.kind === 'name' ? callee.name : callee === undefined ? label : '';
    const receiver =
      callee?.kind === 'member' ? callee.object : callee?.kind === 'name' ? undefined : (callee ?? this.#part(node, shape.receiver));
    const list = this.#at(node, shape.arguments);
    const given = shape.tokens ? (list ? tokenArguments(list, this.#tokens) : []) : this.#argumentsOf(list);
    const block = this.#part(node, shape.block);
    if (block) given.push({ value: block });
    const members = this.#at(node, shape.members);
    if (members) this.#typeOf(members, name, node);
    const constructs = shape.constructs === true || (shape.constructs === 'capitals' && /^[A-Z]/.test(name));
    return this.#called(name, receiver, given, span, { macro: shape.tokens === true, constructs });
  }

  /** A call, or the string that it composes, or what it is called on where it changes nothing. */
  #called(
    name: string,
    receiver: Expression | undefined,
    given: readonly Argument[],
    span: { readonly start: number; readonly end: number },
    { macro = false, constructs = false }: { readonly macro?: boolean; readonly constructs?: boolean },
  ): Expression {
    const { composers, transparent } = this.#language;
    if (receiver && !constructs && transparent?.test(name) && given.every(({ value }) => value.kind === 'text')) return receiver;
    const own = (key: string): Composer | undefined => (Object.hasOwn(composers, key) ? composers[key] : undefined);
    const composer =
      (receiver?.kind === 'name' ? own(`${receiver.name}.${name}`) : undefined) ??
      (receiver ? own(`.${name}`) : own(macro ? `${name}!` : name));
    const string = composer && this.#composedBy(composer, receiver, given, span);
    return string ?? { kind: 'call', name, receiver, arguments: macro ? withFormat(given) : given, constructs, ...span };
  }

  readonly #tokens: TokenReader = {
    leaf: (token) => this.#expression(token),
    call: (name, receiver, given, span, macro) => {
      const made = name === 'new' && (receiver?.kind === 'name' || receiver?.kind === 'member') ? receiver.name : undefined;
      if (made !== undefined) return this.#called(made, undefined, given, span, { constructs: true });
      return this.#called(name, receiver, given, span, { macro, constructs: !macro && !receiver && /^[A-Z]/.test(name) });
    },
  };

  /** The text of a constant of the file for its name. */
  #known(expression: Expression | undefined): Expression | undefined {
    const name =
      expression?.kind === 'name' || (expression?.kind === 'member' && expression.object.kind === 'name') ? expression.name : undefined;
    return (name === undefined ? undefined : this.#constants.get(name)) ?? expression;
  }

  /** What a call composes; formats and separators may be constants. */
  #composedBy(composer: Composer, receiver: Expression | undefined, given: readonly Argument[], span: Part): Expression | undefined {
    if (composer.how === 'build') {
      const { parts = [], to } = appended(receiver) ?? {};
      const before = to?.kind === 'name' ? this.#builders.get(to.name) : undefined;
      if (before && before.length + parts.length > 1) return composed('concatenation', [...before, ...parts], span);
    }
    if (composer.how !== 'format' && composer.how !== 'join') return composedByCall(composer, receiver, given, span);
    const { how, at = 0, separator } = composer;
    const isKnown = (place: 'receiver' | number): boolean =>
      place === (how === 'join' ? separator : at) || (how === 'format' && at === 0 && place === 1 && given[0]?.value.kind !== 'text');
    const known = given.map((one, index) => (isKnown(index) ? { ...one, value: this.#known(one.value) ?? one.value } : one));
    return composedByCall(composer, isKnown('receiver') ? this.#known(receiver) : receiver, known, span);
  }

  #operation(node: Node, shape: Shape & { as: 'operation' }): Expression {
    const span = { start: node.startIndex, end: node.endIndex };
    const left = this.#part(node, shape.left);
    const right = this.#part(node, shape.right);
    if (!left || !right) return left ?? right ?? this.#other(node);
    const between = this.#at(node, shape.operator ?? 'operator');
    const operator = between ? this.#source(between) : this.#text.slice(left.end, right.start).trim();
    const meaning = this.#language.operators?.[operator] ?? OPERATORS[operator];
    const other: Expression & { kind: 'other' } = { kind: 'other', node: node.type, children: [left, right], ...span };
    if (meaning === 'call') return streamed(operator, left, right, span);
    // A list that is written out has the values that are compared.
    if (meaning === 'contains' && (right.kind !== 'other' || right.children.length === 0))
      return { kind: 'call', name: 'contains', receiver: right, arguments: [{ value: left }], constructs: false, ...span };
    if (meaning === 'contains') return { kind: 'comparison', left, right, ...span };
    if (meaning === 'append') return composed('template', [left, right], span) ?? other;
    if (meaning === 'compare') {
      // `x is "a" or "b"`.
      const rights = right.kind === 'other' ? this.#all(node, shape.right).length : 1;
      const comparisons = (rights > 1 && right.kind === 'other' ? right.children : [right]).map(
        (one): Expression => ({ kind: 'comparison', left, right: one, start: span.start, end: one.end }),
      );
      return comparisons.length === 1 && comparisons[0] ? comparisons[0] : { ...other, children: comparisons };
    }
    if (meaning === 'choose') return { kind: 'choice', condition: undefined, branches: [left, right], ...span };
    if (meaning === 'concatenate') return composed('concatenation', [left, right], span) ?? { ...other, node: '+' };
    const format = this.#known(left);
    if (meaning === 'format' && format?.kind === 'text') {
      const listed = right.kind === 'other' && /tuple|array|list/.test(right.node) ? right.children : [right];
      const values =
        right.kind === 'record' ? [...right.fields, ...right.rest.map((value) => ({ value }))] : listed.map((value) => ({ value }));
      return composed('format', formatted(format.value, values, span, 'percent'), span) ?? other;
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
    let named: Node | undefined;
    for (const child of holder?.namedChildren ?? []) {
      if (!child || child.id === typed?.id) continue;
      if (named) {
        const value = this.#expression(child);
        if (value) fields.push({ name: this.#source(named), value, start: named.startIndex, end: child.endIndex });
        named = undefined;
        continue;
      }
      if (shape.pairs && child.nextSibling?.type === '=') {
        named = child;
        continue;
      }
      const field = this.#fieldOf(child);
      if (field) fields.push(field);
      else rest.push(...this.#parts([child]));
    }
    const type = this.#label(typed);
    return { kind: 'record', type, of: shape.element ? 'element' : 'value', fields, rest, start: node.startIndex, end: node.endIndex };
  }

  #assign(node: Node, shape: Shape & { as: 'assign' }): Expression | undefined {
    const targets = this.#all(node, shape.target);
    const valueNode = this.#at(node, shape.value);
    const values = valueNode === undefined ? [] : targets.length > 1 ? this.#items(valueNode) : [valueNode];
    const type = this.#label(this.#at(node, shape.type));
    const field = shape.field === true || (shape.field === 'member' && this.#into.kind === 'type');
    const span = { start: node.startIndex, end: node.endIndex };
    const operator = shape.appends === 'operator' ? this.#at(node, 'operator') : undefined;
    const appends = shape.appends === true || (operator && /^[+.]=$/.test(this.#source(operator)));
    let result: Expression | undefined;
    if (values.length === 0 && field && this.#into.kind === 'type')
      for (const one of type === undefined ? [] : targets) {
        const target = this.#expression(one);
        if (target?.kind === 'name') this.#into.parameters.push({ name: target.name, type, start: one.startIndex, end: one.endIndex });
      }
    else {
      const given = values.map((one) => this.#expression(one));
      const paired = given.length === targets.length;
      const kept = targets.flatMap((one, index) =>
        targets.length > 1 && this.#language.ignored?.test(this.#source(one)) ? [] : [{ target: this.#expression(one), index }],
      );
      // One value for several targets is taken apart: a pattern.
      const whole: Expression = { kind: 'other', node: 'pattern', children: kept.flatMap(({ target }) => target ?? []), ...span };
      for (const { target, index } of paired || kept.length < 2 ? kept : [{ target: whole, index: 0 }]) {
        const value = paired ? given[index] : given[0];
        result ??= target ?? value;
        if (!target || !value) continue;
        const string = appends ? composed(operator?.type === '.=' ? 'template' : 'concatenation', [target, value], span) : value;
        const sum: Expression = string ?? { kind: 'other', node: node.type, children: [target, value], ...span };
        this.#assignOne(target, sum, { type, field, ...span });
      }
      if (kept.length === 0) result = given[0];
    }
    if (shape.accessors) this.#statements(node.namedChildren.filter((child) => child && shape.accessors?.includes(child.type)));
    return shape.statement ? undefined : result;
  }

  #assignOne(target: Expression, value: Expression, how: Omit<Effect & { kind: 'assign' }, 'kind' | 'target' | 'value'>): void {
    this.#effect({ kind: 'assign', target, value, ...how });
    const first = target.kind === 'name' ? begun(value) : undefined;
    if (target.kind === 'name' && first) this.#builders.set(target.name, [...first]);
    if (target.kind === 'name' && value.kind === 'text' && this.#into.kind !== 'function') this.#constants.set(target.name, value);
  }

  /** The statements of a block; the value of the last one, where the language has one. */
  #block(node: Node, valued: boolean | Place = false, without?: number): Expression | undefined {
    const nodes = node.namedChildren.filter((child) => child && child.id !== without && this.#shape(child)?.as !== 'skip');
    const last = typeof valued === 'boolean' ? (valued ? nodes.at(-1) : undefined) : this.#at(node, valued);
    const at = nodes.findIndex((child) => child?.id === last?.id);
    this.#statements(at < 0 ? nodes : nodes.slice(0, at));
    const value = at < 0 || !last ? undefined : this.#expression(last);
    if (at >= 0) this.#statements(nodes.slice(at + 1));
    return value;
  }

  #condition(node: Node, shape: Shape & { as: 'condition' }, hasValue: boolean): Expression | undefined {
    const condition = this.#at(node, shape.condition);
    const others = node.namedChildren.filter((child) => child !== null && child.id !== condition?.id);
    const from = condition?.startIndex ?? node.startIndex;
    const before = others.filter((child) => child.startIndex < from);
    if (!hasValue) this.#statements(before);
    const value = condition && this.#expression(condition);
    if (value) this.#effect({ kind: 'condition', value, start: value.start, end: value.end });
    const rest = others.filter((child) => child.startIndex >= from);
    const branches = hasValue ? this.#parts([...before, ...rest]) : [];
    if (!hasValue) this.#statements(rest);
    return branches.length > 0 ? { kind: 'choice', condition: value, branches, start: node.startIndex, end: node.endIndex } : undefined;
  }

  #switch(node: Node, shape: Shape & { as: 'switch' }, hasValue: boolean): Expression | undefined {
    const subject = this.#part(node, shape.subject);
    const values: Expression[] = [];
    const before = node.namedChildren.filter((child) => child && this.#shape(child)?.as === 'assign');
    this.#statements(before);
    const visit = (child: Node | null): void => {
      if (!child) return;
      const place = shape.cases[child.type];
      if (place === undefined) {
        const holder = this.#shape(child);
        if (holder === undefined || holder.as === 'block') for (const inner of child.namedChildren) visit(inner);
        return;
      }
      const labels = typeof place === 'string' ? child.childrenForFieldName(place) : [this.#at(child, place)];
      for (const one of labels.flatMap((label) => (label ? this.#items(this.#inner(label)) : []))) {
        const pattern = this.#inner(one);
        const right = this.#expression(pattern);
        if (!right) continue;
        const span = { start: right.start, end: right.end };
        const binds = shape.binds?.test(pattern.type) && !(right.kind === 'name' && /^\p{Lu}/u.test(right.name));
        if (!subject) this.#effect({ kind: 'condition', value: right, ...span });
        else if (binds) this.#effect({ kind: 'assign', target: right, value: subject, type: undefined, field: false, ...span });
        else this.#effect({ kind: 'evaluate', value: { kind: 'comparison', left: subject, right, ...span }, ...span });
      }
      const guard = this.#at(child, shape.guard);
      const further = guard && this.#expression(guard);
      if (further) this.#effect({ kind: 'condition', value: further, start: further.start, end: further.end });
      const rest = child.namedChildren.filter((inner) => inner && ![...labels, guard].some((label) => label?.id === inner.id));
      const result = hasValue && rest.length === 1 ? rest[0] : undefined;
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
      const names = shape.as === 'name' ? [child] : this.#all(child, shape.name);
      const type = shape.as === 'name' ? undefined : this.#label(this.#at(child, shape.type));
      // A receiver may have a type and no name.
      if (names.length === 0 && type !== undefined) return [{ name: '', type, start: child.startIndex, end: child.endIndex }];
      return names.map((one) => ({ name: this.#label(one) ?? '', type, start: one.startIndex, end: one.endIndex }));
    });
  }

  #function(node: Node, shape: Shape & { as: 'function' }): CodeFunction {
    const outer = this.#into;
    const name = this.#label(this.#at(node, shape.name))?.replace(/^["']|["']$/g, '') ?? '';
    const made = this.#draft('function', name, node);
    made.parameters = this.#parametersOf(this.#at(node, shape.parameters));
    made.returns = this.#label(this.#at(node, shape.returns));
    const receiver = this.#parametersOf(this.#at(node, shape.receiver))[0];
    if (receiver) made.container = receiver.type?.replace(/[<[].*$/s, '') ?? made.container;
    const body = this.#at(node, shape.body);
    if (!body || (made.name !== '' && !this.#wanted(node.startPosition.row, node.endPosition.row))) return made;
    this.#into = made;
    const before = this.#at(node, shape.before);
    if (before) this.#statement(before);
    const value = this.#bodyValue(node, body, shape);
    if (value) this.#effect({ kind: 'return', value, start: value.start, end: value.end });
    this.#into = outer;
    return made;
  }

  /** The statements of a function; the value of the last one, where the language returns it. */
  #bodyValue(node: Node, body: Node, shape: Shape & { as: 'function' }): Expression | undefined {
    if (body.id === node.id) {
      const parameters = this.#at(node, shape.parameters);
      return this.#block(node, !shape.explicit, parameters?.id);
    }
    const inner = shape.explicit && this.#shape(body)?.as === 'block';
    return inner ? this.#block(body, false) : this.#expression(body);
  }

  #type(node: Node, shape: Shape & { as: 'type' }): undefined {
    const name = this.#label(this.#at(node, shape.name)) ?? '';
    this.#typeOf(
      this.#at(node, shape.body),
      name,
      node,
      this.#parametersOf(this.#at(node, shape.parameters)),
      this.#at(node, shape.before),
    );
  }

  /** A type, or an anonymous class. */
  #typeOf(body: Node | undefined, name: string, node: Node, parameters: Parameter[] = [], before?: Node): void {
    const outer = this.#into;
    const made = this.#draft('type', name, node);
    made.parameters = parameters;
    outer.functions.push(made);
    if (!this.#wanted(node.startPosition.row, node.endPosition.row)) return;
    this.#into = made;
    if (before) this.#statement(before);
    if (body) this.#statements(body.namedChildren);
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
