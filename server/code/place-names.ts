import type { CodeSymbol, Place } from '../model/answer.ts';
import type { Position, Span } from '../model/span.ts';
import { containsLine, linesOfSpan } from '../text/line-range.ts';
import { codeWindowOf } from './code-window.ts';
import { LONGEST_SHOWN_LINE } from './limits.ts';
import { nameHash } from './names.ts';
import type { SourceFile } from './source-file.ts';

/** A name in a file of code, as seen from a place in it. */
export interface PlaceName {
  readonly name: string;
  readonly hash: number;
  /** The first use in the window; else the first in the file. */
  readonly span: Span;
  /** True where it is used in the window. */
  readonly near: boolean;
  /** True where a symbol of that name is declared. */
  readonly declared: boolean;
  /** The line of `span`, from which its form is read. */
  readonly text: string;
}

/** The names of a file, by hash. */
export interface PlaceNames {
  readonly path: string;
  readonly names: ReadonlyMap<number, PlaceName>;
}

/** The name of a declaration is near on all of its lines, and the name of a class in its methods. */
const isAround = ({ span }: CodeSymbol, line: number): boolean => containsLine(linesOfSpan(span), line);

/**
 * The names of a file of code, and which of them are used in the 40 lines around the place or declared there.
 * @param symbols what the file declares
 */
export function placeNames(place: Place, file: SourceFile, symbols: readonly CodeSymbol[]): PlaceNames {
  const { path, textLines: lines } = file;
  const { line } = place;
  const window = codeWindowOf(place, lines.length);
  const names = new Map<number, PlaceName>();
  const add = (name: string, start: Position, declared: boolean, near: boolean): void => {
    const hash = nameHash(name);
    const earlier = names.get(hash);
    // A declaration in the window counts most, then a use in it, then a declaration elsewhere, then the first use.
    if (earlier && Number(earlier.near) * 2 + Number(earlier.declared) >= Number(near) * 2 + Number(declared)) return;
    const span = { start, end: { line: start.line, character: start.character + name.length } };
    const declaredSomewhere = declared || (earlier?.declared ?? false);
    names.set(hash, { name, hash, span, near, declared: declaredSomewhere, text: (lines[start.line] ?? '').slice(0, LONGEST_SHOWN_LINE) });
  };
  for (const symbol of symbols) {
    const near = containsLine(window, symbol.nameSpan.start.line) || (line !== undefined && isAround(symbol, line));
    for (const name of new Set([symbol.name, symbol.name.split(/[.:]+/).at(-1) ?? ''])) add(name, symbol.nameSpan.start, true, near);
  }
  for (const { name, line: at, character } of file.names) add(name, { line: at, character }, false, containsLine(window, at));
  return { path, names };
}
