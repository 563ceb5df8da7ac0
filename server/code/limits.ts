/** Whatever is further right in a line is data or minified. In UTF-16 units. */
export const LONGEST_LINE = 20_000;
/** As far as patterns read a line that people wrote: they take longer for each character than a scan does. In UTF-16 units. */
export const LONGEST_PATTERN_LINE = 2_000;
/** As much of a line as stands for it when texts are compared or shown. In UTF-16 units. */
export const LONGEST_SHOWN_LINE = 1_000;
