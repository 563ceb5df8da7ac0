import { wordsOf } from '../retrieval/words.ts';
import { NUMBER } from './features.ts';
import type { Question } from './question.ts';

/** How much of a question some texts hold. Shares are of the weight of its words, in [0, 1]. */
export interface Held {
  /** Share that is there word by word. */
  readonly exact: number;
  /** As `exact`, where a word of like meaning counts by how near it is. */
  readonly like: number;
  /** Share of the names in the question that are there; 1 where it names nothing. */
  readonly names: number;
  /** The words that are not there, but for those that only measure: the share that each has, and how near a word of like meaning is. */
  readonly missing: readonly { readonly word: string; readonly share: number; readonly near: number }[];
  /** Whether a number stands near one of the units that are asked for; true where the question asks for no quantity. */
  readonly quantity: boolean;
}

export const NOTHING_HELD: Held = { exact: 0, like: 0, names: 0, missing: [], quantity: false };

/** Indexed words between a number and what it counts, at most. */
const NEAR = 4;
const NUMBERS = new RegExp(NUMBER.source, 'gi');

/** Whether a number is near one of the units in a text: "after 14 days", "a limit of 10k keys". */
export function hasQuantity(text: string, units: readonly string[]): boolean {
  for (const match of text.matchAll(NUMBERS)) {
    if (units.length === 0) return true;
    const before = wordsOf(text.slice(Math.max(0, match.index - 60), match.index)).slice(-NEAR);
    const after = wordsOf(text.slice(match.index, match.index + match[0].length + 60)).slice(0, NEAR + 1);
    if (units.some((unit) => before.includes(unit) || after.includes(unit))) return true;
  }
  return false;
}

/** Computes how much of a question some texts hold. */
export function heldIn(
  question: Question,
  asked: ReadonlyMap<string, string>,
  texts: readonly string[],
  weightOf: (word: string) => number,
  kinship: ReadonlyMap<string, Float32Array>,
): Held {
  const words = new Set(texts.flatMap((text) => wordsOf(text)));
  const order = [...asked.keys()];
  const near = new Float32Array(order.length);
  for (const word of words) {
    const kin = kinship.get(word);
    if (kin) for (let i = 0; i < near.length; i++) near[i] = Math.max(near[i] as number, kin[i] as number);
  }
  let total = 0;
  let exact = 0;
  let like = 0;
  const absent: { readonly word: string; readonly weight: number; readonly near: number }[] = [];
  order.forEach((word, i) => {
    const weight = weightOf(word);
    total += weight;
    if (words.has(word)) exact += weight;
    else if (!question.measures.has(word)) absent.push({ word, weight, near: near[i] as number });
    like += weight * (words.has(word) ? 1 : (near[i] as number));
  });
  const named = question.names.filter((name) => asked.has(name));
  return {
    exact: exact / (total || 1),
    like: like / (total || 1),
    names: named.length === 0 ? 1 : named.filter((name) => words.has(name)).length / named.length,
    missing: absent.map(({ word, weight, near }) => ({ word, share: weight / (total || 1), near })),
    quantity: !question.asks.has('quantity') || texts.some((text) => hasQuantity(text, question.units)),
  };
}
