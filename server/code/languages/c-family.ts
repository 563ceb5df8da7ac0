import type { Language } from './language.ts';
import { C_LIKE, lineOf, SCRIPT_LIKE } from './syntax.ts';

/** C and C++. A namespace is no level of its own. */
const DECLARATIONS = `
(namespace_definition name: (_) @name) @namespace
(class_specifier name: (type_identifier) @name body: (_)) @class
(struct_specifier name: (type_identifier) @name body: (_)) @class
(union_specifier name: (type_identifier) @name body: (_)) @class
(enum_specifier name: (type_identifier) @name body: (_)) @enum
(enumerator name: (identifier) @name) @constant
(type_definition declarator: (type_identifier) @name) @type
(alias_declaration name: (type_identifier) @name) @type
(concept_definition name: (identifier) @name) @type
(function_definition declarator: (function_declarator declarator: (identifier) @name)) @function
(function_definition declarator: (pointer_declarator declarator: (function_declarator declarator: (identifier) @name))) @function
(function_definition declarator: (function_declarator declarator: (field_identifier) @name)) @method
(function_definition declarator: (function_declarator declarator: (qualified_identifier scope: (_) @container name: (identifier) @name))) @method
(function_definition declarator: (function_declarator declarator: (qualified_identifier name: (identifier) @name))) @method
(field_declaration declarator: (function_declarator declarator: (field_identifier) @name)) @method
(field_declaration declarator: (field_identifier) @name) @property
(preproc_def name: (identifier) @name) @constant
(preproc_function_def name: (identifier) @name) @function
`;

/** The grammar of C++ reads C as well. */
const GRAMMAR = { name: 'cpp', queries: { declarations: DECLARATIONS } };
const TEST_NAMES = ['_test$'];

export const C: Language = { id: 'c', extensions: ['c', 'h'], ...C_LIKE, grammar: GRAMMAR, testNames: TEST_NAMES };

export const CPP: Language = {
  id: 'cpp',
  extensions: ['cc', 'cpp', 'cxx', 'hh', 'hpp', 'hxx'],
  ...C_LIKE,
  grammar: GRAMMAR,
  testNames: TEST_NAMES,
};

export const OBJECTIVE_C: Language = { id: 'objective-c', extensions: ['m', 'mm'], ...C_LIKE };

export const SWIFT: Language = { id: 'swift', extensions: ['swift'], ...C_LIKE, imports: [lineOf('import')], testNames: ['Tests?$'] };

export const DART: Language = { id: 'dart', extensions: ['dart'], ...SCRIPT_LIKE, imports: [lineOf('import')], testNames: TEST_NAMES };

export const ZIG: Language = { id: 'zig', extensions: ['zig'], ...C_LIKE, imports: [String.raw`\bimport\(`] };

export const SOLIDITY: Language = { id: 'solidity', extensions: ['sol'], ...C_LIKE, imports: [lineOf('import')] };
