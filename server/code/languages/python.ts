import type { Language } from './language.ts';
import { DOCSTRING, DOUBLE, HASH, LONG_STRING, lineOf, MARKS, SINGLE } from './syntax.ts';

/** An assignment at the top of a module or of a class declares a constant or an attribute. */
const DECLARATIONS = `
(class_definition name: (identifier) @name) @class
(function_definition name: (identifier) @name) @function
(module (expression_statement (assignment left: (identifier) @name) @constant))
(class_definition body: (block (expression_statement (assignment left: (identifier) @name) @property)))
(type_alias_statement left: (type (identifier) @name)) @type
`;

export const PYTHON: Language = {
  id: 'python',
  extensions: ['py', 'pyi'],
  comments: [DOCSTRING, HASH],
  commentMarks: MARKS.hash,
  strings: [LONG_STRING, DOUBLE, SINGLE],
  grammar: { name: 'python', queries: { declarations: DECLARATIONS } },
  imports: [lineOf('import', 'from')],
  manifests: [String.raw`pyproject\.toml`, String.raw`requirements[\w.-]*\.txt`],
  testNames: ['_test$', '^test_'],
  moduleExtension: 'py',
};
