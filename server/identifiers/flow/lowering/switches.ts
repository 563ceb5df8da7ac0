import type { Node } from 'web-tree-sitter';
import type { Expression } from '../model.ts';
import { type Reading, type ShapeOf, spanOf } from './context.ts';

type Switch = ShapeOf<'switch'>;

/** A switch: its subject is compared with the values of each case; the values of its cases, where they have some. */
export function switched(reading: Reading, node: Node, shape: Switch, hasValue: boolean): Expression | undefined {
  const subject = reading.part(node, shape.subject);
  const values: Expression[] = [];
  reading.statements(node.namedChildren.filter((child) => child && reading.shape(child)?.as === 'assign'));
  const visit = (child: Node | null): void => {
    if (!child) return;
    if (Object.hasOwn(shape.cases, child.type)) {
      const value = caseOf(reading, child, shape, subject, hasValue);
      if (value) values.push(value);
      return;
    }
    const holder = reading.shape(child);
    if (holder === undefined || holder.as === 'block') for (const inner of child.namedChildren) visit(inner);
  };
  for (const child of node.namedChildren) visit(child);
  return values.length > 0 ? { kind: 'choice', condition: subject, branches: values, ...spanOf(node) } : undefined;
}

/** One case: its patterns, its guard, and its statements or its value. */
function caseOf(reading: Reading, node: Node, shape: Switch, subject: Expression | undefined, hasValue: boolean): Expression | undefined {
  const place = shape.cases[node.type];
  const labels = typeof place === 'string' ? node.childrenForFieldName(place) : [reading.at(node, place)];
  for (const one of labels.flatMap((label) => (label ? reading.items(reading.inner(label)) : []))) pattern(reading, one, shape, subject);
  const guard = reading.at(node, shape.guard);
  const further = guard && reading.expression(guard);
  if (further) reading.effect({ kind: 'condition', value: further, start: further.start, end: further.end });
  const rest = node.namedChildren.filter((inner) => inner && ![...labels, guard].some((label) => label?.id === inner.id));
  if (hasValue && rest.length === 1 && rest[0]) return reading.expression(rest[0]);
  reading.statements(rest);
  return undefined;
}

/** A value that the subject is compared with, or a name for the subject. */
function pattern(reading: Reading, node: Node, { binds }: Switch, subject: Expression | undefined): void {
  const inner = reading.inner(node);
  const right = reading.expression(inner);
  if (!right) return;
  const span = { start: right.start, end: right.end };
  const isName = binds?.test(inner.type) && !(right.kind === 'name' && /^\p{Lu}/u.test(right.name));
  if (!subject) reading.effect({ kind: 'condition', value: right, ...span });
  else if (isName) reading.effect({ kind: 'assign', target: right, value: subject, type: undefined, field: false, ...span });
  else reading.effect({ kind: 'evaluate', value: { kind: 'comparison', left: subject, right, ...span }, ...span });
}
