import type { Node } from 'web-tree-sitter';
import { appended, begun, composed } from '../compose.ts';
import type { Effect, Expression } from '../model.ts';
import type { Place } from '../shape.ts';
import { type Reading, type ShapeOf, spanOf } from './context.ts';

type Assignment = Effect & { readonly kind: 'assign' };

/** An assignment or a declaration; gives what it assigns to, for where it is an expression. */
export function assign(reading: Reading, node: Node, shape: ShapeOf<'assign'>): Expression | undefined {
  const targets = reading.all(node, shape.target);
  const valueNode = reading.at(node, shape.value);
  const values = valueNode === undefined ? [] : targets.length > 1 ? reading.items(valueNode) : [valueNode];
  const type = reading.label(reading.at(node, shape.type));
  const field = shape.field === true || (shape.field === 'member' && reading.into.kind === 'type');
  const isDeclaration = values.length === 0 && field && reading.into.kind === 'type';
  const result = isDeclaration ? declare(reading, targets, type) : assignAll(reading, node, shape, { targets, values, type, field });
  if (shape.accessors) reading.statements(node.namedChildren.filter((child) => child && shape.accessors?.includes(child.type)));
  return shape.statement ? undefined : result;
}

/** A field without a value is a parameter of its type. */
function declare(reading: Reading, targets: readonly Node[], type: string | undefined): undefined {
  for (const one of type === undefined ? [] : targets) {
    const target = reading.expression(one);
    if (target?.kind === 'name') reading.into.parameters.push({ name: target.name, type, start: one.startIndex, end: one.endIndex });
  }
}

function assignAll(
  reading: Reading,
  node: Node,
  shape: ShapeOf<'assign'>,
  { targets, values, ...how }: { targets: readonly Node[]; values: readonly Node[] } & Pick<Assignment, 'type' | 'field'>,
): Expression | undefined {
  const { ignored } = reading.language;
  const span = spanOf(node);
  const operator = shape.appends ? reading.at(node, 'operator') : undefined;
  const appends = operator && /^[+.]=$/.test(reading.source(operator));
  const given = values.map((one) => reading.expression(one));
  const paired = given.length === targets.length;
  const kept = targets.flatMap((one, index) =>
    targets.length > 1 && ignored?.test(reading.source(one)) ? [] : [{ target: reading.expression(one), index }],
  );
  if (kept.length === 0) return given[0];
  // One value for several targets is taken apart: a pattern.
  const whole: Expression = { kind: 'other', node: 'pattern', children: kept.flatMap(({ target }) => target ?? []), ...span };
  let result: Expression | undefined;
  for (const { target, index } of paired || kept.length < 2 ? kept : [{ target: whole, index: 0 }]) {
    const value = paired ? given[index] : given[0];
    result ??= target ?? value;
    if (!target || !value) continue;
    const string = appends ? composed(operator.type === '.=' ? 'template' : 'concatenation', [target, value], span) : value;
    const sum: Expression = string ?? { kind: 'other', node: node.type, children: [target, value], ...span };
    assignOne(reading, { kind: 'assign', target, value: sum, ...how, ...span });
  }
  return result;
}

function assignOne(reading: Reading, effect: Assignment): void {
  const { target, value } = effect;
  reading.effect(effect);
  if (target.kind !== 'name') return;
  const first = begun(value);
  if (first) reading.builders.set(target.name, [...first]);
  if (value.kind === 'text' && reading.into.kind !== 'function') reading.constants.set(target.name, value);
}

/** A call that is a statement: `builder.append(a).append(b);` adds to the string of the builder. */
export function append({ builders }: Reading, chain: Expression): void {
  const { parts = [], to } = appended(chain) ?? {};
  if (to?.kind === 'name') builders.get(to.name)?.push(...parts);
}

/** What is returned. */
export function returned(reading: Reading, node: Node, { value: place = 0 }: ShapeOf<'return'>): void {
  for (const one of reading.all(node, place)) {
    const value = reading.expression(one);
    if (value) reading.effect({ kind: 'return', value, ...spanOf(node) });
  }
}

/** The statements of a block; the value of the last one, where the language has one. */
export function block(reading: Reading, node: Node, valued: boolean | Place = false, without?: number): Expression | undefined {
  const nodes = node.namedChildren.filter((child) => child && child.id !== without && reading.shape(child)?.as !== 'skip');
  const last = typeof valued === 'boolean' ? (valued ? nodes.at(-1) : undefined) : reading.at(node, valued);
  const at = last ? nodes.findIndex((child) => child?.id === last.id) : -1;
  reading.statements(at < 0 ? nodes : nodes.slice(0, at));
  const value = at < 0 || !last ? undefined : reading.expression(last);
  if (at >= 0) reading.statements(nodes.slice(at + 1));
  return value;
}

