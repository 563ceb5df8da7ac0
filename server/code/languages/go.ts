import type { Language } from './language.ts';
import { C_LIKE, lineOf, MARKS, SLASHES } from './syntax.ts';

/** A method is declared beside its type, not inside it. */
const DECLARATIONS = `
(function_declaration name: (identifier) @name) @function
(method_declaration
  receiver: (parameter_list (parameter_declaration type: [
    (type_identifier) @container
    (pointer_type (type_identifier) @container)
    (generic_type type: (type_identifier) @container)
    (pointer_type (generic_type type: (type_identifier) @container))
  ]))
  name: (field_identifier) @name) @method
(method_declaration name: (field_identifier) @name) @method
(type_spec name: (type_identifier) @name type: (struct_type)) @class
(type_spec name: (type_identifier) @name type: (interface_type)) @interface
(type_spec name: (type_identifier) @name) @type
(type_alias name: (type_identifier) @name) @type
(method_elem name: (field_identifier) @name) @method
(field_declaration name: (field_identifier) @name) @property
(source_file (const_declaration (const_spec name: (identifier) @name) @constant))
(source_file (var_declaration (var_spec name: (identifier) @name) @constant))
(source_file (var_declaration (var_spec_list (var_spec name: (identifier) @name) @constant)))
`;

export const GO: Language = {
  id: 'go',
  extensions: ['go'],
  ...C_LIKE,
  grammar: { name: 'go', queries: { declarations: DECLARATIONS } },
  imports: [lineOf('import')],
  manifests: [String.raw`go\.mod`],
  testNames: ['_test$'],
  moduleExtension: 'go',
};

export const GO_MODULE: Language = {
  id: 'go-module',
  extensions: [],
  fileNames: ['go.mod', 'go.work'],
  comments: [SLASHES],
  commentMarks: MARKS.slashes,
  strings: [],
};
