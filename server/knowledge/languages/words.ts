/** Scripts that are written without spaces, or with endings that stick to a word. Their letters are kept as they are. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]/u;
const WORD = /[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)?/gu;

/** A word in lower case and without accents: `Accepté` and `accepte` are the same. */
export const plainWord = (word: string): string =>
  UNSPACED.test(word)
    ? word.normalize('NFC').toLowerCase()
    : word
        .toLowerCase()
        .normalize('NFD')
        .replace(/\p{M}+/gu, '')
        .replaceAll('ı', 'i')
        .replaceAll('’', "'");

/** The words of a text in lower case and without accents, numbers and punctuation, separated by single spaces. */
export const plainWords = (text: string): string => (text.match(WORD) ?? []).map(plainWord).join(' ');

/** A word of a text. Offsets are UTF-16 units within the text. */
export interface Word {
  readonly plain: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The words of a text. Where a script has no spaces, a word is the longest one of `known` that starts there, else a single character.
 */
export function wordsOf(text: string, known: ReadonlySet<string>): readonly Word[] {
  const words: Word[] = [];
  for (const { 0: written, index } of text.matchAll(WORD)) {
    if (!UNSPACED.test(written)) {
      words.push({ plain: plainWord(written), start: index, end: index + written.length });
      continue;
    }
    const run = written.toLowerCase();
    for (let at = 0; at < run.length; ) {
      let length = Math.min(LONGEST_UNSPACED, run.length - at);
      while (length > 1 && !known.has(run.slice(at, at + length).normalize('NFC'))) length--;
      words.push({ plain: run.slice(at, at + length).normalize('NFC'), start: index + at, end: index + at + length });
      at += length;
    }
  }
  return words;
}

/** UTF-16 units; longer than each word of such a script in the tables. */
const LONGEST_UNSPACED = 14;
