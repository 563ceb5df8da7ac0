import type { Node } from 'web-tree-sitter';
import type { FlowLanguage, Place, Shape } from '../shape.ts';
import { after, child } from './places.ts';

/** `f(a) { b }` is a call of a call in the grammar: the inner one, which has the arguments. */
const innerCall = (node: Node): Node => {
  const first = node.namedChild(0);
  return first?.type === 'call_expression' && node.namedChild(1)?.type === 'annotated_lambda' ? first : node;
};

/** The name of the property around a getter or setter. */
const propertyName: Place = (node) => {
  const parent = node.parent;
  return parent && child('variable_declaration')(parent)?.namedChild(0);
};

/** `"id" to x`. */
const isPair = (node: Node | null): boolean =>
  node?.type === 'infix_expression' && node.namedChildCount === 3 && node.namedChild(1)?.text === 'to';

const argument = (node: Node): Shape => {
  const last = node.namedChild(node.namedChildCount - 1);
  if (isPair(last)) return { as: 'argument', name: () => last?.namedChild(0), value: () => last?.namedChild(2) };
  return { as: 'argument', name: ({ namedChildCount }) => (namedChildCount > 1 ? node.namedChild(0) : undefined), value: -1 };
};

/** A block, or the expression after `=`. */
const bodyOf = (node: Node): Node | null | undefined => child('function_body')(node)?.namedChild(0);

/** A getter or setter without a body says only who may use it. */
const accessor = (node: Node): Shape => {
  return bodyOf(node) ? { as: 'function', name: propertyName, body: bodyOf, explicit: true } : { as: 'skip' };
};

const returnType: Place = (node) => {
  const next = after('function_value_parameters')(node);
  return next && !['function_body', 'type_constraints'].includes(next.type) ? next : undefined;
};

const NOT_A_VALUE: ReadonlySet<string> = new Set([
  'modifiers',
  'variable_declaration',
  'multi_variable_declaration',
  'getter',
  'setter',
  'type_parameters',
  'type_constraints',
  'user_type',
  'nullable_type',
  'line_comment',
  'block_comment',
]);

