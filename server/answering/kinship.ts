import { dot } from '../retrieval/vectors.ts';
import { placedWords } from '../retrieval/words.ts';

/** Turns texts into vectors of length 1. */
export type Embed = (texts: readonly string[], purpose: 'query' | 'passage') => Promise<readonly Float32Array[]>;

/** Cosines of two words up to which they are strangers, and from which on they are the same: "delete" and "remove" have .35, "login" and "log" .12. */
const STRANGERS = 0.15;
const SAME = 0.6;
/** Words whose vectors are kept between questions, 1 KB each. */
const MOST_KEPT = 20_000;
const kept = new WeakMap<object, Map<string, Float32Array>>();

/** The words of a text as they are indexed, with the first form in which each is written. */
export function writtenWords(text: string): Map<string, string> {
  const out = new Map<string, string>();
  for (const { word, start, end } of placedWords(text)) if (!out.has(word)) out.set(word, text.slice(start, end).toLowerCase());
  return out;
}

/**
 * How near the words of texts are to those of a question, in [0, 1]: 1 for the same word, less for one of like meaning.
 * @param key whose vectors are kept for the next question: the embedder
 * @returns for each word of `words`, its nearness to each of the question's words, in their order
 */
export async function kinshipOf(
  question: ReadonlyMap<string, string>,
  words: ReadonlyMap<string, string>,
  embed: Embed,
  key: object,
): Promise<ReadonlyMap<string, Float32Array>> {
  const known = kept.get(key) ?? new Map<string, Float32Array>();
  if (known.size > MOST_KEPT) known.clear();
  kept.set(key, known);
  const missing = [...new Set([...question.values(), ...words.values()])].filter((written) => !known.has(written));
  const vectors = await embed(missing, 'passage');
  for (const [i, written] of missing.entries()) known.set(written, vectors[i] as Float32Array);
  const asked = [...question].map(([word, written]) => ({ word, vector: known.get(written) as Float32Array }));
  const out = new Map<string, Float32Array>();
  for (const [word, written] of words) {
    const vector = known.get(written) as Float32Array;
    const near = Float32Array.from(asked, (one) =>
      one.word === word ? 1 : Math.max(0, Math.min(1, (dot(vector, one.vector) - STRANGERS) / (SAME - STRANGERS))),
    );
    if (near.some((value) => value > 0)) out.set(word, near);
  }
  return out;
}
