import type { Node } from 'web-tree-sitter';
import { call } from './lowering/calls.ts';
import { Expired, Reading, spanOf, type Wanted } from './lowering/context.ts';
import { functionOf, typeOf } from './lowering/functions.ts';
import { operation } from './lowering/operations.ts';
import { record } from './lowering/records.ts';
import { append, assign, block, condition, each, returned } from './lowering/statements.ts';
import { string } from './lowering/strings.ts';
import { switched } from './lowering/switches.ts';
import type { CodeFunction, Expression } from './model.ts';
import type { FlowLanguage, Shape } from './shape.ts';

/** What has its own effects, and is no value that is thrown away. */
const HAS_EFFECTS: ReadonlySet<Shape['as']> = new Set(['assign', 'return', 'each', 'function', 'type']);

function statement(reading: Reading, node: Node, shape: Shape | undefined): void {
  if (shape === undefined) {
    reading.statements(node.namedChildren);
    return;
  }
  switch (shape.as) {
    case 'skip':
    case 'string':
    case 'name':
      return;
    case 'block':
    case 'parameter':
      reading.statements(node.namedChildren);
      return;
    case 'inner': {
      const inner = reading.at(node, shape.inner ?? 0);
      if (inner) reading.statement(inner);
      return;
    }
    case 'condition':
      condition(reading, node, shape, false);
      return;
    case 'switch':
      switched(reading, node, shape, false);
      return;
    default: {
      const value = reading.expression(node, shape);
      if (value?.kind === 'call') append(reading, value);
      // A name alone does nothing: it is one that the statement declares.
      if (value && !HAS_EFFECTS.has(shape.as) && value.kind !== 'name') reading.effect({ kind: 'evaluate', value, ...spanOf(node) });
    }
  }
}

function expression(reading: Reading, node: Node, shape: Shape | undefined): Expression | undefined {
  switch (shape?.as) {
    case 'skip':
      return undefined;
    case 'string':
      return string(reading, node, shape);
    case 'name': {
      const { start, end } = spanOf(node);
      const part = reading.at(node, shape.name);
      return { kind: 'name', name: part ? reading.source(part) : reading.text.slice(start, end), start, end };
    }
    case 'own': {
      const { start, end } = spanOf(node);
      const object: Expression = { kind: 'name', name: 'self', start, end: start };
      return { kind: 'member', object, name: reading.source(node).replace(/^\W+/, ''), start, end };
    }
    case 'member': {
      const object = reading.part(node, shape.object);
      const name = reading.label(reading.at(node, shape.name))?.replace(/<.*$/s, '') ?? '';
      return object ? { kind: 'member', object, name, ...spanOf(node) } : { kind: 'name', name, ...spanOf(node) };
    }
    case 'index': {
      const object = reading.part(node, shape.object);
      return object ? { kind: 'index', object, index: reading.part(node, shape.index), ...spanOf(node) } : reading.other(node);
    }
    case 'call':
      return call(reading, node, shape);
    case 'operation':
      return operation(reading, node, shape);
    case 'choice': {
      const branches = shape.branches.flatMap((place) => reading.part(node, place) ?? []);
      return { kind: 'choice', condition: reading.part(node, shape.condition), branches, ...spanOf(node) };
    }
    case 'record':
      return record(reading, node, shape);
    case 'argument':
    case 'field':
      return reading.part(node, shape.value);
    case 'shorthand':
      return { kind: 'name', name: reading.source(node), ...spanOf(node) };
    case 'inner':
      return reading.part(node, shape.inner ?? 0);
    case 'list': {
      const [first, ...more] = reading.items(node);
      return first && more.length === 0 ? reading.expression(first) : reading.other(node);
    }
    case 'assign':
      return assign(reading, node, shape);
    case 'return':
      returned(reading, node, shape);
      return undefined;
    case 'block':
      return block(reading, node, shape.value);
    case 'condition':
      return condition(reading, node, shape, shape.value === true);
    case 'switch':
      return switched(reading, node, shape, true);
    case 'each':
      each(reading, node, shape);
      return undefined;
    case 'function': {
      const made = functionOf(reading, node, shape);
      if (made.name !== '') reading.into.functions.push(made);
      return { kind: 'function', function: made, start: made.start, end: made.end };
    }
    case 'type':
      typeOf(reading, node, shape);
      return undefined;
    default:
      return reading.other(node);
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
  const reading = new Reading({ language, text, readers: { statement, expression }, wanted, expired }, root);
  try {
    reading.statements(root.namedChildren);
    return reading.into;
  } catch (error) {
    if (error instanceof Expired) return undefined;
    throw error;
  }
}