export const KOTLIN_FLOW: FlowLanguage = {
  grammars: ['kotlin'],
  shapes: {
    line_comment: { as: 'skip' },
    block_comment: { as: 'skip' },
    package_header: { as: 'skip' },
    import: { as: 'skip' },
    file_annotation: { as: 'skip' },
    type_alias: { as: 'skip' },
    modifiers: { as: 'skip' },
    annotation: { as: 'skip' },
    user_type: { as: 'skip' },
    nullable_type: { as: 'skip' },
    function_type: { as: 'skip' },
    type_arguments: { as: 'skip' },
    type_parameters: { as: 'skip' },
    type_test: { as: 'skip' },
    label: { as: 'skip' },
    string_literal: { as: 'string', holes: ['interpolation'] },
    multiline_string_literal: { as: 'string', holes: ['interpolation'] },
    character_literal: { as: 'string' },
    identifier: { as: 'name' },
    this_expression: { as: 'name' },
    super_expression: { as: 'name' },
    // As the name of another constructor.
    this: { as: 'name' },
    super: { as: 'name' },
    navigation_expression: { as: 'member', object: 0, name: -1 },
    index_expression: { as: 'index', object: 0, index: 1 },
    call_expression: {
      as: 'call',
      callee: (node) => innerCall(node).namedChild(0),
      arguments: (node) => child('value_arguments')(innerCall(node)),
      block: child('annotated_lambda'),
      constructs: 'capitals',
    },
    constructor_invocation: { as: 'call', callee: 0, arguments: child('value_arguments'), constructs: true },
    constructor_delegation_call: { as: 'call', callee: (node) => node.child(0), arguments: child('value_arguments') },
    value_argument: argument,
    value_arguments: { as: 'list' },
    annotated_lambda: { as: 'inner', inner: child('lambda_literal') },
    annotated_expression: { as: 'inner', inner: -1 },
    labeled_expression: { as: 'inner', inner: -1 },
    parenthesized_expression: { as: 'inner' },
    unary_expression: { as: 'inner', inner: 'argument' },
    as_expression: { as: 'inner', inner: 'left' },
    binary_expression: { as: 'operation', left: 'left', right: 'right' },
    in_expression: { as: 'operation', left: 'left', right: 'right' },
    infix_expression: { as: 'operation', left: 0, right: 2, operator: 1 },
    collection_literal: { as: 'list' },
    property_declaration: {
      as: 'assign',
      target: child('variable_declaration', 'multi_variable_declaration'),
      value: (node) => node.namedChildren.find((one) => one && !NOT_A_VALUE.has(one.type)),
      type: (node) => child('variable_declaration')(node)?.namedChild(1),
      field: 'member',
      statement: true,
      accessors: ['getter', 'setter'],
    },
    property_delegate: { as: 'inner' },
    variable_declaration: { as: 'inner', inner: child('identifier') },
    multi_variable_declaration: { as: 'list' },
    assignment: { as: 'assign', target: 'left', value: 'right', appends: true, statement: true },
    enum_entry: { as: 'assign', target: child('identifier'), value: child('value_arguments'), field: true, accessors: ['class_body'] },
    for_statement: {
      as: 'each',
      target: child('variable_declaration', 'multi_variable_declaration'),
      of: (node) => after('variable_declaration')(node) ?? after('multi_variable_declaration')(node),
    },
    return_expression: {
      as: 'return',
      value: (node) => node.namedChildren.findLast((one) => one && one.id !== node.childForFieldName('label')?.id),
    },
    block: { as: 'block', value: true },
    if_expression: { as: 'condition', condition: 'condition', value: true },
    while_statement: { as: 'condition', condition: 'condition' },
    do_while_statement: { as: 'condition', condition: 'condition' },
    when_expression: { as: 'switch', subject: child('when_subject'), cases: { when_entry: 'condition' } },
    when_subject: { as: 'inner', inner: -1 },
    range_test: { as: 'inner' },
    parameter: { as: 'parameter', name: child('identifier'), type: after('identifier') },
    class_parameter: { as: 'parameter', name: child('identifier'), type: after('identifier') },
    function_declaration: {
      as: 'function',
      name: 'name',
      parameters: child('function_value_parameters'),
      returns: returnType,
      body: bodyOf,
      explicit: true,
    },
    anonymous_function: {
      as: 'function',
      parameters: child('function_value_parameters'),
      returns: returnType,
      body: bodyOf,
      explicit: true,
    },
    lambda_literal: { as: 'function', parameters: child('lambda_parameters'), body: (node) => node },
    getter: accessor,
    setter: accessor,
    secondary_constructor: {
      as: 'function',
      name: (node) => node.child(0),
      parameters: child('function_value_parameters'),
      before: child('constructor_delegation_call'),
      body: child('block'),
      explicit: true,
    },
    class_declaration: {
      as: 'type',
      name: 'name',
      parameters: (node) => child('primary_constructor')(node)?.namedChildren.find((one) => one?.type === 'class_parameters'),
      before: child('delegation_specifiers'),
      body: child('class_body', 'enum_class_body'),
    },
    object_declaration: { as: 'type', name: 'name', before: child('delegation_specifiers'), body: child('class_body') },
    object_literal: { as: 'type', name: () => undefined, before: child('delegation_specifiers'), body: child('class_body') },
  },
  composers: {
    'String.format': { how: 'format', placeholders: 'percent' },
    '.format': { how: 'format', at: 'receiver', placeholders: 'percent' },
    'MessageFormat.format': { how: 'format', placeholders: 'braces' },
    'String.join': { how: 'join', at: 1, separator: 0 },
    '.joinToString': { how: 'join', at: 'receiver', separator: 0 },
    '.plus': { how: 'concatenate', at: 'receiver' },
    '.toString': { how: 'build' },
    buildString: { how: 'build' },
  },
  operators: { in: 'contains', '!in': 'contains', matches: 'call' },
  textHoles: /(?<!\\)\$([A-Za-z_]\w*)/g,
};
