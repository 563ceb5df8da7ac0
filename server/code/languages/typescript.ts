import type { Language } from './language.ts';
import { lineOf, SCRIPT_LIKE, TEST_OR_SPEC } from './syntax.ts';

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

const JAVASCRIPT_DECLARATIONS = `
${FUNCTIONS}
(class_declaration name: (identifier) @name) @class
(method_definition name: [(property_identifier) (private_property_identifier)] @name) @method
(field_definition property: [(property_identifier) (private_property_identifier)] @name) @property
${VALUES}
`;

const TYPESCRIPT_DECLARATIONS = `
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

const SHARED = {
  ...SCRIPT_LIKE,
  imports: [lineOf('import', String.raw`export\s.*\sfrom`), String.raw`\brequire\(|\bimport\(`],
  manifests: [String.raw`package\.json`],
  testNames: [TEST_OR_SPEC],
} as const;

export const TYPESCRIPT: Language = {
  id: 'typescript',
  extensions: ['ts', 'mts', 'cts'],
  ...SHARED,
  grammar: { name: 'typescript', queries: { declarations: TYPESCRIPT_DECLARATIONS } },
  moduleExtension: 'ts',
};

export const TSX: Language = {
  id: 'tsx',
  extensions: ['tsx'],
  ...SHARED,
  grammar: { name: 'tsx', queries: { declarations: TYPESCRIPT_DECLARATIONS } },
};

export const JAVASCRIPT: Language = {
  id: 'javascript',
  extensions: ['js', 'mjs', 'cjs', 'jsx'],
  ...SHARED,
  grammar: { name: 'javascript', queries: { declarations: JAVASCRIPT_DECLARATIONS } },
  moduleExtension: 'js',
};
