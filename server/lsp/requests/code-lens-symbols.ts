import type { CodeSymbol, Hit, Place } from '../../model/answer.ts';
import { isAnchored } from '../../model/evidence.ts';
import type { LineRange, Span } from '../../model/span.ts';

/** Lines of comments and decorators above a declaration that belong to it at most. */
const MOST_LINES_ABOVE = 40;

/** The lines of a symbol with what stands directly above it: its comment and its decorators. */
export const regionOf = ({ span }: CodeSymbol, lines: readonly string[], floor = 0): LineRange => {
  let first = span.start.line;
  while (first > floor && span.start.line - first < MOST_LINES_ABOVE && (lines[first - 1] ?? '').trim() !== '') first -= 1;
  return { first, last: span.end.line };
};

/** Symbols that get a lens: what a file declares at its top level, and members of it where they are asked for. In the order of the text. */
export const lensSymbols = (symbols: readonly CodeSymbol[], members: boolean): readonly CodeSymbol[] =>
  symbols.filter(({ depth, kind }) => (members || depth === 0) && kind !== 'property');

const isIn = ({ start }: Span, { first, last }: LineRange): boolean => start.line >= first && start.line <= last;

/** The governing records of a symbol that speak of its own lines, rather than of its neighbours or the whole file. */
export const ownHits = (governing: readonly Hit[], region: LineRange): readonly Hit[] =>
  governing.filter(({ evidence }) =>
    evidence.some((item) => isAnchored(item) && item.codeSpan !== undefined && isIn(item.codeSpan, region)),
  );

/** The governing records of a file that speak of more than single symbols. */
export const fileHits = (governing: readonly Hit[], regions: readonly LineRange[]): readonly Hit[] =>
  governing.filter(({ evidence }) => {
    const anchored = evidence.filter(isAnchored);
    const inside = anchored.filter(({ codeSpan }) => codeSpan !== undefined && regions.some((region) => isIn(codeSpan, region)));
    return inside.length === 0 || inside.length < anchored.length;
  });

/** The place of a symbol, as a selection of its lines. */
export const placeOfSymbol = (place: Place, region: LineRange): Place => ({
  ...place,
  line: region.first,
  endLine: region.last,
  unasked: true,
});
