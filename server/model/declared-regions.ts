import type { CodeSymbol, Hit } from './answer.ts';
import { isAnchored } from './evidence.ts';
import type { LineRange, Span } from './span.ts';

/** At most this many lines of comments and decorators above a declaration belong to it. */
const MOST_LINES_ABOVE = 40;

/** The lines of a symbol, including its comment and its decorators directly above. */
export const regionOf = ({ span }: CodeSymbol, lines: readonly string[], floor = 0): LineRange => {
  let first = span.start.line;
  while (first > floor && span.start.line - first < MOST_LINES_ABOVE && (lines[first - 1] ?? '').trim() !== '') first -= 1;
  return { first, last: span.end.line };
};

/** The symbols that can get a lens, in the order of the text: what the file declares at its top level and, if requested, members of it. */
export const lensSymbols = (symbols: readonly CodeSymbol[], members: boolean): readonly CodeSymbol[] =>
  symbols.filter(({ depth, kind }) => (members || depth === 0) && kind !== 'property');

const isIn = ({ start }: Span, { first, last }: LineRange): boolean => start.line >= first && start.line <= last;

/** The governing records whose evidence is in the lines of a symbol, rather than elsewhere in the file. */
export const ownHits = (governing: readonly Hit[], region: LineRange): readonly Hit[] =>
  governing.filter(({ evidence }) =>
    evidence.some((item) => isAnchored(item) && item.codeSpan !== undefined && isIn(item.codeSpan, region)),
  );

/** The governing records of a file whose evidence is not confined to the lines of single symbols. */
export const fileHits = (governing: readonly Hit[], regions: readonly LineRange[]): readonly Hit[] =>
  governing.filter(({ evidence }) => {
    const anchored = evidence.filter(isAnchored);
    const inside = anchored.filter(({ codeSpan }) => codeSpan !== undefined && regions.some((region) => isIn(codeSpan, region)));
    return inside.length === 0 || inside.length < anchored.length;
  });
