import type { Node } from 'web-tree-sitter';
import type { FlowLanguage, Shape } from '../shape.ts';

/** What they give says the same as what they are called on. */
const TRANSPARENT = /^(?:to_s|to_str|to_sym|freeze|dup|itself|html_safe|presence)$/;
/** Methods of strings and lists that take no arguments: other names without arguments are attributes. */
const CORE_METHOD =
  /[?!]$|^(?:first|last|to_\w+|(?:up|down|swap)case|capitalize|titleize|camelize|underscore|parameterize|humanize|classify|constantize|tableize|pluralize|singularize|l?r?strip|squish|chomp|chop|reverse|compact|compact_blank|flatten|uniq|sort|sum|join|split|lines|chars|bytes|length|size|hash|hex|uuid|uuid_v\d|random_number|urlsafe_base64|hexdigest|save|call|new|pop|shift|next|succ)$/;
const AFTER_VALUE: ReadonlySet<string> = new Set(['comment', 'heredoc_body', 'rescue', 'ensure', 'else']);

/** A call without arguments is an attribute, but for the methods of strings and lists. */
function callShape(call: Node): Shape {
  const receiver = call.childForFieldName('receiver');
  const method = call.childForFieldName('method');
  const given = call.childForFieldName('arguments');
  const block = call.childForFieldName('block');
  if (!receiver) return { as: 'call', callee: 'method', arguments: 'arguments', block: 'block' };
  const name = method?.text ?? '';
  if (name === 'new' && /^(?:constant|scope_resolution|self)$/.test(receiver.type)) {
    const type = receiver.type === 'scope_resolution' ? 'name' : undefined;
    return {
      as: 'call',
      callee: () => (type ? receiver.childForFieldName(type) : receiver),
      receiver: () => (type ? receiver.childForFieldName('scope') : undefined),
      arguments: 'arguments',
      block: 'block',
      constructs: true,
    };
  }
  if (!given && !block && !TRANSPARENT.test(name) && !CORE_METHOD.test(name)) return { as: 'member', object: 'receiver', name: 'method' };
  return { as: 'call', callee: 'method', receiver: 'receiver', arguments: 'arguments', block: 'block' };
}

/** The body of a heredoc is after the statement that it is in. */
function heredocBody(beginning: Node): Node | undefined {
  let order = 0;
  let last = beginning;
  for (let node: Node | null = beginning.parent; node; node = node.parent) {
    const others = node.descendantsOfType('heredoc_beginning').filter((one) => one !== null && one.startIndex < beginning.startIndex);
    for (let next = last.nextNamedSibling; next; next = next.nextNamedSibling) {
      if (next.type !== 'heredoc_body') continue;
      const before = others.filter((one) => one !== null && one.startPosition.row === beginning.startPosition.row).length;
      if (order === before) return next;
      order += 1;
    }
    last = node;
    if (node.endPosition.row > beginning.startPosition.row + 400) return undefined;
  }
  return undefined;
}

/** The last statement of a body gives its value; what is rescued or ensured comes after it. */
const lastValue = (body: Node): Node | undefined =>
  body.namedChildren.findLast((child) => child !== null && !AFTER_VALUE.has(child.type)) ?? undefined;

const isInType = (node: Node): boolean => /^(?:class|module)$/.test(node.parent?.parent?.type ?? '');
const only = (list: Node | null): Node | null | undefined => (list?.namedChildCount === 1 ? list.namedChild(0) : list);

const SKIP: Shape = { as: 'skip' };
const STRING: Shape = { as: 'string', content: ['string_content', 'escape_sequence'], holes: ['interpolation'] };
const VALUE_BLOCK: Shape = { as: 'block', value: lastValue };
const CONDITION: Shape = { as: 'condition', condition: 'condition', value: true };
const OWN: Shape = { as: 'own' };
const LIST: Shape = { as: 'list' };
const FUNCTION: Shape = { as: 'function', name: 'name', parameters: 'parameters', body: 'body' };
const PARAMETER: Shape = { as: 'parameter', name: 'name' };

/** The text of a regular expression; of strings it is read with the string. */
const inRegex = (node: Node): Shape => (node.parent?.type === 'regex' ? { as: 'string' } : SKIP);

