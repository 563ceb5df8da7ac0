import type { Node } from 'web-tree-sitter';

/** A value in code, as far as its text says it. */
export type Value =
  /** Parts that are only known at run time are `:name`. */
  | { readonly kind: 'text'; readonly text: string; readonly line: number }
  | { readonly kind: 'pattern'; readonly text: string; readonly line: number }
  | { readonly kind: 'name'; readonly text: string; readonly line: number }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'record'; readonly entries: ReadonlyMap<string, Value> }
  | { readonly kind: 'block' }
  | { readonly kind: 'other' };

/** A call in any language. */
export interface Call {
  /** The last name: `goto` of `page.goto(...)`. */
  readonly name: string;
  /** What the chain begins with: `page`, `cy`; empty for a plain function. */
  readonly root: string;
  /** The name right before: `request` of `page.request.get(...)`. */
  readonly near: string;
  readonly args: readonly Value[];
  /** Named arguments. */
  readonly named: ReadonlyMap<string, Value>;
  readonly line: number;
}

const CALLS: ReadonlySet<string> = new Set([
  ...['call_expression', 'new_expression', 'call', 'method_invocation', 'object_creation_expression', 'invocation_expression'],
  ...[
    'member_call_expression',
    'scoped_call_expression',
    'function_call_expression',
    'nullsafe_member_call_expression',
    'annotation',
    'attribute',
  ],
]);
const STRING =
  /^(?:string|template_string|string_literal|interpreted_string_literal|raw_string_literal|verbatim_string_literal|interpolated_string_expression|encapsed_string|concatenated_string|chained_string|line_string_literal|multiline_string_literal|heredoc|multi_line_string_literal)$/;
const INTERPOLATION = /(?:interpolation|substitution|interpolated_expression|interpolated_identifier|format_expression)$/;
const RECORD = /^(?:object|dictionary|hash|anonymous_object_creation_expression)$/;
const LIST =
  /^(?:array|list|tuple|array_creation_expression|composite_literal|literal_value|initializer_expression|array_initializer|element_value_array_initializer|string_array|symbol_array|collection_expression|set)$/;
const BLOCK =
  /^(?:arrow_function|function_expression|function|lambda|func_literal|block|do_block|lambda_literal|lambda_expression|anonymous_function|anonymous_function_creation_expression|annotated_lambda)$/;
const WRAPPER =
  /^(?:parenthesized_expression|await_expression|await|as_expression|satisfies_expression|non_null_expression|argument|value_argument|literal_element|element|array_element_initializer|expression_list|attribute_argument|spread_element|variadic_argument|unary_expression)$/;
const PAIR = /^(?:pair|keyword_argument|keyed_element|element_value_pair|named_argument|assignment_expression)$/;
const NAME =
  /^(?:identifier|member_expression|attribute|selector_expression|member_access_expression|constant|scope_resolution|simple_symbol|field_access|navigation_expression|simple_identifier|instance_variable|variable_name|property_identifier|symbol)$/;

const LONGEST_TEXT = 2_000;
const MOST_ITEMS = 60;
const DEEPEST = 6;

const named = (node: Node | null | undefined): Node[] =>
  (node?.namedChildren ?? []).filter((child): child is Node => child !== null && child.type !== 'comment');

