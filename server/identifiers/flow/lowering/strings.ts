import type { Node } from 'web-tree-sitter';
import { composed } from '../compose.ts';
import type { Expression, Part } from '../model.ts';
import { type Reading, type ShapeOf, spanOf } from './context.ts';

/** A string literal, with what stands in its holes. */
export function string(reading: Reading, node: Node, shape: ShapeOf<'string'>): Expression {
  const span = spanOf(node);
  const parts = shape.content ? withContents(reading, node, shape, shape.content) : withQuotes(reading, node, span, shape.holes ?? []);
  return composed('template', parts, span) ?? reading.other(node);
}

/** The parts of a string whose text is what the grammar leaves between its holes. */
function withQuotes(reading: Reading, node: Node, { start, end }: Part, holes: readonly string[]): Expression[] {
  const parts: Expression[] = [];
  let at = start;
  for (const child of holes.length > 0 ? node.namedChildren : []) {
    if (!child || !holes.includes(child.type)) continue;
    parts.push(...textParts(reading, at, child.startIndex));
    const first = child.namedChildren.find((one) => one && reading.shape(one)?.as !== 'skip');
    parts.push(hole(reading, child, first ?? undefined));
    at = child.endIndex;
  }
  parts.push(...textParts(reading, at, end));
  return unquoted(parts);
}

/** The parts of a string whose text is in nodes of its own. */
function withContents(reading: Reading, node: Node, { holes = [], of }: ShapeOf<'string'>, content: readonly string[]): Expression[] {
  const parts: Expression[] = [];
  for (const child of (of === undefined ? node : reading.at(node, of))?.namedChildren ?? []) {
    if (!child) continue;
    const before = parts.at(-1);
    if (content.includes(child.type)) {
      const value = reading.source(child);
      const joined = before?.kind === 'text' && before.end === child.startIndex;
      if (joined) parts[parts.length - 1] = { ...before, value: before.value + value, end: child.endIndex };
      else parts.push({ kind: 'text', value, ...spanOf(child) });
    } else if (holes.includes(child.type)) parts.push(hole(reading, child, reading.at(child, 0)));
    else if (reading.shape(child)) parts.push(...reading.parts([child]));
  }
  return parts;
}

const hole = (reading: Reading, node: Node, inside: Node | undefined): Expression =>
  (inside && reading.expression(inside)) ?? { kind: 'other', node: node.type, children: [], ...spanOf(node) };

/** Text from `start` to `end`, with the holes that the grammar left in it. */
function textParts({ language, text }: Reading, start: number, end: number): Expression[] {
  if (end <= start) return [];
  const holes = language.textHoles;
  const source = text.slice(start, end);
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
function unquoted(parts: Expression[]): Expression[] {
  const out = [...parts];
  const [first] = out;
  if (first?.kind === 'text')
    out[0] = { ...first, value: first.value.replace(/^(?:[A-Za-z@$]{0,3}#*)("{3,}|'''|["'`]|%[qQwW]?\W|:"?)/, '') };
  const last = out.at(-1);
  if (last?.kind === 'text') out[out.length - 1] = { ...last, value: last.value.replace(/(?:"{3,}|'''|["'`])#*$/, '') };
  return out.filter((part) => part.kind !== 'text' || part.value !== '' || parts.length === 1);
}
