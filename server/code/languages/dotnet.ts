import type { Language } from './language.ts';
import { APOSTROPHE, C_LIKE, DOUBLE, LONG_STRING, lineOf, MARKS, MARKUP, PAGE_LIKE, PARENTHESIS_STAR, SLASHES } from './syntax.ts';

/** A namespace is no level of its own. */
const C_SHARP_DECLARATIONS = `
(namespace_declaration name: (_) @name) @namespace
(class_declaration name: (identifier) @name) @class
(struct_declaration name: (identifier) @name) @class
(record_declaration name: (identifier) @name) @class
(interface_declaration name: (identifier) @name) @interface
(enum_declaration name: (identifier) @name) @enum
(enum_member_declaration name: (identifier) @name) @constant
(delegate_declaration name: (identifier) @name) @type
(method_declaration name: (identifier) @name) @method
(constructor_declaration name: (identifier) @name) @method
(local_function_statement name: (identifier) @name) @function
(property_declaration name: (identifier) @name) @property
(field_declaration (variable_declaration (variable_declarator name: (identifier) @name))) @property
(event_field_declaration (variable_declaration (variable_declarator name: (identifier) @name))) @property
`;

const PROJECT = String.raw`[\w.-]+\.csproj`;
const TEST_NAMES = ['Tests?$'];

export const C_SHARP: Language = {
  id: 'c-sharp',
  extensions: ['cs'],
  ...C_LIKE,
  grammar: { name: 'c-sharp', queries: { declarations: C_SHARP_DECLARATIONS } },
  imports: [lineOf('using')],
  manifests: [PROJECT],
  testNames: TEST_NAMES,
  moduleExtension: 'cs',
};

export const F_SHARP: Language = {
  id: 'f-sharp',
  extensions: ['fs', 'fsx'],
  comments: [SLASHES, PARENTHESIS_STAR],
  commentMarks: MARKS.slashes,
  strings: [LONG_STRING, DOUBLE],
  testNames: TEST_NAMES,
};

export const VISUAL_BASIC: Language = {
  id: 'visual-basic',
  extensions: ['vb'],
  comments: [APOSTROPHE],
  commentMarks: MARKS.apostrophe,
  strings: [DOUBLE],
  testNames: TEST_NAMES,
};

export const RAZOR: Language = {
  id: 'razor',
  extensions: ['cshtml', 'razor'],
  ...PAGE_LIKE,
  hyphenatedNames: true,
};

export const MSBUILD: Language = {
  id: 'msbuild',
  extensions: ['csproj', 'fsproj', 'vbproj', 'props', 'targets'],
  comments: [MARKUP],
  commentMarks: MARKS.markup,
  strings: [DOUBLE],
  manifests: [PROJECT],
};
