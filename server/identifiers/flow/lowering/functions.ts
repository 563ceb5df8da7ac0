import type { Node } from 'web-tree-sitter';
import type { CodeFunction, Expression, Parameter } from '../model.ts';
import { type Reading, type ShapeOf, spanOf } from './context.ts';
import { block } from './statements.ts';

function parametersOf(reading: Reading, node: Node | undefined): Parameter[] {
  if (!node) return [];
  const own = reading.shape(node);
  const nodes = own?.as === 'name' || own?.as === 'parameter' ? [node] : node.namedChildren;
  return nodes.flatMap((child) => {
    const shape = child && reading.shape(child);
    if (!child || (shape?.as !== 'parameter' && shape?.as !== 'name')) return [];
    const names = shape.as === 'name' ? [child] : reading.all(child, shape.name);
    const type = shape.as === 'name' ? undefined : reading.label(reading.at(child, shape.type));
    // A receiver may have a type and no name.
    if (names.length === 0 && type !== undefined) return [{ name: '', type, ...spanOf(child) }];
    return names.map((one) => ({ name: reading.label(one) ?? '', type, ...spanOf(one) }));
  });
}

/** A function, with its effects where it is wanted. One without a name is always. */
export function functionOf(reading: Reading, node: Node, shape: ShapeOf<'function'>): CodeFunction {
  const outer = reading.into;
  const name = reading.label(reading.at(node, shape.name))?.replace(/^["']|["']$/g, '') ?? '';
  const made = reading.draft('function', name, node);
  made.parameters = parametersOf(reading, reading.at(node, shape.parameters));
  made.returns = reading.label(reading.at(node, shape.returns));
  const receiver = parametersOf(reading, reading.at(node, shape.receiver))[0];
  if (receiver) made.container = receiver.type?.replace(/[<[].*$/s, '') ?? made.container;
  const body = reading.at(node, shape.body);
  if (!body || (made.name !== '' && !reading.wanted(node.startPosition.row, node.endPosition.row))) return made;
  reading.into = made;
  const before = reading.at(node, shape.before);
  if (before) reading.statement(before);
  const value = bodyValue(reading, node, body, shape);
  if (value) reading.effect({ kind: 'return', value, start: value.start, end: value.end });
  reading.into = outer;
  return made;
}

/** The statements of a function; the value of the last one, where the language returns it. */
function bodyValue(reading: Reading, node: Node, body: Node, shape: ShapeOf<'function'>): Expression | undefined {
  if (body.id === node.id) return block(reading, node, !shape.explicit, reading.at(node, shape.parameters)?.id);
  const own = reading.shape(body);
  return shape.explicit && own?.as === 'block' ? block(reading, body) : reading.expression(body, own);
}

/** A type that is declared. */
export function typeOf(reading: Reading, node: Node, shape: ShapeOf<'type'>): void {
  const name = reading.label(reading.at(node, shape.name)) ?? '';
  const parameters = parametersOf(reading, reading.at(node, shape.parameters));
  typeMembers(reading, node, { name, parameters, body: reading.at(node, shape.body), before: reading.at(node, shape.before) });
}

/** A type, or an anonymous class. */
export function typeMembers(
  reading: Reading,
  node: Node,
  { name, body, parameters = [], before }: { name: string; body: Node | undefined; parameters?: Parameter[]; before?: Node | undefined },
): void {
  const outer = reading.into;
  const made = reading.draft('type', name, node);
  made.parameters = parameters;
  outer.functions.push(made);
  if (!reading.wanted(node.startPosition.row, node.endPosition.row)) return;
  reading.into = made;
  if (before) reading.statement(before);
  if (body) reading.statements(body.namedChildren);
  reading.into = outer;
}
