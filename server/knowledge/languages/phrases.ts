import { plainWord, type Word } from './words.ts';

/** Letters that a word with `*` may have more. */
const LONGEST_ENDING = 4;

interface Part {
  readonly word: string;
  readonly open: boolean;
}

interface Phrase<T> {
  readonly parts: readonly Part[];
  readonly value: T;
}

/** Phrases and what they mean, found by their first word. */
export class Phrases<T> {
  private readonly byStart = new Map<string, Phrase<T>[]>();
  /** All words of the phrases that are not open at the end. */
  readonly words = new Set<string>();

  /** Adds a phrase; one that is there already keeps its meaning. `*` at the end of a word stands for up to four letters. */
  add(written: string, value: T): void {
    const parts = written.split(/[\s-]+/).map((word) => ({ word: plainWord(word.replace(/\*$/, '')), open: word.endsWith('*') }));
    const [first] = parts;
    if (first === undefined || first.word === '') return;
    for (const { word, open } of parts) if (!open) this.words.add(word);
    const key = keyOf(first.word);
    const phrases = this.byStart.get(key) ?? [];
    phrases.push({ parts, value });
    // The longest first; among equals the one that was added first.
    phrases.sort((a, b) => b.parts.length - a.parts.length || lengthOf(b) - lengthOf(a));
    this.byStart.set(key, phrases);
  }

  /** The longest phrase that starts at a word, and how many words it has. */
  at(words: readonly Word[], index: number): { readonly value: T; readonly length: number } | undefined {
    const first = words[index]?.plain ?? '';
    for (const { parts, value } of this.byStart.get(keyOf(first)) ?? []) {
      if (parts.every((part, offset) => matches(part, words[index + offset]?.plain))) return { value, length: parts.length };
    }
    return undefined;
  }
}

/** Phrases with one open word of two letters or more are found by these letters. */
const keyOf = (word: string): string => word.slice(0, 2);

const lengthOf = <T>({ parts }: Phrase<T>): number => parts.reduce((sum, { word }) => sum + word.length, 0);

function matches({ word, open }: Part, candidate: string | undefined): boolean {
  if (candidate === undefined) return false;
  return open ? candidate.startsWith(word) && candidate.length - word.length <= LONGEST_ENDING : candidate === word;
}
