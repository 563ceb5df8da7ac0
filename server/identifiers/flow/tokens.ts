import type { Node } from 'web-tree-sitter';
import { composed } from './compose.ts';
import type { Argument, Expression, Field } from './model.ts';

/** Makes an expression of a token that is one by itself: a literal, a name. */
type Leaf = (token: Node) => Expression | undefined;
/** Makes a call of what was read of one. */
type Calling = (name: string, receiver: Expression | undefined, given: readonly Argument[], span: Span, macro: boolean) => Expression;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** What the reader of tokens needs of the one who reads the rest of the file. */
export interface TokenReader {
  readonly leaf: Leaf;
  readonly call: Calling;
}

const PREFIX: ReadonlySet<string> = new Set(['&', '*', '&&', '-', '!', 'mut', 'ref', 'move', 'mutable_specifier']);
const SEPARATORS: ReadonlySet<string> = new Set([',', ';', '=>']);
/** Deeper tokens are data, and would take the stack. */
const DEEPEST = 40;

const spanOf = (tokens: readonly Node[]): Span => ({ start: tokens[0]?.startIndex ?? 0, end: tokens.at(-1)?.endIndex ?? 0 });
const opens = (token: Node, bracket: string): boolean => token.type === 'token_tree' && token.child(0)?.type === bracket;

/** The tokens between the brackets, without comments. */
const inside = (tree: Node): Node[] => tree.children.slice(1, -1).filter((token): token is Node => token !== null && !token.isExtra);

function split(tokens: readonly Node[], at: (token: Node) => boolean): Node[][] {
  const groups: Node[][] = [[]];
  for (const token of tokens) {
    if (at(token)) groups.push([]);
    else groups.at(-1)?.push(token);
  }
  return groups.filter((group) => group.length > 0);
}

/** The arguments of a macro, which a grammar leaves as a list of tokens: `"{}-{k}", a.b(c), k = d`. */
export function tokenArguments(tree: Node, reader: TokenReader, depth = 0): Argument[] {
  return split(inside(tree), ({ type }) => SEPARATORS.has(type)).flatMap((group) => {
    const named = group.length > 2 && group[0]?.type === 'identifier' && group[1]?.type === '=';
    const value = expressionOf(named ? group.slice(2) : group, reader, depth);
    return value ? [{ value, ...(named ? { name: group[0]?.text ?? '' } : {}) }] : [];
  });
}

function expressionOf(tokens: readonly Node[], reader: TokenReader, depth: number): Expression | undefined {
  if (depth > DEEPEST || tokens.length === 0) return undefined;
  const span = spanOf(tokens);
  const sides = (operator: RegExp): (Expression | undefined)[] =>
    split(tokens, ({ type }) => operator.test(type)).map((side) => expressionOf(side, reader, depth + 1));
  if (tokens.some(({ type }) => /^[=!]=$/.test(type))) {
    const [left, right] = sides(/^[=!]=$/);
    if (left && right) return { kind: 'comparison', left, right, ...span };
  }
  if (tokens.slice(1).some(({ type }) => type === '+')) {
    const parts = sides(/^\+$/).filter((side) => side !== undefined);
    return composed('concatenation', parts, span) ?? { kind: 'other', node: 'token_tree', children: parts, ...span };
  }
  const children: Expression[] = [];
  for (let at = 0; at < tokens.length; ) {
    const chain = chainOf(tokens, at, reader, depth);
    if (chain.value) children.push(chain.value);
    at = chain.next;
  }
  return children.length === 1 ? children[0] : { kind: 'other', node: 'token_tree', children, ...span };
}

/** `&a.b(c)[0].d`, `Type::new(a)`, `macro!(a)`, a literal or brackets, from a token on; `next` is the token after it. */
function chainOf(
  tokens: readonly Node[],
  from: number,
  reader: TokenReader,
  depth: number,
): { readonly value: Expression | undefined; readonly next: number } {
  let at = from;
  while (PREFIX.has(tokens[at]?.type ?? '')) at += 1;
  const first = tokens[at];
  if (!first) return { value: undefined, next: at };
  const start = first.startIndex;
  at += 1;
  let value = first.type === 'token_tree' ? bracketed(first, reader, depth) : first.isNamed ? reader.leaf(first) : undefined;
  for (; at < tokens.length && value; at += 1) {
    const found: Expression = value;
    const token = tokens[at];
    const next = tokens[at + 1];
    if (!token) break;
    if (token.type === '?') continue;
    if (token.type === '!' && next?.type === 'token_tree' && (found.kind === 'name' || found.kind === 'member')) {
      value = reader.call(found.name, undefined, tokenArguments(next, reader, depth + 1), { start, end: next.endIndex }, true);
      at += 1;
    } else if (opens(token, '(')) {
      const given = tokenArguments(token, reader, depth + 1);
      const name = found.kind === 'member' || found.kind === 'name' ? found.name : '';
      const receiver = found.kind === 'member' ? found.object : found.kind === 'name' ? undefined : found;
      value = reader.call(name, receiver, given, { start, end: token.endIndex }, false);
    } else if (opens(token, '[')) {
      const [index] = tokenArguments(token, reader, depth + 1);
      value = { kind: 'index', object: found, index: index?.value, start, end: token.endIndex };
    } else if ((token.type === '.' || token.type === '::') && next && next.type !== '<') {
      if (next.type !== 'await') value = { kind: 'member', object: found, name: next.text, start, end: next.endIndex };
      at += 1;
    } else if (token.type === '::') {
      // Type arguments: `::<T>`.
      while (at < tokens.length && !/^>+$/.test(tokens[at]?.type ?? '')) at += 1;
    } else break;
  }
  return { value, next: at };
}

/** `{"key": value}` is a record; one expression in brackets stands for itself, several are a list. */
function bracketed(tree: Node, reader: TokenReader, depth: number): Expression | undefined {
  const span = { start: tree.startIndex, end: tree.endIndex };
  if (opens(tree, '{')) {
    const fields: Field[] = [];
    const rest: Expression[] = [];
    for (const group of split(inside(tree), ({ type }) => SEPARATORS.has(type))) {
      const [key, colon] = group;
      const keyed = key !== undefined && colon?.type === ':';
      const value = expressionOf(keyed ? group.slice(2) : group, reader, depth + 1);
      if (value && keyed) fields.push({ name: key.text.replace(/^"|"$/g, ''), value, ...spanOf(group) });
      else if (value) rest.push(value);
    }
    return { kind: 'record', type: undefined, of: 'value', fields, rest, ...span };
  }
  const items = tokenArguments(tree, reader, depth + 1).map(({ value }) => value);
  return opens(tree, '(') && items.length === 1 ? items[0] : { kind: 'other', node: 'token_tree', children: items, ...span };
}
