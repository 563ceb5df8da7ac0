import type { Node } from 'web-tree-sitter';
import type { FlowLanguage, Place, Shape } from '../shape.ts';

/** The name of a variable without `$`. */
const variable =
  (field: string): Place =>
  (node) => {
    const found = node.childForFieldName(field);
    return found?.type === 'variable_name' ? found.namedChild(0) : found;
  };
const childIn = (node: Node | null | undefined, type: string): Node | null | undefined =>
  node?.namedChildren.find((child) => child?.type === type);
const anonymousClass = (node: Node): Node | null | undefined => childIn(node, 'anonymous_class');
const nothing: Place = () => undefined;

/** `echo` and `print` are calls of what they print. */
const OUTPUT: Shape = {
  as: 'call',
  callee: (node) => node.child(0),
  receiver: nothing,
  arguments: (node) => (node.namedChild(0)?.type === 'sequence_expression' ? node.namedChild(0) : node),
};
const SKIP: Shape = { as: 'skip' };
const INNER: Shape = { as: 'inner' };
const LIST: Shape = { as: 'list' };
const CONDITION: Shape = { as: 'condition', condition: 'condition' };
const FUNCTION: Shape = { as: 'function', name: 'name', parameters: 'parameters', returns: 'return_type', body: 'body', explicit: true };
const LAMBDA: Shape = { as: 'function', parameters: 'parameters', returns: 'return_type', body: 'body' };
const PARAMETER: Shape = { as: 'parameter', name: variable('name'), type: 'type' };
const TYPE: Shape = { as: 'type', name: 'name', body: 'body' };
const METHOD: Shape = { as: 'call', callee: 'name', receiver: 'object', arguments: 'arguments' };
const MEMBER: Shape = { as: 'member', object: 'object', name: 'name' };
const INTERPOLATED: Shape = { as: 'string', content: ['string_content', 'escape_sequence'] };

/** `strval($x)` says the same as `$x`. */
const functionCall = (node: Node): Shape =>
  node.childForFieldName('function')?.text === 'strval'
    ? { as: 'inner', inner: () => node.childForFieldName('arguments')?.namedChild(0) }
    : { as: 'call', callee: 'function', arguments: 'arguments' };

/** PHP. */
export const PHP_FLOW: FlowLanguage = {
  grammars: ['php'],
  shapes: {
    comment: SKIP,
    text: SKIP,
    text_interpolation: SKIP,
    php_tag: SKIP,
    attribute_list: SKIP,
    namespace_use_declaration: SKIP,
    use_declaration: SKIP,
    global_declaration: SKIP,
    namespace_name: SKIP,
    named_type: SKIP,
    primitive_type: SKIP,
    optional_type: SKIP,
    union_type: SKIP,
    type_list: SKIP,
    cast_type: SKIP,
    visibility_modifier: SKIP,
    string: INTERPOLATED,
    encapsed_string: INTERPOLATED,
    heredoc: { as: 'string', of: 'value', content: ['string_content', 'escape_sequence'] },
    nowdoc: { as: 'string', of: 'value', content: ['nowdoc_string'] },
    name: { as: 'name' },
    qualified_name: { as: 'name', name: -1 },
    relative_scope: { as: 'name' },
    variable_name: { as: 'name', name: 0 },
    dynamic_variable_name: { as: 'name', name: 0 },
    member_access_expression: MEMBER,
    nullsafe_member_access_expression: MEMBER,
    scoped_property_access_expression: { as: 'member', object: 'scope', name: variable('name') },
    class_constant_access_expression: { as: 'member', object: 0, name: 1 },
    subscript_expression: { as: 'index', object: 0, index: 1 },
    function_call_expression: functionCall,
    member_call_expression: METHOD,
    nullsafe_member_call_expression: METHOD,
    scoped_call_expression: { as: 'call', callee: 'name', receiver: 'scope', arguments: 'arguments' },
    object_creation_expression: {
      as: 'call',
      callee: (node) => {
        const [type] = node.namedChildren;
        if (type?.type === 'anonymous_class') return undefined;
        return type?.type === 'qualified_name' ? type.namedChild(type.namedChildCount - 1) : type;
      },
      arguments: (node) => childIn(node, 'arguments') ?? childIn(anonymousClass(node), 'arguments'),
      members: (node) => anonymousClass(node)?.childForFieldName('body'),
      constructs: true,
    },
    argument: { as: 'argument', name: 'name', value: -1 },
    echo_statement: OUTPUT,
    print_intrinsic: OUTPUT,
    sequence_expression: LIST,
    binary_expression: { as: 'operation', left: 'left', right: 'right' },
    conditional_expression: (node) => ({
      as: 'choice',
      condition: 'condition',
      branches: [node.childForFieldName('body') ? 'body' : 'condition', 'alternative'],
    }),
    array_creation_expression: { as: 'record' },
    array_element_initializer: (node) => (node.namedChildCount === 2 ? { as: 'field', name: 0, value: 1 } : INNER),
    by_ref: INNER,
    parenthesized_expression: INNER,
    error_suppression_expression: INNER,
    clone_expression: INNER,
    cast_expression: { as: 'inner', inner: 'value' },
    expression_statement: INNER,
    list_literal: LIST,
    pair: LIST,
    assignment_expression: { as: 'assign', target: 'left', value: 'right' },
    reference_assignment_expression: { as: 'assign', target: 'left', value: 'right' },
    augmented_assignment_expression: { as: 'assign', target: 'left', value: 'right', appends: true },
    static_variable_declaration: { as: 'assign', target: 'name', value: 'value' },
    property_element: {
      as: 'assign',
      target: 'name',
      value: 'default_value',
      type: (node) => node.parent?.childForFieldName('type'),
      field: true,
    },
    const_element: (node) => ({ as: 'assign', target: 0, value: 1, ...(node.parent?.parent?.type === 'program' ? {} : { field: true }) }),
    enum_case: { as: 'assign', target: 'name', value: 'value', field: true },
    return_statement: { as: 'return' },
    yield_expression: { as: 'return', value: -1 },
    compound_statement: { as: 'block' },
    if_statement: CONDITION,
    else_if_clause: CONDITION,
    while_statement: CONDITION,
    foreach_statement: { as: 'each', target: 1, of: 0 },
    switch_statement: { as: 'switch', subject: 'condition', cases: { case_statement: 'value', default_statement: nothing } },
    match_expression: {
      as: 'switch',
      subject: 'condition',
      cases: { match_conditional_expression: 'conditional_expressions', match_default_expression: nothing },
    },
    match_condition_list: LIST,
    simple_parameter: PARAMETER,
    variadic_parameter: PARAMETER,
    property_promotion_parameter: PARAMETER,
    function_definition: FUNCTION,
    method_declaration: FUNCTION,
    anonymous_function: LAMBDA,
    arrow_function: LAMBDA,
    class_declaration: TYPE,
    interface_declaration: TYPE,
    trait_declaration: TYPE,
    enum_declaration: TYPE,
  },
  composers: {
    sprintf: { how: 'format', placeholders: 'percent' },
    vsprintf: { how: 'format', placeholders: 'percent' },
    implode: { how: 'join', at: 1, separator: 0 },
    join: { how: 'join', at: 1, separator: 0 },
  },
  operators: { '.': 'append', '+': 'other', '<>': 'compare' },
};
