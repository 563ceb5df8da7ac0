import type { CodeSymbol, Place } from '../model/answer.ts';

/** Zero-based lines, both included. */
interface Lines {
  readonly first: number;
  readonly last: number;
}

/** Of a longer symbol a citation speaks only for the lines around it. */
const LONGEST_SYMBOL = 120;
const AROUND = 20;
/** Lines to either side that a citation in a comment outside of every symbol speaks for, up to the next blank line. */
const PARAGRAPH = 10;
/** A citation on the line of the cursor, or right beside it, is at hand whatever it is attached to. */
const BESIDE = 2;
/** A comment in front of a declaration, with its decorators. */
const LONGEST_COMMENT = 30;
const COMMENT = /^\s*(?:\/\/|\/\*|\*|#|--|;|<!--|"""|'''|@|\[|%|$)/;

const length = ({ span }: CodeSymbol): number => span.end.line - span.start.line;

const innermost = (symbols: readonly CodeSymbol[], line: number): CodeSymbol | undefined =>
  symbols.filter(({ span }) => span.start.line <= line && line <= span.end.line).sort((a, b) => length(a) - length(b))[0];

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

function paragraph(lines: readonly string[], line: number): Lines {
  let first = line;
  let last = line;
  // A description or an address in data says what it is about on its own line.
  if (!COMMENT.test(lines[line] ?? '')) return { first, last };
  while (first > 0 && line - first < PARAGRAPH && (lines[first - 1] ?? '').trim() !== '') first--;
  while (last < lines.length - 1 && last - line < PARAGRAPH && (lines[last + 1] ?? '').trim() !== '') last++;
  return { first, last };
}

/** The lines that a citation on a line speaks for: the declaration that its comment stands in front of, or the one that it stands in. */
export function attachedLines(symbols: readonly CodeSymbol[], lines: readonly string[], line: number): Lines {
  const symbol = documented(symbols, lines, line) ?? innermost(symbols, line);
  if (!symbol) return paragraph(lines, line);
  const { start, end } = symbol.span;
  const first = Math.min(start.line, line);
  if (length(symbol) <= LONGEST_SYMBOL) return { first, last: end.line };
  return { first: Math.max(first, line - AROUND), last: Math.min(end.line, Math.max(line, start.line) + AROUND) };
}

/** The lines that are at hand at a place: what is named or cited there is what somebody reads or edits. */
export interface Hand extends Lines {
  /** False between the declarations of a file, such as among its imports. */
  readonly inside: boolean;
}

const NAMED_WITHIN = 3;

/** The lines at hand: the innermost declaration and three lines to either side of the cursor; of a selection likewise; all of a whole file. */
export function handOf({ line, endLine = line }: Place, symbols: readonly CodeSymbol[]): Hand {
  if (line === undefined || endLine === undefined) return { first: 0, last: Number.POSITIVE_INFINITY, inside: true };
  const around = { first: line - NAMED_WITHIN, last: Math.max(line, endLine) + NAMED_WITHIN };
  const symbol = innermost(symbols, line);
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
