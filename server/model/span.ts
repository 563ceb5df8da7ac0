/** A place in a text as the Language Server Protocol counts it: zero-based line, zero-based UTF-16 code unit within the line. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Lines of a text: zero-based, both included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** A stretch of a text; `end` is exclusive. */
export interface Span {
  readonly start: Position;
  readonly end: Position;
}
