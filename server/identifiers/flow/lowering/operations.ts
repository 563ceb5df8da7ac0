import type { Node } from 'web-tree-sitter';
import { composed, formatted, streamed } from '../compose.ts';
import type { Argument, Expression } from '../model.ts';
import type { Operator } from '../shape.ts';
import { known } from './calls.ts';
import { type Reading, type ShapeOf, spanOf } from './context.ts';

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

/** An operator between two expressions. */
export function operation(reading: Reading, node: Node, shape: ShapeOf<'operation'>): Expression {
  const left = reading.part(node, shape.left);
  const right = reading.part(node, shape.right);
  if (!left || !right) return left ?? right ?? reading.other(node);
  const span = spanOf(node);
  const between = reading.at(node, shape.operator ?? 'operator');
  const operator = between ? reading.source(between) : reading.text.slice(left.end, right.start).trim();
  const other: Expression & { kind: 'other' } = { kind: 'other', node: node.type, children: [left, right], ...span };
  switch (reading.language.operators?.[operator] ?? OPERATORS[operator]) {
    case 'call':
      return streamed(operator, left, right, span);
    case 'contains':
      // A list that is written out has the values that are compared.
      return right.kind === 'other' && right.children.length > 0
        ? { kind: 'comparison', left, right, ...span }
        : { kind: 'call', name: 'contains', receiver: right, arguments: [{ value: left }], constructs: false, ...span };
    case 'append':
      return composed('template', [left, right], span) ?? other;
    case 'compare': {
      // `x is "a" or "b"`.
      const several = right.kind === 'other' && reading.all(node, shape.right).length > 1;
      const [first, ...more] = (several ? right.children : [right]).map(
        (one): Expression => ({ kind: 'comparison', left, right: one, start: span.start, end: one.end }),
      );
      return first && more.length === 0 ? first : { ...other, children: first ? [first, ...more] : [] };
    }
    case 'choose':
      return { kind: 'choice', condition: undefined, branches: [left, right], ...span };
    case 'concatenate':
      return composed('concatenation', [left, right], span) ?? { ...other, node: '+' };
    case 'format': {
      const format = known(reading, left);
      return (format?.kind === 'text' && composed('format', formatted(format.value, valuesOf(right), span, 'percent'), span)) || other;
    }
    default:
      return other;
  }
}

/** The values on the right of `%`: of a list or a dictionary that is written out, or one. */
function valuesOf(right: Expression): readonly Argument[] {
  if (right.kind === 'record') return [...right.fields, ...right.rest.map((value) => ({ value }))];
  const listed = right.kind === 'other' && /tuple|array|list/.test(right.node) ? right.children : [right];
  return listed.map((value) => ({ value }));
}
