import type { Position, Span } from '../model/span.ts';
import { bomOf } from './byte-order-mark.ts';

/**
 * Lines of a text, and conversion between offsets (UTF-16 units from the start) and positions. `\n`, `\r\n` and a lone `\r` end a line. A byte order
 * mark counts as an offset but not as a character of the first line, because editors do not show it.
 */
export interface LineIndex {
  /** Number of lines; at least 1. */
  readonly count: number;
  /** Offset of the first character of a line. */
  start(line: number): number;
  /** Offset of the end of a line, before its line ending. */
  end(line: number): number;
  /** Line that contains an offset. Offsets outside the text are clamped. */
  lineAt(offset: number): number;
  position(offset: number): Position;
  /** A character beyond the end of the line gives the end of the line, a line beyond the end of the text the end of the text. */
  offset(position: Position): number;
  span(start: number, end: number): Span;
}

/** Number of lines of a text, at least 1. Only `\n` ends a line here, as for git and for everything that splits texts at line feeds. */
export function countLines(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** Scans a text for its line starts once, in linear time. Every look-up after that is a binary search. */
export function lineIndex(text: string): LineIndex {
  const starts: number[] = [bomOf(text).length];
  const ends: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== 10 && code !== 13) continue;
    ends.push(at);
    if (code === 13 && text.charCodeAt(at + 1) === 10) at++;
    starts.push(at + 1);
  }
  ends.push(text.length);

  const start = (line: number): number => starts[Math.min(Math.max(line, 0), starts.length - 1)] ?? 0;
  const end = (line: number): number => ends[Math.min(Math.max(line, 0), ends.length - 1)] ?? 0;
  const lineAt = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (start(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const position = (offset: number): Position => {
    const clamped = Math.min(Math.max(offset, start(0)), text.length);
    const line = lineAt(clamped);
    return { line, character: Math.min(clamped, end(line)) - start(line) };
  };
  return {
    count: starts.length,
    start,
    end,
    lineAt,
    position,
    offset: ({ line, character }) =>
      line >= starts.length ? text.length : Math.min(start(line) + Math.max(character, 0), Math.max(end(line), start(line))),
    span: (from, to) => ({ start: position(from), end: position(to) }),
  };
}

/** A copy in which the given stretches are spaces. Length and line endings stay, so every offset and line number stays valid. */
export function blank(text: string, stretches: readonly { readonly start: number; readonly end: number }[]): string {
  if (stretches.length === 0) return text;
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of stretches) {
    if (end <= at) continue;
    pieces.push(text.slice(at, Math.max(start, at)), text.slice(Math.max(start, at), end).replace(/[^\r\n]/g, ' '));
    at = end;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}
