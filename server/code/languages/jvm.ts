import type { Language } from './language.ts';
import { C_LIKE, lineOf, SCRIPT_LIKE } from './syntax.ts';

const JAVA_DECLARATIONS = `
(class_declaration name: (identifier) @name) @class
(record_declaration name: (identifier) @name) @class
(interface_declaration name: (identifier) @name) @interface
(annotation_type_declaration name: (identifier) @name) @interface
(enum_declaration name: (identifier) @name) @enum
(enum_constant name: (identifier) @name) @constant
(method_declaration name: (identifier) @name) @method
(constructor_declaration name: (identifier) @name) @method
(field_declaration declarator: (variable_declarator name: (identifier) @name)) @property
(constant_declaration declarator: (variable_declarator name: (identifier) @name)) @constant
`;

const KOTLIN_DECLARATIONS = `
(class_declaration (modifiers (class_modifier)) name: (identifier) @name) @class
(class_declaration "interface" name: (identifier) @name) @interface
(class_declaration name: (identifier) @name) @class
(object_declaration name: (identifier) @name) @class
(type_alias type: (identifier) @name) @type
(function_declaration name: (identifier) @name) @function
(source_file (property_declaration (variable_declaration (identifier) @name)) @constant)
(class_body (property_declaration (variable_declaration (identifier) @name)) @property)
(enum_entry (identifier) @name) @constant
`;

/** Dependencies of a Gradle build. */
const GRADLE = lineOf('implementation', 'api', 'compile');
const GRADLE_BUILD = String.raw`build\.gradle(?:\.kts)?`;
const TEST_NAMES = ['Tests?$'];

export const JAVA: Language = {
  id: 'java',
  extensions: ['java'],
  ...C_LIKE,
  grammar: { name: 'java', queries: { declarations: JAVA_DECLARATIONS } },
  imports: [lineOf('import')],
  manifests: [String.raw`pom\.xml`, GRADLE_BUILD],
  testNames: TEST_NAMES,
  moduleExtension: 'java',
};

export const KOTLIN: Language = {
  id: 'kotlin',
  extensions: ['kt', 'kts'],
  ...C_LIKE,
  grammar: { name: 'kotlin', package: '@tree-sitter-grammars/tree-sitter-kotlin', queries: { declarations: KOTLIN_DECLARATIONS } },
  imports: [lineOf('import'), GRADLE],
  manifests: [GRADLE_BUILD],
  testNames: TEST_NAMES,
  moduleExtension: 'kt',
};

export const SCALA: Language = {
  id: 'scala',
  extensions: ['scala', 'sc'],
  ...C_LIKE,
  imports: [lineOf('import')],
  testNames: TEST_NAMES,
  moduleExtension: 'scala',
};

export const GROOVY: Language = {
  id: 'groovy',
  extensions: ['groovy', 'gradle'],
  fileNames: ['Jenkinsfile'],
  ...SCRIPT_LIKE,
  imports: [lineOf('import'), GRADLE],
  manifests: [GRADLE_BUILD],
  testNames: TEST_NAMES,
};
