import type { Language } from './language.ts';
import { block, DOUBLE, HASH, lineOf, MARKS, MARKUP, SINGLE, TEST_OR_SPEC } from './syntax.ts';

/** A module is mostly a namespace, and no level of its own. */
const DECLARATIONS = `
(module name: [(constant) (scope_resolution)] @name) @namespace
(class name: [(constant) (scope_resolution)] @name) @class
(method name: (_) @name) @method
(singleton_method name: (_) @name) @method
(assignment left: (constant) @name) @constant
`;

/** Fills its lines, from the first column on. */
const BEGIN_END = { opens: ['=begin'], pattern: String.raw`^=begin\b[^]*?(?:^=end|$(?![^]))` };

export const RUBY: Language = {
  id: 'ruby',
  extensions: ['rb', 'rake', 'gemspec'],
  fileNames: ['Rakefile', 'Gemfile', 'Vagrantfile'],
  comments: [HASH, BEGIN_END],
  commentMarks: MARKS.hash,
  strings: [DOUBLE, SINGLE],
  grammar: { name: 'ruby', queries: { declarations: DECLARATIONS } },
  imports: [lineOf('require', 'include', 'gem'), String.raw`\brequire\(`],
  manifests: ['Gemfile'],
  testNames: [TEST_OR_SPEC],
  moduleExtension: 'rb',
};

export const ERB: Language = {
  id: 'erb',
  extensions: ['erb'],
  comments: [MARKUP, block('<%#', '%>')],
  commentMarks: { open: '<%# ', close: ' %>' },
  strings: [DOUBLE, SINGLE],
  hyphenatedNames: true,
};
