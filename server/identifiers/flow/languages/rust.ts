import type { Node } from 'web-tree-sitter';
import type { FlowLanguage, Shape } from '../shape.ts';

/** Calls that give what they are called on, with another type. */
const TRANSPARENT =
  /^(?:to_string|to_owned|into|clone|cloned|copied|as_str|as_ref|as_bytes|as_deref|borrow|unwrap|unwrap_or_default|expect|to_str|into_string|into_boxed_str)$/;
/** What wraps a value without a change. */
const WRAPPERS = /^(?:Ok|Some|Box::new|Rc::new|Arc::new|String::from|Cow::from|Cow::Owned|Cow::Borrowed)$/;

function callShape(call: Node): Shape {
  const callee = call.childForFieldName('function');
  const given = call.childForFieldName('arguments');
  const own = callee?.type === 'generic_function' ? callee.childForFieldName('function') : callee;
  if (own && given?.namedChildCount === 1 && own.endIndex - own.startIndex < 20 && WRAPPERS.test(own.text))
    return { as: 'inner', inner: () => given.namedChild(0) };
  // `OrderId::new(...)` makes an `OrderId`.
  if (own?.type === 'scoped_identifier' && own.childForFieldName('name')?.text === 'new') {
    const path = own.childForFieldName('path');
    const type = path?.childForFieldName('type') ?? path;
    return { as: 'call', callee: () => type?.childForFieldName('name') ?? type, arguments: 'arguments', constructs: true };
  }
  if (own?.type === 'identifier' && /^[A-Z]/.test(own.text))
    return { as: 'call', callee: () => own, arguments: 'arguments', constructs: true };
  return { as: 'call', callee: 'function', arguments: 'arguments' };
}

/** A block has a value where its last statement does not end with a semicolon. */
function lastValue(block: Node): Node | undefined {
  const last = block.namedChildren.findLast((child) => child !== null && !child.isExtra);
  return last && /expression|literal|identifier|self|macro_invocation|block$/.test(last.type) && !last.text.endsWith(';')
    ? last
    : undefined;
}

