import type { Node } from 'web-tree-sitter';
import type { FlowLanguage, Shape } from '../shape.ts';

/** `Order(...)`, `models.Order(...)`: a call of a class makes a value. `ALL_CAPITALS` is a constant, and `str` keeps what a string says. */
function callShape(call: Node): Shape {
  const callee = call.childForFieldName('function');
  const isMember = callee?.type === 'attribute';
  const name = isMember ? callee.childForFieldName('attribute') : callee;
  const given = call.childForFieldName('arguments');
  if (callee?.type === 'identifier' && callee.text === 'str' && given?.namedChildCount === 1)
    return { as: 'inner', inner: () => given.namedChild(0) };
  if (name?.type !== 'identifier' || !/^_*[A-Z]\w*[a-z]/.test(name.text)) return { as: 'call', callee: 'function', arguments: 'arguments' };
  const receiver = isMember ? callee.childForFieldName('object') : undefined;
  return { as: 'call', callee: () => name, receiver: () => receiver, arguments: 'arguments', constructs: true };
}

/** A name that is assigned in the body of a class is a field of it. */
const assignmentShape = (node: Node): Shape => ({
  as: 'assign',
  target: 'left',
  value: 'right',
  type: 'type',
  ...(node.parent?.parent?.parent?.type === 'class_definition' ? { field: true } : {}),
});

const FUNCTION: Shape = { as: 'function', name: 'name', parameters: 'parameters', returns: 'return_type', body: 'body' };
const SKIP: Shape = { as: 'skip' };
const CONDITION: Shape = { as: 'condition', condition: 'condition' };

/** Python 2 and 3. */
export const PYTHON_FLOW: FlowLanguage = {
  grammars: ['python'],
  shapes: {
    comment: SKIP,
    import_statement: SKIP,
    import_from_statement: SKIP,
    future_import_statement: SKIP,
    global_statement: SKIP,
    nonlocal_statement: SKIP,
    delete_statement: SKIP,
    decorator: SKIP,
    type: SKIP,
    type_parameter: SKIP,
    type_alias_statement: SKIP,
    format_specifier: SKIP,
    type_conversion: SKIP,
    string: { as: 'string', content: ['string_content'], holes: ['interpolation'] },
    concatenated_string: { as: 'string', content: [] },
    identifier: { as: 'name' },
    dotted_name: { as: 'name' },
    attribute: { as: 'member', object: 'object', name: 'attribute' },
    subscript: { as: 'index', object: 'value', index: 'subscript' },
    call: callShape,
    keyword_argument: { as: 'argument', name: 'name', value: 'value' },
    binary_operator: { as: 'operation', left: 'left', right: 'right' },
    boolean_operator: { as: 'operation', left: 'left', right: 'right' },
    comparison_operator: { as: 'operation', left: 0, right: -1, operator: 'operators' },
    conditional_expression: { as: 'choice', condition: 1, branches: [0, 2] },
    dictionary: { as: 'record' },
    pair: { as: 'field', name: 'key', value: 'value' },
    parenthesized_expression: { as: 'inner' },
    await: { as: 'inner' },
    expression_statement: (node) => (node.namedChildCount === 1 ? { as: 'inner' } : { as: 'block' }),
    pattern_list: { as: 'list' },
    expression_list: { as: 'list' },
    assignment: assignmentShape,
    augmented_assignment: { as: 'assign', target: 'left', value: 'right', appends: true },
    named_expression: { as: 'assign', target: 'name', value: 'value' },
    as_pattern: { as: 'assign', target: 'alias', value: 0 },
    as_pattern_target: { as: 'inner' },
    return_statement: { as: 'return' },
    yield: { as: 'return' },
    block: { as: 'block' },
    if_statement: CONDITION,
    elif_clause: CONDITION,
    while_statement: CONDITION,
    if_clause: { as: 'condition', condition: 0 },
    for_statement: { as: 'each', target: 'left', of: 'right' },
    for_in_clause: { as: 'each', target: 'left', of: 'right' },
    match_statement: {
      as: 'switch',
      subject: 'subject',
      cases: { case_clause: 0 },
      binds: /^(?:class|dict|list|tuple|splat|as)_pattern$|^dotted_name$/,
    },
    case_pattern: { as: 'inner' },
    union_pattern: { as: 'list' },
    default_parameter: { as: 'parameter', name: 'name' },
    typed_parameter: { as: 'parameter', name: 0, type: 'type' },
    typed_default_parameter: { as: 'parameter', name: 'name', type: 'type' },
    list_splat_pattern: { as: 'parameter', name: 0 },
    dictionary_splat_pattern: { as: 'parameter', name: 0 },
    decorated_definition: { as: 'inner', inner: 'definition' },
    function_definition: FUNCTION,
    lambda: {
      as: 'function',
      name: (node) => (node.parent?.type === 'assignment' ? node.parent.childForFieldName('left') : undefined),
      parameters: 'parameters',
      body: 'body',
    },
    class_definition: { as: 'type', name: 'name', body: 'body' },
  },
  composers: {
    '.format': { how: 'format', at: 'receiver', placeholders: 'braces' },
    '.format_map': { how: 'format', at: 'receiver', placeholders: 'braces' },
    '.join': { how: 'join', at: 0, separator: 'receiver' },
    'operator.concat': { how: 'concatenate' },
  },
  operators: { '%': 'format', in: 'contains', 'not in': 'contains' },
};
