import type { LineRange } from '../../model/span.ts';

/** Numbers of lines in a text. Offsets are UTF-16 units; `end` is exclusive. */
export interface LinesWritten {
  readonly form: 'colon' | 'anchor' | 'words';
  readonly start: number;
  readonly end: number;
  readonly lines: LineRange;
  /** The numbers alone. */
  readonly numbersAt: { readonly start: number; readonly end: number };
  /** Other numbers in the same form. */
  readonly rewritten: (lines: LineRange) => string;
}

/** Files with more lines are data. */
const MOST_LINE = 200_000;
const COLON = /:(L?)(\d{1,6})(?::(\d{1,4})(?![\w-]))?(?:([-–—])(L?)(\d{1,6}))?/y;
/** `12/40`, `12,40-44`: more lines of the same file. */
const MORE = /([,/+&])(\d{1,6})(?:([-–—])(\d{1,6}))?/y;
const ANCHOR = /#(L)(\d{1,6})(?:C\d{1,4})?(?:(-)(L?)(\d{1,6})(?:C\d{1,4})?)?/y;
const WORDS =
  /([`*_"')\]]{0,4}(?:,|:)?\s?(?:[([]|@|—|–)?\s?(?:(?:at|on|in|see)\s)?)(lines?|ln\.?|L)(\s?)(\d{1,6})(?:(\s?(?:[-–—]|to|through|until)\s?)(L?)(\d{1,6}))?/iy;
const WORDS_BEFORE =
  /\b(lines?|L)(\s?)(\d{1,6})(?:(\s?(?:[-–—]|to|through|until)\s?)(L?)(\d{1,6}))?\s(?:of|in|from)\s(?:the\s)?[[`*_"']{0,3}$/i;

/** What makes a number something else than that of a line: more digits, a unit, a word, an approximation, a second colon. */
const GOES_ON =
  /^(?:[\w%+~°€$]|[.:]\d|[-–—/]\w|\s?(?:lines?|loc|sloc|ms|s|sec|seconds|min|kb|mb|gb|bytes|tests?|passed|failed|times|hits|px|rem|em|x)\b)/i;

const rangeOf = (first: number, last: number): LineRange | undefined =>
  first >= 1 && last >= first && last <= MOST_LINE ? { first: first - 1, last: last - 1 } : undefined;

const isLine = (text: string, end: number): boolean => !GOES_ON.test(text.slice(end, end + 12));

interface Parts {
  readonly form: LinesWritten['form'];
  /** Where the whole begins, and where the first digit is. */
  readonly start: number;
  readonly digitsAt: number;
  readonly end: number;
  readonly first: string;
  readonly last: string | undefined;
  readonly join: string;
  /** Between the digits and `end`, what is kept, such as a column. */
  readonly word?: string;
}

function written(text: string, { form, start, digitsAt, end, first, last, join, word }: Parts): LinesWritten | undefined {
  const lines = rangeOf(Number(first), Number(last ?? first));
  if (lines === undefined) return undefined;
  const isPlural = word !== undefined && /^lines$/i.test(word);
  // "line 12" for two lines, or "lines 12-13" for one, stays as it is: the word is not ours.
  const rewritten = (now: LineRange): string =>
    now.first === now.last && !(last !== undefined && isPlural)
      ? `${now.first + 1}`
      : `${now.first + 1}${last === undefined ? (form === 'anchor' ? '-L' : '-') : join}${now.last + 1}`;
  const numbersEnd = last === undefined ? digitsAt + first.length : text.lastIndexOf(last, end) + last.length;
  return { form, start, end, lines, numbersAt: { start: digitsAt, end: numbersEnd }, rewritten };
}

/** The lines behind a colon at `at`: one, a range, or several; none where the number means something else. */
export function linesAfterColon(text: string, at: number): LinesWritten[] {
  COLON.lastIndex = at;
  const match = COLON.exec(text);
  if (!match) return [];
  const [whole, mark = '', first = '', column, dash = '', lastMark = '', last] = match;
  // `12:5-9` is a column and more; nobody counts on that.
  if (column !== undefined && last !== undefined) return [];
  let end = at + whole.length;
  const one = written(text, { form: 'colon', start: at, digitsAt: at + 1 + mark.length, end, first, last, join: `${dash}${lastMark}` });
  if (!one) return [];
  const all = [one];
  if (column === undefined)
    for (MORE.lastIndex = end; ; MORE.lastIndex = end) {
      const more = MORE.exec(text);
      if (!more) break;
      const [part, , begins = '', join = '-', ends] = more;
      const next = written(text, {
        form: 'colon',
        start: end + 1,
        digitsAt: end + 1,
        end: end + part.length,
        first: begins,
        last: ends,
        join,
      });
      if (!next) return [];
      all.push(next);
      end += part.length;
    }
  return isLine(text, end) ? all : [];
}

/** The lines of an anchor at `at`, such as `#L10-L20`. */
export function linesAfterAnchor(text: string, at: number): LinesWritten[] {
  ANCHOR.lastIndex = at;
  const match = ANCHOR.exec(text);
  if (!match || /^\w/.test(text.slice(at + match[0].length))) return [];
  const [whole, , first = '', dash = '', mark = '', last] = match;
  const one = written(text, { form: 'anchor', start: at, digitsAt: at + 2, end: at + whole.length, first, last, join: `${dash}${mark}` });
  return one ? [one] : [];
}

/** The lines that words behind a file name: ` (line 12)`, `, lines 10-20`, ` L12-L20`. */
export function linesInWords(text: string, at: number): LinesWritten | undefined {
  WORDS.lastIndex = at;
  const match = WORDS.exec(text);
  if (!match) return undefined;
  const [whole, before = '', word = '', gap = '', first = '', join = '-', mark = '', last] = match;
  const end = at + whole.length;
  // A lone L needs its number at once, and a word may not run into the name before it.
  if ((word.length === 1 && (gap !== '' || word !== 'L')) || (before === '' && /\w/.test(text[at - 1] ?? ''))) return undefined;
  if (!isLine(text, end) || /^\s?(?:and|or|,)\s?\d/.test(text.slice(end, end + 8))) return undefined;
  const start = at + before.length;
  return written(text, {
    form: 'words',
    start,
    digitsAt: start + word.length + gap.length,
    end,
    first,
    last,
    join: `${join}${mark}`,
    word,
  });
}

/** The lines that words before a file name: `lines 10 to 20 of `. */
export function wordsBefore(text: string, at: number): LinesWritten | undefined {
  const from = Math.max(0, at - 60);
  const match = WORDS_BEFORE.exec(text.slice(from, at));
  if (!match) return undefined;
  const [, word = '', gap = '', first = '', join = '-', mark = '', last] = match;
  const start = from + match.index;
  const digitsAt = start + word.length + gap.length;
  const end = digitsAt + first.length + (last === undefined ? 0 : join.length + mark.length + last.length);
  if (/\b(?:around|about|approximately|roughly|near)\s?$/i.test(text.slice(Math.max(0, start - 16), start))) return undefined;
  return written(text, { form: 'words', start, digitsAt, end, first, last, join: `${join}${mark}`, word });
}
