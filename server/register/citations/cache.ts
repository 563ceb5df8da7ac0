import { memoiseByText } from '../../text/memoise.ts';
import type { Register } from '../register.ts';
import { type FoundCitation, findCitations } from './citations.ts';

/** About as many files as an editor has open. */
const MOST_FILES = 30;

/** By register, so that citations are read again when the records change. */
const caches = new WeakMap<Register, (path: string, text: string) => readonly FoundCitation[]>();

/** As `findCitations`, for a file of the repository; memoised for the files asked for last, as long as the records stay the same. */
export function citationsOf(register: Register, file: { readonly path: string; readonly text: string }): readonly FoundCitation[] {
  const { catalogue, home, renamed } = register;
  const citations = caches.get(register) ?? memoiseByText(MOST_FILES, (path, text) => findCitations(text, catalogue, path, home, renamed));
  caches.set(register, citations);
  return citations(file.path, file.text);
}
