import type { Node } from 'web-tree-sitter';
import type { Expression, Field } from '../model.ts';
import { type Reading, type ShapeOf, spanOf } from './context.ts';

function fieldOf(reading: Reading, node: Node): Field | undefined {
  const shape = reading.shape(node);
  if (shape?.as === 'shorthand') {
    const name = reading.source(node);
    return { name, value: { kind: 'name', name, ...spanOf(node) }, ...spanOf(node) };
  }
  if (shape?.as !== 'field') return undefined;
  const value = reading.part(node, shape.value);
  const name = reading.label(reading.at(node, shape.name))?.replace(/^[["':]+|["'\]:]+$/g, '');
  return value && name !== undefined ? { name, value, ...spanOf(node) } : undefined;
}

/** A value of named fields. */
export function record(reading: Reading, node: Node, shape: ShapeOf<'record'>): Expression {
  const fields: Field[] = [];
  const rest: Expression[] = [];
  const holder = shape.fields === undefined ? node : reading.at(node, shape.fields);
  const typed = reading.at(node, shape.type);
  let named: Node | undefined;
  for (const child of holder?.namedChildren ?? []) {
    if (!child || child.id === typed?.id) continue;
    if (named) {
      const value = reading.expression(child);
      if (value) fields.push({ name: reading.source(named), value, start: named.startIndex, end: child.endIndex });
      named = undefined;
      continue;
    }
    if (shape.pairs && child.nextSibling?.type === '=') {
      named = child;
      continue;
    }
    const field = fieldOf(reading, child);
    if (field) fields.push(field);
    else rest.push(...reading.parts([child]));
  }
  return { kind: 'record', type: reading.label(typed), of: shape.element ? 'element' : 'value', fields, rest, ...spanOf(node) };
}
