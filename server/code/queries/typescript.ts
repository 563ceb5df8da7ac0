/** Functions that are values: `const relay = () => ...` declares a function to everybody who reads it. */
const VALUES = `
(lexical_declaration "const" (variable_declarator name: (identifier) @name value: [(arrow_function) (function_expression)]) @function)
(program (lexical_declaration (variable_declarator name: (identifier) @name value: (_) @value) @constant))
(program (export_statement (lexical_declaration (variable_declarator name: (identifier) @name value: (_) @value) @constant)))
(program (variable_declaration (variable_declarator name: (identifier) @name value: (_) @value) @constant))
`;

const FUNCTIONS = `
(function_declaration name: (identifier) @name) @function
(generator_function_declaration name: (identifier) @name) @function
`;

/** JavaScript. */
export const JAVASCRIPT = `
${FUNCTIONS}
(class_declaration name: (identifier) @name) @class
(method_definition name: [(property_identifier) (private_property_identifier)] @name) @method
(field_definition property: [(property_identifier) (private_property_identifier)] @name) @property
${VALUES}
`;

/** TypeScript, with and without JSX. */
export const TYPESCRIPT = `
${FUNCTIONS}
(function_signature name: (identifier) @name) @function
(class_declaration name: (type_identifier) @name) @class
(abstract_class_declaration name: (type_identifier) @name) @class
(interface_declaration name: (type_identifier) @name) @interface
(type_alias_declaration name: (type_identifier) @name) @type
(enum_declaration name: (identifier) @name) @enum
(internal_module name: [(identifier) (nested_identifier)] @name) @namespace
(module name: [(identifier) (nested_identifier)] @name) @namespace
(method_definition name: [(property_identifier) (private_property_identifier)] @name) @method
(method_signature name: (property_identifier) @name) @method
(abstract_method_signature name: (property_identifier) @name) @method
(public_field_definition name: [(property_identifier) (private_property_identifier)] @name) @property
(property_signature name: (property_identifier) @name) @property
${VALUES}
`;
