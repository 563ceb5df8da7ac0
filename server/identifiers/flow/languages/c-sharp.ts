import type { Node } from 'web-tree-sitter';
import type { FlowLanguage, Shape } from '../shape.ts';
import { child, typeOfParent } from './places.ts';

const bodyOf = child('block', 'arrow_expression_clause');

/** `a?.B`, `a?[0]`. */
function conditionalAccess(node: Node): Shape {
  const access = node.namedChild(1);
  if (access?.type === 'member_binding_expression') return { as: 'member', object: 0, name: () => access.childForFieldName('name') };
  if (access?.type === 'element_binding_expression') return { as: 'index', object: 0, index: () => access.namedChild(0) };
  return { as: 'list' };
}

/** `new T { A = a }` is a record; with arguments it is a call, and the fields are the last argument. */
function construction(node: Node): Shape {
  const initializer = child('initializer_expression');
  const given = child('argument_list');
  return initializer(node) && !given(node)?.namedChildCount
    ? { as: 'record', type: 'type', fields: initializer }
    : { as: 'call', callee: 'type', arguments: given, block: initializer, constructs: true };
}

export const C_SHARP_FLOW: FlowLanguage = {
  grammars: ['c-sharp'],
  shapes: {
    comment: { as: 'skip' },
    using_directive: { as: 'skip' },
    extern_alias_directive: { as: 'skip' },
    file_scoped_namespace_declaration: { as: 'skip' },
    namespace_declaration: { as: 'inner', inner: 'body' },
    delegate_declaration: { as: 'skip' },
    attribute_list: { as: 'skip' },
    global_attribute: { as: 'skip' },
    type_argument_list: { as: 'skip' },
    type_parameter_list: { as: 'skip' },
    type_parameter_constraints_clause: { as: 'skip' },
    implicit_type: { as: 'skip' },
    array_type: { as: 'skip' },
    nullable_type: { as: 'skip' },
    typeof_expression: { as: 'skip' },
    default_expression: { as: 'skip' },
    null_literal: { as: 'skip' },
    declaration_expression: { as: 'skip' },
    declaration_pattern: { as: 'skip' },
    type_pattern: { as: 'skip' },
    discard: { as: 'skip' },
    catch_declaration: { as: 'skip' },
    interpolation_brace: { as: 'skip' },
    interpolation_start: { as: 'skip' },
    interpolation_quote: { as: 'skip' },
    string_literal: { as: 'string' },
    verbatim_string_literal: { as: 'string' },
    raw_string_literal: { as: 'string' },
    character_literal: { as: 'string' },
    interpolated_string_expression: { as: 'string', holes: ['interpolation'] },
    identifier: { as: 'name' },
    predefined_type: { as: 'name' },
    this: { as: 'name' },
    base: { as: 'name' },
    generic_name: { as: 'inner' },
    qualified_name: { as: 'member', object: 'qualifier', name: 'name' },
    member_access_expression: { as: 'member', object: 'expression', name: 'name' },
    conditional_access_expression: conditionalAccess,
    element_access_expression: { as: 'index', object: 'expression', index: 'subscript' },
    bracketed_argument_list: { as: 'list' },
    element_binding_expression: { as: 'list' },
    collection_expression: { as: 'list' },
    invocation_expression: { as: 'call', callee: 'function', arguments: 'arguments' },
    object_creation_expression: construction,
    implicit_object_creation_expression: construction,
    constructor_initializer: {
      as: 'call',
      callee: (node) => node.children.find((one) => one && /^(?:base|this)$/.test(one.type)),
      arguments: child('argument_list'),
    },
    base_list: (node) => {
      const call = child('primary_constructor_base_type');
      if (child('argument_list')(node)) return { as: 'call', callee: 0, arguments: child('argument_list'), constructs: true };
      return call(node) ? { as: 'inner', inner: call } : { as: 'skip' };
    },
    primary_constructor_base_type: { as: 'call', callee: 0, arguments: child('argument_list'), constructs: true },
    anonymous_object_creation_expression: { as: 'record', pairs: true },
    with_expression: { as: 'list' },
    with_initializer: { as: 'record', pairs: true },
    initializer_expression: { as: 'record' },
    argument: { as: 'argument', name: 'name', value: -1 },
    implicit_array_creation_expression: { as: 'inner', inner: child('initializer_expression') },
    array_creation_expression: { as: 'inner', inner: child('initializer_expression') },
    cast_expression: { as: 'inner', inner: 'value' },
    as_expression: { as: 'inner', inner: 'left' },
    parenthesized_expression: { as: 'inner' },
    await_expression: { as: 'inner' },
    prefix_unary_expression: { as: 'inner' },
    postfix_unary_expression: { as: 'inner' },
    checked_expression: { as: 'inner' },
    tuple_pattern: { as: 'list' },
    tuple_expression: { as: 'list' },
    binary_expression: { as: 'operation', left: 'left', right: 'right' },
    is_pattern_expression: { as: 'operation', left: 'expression', right: 'pattern' },
    constant_pattern: { as: 'inner' },
    or_pattern: { as: 'list' },
    parenthesized_pattern: { as: 'inner' },
    negated_pattern: { as: 'inner' },
    conditional_expression: { as: 'choice', condition: 'condition', branches: ['consequence', 'alternative'] },
    variable_declarator: {
      as: 'assign',
      target: 0,
      value: (node) => (node.namedChildCount > 1 ? node.lastNamedChild : undefined),
      type: typeOfParent,
      field: 'member',
    },
    assignment_expression: (node) =>
      node.parent?.type === 'initializer_expression'
        ? { as: 'field', name: 'left', value: 'right' }
        : { as: 'assign', target: 'left', value: 'right', appends: true },
    property_declaration: (node) =>
      node.childForFieldName('value')?.type === 'arrow_expression_clause'
        ? { as: 'function', name: 'name', returns: 'type', body: 'value' }
        : { as: 'assign', target: 'name', value: 'value', type: 'type', field: true, accessors: ['accessor_list'] },
    accessor_declaration: (node) =>
      bodyOf(node) ? { as: 'function', name: ({ parent }) => parent?.parent?.childForFieldName('name'), body: bodyOf } : { as: 'skip' },
    arrow_expression_clause: { as: 'inner' },
    enum_member_declaration: { as: 'assign', target: 'name', value: 'value', field: true },
    foreach_statement: { as: 'each', target: 'left', of: 'right' },
    expression_statement: { as: 'inner' },
    return_statement: { as: 'return' },
    yield_statement: { as: 'return' },
    block: { as: 'block' },
    if_statement: { as: 'condition', condition: 'condition' },
    while_statement: { as: 'condition', condition: 'condition' },
    do_statement: { as: 'condition', condition: 'condition' },
    when_clause: { as: 'condition', condition: 0 },
    switch_statement: { as: 'switch', subject: 'value', cases: { switch_section: child('constant_pattern', 'or_pattern') } },
    switch_expression: { as: 'switch', subject: 0, cases: { switch_expression_arm: 0 } },
    parameter: { as: 'parameter', name: 'name', type: 'type' },
    implicit_parameter: { as: 'name' },
    method_declaration: { as: 'function', name: 'name', parameters: 'parameters', returns: 'returns', body: 'body' },
    local_function_statement: { as: 'function', name: 'name', parameters: 'parameters', returns: 'type', body: 'body' },
    constructor_declaration: {
      as: 'function',
      name: 'name',
      parameters: 'parameters',
      before: child('constructor_initializer'),
      body: 'body',
    },
    operator_declaration: { as: 'function', name: 'operator', parameters: 'parameters', returns: 'type', body: 'body' },
    conversion_operator_declaration: { as: 'function', name: 'type', parameters: 'parameters', returns: 'type', body: 'body' },
    indexer_declaration: {
      as: 'function',
      name: (node) => node.children.find((one) => one?.type === 'this'),
      parameters: 'parameters',
      returns: 'type',
      body: (node) => bodyOf(node) ?? child('accessor_list')(node),
    },
    lambda_expression: { as: 'function', parameters: 'parameters', body: 'body' },
    anonymous_method_expression: { as: 'function', parameters: 'parameters', body: child('block') },
    class_declaration: { as: 'type', name: 'name', parameters: child('parameter_list'), before: child('base_list'), body: 'body' },
    record_declaration: { as: 'type', name: 'name', parameters: child('parameter_list'), before: child('base_list'), body: 'body' },
    struct_declaration: { as: 'type', name: 'name', parameters: child('parameter_list'), body: 'body' },
    interface_declaration: { as: 'type', name: 'name', body: 'body' },
    enum_declaration: { as: 'type', name: 'name', body: 'body' },
  },
  composers: {
    'string.Format': { how: 'format', placeholders: 'braces' },
    'String.Format': { how: 'format', placeholders: 'braces' },
    'string.Concat': { how: 'concatenate' },
    'String.Concat': { how: 'concatenate' },
    'string.Join': { how: 'join', at: 1, separator: 0 },
    'String.Join': { how: 'join', at: 1, separator: 0 },
    '.ToString': { how: 'build' },
  },
  operators: { is: 'compare' },
};
