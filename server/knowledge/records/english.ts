import type { Outline } from '../markup/outline.ts';

/** Frequent words that only English has, or that other languages hardly use. */
const FREQUENT = new Set(
  'the and of to is are we with for this that be will by as it from which should would our not have has was use using'.split(' '),
);
/** Names of sections that are written so in English only. */
const SECTIONS = new Set(
  'context decision consequences summary motivation options alternatives background overview goals proposal abstract'.split(' '),
);
/** UTF-16 units of the text that are looked at. */
const LONGEST = 6_000;
/** Words of a text from which their share tells the language. */
const ENOUGH_WORDS = 12;
/** Least share of frequent words in English prose; in a list of names there are fewer than in sentences. */
const LEAST_SHARE = 0.08;

/**
 * Whether a record, and a text in it, are surely written in English: nobody else can be told that a word is wrong. A text that is short on words is
 * judged by its headings.
 */
export function isEnglish({ visible, headings, blocks }: Outline, text: string): boolean {
  if (/[^\p{ASCII}\p{P}\p{S}]/u.test(text)) return false;
  const names = headings.map((heading) => heading.text.toLowerCase());
  const words: string[] = [];
  for (const { start, end } of blocks) {
    if (start > LONGEST) break;
    words.push(
      ...(visible
        .slice(start, Math.min(end, start + 2_000))
        .toLowerCase()
        .match(/\p{L}+/gu) ?? []),
    );
  }
  if (words.length >= ENOUGH_WORDS) return words.filter((word) => FREQUENT.has(word)).length >= words.length * LEAST_SHARE;
  const foreign = [...words, ...names].some((word) => /[^\p{ASCII}\p{P}\p{S}]/u.test(word));
  return !foreign && (words.some((word) => FREQUENT.has(word)) || names.some((name) => SECTIONS.has(name)));
}
