import type { Node } from 'web-tree-sitter';
import { languageOf } from '../../../code/languages/index.ts';
import { parsingFor } from '../../../code/parser.ts';

/** An expression of a configuration file, as far as it can be read without running anything. */
export type Expression =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'pattern'; readonly source: string; readonly flags: string }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'record'; readonly entries: readonly Entry[] }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'member'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'call'; readonly callee: string; readonly of: Expression | undefined; readonly args: readonly Expression[] }
  /** One of them: `a ? b : c`, `a || b`, what a function may return. */
  | { readonly kind: 'either'; readonly of: readonly Expression[] }
  /** Parts of a text in a row. */
  | { readonly kind: 'joined'; readonly parts: readonly Expression[] }
  | { readonly kind: 'unknown' };

/** A property of a record; without a key, another record whose properties it takes over. */
export interface Entry {
  readonly key: string | undefined;
  readonly value: Expression;
}

/** A module of a configuration: what it declares, brings in and gives away. */
export interface ConfigModule {
  /** Repository-relative. */
  readonly path: string;
  readonly names: ReadonlyMap<string, Expression>;
  /** Local name to where it comes from; `*` is the whole module. */
  readonly imports: ReadonlyMap<string, { readonly specifier: string; readonly name: string }>;
  readonly exports: ReadonlyMap<string, Expression>;
  /** Specifiers of relative modules that it names, each once. */
  readonly relatives: readonly string[];
}

const UNKNOWN: Expression = { kind: 'unknown' };
const DEEPEST = 60;
const MOST_NODES = 20_000;
const WRAPPERS = new Set([
  ...['parenthesized_expression', 'as_expression', 'satisfies_expression', 'non_null_expression', 'await_expression', 'type_assertion'],
  'spread_element',
]);
const FUNCTIONS = new Set(['arrow_function', 'function_expression', 'function_declaration', 'function', 'method_definition']);

interface Reading {
  left: number;
  readonly relatives: Set<string>;
}

const childrenOf = (node: Node | null): Node[] =>
  (node?.namedChildren ?? []).filter((child): child is Node => child?.type !== 'comment' && child !== null);

/** The text of a string of any quotes, its escapes resolved as far as configurations use them. */
const unquoted = (node: Node): string =>
  node.text.slice(1, -1).replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));

/** What a function returns, without those inside of it. */
function returned(body: Node | null, depth: number, reading: Reading): Expression {
  if (body === null) return UNKNOWN;
  if (body.type !== 'statement_block') return expression(body, depth, reading);
  const found: Expression[] = [];
  const search = (node: Node, level: number): void => {
    for (const child of childrenOf(node)) {
      reading.left -= 1;
      if (reading.left < 0 || level > DEEPEST || FUNCTIONS.has(child.type)) continue;
      if (child.type === 'return_statement') found.push(expression(childrenOf(child)[0] ?? null, depth + 1, reading));
      else search(child, level + 1);
    }
  };
  search(body, depth);
  return found.length === 1 && found[0] ? found[0] : { kind: 'either', of: found };
}

function template(node: Node, depth: number, reading: Reading): Expression {
  const pieces = childrenOf(node).map((child): Expression => {
    if (child.type === 'template_substitution') return expression(childrenOf(child)[0] ?? null, depth + 1, reading);
    return { kind: 'text', text: child.text };
  });
  return { kind: 'joined', parts: pieces };
}

function record(node: Node, depth: number, reading: Reading): Expression {
  const entries = childrenOf(node).flatMap((child): Entry[] => {
    if (child.type === 'pair') {
      const key = child.childForFieldName('key');
      const name = key?.type === 'string' ? unquoted(key) : key?.text;
      return [{ key: name, value: expression(child.childForFieldName('value'), depth + 1, reading) }];
    }
    if (child.type === 'shorthand_property_identifier') return [{ key: child.text, value: { kind: 'name', name: child.text } }];
    if (child.type === 'spread_element') return [{ key: undefined, value: expression(childrenOf(child)[0] ?? null, depth + 1, reading) }];
    return [];
  });
  return { kind: 'record', entries };
}