/** Items for tests are no code of the product. */
function isTest(item: Node): boolean {
  for (let before = item.previousNamedSibling; before && /attribute_item|comment/.test(before.type); before = before.previousNamedSibling)
    if (before.type === 'attribute_item' && /^#\[(?:\w+::)*(?:test\b|cfg\(test\))/.test(before.text)) return true;
  return false;
}
const unlessTest =
  (shape: Shape) =>
  (node: Node): Shape =>
    isTest(node) ? SKIP : shape;

const isInType = (node: Node): boolean => /^(?:impl|trait)_item$/.test(node.parent?.parent?.type ?? '');
const constant = (node: Node): Shape => ({
  as: 'assign',
  target: 'name',
  value: 'value',
  type: 'type',
  ...(isInType(node) ? { field: true } : {}),
});

const SKIP: Shape = { as: 'skip' };
const INNER: Shape = { as: 'inner' };
const LIST: Shape = { as: 'list' };
const NAME: Shape = { as: 'name' };
const STRING: Shape = { as: 'string', content: ['string_content', 'escape_sequence'] };
const PATH: Shape = { as: 'member', object: 'path', name: 'name' };
const VALUE: Shape = { as: 'inner', inner: 'value' };

/** Rust. */
export const RUST_FLOW: FlowLanguage = {
  grammars: ['rust'],
  shapes: {
    line_comment: SKIP,
    block_comment: SKIP,
    use_declaration: SKIP,
    extern_crate_declaration: SKIP,
    attribute_item: SKIP,
    inner_attribute_item: SKIP,
    macro_definition: SKIP,
    struct_item: SKIP,
    enum_item: SKIP,
    union_item: SKIP,
    type_item: SKIP,
    type_arguments: SKIP,
    type_parameters: SKIP,
    visibility_modifier: SKIP,
    mutable_specifier: SKIP,
    lifetime: SKIP,
    label: SKIP,
    string_literal: STRING,
    raw_string_literal: STRING,
    char_literal: { as: 'string' },
    identifier: NAME,
    type_identifier: NAME,
    field_identifier: NAME,
    self: NAME,
    super: NAME,
    crate: NAME,
    metavariable: NAME,
    scoped_identifier: PATH,
    scoped_type_identifier: PATH,
    generic_function: { as: 'inner', inner: 'function' },
    generic_type: { as: 'inner', inner: 'type' },
    generic_type_with_turbofish: { as: 'inner', inner: 'type' },
    field_expression: { as: 'member', object: 'value', name: 'field' },
    index_expression: { as: 'index', object: 0, index: 1 },
    call_expression: callShape,
    macro_invocation: { as: 'call', callee: 'macro', arguments: -1, tokens: true },
    binary_expression: { as: 'operation', left: 'left', right: 'right' },
    struct_expression: { as: 'record', type: 'name', fields: 'body' },
    field_initializer: { as: 'field', name: 'field', value: 'value' },
    shorthand_field_initializer: { as: 'shorthand' },
    base_field_initializer: INNER,
    struct_pattern: { as: 'record', type: 'type' },
    field_pattern: (node) => (node.childForFieldName('pattern') ? { as: 'field', name: 'name', value: 'pattern' } : { as: 'shorthand' }),
    parenthesized_expression: INNER,
    reference_expression: VALUE,
    try_expression: INNER,
    await_expression: INNER,
    type_cast_expression: VALUE,
    unary_expression: (node) => (node.child(0)?.type === '*' ? INNER : { as: 'list' }),
    unsafe_block: INNER,
    async_block: INNER,
    expression_statement: INNER,
    tuple_struct_pattern: (node) => (node.namedChildCount === 2 ? { as: 'inner', inner: 1 } : LIST),
    tuple_pattern: LIST,
    slice_pattern: LIST,
    or_pattern: LIST,
    match_pattern: INNER,
    ref_pattern: INNER,
    mut_pattern: { as: 'inner', inner: -1 },
    reference_pattern: { as: 'inner', inner: -1 },
    let_declaration: { as: 'assign', target: 'pattern', value: 'value', type: 'type' },
    let_condition: { as: 'assign', target: 'pattern', value: 'value' },
    const_item: constant,
    static_item: constant,
    assignment_expression: { as: 'assign', target: 'left', value: 'right' },
    compound_assignment_expr: { as: 'assign', target: 'left', value: 'right', appends: true },
    return_expression: { as: 'return' },
    block: { as: 'block', value: lastValue },
    if_expression: { as: 'condition', condition: 'condition', value: true },
    else_clause: INNER,
    while_expression: { as: 'condition', condition: 'condition' },
    for_expression: { as: 'each', target: 'pattern', of: 'value' },
    match_expression: {
      as: 'switch',
      subject: 'value',
      cases: { match_arm: 'pattern' },
      guard: (arm) => arm.childForFieldName('pattern')?.childForFieldName('condition'),
      binds: /^(?:tuple_struct|struct|tuple|slice|captured|ref|mut|reference)_pattern$|^identifier$/,
    },
    parameter: { as: 'parameter', name: 'pattern', type: 'type' },
    function_item: unlessTest({ as: 'function', name: 'name', parameters: 'parameters', returns: 'return_type', body: 'body' }),
    function_signature_item: SKIP,
    closure_expression: { as: 'function', parameters: 'parameters', returns: 'return_type', body: 'body' },
    impl_item: unlessTest({
      as: 'type',
      name: (node) => {
        const type = node.childForFieldName('type');
        return type?.childForFieldName('type') ?? type;
      },
      body: 'body',
    }),
    trait_item: { as: 'type', name: 'name', body: 'body' },
    mod_item: unlessTest({ as: 'block' }),
    declaration_list: { as: 'block' },
  },
  transparent: TRANSPARENT,
  composers: {
    'format!': { how: 'format', placeholders: 'braces' },
    'concat!': { how: 'concatenate' },
    '.join': { how: 'join', at: 'receiver', separator: 0 },
    '.concat': { how: 'join', at: 'receiver' },
  },
};