/** The last identifier of an expression, as the name of what is not known: `user.id` is `:id`. */
function unknownName(text: string): string {
  const names = text.slice(0, 200).match(/[A-Za-z_]\w*/g);
  return `:${names?.at(-1) ?? 'value'}`;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** The text of a string, without quotes, what is put into it as `:name`. */
function stringText(node: Node): string {
  const whole = node.text.slice(0, LONGEST_TEXT);
  const pieces: string[] = [];
  let from = 0;
  for (const child of named(node)) {
    const start = child.startIndex - node.startIndex;
    if (!INTERPOLATION.test(child.type) || start < from) continue;
    pieces.push(whole.slice(from, start), unknownName(child.text));
    from = child.endIndex - node.startIndex;
  }
  pieces.push(whole.slice(from));
  const joined = pieces.join('');
  const open = /^[A-Za-z@$]{0,3}("""|'''|"|'|`)/.exec(joined);
  if (!open) return joined;
  const quote = open[1] ?? '';
  const inner = joined.slice(open[0].length, joined.endsWith(quote) ? joined.length - quote.length : undefined);
  return inner.replace(/\\(.)/g, (_, character: string) => ESCAPES[character] ?? character);
}

/** An attribute of C# is a call; one of Python is a name. */
const isCall = (node: Node): boolean => CALLS.has(node.type) && !(node.type === 'attribute' && node.childForFieldName('object') !== null);

/** The value of a node. */
export function valueIn(node: Node | null, depth = 0): Value {
  if (node === null || depth > DEEPEST) return { kind: 'other' };
  const line = node.startPosition.row;
  const { type } = node;
  if (type === 'concatenated_string' || type === 'chained_string') {
    const parts = named(node).map((child) => valueIn(child, depth + 1));
    return { kind: 'text', text: parts.map((part) => (part.kind === 'text' ? part.text : '')).join(''), line };
  }
  if (STRING.test(type)) return { kind: 'text', text: stringText(node), line };
  if (type === 'regex' || type === 'regex_literal')
    return { kind: 'pattern', text: node.text.slice(0, LONGEST_TEXT).replace(/^\/|\/\w*$/g, ''), line };
  if (BLOCK.test(type)) return { kind: 'block' };
  if (WRAPPER.test(type)) return valueIn(named(node).at(-1) ?? null, depth + 1);
  if (type === 'binary_expression' || type === 'binary_operator' || type === 'binary' || type === 'additive_expression')
    return concatenated(node, line, depth);
  if (RECORD.test(type)) return { kind: 'record', entries: entriesOf(named(node), depth) };
  if (LIST.test(type)) {
    const children = named(node).slice(0, MOST_ITEMS);
    if (children.some((child) => PAIR.test(child.type))) return { kind: 'record', entries: entriesOf(children, depth) };
    const items = children.map((child) =>
      child.type === 'bare_string' || child.type === 'bare_symbol'
        ? ({ kind: 'text', text: child.text, line } as const)
        : valueIn(child, depth + 1),
    );
    // `[]string{"run"}`: the type stands before the elements.
    return { kind: 'list', items: items.flatMap((item) => (item.kind === 'list' ? item.items : [item])) };
  }
  // `new() { Name = "Pay" }`: what is set says more than what is made.
  const initializer = type.endsWith('object_creation_expression')
    ? (named(node).find((child) => child.type === 'initializer_expression') ?? null)
    : null;
  if (initializer) return valueIn(initializer, depth + 1);
  if (type === 'true') return { kind: 'name', text: 'true', line };
  // `Smoke.class` of Java.
  if (type === 'class_literal') return { kind: 'name', text: node.text.slice(0, 200).replace(/\.class$/, ''), line };
  if (isCall(node)) return callValue(node, line, depth);
  if (NAME.test(type)) return { kind: 'name', text: node.text.slice(0, 200), line };
  return { kind: 'other' };
}

function concatenated(node: Node, line: number, depth: number): Value {
  const parts: string[] = [];
  let known = false;
  const walk = (part: Node, level: number): void => {
    if (level < 20 && /^(?:binary_expression|binary_operator|binary|additive_expression|parenthesized_expression)$/.test(part.type)) {
      for (const child of named(part)) walk(child, level + 1);
      return;
    }
    const value = valueIn(part, depth + 1);
    if (value.kind === 'text') known = true;
    parts.push(value.kind === 'text' ? value.text : unknownName(part.text));
  };
  walk(node, 0);
  return known ? { kind: 'text', text: parts.join(''), line } : { kind: 'other' };
}

/** Calls that only shape a text: `fmt.Sprintf("/users/%s", id)`, `url.format(id)`, `new RegExp('x')`, `by.id('x')`. */
function callValue(node: Node, line: number, depth: number): Value {
  const call = callOf(node, depth + 1);
  if (!call) return { kind: 'other' };
  const [first] = call.args;
  if (/^(?:Sprintf|format|sprintf|String\.format)$/.test(call.name) && first?.kind === 'text')
    return { kind: 'text', text: first.text.replace(/%[sdvq]|\{\w*\}/g, ':value'), line };
  if (call.name === 'RegExp' || call.name === 'compile')
    return first?.kind === 'text' ? { kind: 'pattern', text: first.text, line } : { kind: 'other' };
  if (call.name === 'Uri' || call.name === 'URL' || call.name === 'escape') return first ?? { kind: 'other' };
  return { kind: 'name', text: call.name, line };
}

function entriesOf(children: readonly Node[], depth: number): ReadonlyMap<string, Value> {
  const entries = new Map<string, Value>();
  for (const child of children.slice(0, MOST_ITEMS)) {
    if (!PAIR.test(child.type)) continue;
    const parts = named(child);
    const key = child.childForFieldName('key') ?? child.childForFieldName('name') ?? parts[0];
    const value = child.childForFieldName('value') ?? parts.at(-1) ?? null;
    if (key) entries.set(key.text.slice(0, 100).replace(/^[:'"]|['":]$/g, ''), valueIn(value, depth + 1));
  }
  return entries;
}

const FIELDS = ['object', 'receiver', 'operand', 'expression', 'scope'] as const;
const PROPERTIES = ['property', 'attribute', 'field', 'name', 'method'] as const;
const firstField = (node: Node, fields: readonly string[]): Node | null => {
  for (const field of fields) {
    const child = node.childForFieldName(field);
    if (child) return child;
  }
  return null;
};

/** The callee of a call: its name, and what stands before it. */
function calleeOf(node: Node): { readonly name: string; readonly before: Node | null } | undefined {
  // Kotlin: `@Tag("smoke")`.
  const made = node.type === 'annotation' ? named(node).find(({ type }) => type === 'constructor_invocation') : undefined;
  if (made) return { name: (named(made)[0]?.text ?? '').slice(0, 100), before: null };
  const own = node.childForFieldName('function') ?? node.childForFieldName('constructor') ?? node.childForFieldName('type');
  const method = node.childForFieldName('method') ?? node.childForFieldName('name');
  if (!own && method) return { name: method.text.slice(0, 100), before: firstField(node, FIELDS) };
  const callee = own ?? named(node)[0];
  if (!callee) return undefined;
  if (callee.type === 'navigation_expression') {
    const parts = named(callee);
    return { name: parts.at(-1)?.text.replace(/^\W+/, '').slice(0, 100) ?? '', before: parts[0] ?? null };
  }
  const property = firstField(callee, PROPERTIES);
  const before = firstField(callee, FIELDS);
  if (property && before) return { name: property.text.replace(/<[\s\S]*$/, '').slice(0, 100), before };
  return { name: callee.text.replace(/<[\s\S]*$/, '').slice(0, 100), before: null };
}

/** What a chain begins with, however long it is. */
function rootOf(node: Node | null): string {
  let at = node;
  for (let step = 0; at !== null && step < 200; step += 1) {
    if (/^(?:parenthesized_expression|await_expression|await)$/.test(at.type)) at = named(at)[0] ?? null;
    else if (isCall(at)) {
      const callee = calleeOf(at);
      if (!callee?.before) return callee?.name ?? '';
      at = callee.before;
    } else if (at.type === 'navigation_expression') at = named(at)[0] ?? null;
    else {
      const before = firstField(at, FIELDS);
      if (!before) return at.text.slice(0, 60);
      // `this.page.goto`, `self.driver.get`: the first name that says something.
      if (/^(?:this|self)$/.test(before.text)) return firstField(at, PROPERTIES)?.text.slice(0, 60) ?? '';
      at = before;
    }
  }
  return '';
}

/** The arguments of an annotation of Kotlin. */
const annotationArguments = (node: Node): Node | null =>
  named(named(node).find(({ type }) => type === 'constructor_invocation')).find(({ type }) => type === 'value_arguments') ?? null;

/** The call that a node is; `undefined` for another node. */
export function callOf(node: Node, depth = 0): Call | undefined {
  if (!isCall(node)) return undefined;
  const callee = calleeOf(node);
  if (!callee) return undefined;
  const list =
    node.childForFieldName('arguments') ??
    named(node).find(({ type }) =>
      /^(?:arguments|argument_list|value_arguments|call_suffix|annotation_argument_list|attribute_argument_list)$/.test(type),
    ) ??
    null;
  const inner =
    !list && node.type === 'annotation'
      ? annotationArguments(node)
      : list?.type === 'call_suffix'
        ? (named(list).find(({ type }) => type === 'value_arguments') ?? null)
        : list;
  const isText = inner !== null && STRING.test(inner.type);
  const children = isText && inner ? [inner] : named(inner);
  const pairs = children.filter(({ type }) => PAIR.test(type));
  const args = children
    .filter(({ type }) => !PAIR.test(type))
    .slice(0, MOST_ITEMS)
    .map((child) => valueIn(child, depth + 1));
  const near =
    callee.before === null
      ? ''
      : isCall(callee.before)
        ? (calleeOf(callee.before)?.name ?? '')
        : (firstField(callee.before, PROPERTIES)?.text ?? callee.before.text.slice(0, 60));
  return { name: callee.name, root: rootOf(callee.before), near, args, named: entriesOf(pairs, depth), line: node.startPosition.row };
}

/** An option of a call: a named argument, or a property of a record among its arguments. */
export function option(call: Call, name: string): Value | undefined {
  const direct = call.named.get(name);
  if (direct) return direct;
  for (const arg of call.args) {
    const value = arg.kind === 'record' ? arg.entries.get(name) : undefined;
    if (value) return value;
  }
  return undefined;
}

/** All texts of a value, in order. */
export const textsOf = (value: Value | undefined): string[] => {
  if (value?.kind === 'text') return [value.text];
  return value?.kind === 'list' ? value.items.flatMap(textsOf) : [];
};