/** A loop over elements: its variable is one of them. */
export function each(reading: Reading, node: Node, shape: ShapeOf<'each'>): void {
  const target = reading.part(node, shape.target);
  const of = reading.part(node, shape.of);
  if (target && of) {
    const value: Expression = { kind: 'index', object: of, index: undefined, start: of.start, end: of.end };
    reading.effect({ kind: 'assign', target, value, type: undefined, field: false, start: target.start, end: of.end });
  }
  const isTaken = (child: Node): boolean => [target, of].some((one) => one && child.startIndex <= one.start && one.end <= child.endIndex);
  reading.statements(node.namedChildren.filter((child) => child && !isTaken(child)));
}

/** What ends a branch with an error: `throw`, `raise`, `return err`, `return res.status(400)`. */
const REFUSES =
  /^(?:throw|raise|abort|panic!?|die|halt)\b|^return\b[^;]*(?:\b[eE]rr\b|[eE]rror|Exception|Invalid|BadRequest|\bErr\(|[sS]tatus\w*\W{1,2}4\d\d)/s;
/** What gives nothing back. */
const LEAVES = /^(?:return(?:\s+(?:null|nil|None|undefined|false|False))?|continue);?$/;
/** What tells somebody of an error: `logger.warn(`, `logImportError(`, `errors.add(`. */
const TELLS_ERROR = /\b(?:\w*[eE]rror|warn(?:ing)?|fatal|[eE]rrors\.(?:add|push|append))\s*\(/;
/** Longer branches do more than refuse. In UTF-16 units. */
const LONGEST_REFUSAL = 600;

/** Whether there is one branch, and all that it does is to end with an error. */
function isRefusal(reading: Reading, branches: readonly Node[]): boolean {
  const [branch, ...more] = branches.filter(({ isExtra }) => !isExtra);
  if (!branch || more.length > 0 || branch.endIndex - branch.startIndex > LONGEST_REFUSAL) return false;
  const text = reading
    .source(branch)
    .replace(/^(?:\{|then\b|:)\s*|\s*\}$/g, '')
    .replace(/^\s*(?:\/\/|#).*\n/gm, '')
    .trim();
  // Before it, the error is made, told or counted.
  const last = text.split('\n').findLastIndex((line) => /^\s*(?:throw|raise|abort|panic!?|die|halt|return|continue)\b/.test(line));
  const lines = text.split('\n');
  const told = lines.slice(0, Math.max(last, 0)).join('\n');
  const end = lines.slice(last).join('\n').trim();
  if (last < 0) return false;
  return LEAVES.test(end) ? TELLS_ERROR.test(told) : REFUSES.test(end) && (told === '' || /err|log|warn|msg|message|exception/i.test(told));
}

/** Where what is denied in a condition begins: all of it in `unless`. */
function denied(reading: Reading, node: Node, asked: Node): readonly number[] {
  const text = reading.source(asked);
  const negated = [...text.matchAll(/(?:!(?!=)|\bnot\b)[\s(*&]*/g)].map((match) => asked.startIndex + match.index + match[0].length);
  return node.type.startsWith('unless') ? [asked.startIndex] : negated;
}

/** A condition and its branches; their values, where they have some. */
export function condition(reading: Reading, node: Node, shape: ShapeOf<'condition'>, hasValue: boolean): Expression | undefined {
  const asked = reading.at(node, shape.condition);
  const others = node.namedChildren.filter((child) => child !== null && child.id !== asked?.id);
  const from = asked?.startIndex ?? node.startIndex;
  const before = others.filter((child) => child.startIndex < from);
  if (!hasValue) reading.statements(before);
  const value = asked && reading.expression(asked);
  const rest = others.filter((child) => child.startIndex >= from);
  if (value) {
    const refused = asked && isRefusal(reading, rest.length > 0 ? rest : before) ? { refuses: denied(reading, node, asked) } : {};
    reading.effect({ kind: 'condition', value, start: value.start, end: value.end, ...refused });
  }
  const branches = hasValue ? reading.parts([...before, ...rest]) : [];
  if (!hasValue) reading.statements(rest);
  return branches.length > 0 ? { kind: 'choice', condition: value, branches, ...spanOf(node) } : undefined;
}
