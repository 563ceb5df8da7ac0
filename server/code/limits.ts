/** Whatever is further right in a line is data or minified. In UTF-16 units. */
export const LONGEST_LINE = 20_000;
/** Longer texts are data to the parser. In UTF-16 units: some 50,000 lines of dense code. */
export const LONGEST_CODE = 2_500_000;
/** As far as patterns read a line that people wrote: they take longer for each character than a scan does. In UTF-16 units. */
export const LONGEST_PATTERN_LINE = 2_000;
/** As much of a line as stands for it when texts are compared or shown. In UTF-16 units. */
export const LONGEST_SHOWN_LINE = 1_000;

/**
 * Why the parser does not read a text: its lines are too long, and the parser cannot be stopped within a line, or it is too long itself. `undefined` where
 * it does.
 */
export function whyUnparsed(text: string): 'long-line' | 'long-text' | undefined {
  if (text.length > LONGEST_CODE) return 'long-text';
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from);
    if ((end < 0 ? text.length : end) - from > LONGEST_LINE) return 'long-line';
    if (end < 0) break;
    from = end + 1;
  }
  return undefined;
}
