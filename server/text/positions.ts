import type { Position, Span } from '../model/span.ts';

/** Sort order of positions: negative where `a` comes first, 0 where they are equal. */
export const comparePositions = (a: Position, b: Position): number => a.line - b.line || a.character - b.character;

/** Whether a position lies in a span. The end of the span is outside, so an empty span contains nothing. */
export const spanContains = ({ start, end }: Span, position: Position): boolean =>
  comparePositions(start, position) <= 0 && comparePositions(position, end) < 0;

/** Whether two spans overlap or meet at an end, as the cursor behind a word still touches the word. */
export const spansTouch = (a: Span, b: Span): boolean => comparePositions(a.start, b.end) <= 0 && comparePositions(b.start, a.end) <= 0;

/** Whether two spans are equal. */
export const sameSpan = (a: Span, b: Span): boolean => comparePositions(a.start, b.start) === 0 && comparePositions(a.end, b.end) === 0;

/** The position behind a text that begins at `start`. Only `\n` counts as a line ending here; a `\r` is a character of its line. */
export function positionAfter(start: Position, text: string): Position {
  const lastBreak = text.lastIndexOf('\n');
  if (lastBreak < 0) return { line: start.line, character: start.character + text.length };
  let line = start.line;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) line++;
  return { line, character: text.length - lastBreak - 1 };
}
