import type { Language } from './languages/language.ts';
import { C_LIKE } from './languages/syntax.ts';

/** What a part of a source text is: words for readers, a string that the program uses, or code. */
export type TokenKind = 'comment' | 'string' | 'code';

type Syntax = Pick<Language, 'comments' | 'strings'>;

const patterns = new WeakMap<Syntax, RegExp>();

/** Comments are the first group; a match without it is a string. */
function patternOf(syntax: Syntax): RegExp {
  const known = patterns.get(syntax);
  if (known) return known;
  const comments = syntax.comments.map(({ pattern }) => pattern).join('|');
  const pattern = new RegExp([`(${comments})`, ...syntax.strings].join('|'), 'gm');
  patterns.set(syntax, pattern);
  return pattern;
}

interface Token {
  readonly start: number;
  readonly end: number;
  readonly kind: TokenKind;
}

/** All comments and strings of a text, in order. Patterns and no parser: enough to tell words for readers from data, in every language. */
const tokensOf = (text: string, syntax: Syntax): Token[] =>
  Array.from(text.matchAll(patternOf(syntax)), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    kind: match[1] === undefined ? 'string' : 'comment',
  }));

/**
 * Reads the tokens of a text, and returns a function that says whether an offset lies in a comment, a string or code.
 * @param language `undefined`: read as a language in the manner of C
 */
export function tokenKindAt(text: string, language: Language | undefined): (offset: number) => TokenKind {
  const tokens = tokensOf(text, language ?? C_LIKE);
  return (offset) => {
    let low = 0;
    let high = tokens.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tokens[middle]?.end ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    const token = tokens[low];
    return token && token.start <= offset ? token.kind : 'code';
  };
}