function call(node: Node, depth: number, reading: Reading): Expression {
  const callee = node.childForFieldName('function') ?? node.childForFieldName('constructor');
  const args = childrenOf(node.childForFieldName('arguments')).map((child) => expression(child, depth + 1, reading));
  const name = callee?.type === 'member_expression' ? callee.childForFieldName('property')?.text : callee?.text.slice(0, 100);
  const first = args[0];
  if (name === 'require' && first?.kind === 'text' && first.text.startsWith('.')) reading.relatives.add(first.text);
  const of = callee?.type === 'member_expression' ? expression(callee.childForFieldName('object'), depth + 1, reading) : undefined;
  return { kind: 'call', callee: name ?? '', of, args };
}

function binary(node: Node, depth: number, reading: Reading): Expression {
  const sides = [node.childForFieldName('left'), node.childForFieldName('right')].map((side) => expression(side, depth + 1, reading));
  const operator = node.childForFieldName('operator')?.text;
  if (operator === '+') return { kind: 'joined', parts: sides };
  if (operator === '||' || operator === '??') return { kind: 'either', of: sides };
  return operator === '&&' ? (sides[1] ?? UNKNOWN) : UNKNOWN;
}

function expression(node: Node | null, depth: number, reading: Reading): Expression {
  reading.left -= 1;
  if (node === null || depth > DEEPEST || reading.left < 0) return UNKNOWN;
  if (WRAPPERS.has(node.type)) return expression(childrenOf(node)[0] ?? null, depth + 1, reading);
  if (FUNCTIONS.has(node.type)) return returned(node.childForFieldName('body'), depth + 1, reading);
  switch (node.type) {
    case 'string':
      return { kind: 'text', text: unquoted(node) };
    case 'template_string':
      return template(node, depth, reading);
    case 'regex':
      return {
        kind: 'pattern',
        source: node.childForFieldName('pattern')?.text ?? '',
        flags: node.childForFieldName('flags')?.text ?? '',
      };
    case 'array':
      return { kind: 'list', items: childrenOf(node).map((child) => expression(child, depth + 1, reading)) };
    case 'object':
      return record(node, depth, reading);
    case 'identifier':
      return { kind: 'name', name: node.text };
    case 'member_expression':
      return {
        kind: 'member',
        of: expression(node.childForFieldName('object'), depth + 1, reading),
        name: node.childForFieldName('property')?.text ?? '',
      };
    case 'call_expression':
    case 'new_expression':
      return call(node, depth, reading);
    case 'ternary_expression':
      return {
        kind: 'either',
        of: ['consequence', 'alternative'].map((field) => expression(node.childForFieldName(field), depth + 1, reading)),
      };
    case 'binary_expression':
      return binary(node, depth, reading);
    default:
      return UNKNOWN;
  }
}

/** Names that a declaration binds: one, or the properties of what is taken apart. */
function bind(names: Map<string, Expression>, pattern: Node | null, value: Expression): void {
  if (pattern?.type === 'identifier') names.set(pattern.text, value);
  if (pattern?.type !== 'object_pattern') return;
  for (const child of childrenOf(pattern)) {
    const key = child.type === 'pair_pattern' ? child.childForFieldName('key')?.text : child.text;
    const local = child.type === 'pair_pattern' ? child.childForFieldName('value')?.text : child.text;
    if (key && local) names.set(local, { kind: 'member', of: value, name: key });
  }
}

