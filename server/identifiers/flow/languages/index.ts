import type { FlowLanguage } from '../shape.ts';
import { TYPESCRIPT_FLOW } from './typescript.ts';

const BY_GRAMMAR: ReadonlyMap<string, FlowLanguage> = new Map(
  [TYPESCRIPT_FLOW].flatMap((language) => language.grammars.map((grammar) => [grammar, language] as const)),
);

/** How files of a grammar are lowered to the common model; `undefined` where that is not known. */
export const flowLanguageOf = (grammar: string): FlowLanguage | undefined => BY_GRAMMAR.get(grammar);
