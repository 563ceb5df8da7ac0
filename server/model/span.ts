/** A position in a text, as in the Language Server Protocol: zero-based line, zero-based UTF-16 code unit within the line. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Consecutive lines of a text, zero-based and inclusive. `last` is one less than `first` if there are none. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** Part of a text, from `start` up to `end`, which is exclusive. */
export interface Span {
  readonly start: Position;
  readonly end: Position;
}

/** The first position of a text. */
export const TEXT_START: Position = { line: 0, character: 0 };

/** Nothing, at the start of a text: where something is shown that has no better place. */
export const EMPTY_SPAN: Span = { start: TEXT_START, end: TEXT_START };
