/** Fewest characters of a quote, after folding: a shorter one is in every text. */
const SHORTEST_QUOTE = 12;
/** Fewest letters and digits among them: the line of a table is no quote. */
const FEWEST_LETTERS = 6;

/** A text as quotes are compared in it, with the place of each of its characters in the source. */
interface Folded {
  readonly text: string;
  /** For each code unit of `text`, where the character of the source that it comes from begins and ends. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** A character with its combining marks. The decomposition of such a unit does not depend on its neighbours; the composition would. */
const UNIT = /\P{M}\p{M}*|\p{M}+/gsu;

/** Two texts are equal under NFKC if and only if they are under NFKD, which can be taken unit by unit. */
const foldUnit = (unit: string): string => unit.normalize('NFKD').toLowerCase().replaceAll('ς', 'σ').replace(/\s+/gu, ' ');

/** Folds compatibility forms, case, and runs of white space. */
const fold = (source: string): Folded => {
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { 0: unit, index } of source.matchAll(UNIT)) {
    const folded = foldUnit(unit);
    const end = index + unit.length;
    if (folded === ' ' && text.endsWith(' ')) {
      ends[ends.length - 1] = end;
      continue;
    }
    text += folded;
    for (let i = 0; i < folded.length; i += 1) {
      starts.push(index);
      ends.push(end);
    }
  }
  return { text, starts, ends };
};

/** What is written in words with spaces between them. */
const WORD = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Nd}]/u;

/** Whether a place is inside a word: "able to retry" is no quote of "unable to retry". */
const splitsWord = (source: string, at: number): boolean =>
  at > 0 && at < source.length && WORD.test(source[at - 1] ?? '') && WORD.test(source[at] ?? '');

/** First and last place of a quote in its source, as for `slice`. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** Finds a quote in the text that it is said to come from, whatever its white space, case and compatibility forms; `undefined` where it is not there. */
export const findQuote = (source: string, quote: string): Place | undefined => {
  const wanted = fold(quote).text.trim();
  if ([...wanted].length < SHORTEST_QUOTE || (wanted.match(/[\p{L}\p{N}]/gu)?.length ?? 0) < FEWEST_LETTERS) return undefined;
  const { text, starts, ends } = fold(source);
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const last = at + wanted.length - 1;
    const start = starts[at] ?? 0;
    const end = ends[last] ?? 0;
    const whole = starts[at - 1] !== start && starts[last + 1] !== starts[last];
    if (whole && !splitsWord(source, start) && !splitsWord(source, end)) return { start, end };
  }
  return undefined;
};

/** Ends of sentences, and gaps between paragraphs, items and rows. */
const BREAK = /[.!?](?=\s)|[。！？]|\n(?=\s*(?:\n|[-*+|>#]|\d+[.)]\s))/gu;

/** The sentence, or the sentences, of the source in which a quote stands. */
export const sentencesAround = (source: string, { start, end }: Place): string => {
  let from = 0;
  let to = source.length;
  for (const { 0: mark, index } of source.matchAll(BREAK)) {
    const after = index + mark.length;
    if (after <= start) from = after;
    if (after >= end) {
      to = after;
      break;
    }
  }
  return source.slice(from, to).trim();
};
