import type { Language } from './language.ts';
import { block, DASHES, DOUBLE, HASH, LONG_STRING, lineOf, MARKS, PARENTHESIS_STAR, PERCENT, SEMICOLON } from './syntax.ts';

/** What documents a module or a function is an attribute of it. */
const DOC_ATTRIBUTE = {
  opens: ['@doc', '@moduledoc'],
  pattern: String.raw`@(?:module)?doc\s+"""[^]*?(?:"""|$(?![^]))`,
};

export const ELIXIR: Language = {
  id: 'elixir',
  extensions: ['ex', 'exs'],
  comments: [HASH, DOC_ATTRIBUTE],
  commentMarks: MARKS.hash,
  strings: [LONG_STRING, DOUBLE],
  imports: [lineOf('import', 'use', 'require')],
  manifests: [String.raw`mix\.exs`],
  testNames: ['_test$'],
  moduleExtension: 'ex',
};

export const ERLANG: Language = {
  id: 'erlang',
  extensions: ['erl'],
  comments: [PERCENT],
  commentMarks: MARKS.percent,
  strings: [DOUBLE],
};

export const HASKELL: Language = {
  id: 'haskell',
  extensions: ['hs'],
  comments: [block('{-', '-}'), DASHES],
  commentMarks: MARKS.dashes,
  strings: [DOUBLE],
  imports: [lineOf('import')],
};

export const OCAML: Language = {
  id: 'ocaml',
  extensions: ['ml', 'mli'],
  comments: [PARENTHESIS_STAR],
  commentMarks: MARKS.parenthesisStar,
  strings: [DOUBLE],
};

export const CLOJURE: Language = {
  id: 'clojure',
  extensions: ['clj', 'cljs', 'cljc'],
  comments: [SEMICOLON],
  commentMarks: MARKS.semicolons,
  strings: [DOUBLE],
  hyphenatedNames: true,
};
