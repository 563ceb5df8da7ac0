import type { CodeSymbol, Place } from '../model/answer.ts';
import type { LineRange } from '../model/span.ts';
import { holdsLine, lineCountOf, linesOfSpan } from '../text/line-range.ts';

/** A declaration of more lines is about more than the lines around a cursor or a citation. */
export const LONGEST_SYMBOL = 120;
const AROUND = 20;
/** Lines to either side that a citation in a comment outside of every symbol speaks for, up to the next blank line. */
const PARAGRAPH = 10;
/** A citation on the line of the cursor, or right beside it, is at hand whatever it is attached to. */
const BESIDE = 2;
/** A comment in front of a declaration, with its decorators. */
const LONGEST_COMMENT = 30;
const COMMENT = /^\s*(?:\/\/|\/\*|\*|#|--|;|<!--|"""|'''|@|\[|%|$)/;

const length = ({ span }: CodeSymbol): number => lineCountOf(linesOfSpan(span));

/** The smallest declaration around a line; of equal ones the first. */
export const innermostSymbol = (symbols: readonly CodeSymbol[], line: number): CodeSymbol | undefined =>
  symbols.filter(({ span }) => holdsLine(linesOfSpan(span), line)).sort((a, b) => length(a) - length(b))[0];

/** The symbol that the comment around a line stands in front of. */
function documented(symbols: readonly CodeSymbol[], lines: readonly string[], line: number): CodeSymbol | undefined {
  if (!COMMENT.test(lines[line] ?? '')) return undefined;
  for (let at = line + 1; at <= line + LONGEST_COMMENT && at < lines.length; at++) {
    const begun = symbols.filter(({ span }) => span.start.line === at).sort((a, b) => length(b) - length(a))[0];
    if (begun) return begun;
    if (!COMMENT.test(lines[at] ?? '')) return undefined;
  }
  return undefined;
}

function paragraph(lines: readonly string[], line: number): LineRange {
  let first = line;
  let last = line;
  // A description or an address in data says what it is about on its own line.
  if (!COMMENT.test(lines[line] ?? '')) return { first, last };
  while (first > 0 && line - first < PARAGRAPH && (lines[first - 1] ?? '').trim() !== '') first--;
  while (last < lines.length - 1 && last - line < PARAGRAPH && (lines[last + 1] ?? '').trim() !== '') last++;
  return { first, last };
}

/** The lines that a citation on a line speaks for: the declaration that its comment stands in front of, or the one that it stands in. */
export function attachedLines(symbols: readonly CodeSymbol[], lines: readonly string[], line: number): LineRange {
  const symbol = documented(symbols, lines, line) ?? innermostSymbol(symbols, line);
  if (!symbol) return paragraph(lines, line);
  const { start, end } = symbol.span;
  const first = Math.min(start.line, line);
  if (length(symbol) <= LONGEST_SYMBOL) return { first, last: end.line };
  return { first: Math.max(first, line - AROUND), last: Math.min(end.line, Math.max(line, start.line) + AROUND) };
}

/** The lines that are at hand at a place: what is named or cited there is what somebody reads or edits. */
export interface LinesInScope extends LineRange {
  /** False between the declarations of a file, such as among its imports. */
  readonly inside: boolean;
}

const NAMED_WITHIN = 3;

/** The lines in scope: the innermost declaration and three lines to either side of the cursor; of a selection likewise; all of a whole file. */
export function linesInScope({ line, endLine = line }: Place, symbols: readonly CodeSymbol[]): LinesInScope {
  if (line === undefined || endLine === undefined) return { first: 0, last: Number.POSITIVE_INFINITY, inside: true };
  const around = { first: line - NAMED_WITHIN, last: Math.max(line, endLine) + NAMED_WITHIN };
  const symbol = innermostSymbol(symbols, line);
  if (!symbol) return { ...around, inside: symbols.length === 0 || endLine > line };
  const { start, end } = symbol.span;
  return { first: Math.min(around.first, start.line), last: Math.max(around.last, end.line), inside: true };
}

/** True where the place is among the lines that a citation on `line` speaks for; a whole file is where everything in it is. */
export function isAttached(place: Place, symbols: readonly CodeSymbol[], lines: readonly string[], line: number): boolean {
  if (place.line === undefined) return true;
  const last = Math.max(place.line, place.endLine ?? place.line);
  if (line >= place.line - BESIDE && line <= last + BESIDE) return true;
  const attached = attachedLines(symbols, lines, line);
  return attached.first <= last && place.line <= attached.last;
}
