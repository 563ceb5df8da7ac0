import type { CommentForm, CommentMarks } from './language.ts';

/** From an opening to its close, or to the end of the text where it is never closed. */
const between = (open: string, close: string): string => `${open}[^]*?(?:${close}|$(?![^]))`;

const form = (pattern: string, ...opens: readonly string[]): CommentForm => ({ opens, pattern });

/** Pattern of a text that is meant literally. */
export const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A comment between two marks. */
export const block = (open: string, close: string): CommentForm => form(between(literal(open), literal(close)), open);

export const SLASHES = form(String.raw`\/\/[^\n]*`, '//');
/** At the start of a word: `a#b` is no comment. */
export const HASH = form(String.raw`(?<=^|[\s;({[,])#[^\n]*`, '#');
export const DASHES = form(String.raw`--[^\n]*`, '--');
export const SEMICOLON = form(String.raw`;[^\n]*`, ';');
export const PERCENT = form('%[^\\n]*', '%');
export const APOSTROPHE = form("'[^\\n]*", "'");
export const BLOCK = block('/*', '*/');
export const MARKUP = block('<!--', '-->');
export const PARENTHESIS_STAR = block('(*', '*)');

/** Text between three quotes. */
export const LONG_STRING = `${between('"""', '"""')}|${between("'''", "'''")}`;
/** Long text that begins its line is written for readers. */
export const DOCSTRING = form(String.raw`(?="""|''')(?<=^[ \t]*(?:[rRuU]{0,2}))(?:${LONG_STRING})`, '"""', "'''");

/** Strings end with their line, closed or not. */
export const DOUBLE = String.raw`"(?:\\[^\n]|[^"\\\n])*"?`;
export const SINGLE = String.raw`'(?:\\[^\n]|[^'\\\n])*'?`;
/** One character, so that the lifetime `'a` of Rust opens no string. */
export const CHARACTER = String.raw`'(?:\\[^\n]{1,8}|[^'\\\n])'`;
export const BACKTICK = '`(?:\\\\[^]|[^`\\\\])*`?';
/** In languages of plain words an apostrophe opens a string only where a value may begin. */
export const VALUE = String.raw`(?<=^|[\s:=[{,(])(?:"(?:\\[^\n]|[^"\\\n])*"?|'[^'\n]*'?)`;

const marks = (open: string, close = ''): CommentMarks => ({ open, close });

/** Comments as they are written. */
export const MARKS = {
  slashes: marks('// '),
  hash: marks('# '),
  dashes: marks('-- '),
  semicolons: marks(';; '),
  percent: marks('% '),
  apostrophe: marks("' "),
  star: marks('/* ', ' */'),
  parenthesisStar: marks('(* ', ' *)'),
  markup: marks('<!-- ', ' -->'),
} as const;

/** Comments and strings of languages in the manner of C. */
export const C_LIKE = {
  comments: [SLASHES, BLOCK],
  commentMarks: MARKS.slashes,
  strings: [LONG_STRING, DOUBLE, CHARACTER, BACKTICK],
} as const;

/** As `C_LIKE`, where single quotes and backticks hold strings of any length. */
export const SCRIPT_LIKE = { comments: [SLASHES, BLOCK], commentMarks: MARKS.slashes, strings: [DOUBLE, SINGLE, BACKTICK] } as const;

/** Comments and strings of languages of plain words and values. */
export const VALUES_LIKE = { comments: [HASH], commentMarks: MARKS.hash, strings: [VALUE] } as const;

/** Pages of markup with scripts and styles. */
export const PAGE_LIKE = {
  comments: [MARKUP, SLASHES, BLOCK, block('@*', '*@')],
  commentMarks: MARKS.markup,
  strings: [DOUBLE, SINGLE, BACKTICK],
  hasScriptAndStyle: true,
} as const;

/** Pattern of a line that begins with one of the words. */
export const lineOf = (...words: readonly string[]): string => String.raw`^\s*(?:${words.join('|')})\b`;

/** Names of test files as most frameworks want them: `outbox.test`, `outbox-spec`. */
export const TEST_OR_SPEC = '[._-](?:test|spec)s?$';
