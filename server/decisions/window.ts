/** Lines of code around a place that stand for it when texts are compared: as records were judged against. */
export const WINDOW_LINES = 40;
/** Of a longer selection only the middle is compared. */
const MOST_LINES = 100;
/** Longer lines are data or minified: only their beginning is compared. */
const LONGEST_LINE = 1_000;

/** Zero-based lines, `last` included. */
export interface Window {
  readonly first: number;
  readonly last: number;
}

/**
 * The 40 lines around a line (zero-based), fewer in a short file.
 * @param endLine last line of a selection that begins at `line`: a selection of more than 40 lines is itself the window
 */
export function windowOf(lineCount: number, line: number, endLine = line): Window {
  const length = Math.min(MOST_LINES, Math.max(WINDOW_LINES, endLine - line + 1));
  const middle = Math.floor((line + Math.max(line, endLine) + 1) / 2);
  const first = Math.max(0, Math.min(middle - length / 2, lineCount - length));
  return { first: Math.floor(first), last: Math.floor(first) + length - 1 };
}

/** The text of the window around a line, or of a selection. */
export function windowAt(text: string, line: number, endLine?: number): string {
  const lines = text.split('\n');
  const { first, last } = windowOf(lines.length, line, endLine);
  return lines
    .slice(first, last + 1)
    .map((each) => each.slice(0, LONGEST_LINE))
    .join('\n');
}
