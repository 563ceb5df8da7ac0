import { type FoundCitation, findCitations } from './citations.ts';
import type { Register } from './register.ts';

/** Files whose citations are kept: those that an editor asks about again and again. */
const MOST_FILES = 30;

interface Kept {
  readonly text: string;
  readonly citations: readonly FoundCitation[];
}

const kept = new WeakMap<Register, Map<string, Kept>>();

/** As `findCitations` in a file of the repository; those of the files asked last are kept, for as long as the records stay as they are. */
export function citationsOf(register: Register, path: string, text: string): readonly FoundCitation[] {
  const files = kept.get(register) ?? new Map<string, Kept>();
  kept.set(register, files);
  const before = files.get(path);
  const { catalogue, home, renamed } = register;
  const entry = before?.text === text ? before : { text, citations: findCitations(text, catalogue, path, home, renamed) };
  files.delete(path);
  files.set(path, entry);
  const [oldest] = files.keys();
  if (files.size > MOST_FILES && oldest !== undefined) files.delete(oldest);
  return entry.citations;
}
