import { createHash } from 'node:crypto';

/** Texts that are remembered. */
const MOST = 100;

/** Texts that the parser gave up, the oldest first: by a digest, since they may be long. */
const texts = new Map<string, 'slow' | 'breaking'>();
/** Lengths of those texts, so that hardly ever a digest is made of another one. */
const lengths = new Map<number, number>();

const digest = (grammar: string, text: string): string =>
  `${text.length} ${createHash('sha256').update(grammar).update(text).digest('hex')}`;
const count = (length: number, by: number): void => {
  const now = (lengths.get(length) ?? 0) + by;
  if (now > 0) lengths.set(length, now);
  else lengths.delete(length);
};

/** Remembers that the parser was stopped in a text (`slow`), or broke by it (`breaking`). */
export function giveUp(grammar: string, text: string, why: 'slow' | 'breaking'): void {
  const key = digest(grammar, text);
  if (!texts.has(key)) count(text.length, 1);
  texts.delete(key);
  texts.set(key, why);
  const [oldest] = texts.keys();
  if (texts.size <= MOST || oldest === undefined) return;
  texts.delete(oldest);
  count(Number(oldest.split(' ')[0]), -1);
}

/** Why the parser gave up a text the last time; `undefined` where it did not, or where that is long ago. */
export const whyGivenUp = (grammar: string, text: string): 'slow' | 'breaking' | undefined =>
  lengths.has(text.length) ? texts.get(digest(grammar, text)) : undefined;

/** Forgets that a text was given up: it was parsed now. */
export function unmark(grammar: string, text: string): void {
  if (!lengths.has(text.length)) return;
  if (texts.delete(digest(grammar, text))) count(text.length, -1);
}
