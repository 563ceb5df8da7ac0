import type { Place } from '../model/answer.ts';
import type { LineRange } from '../model/span.ts';
import { LONGEST_SHOWN_LINE } from './limits.ts';

/** Lines around a place that are compared with records: the number that relevance was judged with. */
export const WINDOW_LINES = 40;
/** Only the middle of a longer selection is compared. In lines. */
const MOST_LINES = 100;

/**
 * The 40 lines around a line (zero-based), fewer in a short file.
 * @param endLine last line of a selection that begins at `line`: a selection of more than 40 lines is itself the window
 */
export function codeWindowLines(lineCount: number, line: number, endLine = line): LineRange {
  const length = Math.min(MOST_LINES, Math.max(WINDOW_LINES, endLine - line + 1));
  const middle = Math.floor((line + Math.max(line, endLine) + 1) / 2);
  const first = Math.max(0, Math.min(middle - length / 2, lineCount - length));
  return { first: Math.floor(first), last: Math.floor(first) + length - 1 };
}

/** The lines of a place that are compared with documents: its window, or the whole file where it has no line. */
export const codeWindowOf = ({ line, endLine }: Pick<Place, 'line' | 'endLine'>, lineCount: number): LineRange =>
  line === undefined ? { first: 0, last: lineCount - 1 } : codeWindowLines(lineCount, line, endLine);

/** The code around a place, as it is compared with records. */
export interface CodeWindow {
  readonly lines: string;
  /** Those at most 8 lines from the cursor; empty for a selection. */
  readonly nearest: string;
}

const NEAREST_LINES = 8;

/**
 * The text of the window around a line, or of a selection.
 * @param all the lines of the file
 */
export function codeWindowAt(all: readonly string[], line: number, endLine?: number): CodeWindow {
  const { first, last } = codeWindowLines(all.length, line, endLine);
  const cut = (from: number, to: number): string =>
    all
      .slice(Math.max(first, from), Math.min(last, to) + 1)
      .map((each) => each.slice(0, LONGEST_SHOWN_LINE))
      .join('\n');
  return { lines: cut(first, last), nearest: endLine === undefined ? cut(line - NEAREST_LINES, line + NEAREST_LINES) : '' };
}
