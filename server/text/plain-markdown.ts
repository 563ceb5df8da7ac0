/** A text and stretches of it to emphasise: UTF-16 offsets, `end` exclusive. */
export interface MarkedText {
  readonly text: string;
  readonly highlights: readonly { readonly start: number; readonly end: number }[];
}

type State = { readonly kept: Uint8Array; readonly verbatim: Uint8Array; readonly text: string };

const FENCE = /^[ \t]*(?:`{3,}|~{3,})[^\n]*(?:\n|$)/gm;
const TABLE_RULE = /^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*(?:\n|$)/gm;
const CODE = /(?<!`)(`{1,2})(?!`)([^`\n]+)\1(?!`)/g;
/** Removed whole. Only tags that prose uses: `Map<string>` is no tag. */
const WHOLE: readonly RegExp[] = [
  /<!--[\s\S]*?-->/g,
  /<\/?(?:a|b|br|code|details|div|em|hr|i|img|kbd|p|span|strong|sub|summary|sup|u)(?:\s[^<>\n]*)?\/?>/gi,
  /^[ \t]{0,3}#{1,6}[ \t]+/gm,
  /^[ \t]{0,3}(?:>[ \t]?)+/gm,
  /^[ \t]*\|[ \t]*|[ \t]*\|[ \t]*$/gm,
];
/** What stands around a text that stays: the groups `before` and `after` are removed. A snippet may be cut anywhere, also within a link. */
const AROUND: readonly RegExp[] = [
  /(?<before>!?\[)(?:[^[\]\n]|\[[^[\]\n]*\])*(?<after>\]\((?:[^()\n]|\([^()\n]*\))*\))/dg,
  /(?<before>!?\[)(?:[^[\]\n]|\[[^[\]\n]*\])*(?<after>\]\([^()\n]*$)/dg,
  /^[^[\]\n]*?(?<after>\]\([^()\s]*\))/dg,
  /(?<before>!?\[)[^[\]\n]+(?<after>\]\[[^[\]\n]*\])/dg,
  /(?<before>(?<![\p{L}\p{N}/\\*])\*\*(?=[^\s*/]))[^\n]*?(?<after>(?<=[^\s*/\\])\*\*(?![\p{L}\p{N}/*]))/dgu,
  // A word alone is a name of Python, such as `__init__`.
  /(?<before>(?<![\p{L}\p{N}_/\\])__(?=[^\s_]))(?![\p{L}\p{N}_]*__)[^\n]*?(?<after>(?<=[^\s_\\])__(?![\p{L}\p{N}_/]))/dgu,
  /(?<before>~~(?=\S))[^\n]*?(?<after>(?<=\S)~~)/dg,
  /(?<before>(?<![\p{L}\p{N}/\\*])\*(?=[^\s*/.]))[^*\n]*?(?<after>(?<=[^\s*/\\])\*(?![\p{L}\p{N}/*.]))/dgu,
  /(?<before>(?<![\p{L}\p{N}_\\])_(?=[^\s_]))[^_\n]*?(?<after>(?<=[^\s_\\])_(?![\p{L}\p{N}_]))/dgu,
];
const ESCAPE = /\\(?=[\\`*_{}[\]()#+\-.!<>|~])/g;

const remove = ({ kept, verbatim }: State, start: number, end: number): void => {
  for (let at = start; at < end; at++) if (verbatim[at] === 0) kept[at] = 0;
};

const removeAll = (state: State, pattern: RegExp): void => {
  for (const { index, 0: whole } of state.text.matchAll(pattern)) remove(state, index, index + whole.length);
};

const removeAround = (state: State, pattern: RegExp): void => {
  for (const { indices } of state.text.matchAll(pattern)) {
    for (const name of ['before', 'after']) {
      const range = indices?.groups?.[name];
      if (range !== undefined && state.kept[range[0]] === 1) remove(state, ...range);
    }
  }
};

/**
 * A short text without the marks of Markdown, for places that show it as it is: links become their text, emphasis and headings their words, code stays
 * as written. Every character of the result is one of the text, in order.
 */
export function plainMarkdown({ text, highlights }: MarkedText): MarkedText {
  const state: State = { text, kept: new Uint8Array(text.length).fill(1), verbatim: new Uint8Array(text.length) };
  removeAll(state, FENCE);
  removeAll(state, TABLE_RULE);
  for (const { index, 0: whole, 1: ticks = '' } of text.matchAll(CODE)) {
    const [start, end] = [index + ticks.length, index + whole.length - ticks.length];
    remove(state, index, start);
    remove(state, end, index + whole.length);
    state.verbatim.fill(1, start, end);
  }
  for (const pattern of WHOLE) removeAll(state, pattern);
  for (const pattern of AROUND) removeAround(state, pattern);
  removeAll(state, ESCAPE);
  const places = new Uint32Array(text.length + 1);
  let plain = '';
  for (let at = 0; at < text.length; at++) {
    places[at] = plain.length;
    if (state.kept[at] === 1) plain += text[at];
  }
  places[text.length] = plain.length;
  return {
    text: plain,
    highlights: highlights
      .map(({ start, end }) => ({ start: places[start] ?? plain.length, end: places[end] ?? plain.length }))
      .filter(({ start, end }) => start < end),
  };
}
