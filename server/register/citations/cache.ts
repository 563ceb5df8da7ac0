import { memoiseByText } from '../../text/memoise.ts';
import type { Register } from '../register.ts';
import { type FoundCitation, findCitations } from './citations.ts';

/** Files whose citations are kept: those that an editor asks about again and again. */
const MOST_FILES = 30;

type CitationsOf = (path: string, text: string) => readonly FoundCitation[];

const kept = new WeakMap<Register, CitationsOf>();

/** As `findCitations` in a file of the repository; those of the files asked last are kept, for as long as the records stay as they are. */
export function citationsOf(register: Register, path: string, text: string): readonly FoundCitation[] {
  const { catalogue, home, renamed } = register;
  const citations = kept.get(register) ?? memoiseByText(MOST_FILES, (of, words) => findCitations(words, catalogue, of, home, renamed));
  kept.set(register, citations);
  return citations(path, text);
}
