/** A token of a protobuf file. Comments are tokens, because they document what follows. */
export interface ProtoToken {
  readonly kind: 'word' | 'number' | 'string' | 'symbol' | 'comment';
  /** Verbatim, with quotes and comment marks. */
  readonly text: string;
  /** UTF-16 offsets, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

const WORD = /[A-Za-z_][\w.]*/y;
const NUMBER = /[0-9][\w.]*/y;

const endOfLine = (text: string, at: number): number => {
  let end = at;
  while (end < text.length && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end += 1;
  return end;
};

const endOfString = (text: string, start: number): number => {
  const quote = text.charCodeAt(start);
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    if (code === 10 || code === 13) return at;
    if (code === 92) at += 1;
  }
  return text.length;
};

/** Splits a protobuf file into tokens, in linear time. Never throws: an unclosed string ends with its line, an unclosed comment with the file. */
export const tokenizeProto = (text: string): readonly ProtoToken[] => {
  const tokens: ProtoToken[] = [];
  const match = (pattern: RegExp, at: number): number => {
    pattern.lastIndex = at;
    return pattern.test(text) ? pattern.lastIndex : at;
  };
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const two = text.startsWith('//', at) ? '//' : text.startsWith('/*', at) ? '/*' : '';
    let kind: ProtoToken['kind'] = 'symbol';
    let end = at + 1;
    if (code <= 32) {
      at += 1;
      continue;
    }
    if (two) {
      kind = 'comment';
      const close = two === '/*' ? text.indexOf('*/', at + 2) : endOfLine(text, at);
      end = close < 0 ? text.length : two === '/*' ? close + 2 : close;
    } else if (code === 34 || code === 39) {
      kind = 'string';
      end = endOfString(text, at);
    } else if (match(WORD, at) > at) {
      kind = 'word';
      end = match(WORD, at);
    } else if (match(NUMBER, at) > at) {
      kind = 'number';
      end = match(NUMBER, at);
    }
    tokens.push({ kind, text: text.slice(at, end), start: at, end });
    at = end;
  }
  return tokens;
};

/** Text of a comment, without its delimiters and rulers. */
export const commentText = (comment: string): string =>
  withoutMarks(comment)
    .split(/\r\n|\n|\r/)
    .map((line) =>
      line
        .trim()
        .replace(/^(?:\/{2,}|\*+(?!\/))\s?/, '')
        .trim(),
    )
    .filter((line) => line !== '')
    .join('\n');

/** Without the marks of a block comment, whatever the number of their stars; in one pass. */
const withoutMarks = (comment: string): string => {
  let from = 0;
  let to = comment.length;
  if (comment.startsWith('/*')) {
    from = 1;
    while (comment[from] === '*') from += 1;
  }
  if (comment.endsWith('*/')) {
    to -= 1;
    while (comment[to - 1] === '*') to -= 1;
  }
  return comment.slice(from, Math.max(from, to));
};