function moduleOf(path: string, root: Node): ConfigModule {
  const reading: Reading = { left: MOST_NODES, relatives: new Set() };
  const names = new Map<string, Expression>();
  const imports = new Map<string, { specifier: string; name: string }>();
  const exports = new Map<string, Expression>();
  const declare = (node: Node): string[] =>
    childrenOf(node).flatMap((declarator) => {
      const name = declarator.childForFieldName('name');
      bind(names, name, expression(declarator.childForFieldName('value'), 0, reading));
      return name?.type === 'identifier' ? [name.text] : [];
    });
  const assign = (node: Node): void => {
    const target = node.childForFieldName('left')?.text ?? '';
    const value = expression(node.childForFieldName('right'), 0, reading);
    const exported = /^(?:module\.)?exports\.(\w+)$/.exec(target)?.[1];
    if (target === 'module.exports' || target === 'export.default') exports.set('default', value);
    else if (exported) exports.set(exported, value);
  };
  const importFrom = (node: Node): void => {
    const source = node.childForFieldName('source');
    const specifier = source ? unquoted(source) : '';
    if (specifier.startsWith('.')) reading.relatives.add(specifier);
    for (const part of childrenOf(childrenOf(node).find(({ type }) => type === 'import_clause') ?? null)) {
      if (part.type === 'identifier') imports.set(part.text, { specifier, name: 'default' });
      else if (part.type === 'namespace_import') imports.set(childrenOf(part)[0]?.text ?? '', { specifier, name: '*' });
      else
        for (const each of childrenOf(part)) {
          const name = each.childForFieldName('name')?.text ?? '';
          imports.set(each.childForFieldName('alias')?.text ?? name, { specifier, name });
        }
    }
  };
  const exportOf = (node: Node): void => {
    const source = node.childForFieldName('source');
    const specifier = source ? unquoted(source) : undefined;
    if (specifier?.startsWith('.')) reading.relatives.add(specifier);
    const declaration = node.childForFieldName('declaration');
    if (declaration?.type === 'function_declaration') {
      const name = declaration.childForFieldName('name')?.text ?? '';
      names.set(name, expression(declaration, 0, reading));
      exports.set(name, { kind: 'name', name });
    } else if (declaration) for (const name of declare(declaration)) exports.set(name, { kind: 'name', name });
    const value = node.childForFieldName('value');
    if (value) exports.set('default', expression(value, 0, reading));
    for (const each of childrenOf(childrenOf(node).find(({ type }) => type === 'export_clause') ?? null)) {
      const name = each.childForFieldName('name')?.text ?? '';
      const local = specifier === undefined ? name : `from ${specifier} ${name}`;
      if (specifier !== undefined) imports.set(local, { specifier, name });
      exports.set(each.childForFieldName('alias')?.text ?? name, { kind: 'name', name: local });
    }
  };
  for (const node of childrenOf(root)) {
    if (node.type === 'lexical_declaration' || node.type === 'variable_declaration') declare(node);
    else if (node.type === 'function_declaration') names.set(node.childForFieldName('name')?.text ?? '', expression(node, 0, reading));
    else if (node.type === 'import_statement') importFrom(node);
    else if (node.type === 'export_statement') exportOf(node);
    else if (node.type === 'expression_statement') {
      const inner = childrenOf(node)[0];
      if (inner?.type === 'assignment_expression') assign(inner);
    }
  }
  return { path, names, imports, exports, relatives: [...reading.relatives] };
}

/**
 * Reads a JavaScript, TypeScript or JSON configuration by its syntax tree. JSON may have comments and commas too many. `undefined` for a text
 * that cannot be parsed. Nothing of it runs.
 */
export async function readConfigModule(path: string, text: string): Promise<ConfigModule | undefined> {
  const isData = /\.(?:json|json5|jsonc)$|rc$/.test(path) && !/^\s*(?:module\.exports|export\s)/m.test(text);
  const grammar = languageOf(isData ? 'data.js' : path)?.grammar;
  if (!grammar || !['javascript', 'typescript', 'tsx'].includes(grammar.name)) return undefined;
  const parsing = await parsingFor(grammar);
  return parsing?.withTree(isData ? `module.exports = ${text}` : text, (tree) => moduleOf(path, tree.rootNode));
}
