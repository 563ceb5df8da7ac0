/** Lines of code around a place that stand for it when texts are compared: as records were judged against. */
export const WINDOW_LINES = 40;
/** Longer lines are data or minified: only their beginning is compared. */
const LONGEST_LINE = 1_000;

/** The 40 lines around a line (zero-based), fewer at the ends of the file. */
export function windowAt(text: string, line: number): string {
  const lines = text.split('\n');
  const first = Math.max(0, Math.min(line - WINDOW_LINES / 2, lines.length - WINDOW_LINES));
  return lines
    .slice(first, first + WINDOW_LINES)
    .map((each) => each.slice(0, LONGEST_LINE))
    .join('\n');
}
