import type { Node } from 'web-tree-sitter';
import { appended, composed, composedByCall, withFormat } from '../compose.ts';
import type { Argument, Expression, Part } from '../model.ts';
import type { Composer } from '../shape.ts';
import { type TokenReader, tokenArguments } from '../tokens.ts';
import { type Reading, type ShapeOf, spanOf } from './context.ts';
import { typeMembers } from './functions.ts';

/** How a call is written, where that tells it from others of its name. */
interface Manner {
  readonly macro?: boolean;
  readonly constructs?: boolean;
}

/** A call; or the string that it composes. */
export function call(reading: Reading, node: Node, shape: ShapeOf<'call'>): Expression {
  const calleeNode = reading.at(node, shape.callee);
  const callee = calleeNode && shape.receiver === undefined && shape.constructs !== true ? reading.expression(calleeNode) : undefined;
  const isNamed = callee?.kind === 'member' || callee?.kind === 'name';
  const name = isNamed ? callee.name : callee === undefined ? (reading.label(calleeNode)?.replace(/(?<=\w)<.*$/s, '') ?? '') : '';
  const receiver =
    callee?.kind === 'member' ? callee.object : callee?.kind === 'name' ? undefined : (callee ?? reading.part(node, shape.receiver));
  const list = reading.at(node, shape.arguments);
  const given = shape.tokens ? (list ? tokenArguments(list, tokenReader(reading)) : []) : argumentsOf(reading, list);
  const block = reading.part(node, shape.block);
  if (block) given.push({ value: block });
  const members = reading.at(node, shape.members);
  if (members) typeMembers(reading, node, { name, body: members });
  const constructs = shape.constructs === true || (shape.constructs === 'capitals' && /^[A-Z]/.test(name));
  return called(reading, name, receiver, given, spanOf(node), { macro: shape.tokens === true, constructs });
}

function argumentsOf(reading: Reading, node: Node | undefined): Argument[] {
  return (node?.namedChildren ?? []).flatMap((child) => {
    const shape = child && reading.shape(child);
    if (!child || shape?.as === 'skip') return [];
    const isNamed = shape?.as === 'argument' || shape?.as === 'field';
    const value = isNamed ? reading.part(child, shape.value) : reading.expression(child, shape);
    const name = isNamed ? reading.label(reading.at(child, shape.name))?.replace(/^[:"']+|[:"']+$/g, '') : undefined;
    return value ? [{ value, ...(name === undefined ? {} : { name }) }] : [];
  });
}

/** A call, or the string that it composes, or what it is called on where it changes nothing. */
function called(
  reading: Reading,
  name: string,
  receiver: Expression | undefined,
  given: readonly Argument[],
  span: Part,
  { macro = false, constructs = false }: Manner,
): Expression {
  const { composers, transparent } = reading.language;
  if (receiver && !constructs && transparent?.test(name) && given.every(({ value }) => value.kind === 'text')) return receiver;
  const own = (key: string): Composer | undefined => (Object.hasOwn(composers, key) ? composers[key] : undefined);
  const composer =
    (receiver?.kind === 'name' ? own(`${receiver.name}.${name}`) : undefined) ??
    (receiver ? own(`.${name}`) : own(macro ? `${name}!` : name));
  const string = composer && composedBy(reading, composer, receiver, given, span);
  return string ?? { kind: 'call', name, receiver, arguments: macro ? withFormat(given) : given, constructs, ...span };
}

const tokenReader = (reading: Reading): TokenReader => ({
  leaf: (token) => reading.expression(token),
  call: (name, receiver, given, span, macro) => {
    const made = name === 'new' && (receiver?.kind === 'name' || receiver?.kind === 'member') ? receiver.name : undefined;
    if (made !== undefined) return called(reading, made, undefined, given, span, { constructs: true });
    return called(reading, name, receiver, given, span, { macro, constructs: !macro && !receiver && /^[A-Z]/.test(name) });
  },
});

/** The text of a constant of the file for its name. */
export function known({ constants }: Reading, expression: Expression | undefined): Expression | undefined {
  const name =
    expression?.kind === 'name' || (expression?.kind === 'member' && expression.object.kind === 'name') ? expression.name : undefined;
  return (name === undefined ? undefined : constants.get(name)) ?? expression;
}

/** What a call composes; formats and separators may be constants. */
function composedBy(
  reading: Reading,
  composer: Composer,
  receiver: Expression | undefined,
  given: readonly Argument[],
  span: Part,
): Expression | undefined {
  if (composer.how === 'build') {
    const { parts = [], to } = appended(receiver) ?? {};
    const before = to?.kind === 'name' ? reading.builders.get(to.name) : undefined;
    if (before && before.length + parts.length > 1) return composed('concatenation', [...before, ...parts], span);
  }
  if (composer.how !== 'format' && composer.how !== 'join') return composedByCall(composer, receiver, given, span);
  const { how, at = 0, separator } = composer;
  const isKnown = (place: 'receiver' | number): boolean =>
    place === (how === 'join' ? separator : at) || (how === 'format' && at === 0 && place === 1 && given[0]?.value.kind !== 'text');
  const written = given.map((one, index) => (isKnown(index) ? { ...one, value: known(reading, one.value) ?? one.value } : one));
  return composedByCall(composer, isKnown('receiver') ? known(reading, receiver) : receiver, written, span);
}