/** Ruby. */
export const RUBY_FLOW: FlowLanguage = {
  grammars: ['ruby'],
  shapes: {
    comment: SKIP,
    heredoc_body: SKIP,
    string_content: inRegex,
    escape_sequence: inRegex,
    superclass: SKIP,
    uninterpreted: SKIP,
    interpolation: { as: 'inner' },
    string: STRING,
    bare_string: STRING,
    bare_symbol: STRING,
    delimited_symbol: STRING,
    subshell: STRING,
    simple_symbol: { as: 'string' },
    chained_string: { as: 'string', content: [] },
    heredoc_beginning: { as: 'string', of: heredocBody, content: ['heredoc_content', 'escape_sequence'], holes: ['interpolation'] },
    identifier: { as: 'name' },
    constant: { as: 'name' },
    self: { as: 'name' },
    global_variable: { as: 'name' },
    hash_key_symbol: { as: 'name' },
    instance_variable: OWN,
    class_variable: OWN,
    scope_resolution: { as: 'member', object: 'scope', name: 'name' },
    element_reference: { as: 'index', object: 'object', index: 1 },
    call: callShape,
    binary: { as: 'operation', left: 'left', right: 'right' },
    conditional: { as: 'choice', condition: 'condition', branches: ['consequence', 'alternative'] },
    hash: { as: 'record' },
    pair: { as: 'field', name: 'key', value: (node) => node.childForFieldName('value') ?? node.childForFieldName('key') },
    parenthesized_statements: VALUE_BLOCK,
    pattern: { as: 'inner' },
    alternative_pattern: LIST,
    left_assignment_list: LIST,
    right_assignment_list: LIST,
    assignment: (node) => ({ as: 'assign', target: 'left', value: 'right', ...(isInType(node) ? { field: true } : {}) }),
    operator_assignment: { as: 'assign', target: 'left', value: 'right', appends: true },
    exception_variable: { as: 'inner' },
    return: { as: 'return', value: (node) => only(node.namedChild(0)) },
    ...Object.fromEntries(['begin', 'body_statement', 'block_body', 'then', 'else'].map((type) => [type, VALUE_BLOCK])),
    do: { as: 'block' },
    ensure: { as: 'block' },
    if: CONDITION,
    unless: CONDITION,
    elsif: CONDITION,
    if_modifier: CONDITION,
    unless_modifier: CONDITION,
    while: { as: 'condition', condition: 'condition' },
    until: { as: 'condition', condition: 'condition' },
    for: { as: 'each', target: 'pattern', of: (node) => node.childForFieldName('value')?.namedChild(0) },
    case: { as: 'switch', subject: 'value', cases: { when: 'pattern', else: () => undefined } },
    case_match: {
      as: 'switch',
      subject: 'value',
      cases: { in_clause: 'pattern', else: () => undefined },
      guard: 'guard',
      binds: /^(?:hash|array|find|as)_pattern$|^identifier$/,
    },
    if_guard: { as: 'inner' },
    unless_guard: { as: 'inner' },
    optional_parameter: PARAMETER,
    keyword_parameter: PARAMETER,
    splat_parameter: PARAMETER,
    hash_splat_parameter: PARAMETER,
    block_parameter: PARAMETER,
    method: FUNCTION,
    singleton_method: FUNCTION,
    do_block: { as: 'function', parameters: 'parameters', body: 'body' },
    block: { as: 'function', parameters: 'parameters', body: 'body' },
    lambda: { as: 'function', parameters: 'parameters', body: (node) => node.childForFieldName('body')?.childForFieldName('body') },
    class: { as: 'type', name: 'name', body: 'body' },
    module: { as: 'type', name: 'name', body: 'body' },
    singleton_class: { as: 'block' },
  },
  composers: {
    format: { how: 'format', placeholders: 'percent' },
    sprintf: { how: 'format', placeholders: 'percent' },
    'Kernel.format': { how: 'format', placeholders: 'percent' },
    'Kernel.sprintf': { how: 'format', placeholders: 'percent' },
    '.join': { how: 'join', at: 'receiver', separator: 0 },
    '.concat': { how: 'concatenate', at: 'receiver' },
  },
  transparent: TRANSPARENT,
  operators: { '%': 'format', '<<': 'call', '=~': 'call', '!~': 'call', '|': 'other' },
};
