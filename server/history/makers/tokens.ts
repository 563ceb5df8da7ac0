/** A word of code, or one mark. */
const TOKEN = /[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$]/gu;
const WORD = /^[\p{L}_$]/u;
const QUOTE = /^[`'"]$/;
/** Marks that formatters add and take away at the ends of lines and items. */
const LOOSE = /^[,;\\]$/;

/** The tokens of a text, without what formatters decide: white space, the kind of quotes. */
export const tokensOf = (text: string): string[] => (text.match(TOKEN) ?? []).map((token) => (QUOTE.test(token) ? '"' : token));

/** Tokens without the marks that come and go with the layout: commas, semicolons, brackets around one value. */
export const layoutFree = (tokens: readonly string[]): string[] => tokens.filter((token) => !LOOSE.test(token));

/** Whether a token is a word, and no number. */
export const isWord = (token: string): boolean => WORD.test(token);

/** The same for lines that differ in layout only. */
export const normalised = (line: string): string => layoutFree(tokensOf(line)).join(' ');

/** Whether a line says something of its own: `}`, `else {` and `end` are everywhere, and tell nothing of where they come from. */
export const isTelling = (line: string): boolean => {
  const words = (line.match(/[\p{L}\p{N}_$]+/gu) ?? []).filter((word) => !COMMON.has(word));
  return words.join('').length >= 6;
};

const COMMON = new Set(
  'else end begin return break continue then fi done do try finally public private protected static const let var void int if for while case default switch new pass true false null nil None True False self this'.split(
    ' ',
  ),
);
