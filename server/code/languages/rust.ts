import type { Language } from './language.ts';
import { C_LIKE, lineOf } from './syntax.ts';

/** What an `impl` block holds belongs to its type. */
const DECLARATIONS = `
(mod_item name: (identifier) @name body: (_)) @module
(struct_item name: (type_identifier) @name) @class
(union_item name: (type_identifier) @name) @class
(enum_item name: (type_identifier) @name) @enum
(enum_variant name: (identifier) @name) @constant
(trait_item name: (type_identifier) @name) @interface
(type_item name: (type_identifier) @name) @type
(function_item name: (identifier) @name) @function
(function_signature_item name: (identifier) @name) @method
(const_item name: (identifier) @name) @constant
(static_item name: (identifier) @name) @constant
(macro_definition name: (identifier) @name) @function
(field_declaration name: (field_identifier) @name) @property
(impl_item type: (type_identifier) @name) @implementation
(impl_item type: (generic_type type: (type_identifier) @name)) @implementation
`;

export const RUST: Language = {
  id: 'rust',
  extensions: ['rs'],
  ...C_LIKE,
  grammar: { name: 'rust', queries: { declarations: DECLARATIONS } },
  imports: [lineOf('use', 'mod')],
  manifests: [String.raw`Cargo\.toml`],
  testNames: ['_test$'],
};
