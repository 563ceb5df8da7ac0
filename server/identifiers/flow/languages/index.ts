import type { FlowLanguage } from '../shape.ts';
import { C_SHARP_FLOW } from './c-sharp.ts';
import { GO_FLOW } from './go.ts';
import { JAVA_FLOW } from './java.ts';
import { KOTLIN_FLOW } from './kotlin.ts';
import { PHP_FLOW } from './php.ts';
import { PYTHON_FLOW } from './python.ts';
import { RUBY_FLOW } from './ruby.ts';
import { RUST_FLOW } from './rust.ts';
import { TYPESCRIPT_FLOW } from './typescript.ts';

const BY_GRAMMAR: ReadonlyMap<string, FlowLanguage> = new Map(
  [TYPESCRIPT_FLOW, GO_FLOW, JAVA_FLOW, KOTLIN_FLOW, C_SHARP_FLOW, PYTHON_FLOW, RUBY_FLOW, PHP_FLOW, RUST_FLOW].flatMap((language) =>
    language.grammars.map((grammar) => [grammar, language] as const),
  ),
);

/** How files of a grammar are lowered to the common model; `undefined` where that is not known. */
export const flowLanguageOf = (grammar: string): FlowLanguage | undefined => BY_GRAMMAR.get(grammar);
