import type { Language } from './language.ts';
import { BLOCK, DOUBLE, HASH, lineOf, MARKS, SINGLE, SLASHES } from './syntax.ts';

/** A namespace is no level of its own. */
const DECLARATIONS = `
(namespace_definition name: (namespace_name) @name) @namespace
(class_declaration name: (name) @name) @class
(interface_declaration name: (name) @name) @interface
(trait_declaration name: (name) @name) @class
(enum_declaration name: (name) @name) @enum
(enum_case name: (name) @name) @constant
(function_definition name: (name) @name) @function
(method_declaration name: (name) @name) @method
(property_declaration (property_element (variable_name (name) @name))) @property
(const_declaration (const_element (name) @name)) @constant
`;

export const PHP: Language = {
  id: 'php',
  extensions: ['php'],
  comments: [HASH, SLASHES, BLOCK],
  commentMarks: MARKS.slashes,
  strings: [DOUBLE, SINGLE],
  grammar: { name: 'php', queries: { declarations: DECLARATIONS } },
  imports: [lineOf('use', 'require', 'require_once', 'include'), String.raw`\brequire\(`],
  manifests: [String.raw`composer\.json`],
  testNames: ['Tests?$'],
  moduleExtension: 'php',
};
