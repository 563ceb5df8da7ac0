import type { LineRange, Span } from '../model/span.ts';

/** Number of lines; 0 or less for an empty range. */
export const lineCountOf = ({ first, last }: LineRange): number => last - first + 1;

/** True where the line is one of the range. */
export const holdsLine = ({ first, last }: LineRange, line: number): boolean => line >= first && line <= last;

/** True where two ranges share a line. */
export const rangesMeet = (a: LineRange, b: LineRange): boolean => a.first <= b.last && b.first <= a.last;

/** The lines that a span touches. */
export const linesOfSpan = ({ start, end }: Span): LineRange => ({ first: start.line, last: end.line });
