import type { CodeSymbol, Place } from '../model/answer.ts';
import type { LineRange, Position } from '../model/span.ts';
import { containsLine, lineCountOf, linesOfSpan } from '../text/line-range.ts';
import { spanContains } from '../text/positions.ts';
import { languageOf } from './languages/index.ts';
import { linesByLayout, symbolByLayout } from './layout.ts';

/** A longer declaration is about more than the lines around a cursor or a citation. In lines. */
export const LONGEST_SYMBOL = 120;
/** Lines to either side that count in a longer declaration. */
const AROUND = 20;
/** Lines to either side that a citation in a comment outside of every symbol is about, up to the next blank line. */
const PARAGRAPH = 10;
/** A citation so many lines from the cursor is in scope whatever it is attached to. */
const BESIDE = 2;
/** Lines of a comment in front of a declaration, with its decorators. */
const LONGEST_COMMENT = 30;
/**
 * What may stand between a comment and its declaration, in any language: lines of comments, attributes and decorators (`@x`, `[X]`, `#[x]`),
 * directives of preprocessors and blank lines. Wider than the comments of the language, so not read from its table.
 */
const LEADS_TO_DECLARATION = /^\s*(?:\/\/|\/\*|\*|#|--|;|<!--|"""|'''|@|\[|%|$)/;

const length = ({ span }: CodeSymbol): number => lineCountOf(linesOfSpan(span));

const isAfter = (a: Position, b: Position): boolean => a.line > b.line || (a.line === b.line && a.character > b.character);

/** The declarations around a line, from the shortest to the longest; of equal length in the order of the text. */
export const symbolsAround = (symbols: readonly CodeSymbol[], line: number): CodeSymbol[] =>
  symbols.filter(({ span }) => containsLine(linesOfSpan(span), line)).sort((a, b) => length(a) - length(b));

/** The shortest declaration around a line; of equal ones the first. */
export const innermostSymbol = (symbols: readonly CodeSymbol[], line: number): CodeSymbol | undefined => symbolsAround(symbols, line)[0];

/** There a name that only occurs is no symbol: the tree of a text without declarations is empty, too. */
const hasGrammar = (path: string): boolean => languageOf(path)?.grammar !== undefined;

/** `Outbox.drain`, `Outbox#drain` and `Outbox::drain` as names, outermost first. */
const segmentsOf = (name: string): string[] => name.split(/[.#]|::/).filter((segment) => segment !== '');

/** The names of what a symbol is in, outermost first, and its own. */
const qualifiedName = (symbols: readonly CodeSymbol[], symbol: CodeSymbol): string[] => {
  const { start, end } = symbol.span;
  const around = symbols.filter(({ span }) => span !== symbol.span && !isAfter(span.start, start) && !isAfter(end, span.end));
  const container = symbol.container?.replace(/<.*/s, '') ?? '';
  return [...around.map(({ name }) => name), container, symbol.name].flatMap(segmentsOf);
};

/** The symbol that a name means: of several with the same last part the one whose surroundings agree with most of the rest, then the first. */
function symbolNamed(symbols: readonly CodeSymbol[], name: string): CodeSymbol | undefined {
  const wanted = segmentsOf(name);
  const named = symbols.filter((symbol) => wanted.length > 0 && segmentsOf(symbol.name).at(-1) === wanted.at(-1));
  if (named.length < 2) return named[0];
  const agreement = (symbol: CodeSymbol): number => {
    const names = qualifiedName(symbols, symbol);
    const differs = wanted.findLastIndex((segment, at) => names[names.length - wanted.length + at] !== segment);
    return wanted.length - 1 - differs + (symbol.name === name ? 0.5 : 0);
  };
  const agreements = new Map(named.map((symbol) => [symbol, agreement(symbol)]));
  return named.sort((a, b) => (agreements.get(b) ?? 0) - (agreements.get(a) ?? 0))[0];
}

/**
 * The lines of a symbol by its name, which may be qualified (`Type.method`, `Type#method`, `Type::method`): the last part is looked for, and the
 * qualifier decides among several. By layout for languages without a grammar, and where the syntax tree could not be read. `undefined` where
 * the text has no such symbol.
 * @param symbols what the text declares; empty where no syntax tree was read
 */
export function linesOfSymbol(symbols: readonly CodeSymbol[], text: string, path: string, name: string): LineRange | undefined {
  if (symbols.length === 0) return linesByLayout(text, segmentsOf(name).at(-1) ?? '', hasGrammar(path));
  const symbol = symbolNamed(symbols, name);
  return symbol && linesOfSpan(symbol.span);
}

/** A member that is a value is too small to be linked by itself; decisions are about the type. */
const isValue = ({ kind, depth }: CodeSymbol): boolean => kind === 'property' || (kind === 'constant' && depth > 0);

/**
 * The innermost symbol around a line whose name finds it again with `linesOfSymbol`; qualified only where the bare name means another one.
 * `undefined` where there is none.
 * @param line zero-based
 */
export function symbolAt(symbols: readonly CodeSymbol[], text: string, path: string, line: number): string | undefined {
  if (symbols.length === 0) return symbolByLayout(text, line, hasGrammar(path));
  for (const symbol of symbolsAround(symbols, line)) {
    if (isValue(symbol)) continue;
    for (const name of [symbol.name, qualifiedName(symbols, symbol).slice(-2).join('.')])
      if (symbolNamed(symbols, name) === symbol) return name;
  }
  return undefined;
}

/** The symbol that the comment on a line documents. */
function documented(symbols: readonly CodeSymbol[], lines: readonly string[], line: number): CodeSymbol | undefined {
  if (!LEADS_TO_DECLARATION.test(lines[line] ?? '')) return undefined;
  for (let at = line + 1; at <= line + LONGEST_COMMENT && at < lines.length; at++) {
    const begun = symbols.filter(({ span }) => span.start.line === at).sort((a, b) => length(b) - length(a))[0];
    if (begun) return begun;
    if (!LEADS_TO_DECLARATION.test(lines[at] ?? '')) return undefined;
  }
  return undefined;
}

function paragraph(lines: readonly string[], line: number): LineRange {
  let first = line;
  let last = line;
  // Outside of comments, such as in a value of YAML, a citation is about its own line.
  if (!LEADS_TO_DECLARATION.test(lines[line] ?? '')) return { first, last };
  while (first > 0 && line - first < PARAGRAPH && (lines[first - 1] ?? '').trim() !== '') first--;
  while (last < lines.length - 1 && last - line < PARAGRAPH && (lines[last + 1] ?? '').trim() !== '') last++;
  return { first, last };
}

/** The lines that a citation on a line is about: the declaration that its comment documents, or the one around it. */
export function attachedLines(symbols: readonly CodeSymbol[], lines: readonly string[], line: number): LineRange {
  const symbol = documented(symbols, lines, line) ?? innermostSymbol(symbols, line);
  if (!symbol) return paragraph(lines, line);
  const { start, end } = symbol.span;
  const first = Math.min(start.line, line);
  if (length(symbol) <= LONGEST_SYMBOL) return { first, last: end.line };
  return { first: Math.max(first, line - AROUND), last: Math.min(end.line, Math.max(line, start.line) + AROUND) };
}

/** The lines that somebody reads or edits: what is named or cited there counts. */
export interface LinesInScope extends LineRange {
  /** False between the declarations of a file, such as among its imports. */
  readonly inside: boolean;
}

/** Lines to either side of the cursor or selection that are in scope. */
const NAMED_WITHIN = 3;

/** The lines in scope of a place: the innermost declaration around its first line, and three lines to either side; every line for a whole file. */
export function linesInScope({ line, endLine = line }: Place, symbols: readonly CodeSymbol[]): LinesInScope {
  if (line === undefined || endLine === undefined) return { first: 0, last: Number.POSITIVE_INFINITY, inside: true };
  const around = { first: line - NAMED_WITHIN, last: Math.max(line, endLine) + NAMED_WITHIN };
  const symbol = innermostSymbol(symbols, line);
  if (!symbol) return { ...around, inside: symbols.length === 0 || endLine > line };
  const { start, end } = symbol.span;
  return { first: Math.min(around.first, start.line), last: Math.max(around.last, end.line), inside: true };
}

/** True where the place shares a line with what a citation on `line` is about, or is next to it. Always true for a whole file. */
export function isAttached(place: Place, symbols: readonly CodeSymbol[], lines: readonly string[], line: number): boolean {
  if (place.line === undefined) return true;
  const last = Math.max(place.line, place.endLine ?? place.line);
  if (line >= place.line - BESIDE && line <= last + BESIDE) return true;
  const attached = attachedLines(symbols, lines, line);
  return attached.first <= last && place.line <= attached.last;
}

/**
 * The declaration at a position: the one whose name is there, else the one that opens there. What opens a declaration is its first line up to the name,
 * with `export` and the like, and where its body takes more lines, the rest of the line of the name.
 */
export const declarationAt = (symbols: readonly CodeSymbol[], position: Position): CodeSymbol | undefined =>
  symbols.find(({ nameSpan }) => spanContains(nameSpan, position)) ??
  symbols.find(({ span, nameSpan }) => spanContains({ start: { line: span.start.line, character: 0 }, end: nameSpan.end }, position)) ??
  symbols.findLast(
    ({ span, nameSpan }) => position.line === nameSpan.end.line && span.end.line > position.line && spanContains(span, position),
  );
