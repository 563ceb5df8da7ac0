import type { LineRange, Span } from '../model/span.ts';

/** Number of lines; 0 or less for an empty range. */
export const lineCountOf = ({ first, last }: LineRange): number => last - first + 1;

/** Whether a line is in a range. */
export const containsLine = ({ first, last }: LineRange, line: number): boolean => line >= first && line <= last;

/** The lines that a span touches, with the line of its end even where it ends at character 0. */
export const linesOfSpan = ({ start, end }: Span): LineRange => ({ first: start.line, last: end.line });
