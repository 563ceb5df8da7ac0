import { BASH } from './queries/bash.ts';
import { C_SHARP } from './queries/c-sharp.ts';
import { CPP } from './queries/cpp.ts';
import { GO } from './queries/go.ts';
import { JAVA } from './queries/jvm.ts';
import { PHP } from './queries/php.ts';
import { PYTHON } from './queries/python.ts';
import { RUBY } from './queries/ruby.ts';
import { RUST } from './queries/rust.ts';
import { JAVASCRIPT, TYPESCRIPT } from './queries/typescript.ts';

/** How files of a language are parsed. */
export interface Grammar {
  /** Middle of the file name: `tree-sitter-NAME.wasm`. */
  readonly name: string;
  /** What is a declaration. Captures: `@name`, and the declaration under the name of its kind. */
  readonly declarations: string;
}

const grammar = (name: string, declarations: string): Grammar => ({ name, declarations });

/** By language, as `languageOf` names it. The package carries the files of just these. */
export const GRAMMARS: Readonly<Record<string, Grammar>> = {
  typescript: grammar('typescript', TYPESCRIPT),
  tsx: grammar('tsx', TYPESCRIPT),
  javascript: grammar('javascript', JAVASCRIPT),
  python: grammar('python', PYTHON),
  go: grammar('go', GO),
  java: grammar('java', JAVA),
  'c-sharp': grammar('c-sharp', C_SHARP),
  ruby: grammar('ruby', RUBY),
  rust: grammar('rust', RUST),
  php: grammar('php', PHP),
  cpp: grammar('cpp', CPP),
  c: grammar('cpp', CPP),
  shell: grammar('bash', BASH),
};
