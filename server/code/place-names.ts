import type { CodeSymbol, Place } from '../model/answer.ts';
import type { Position, Span } from '../model/span.ts';
import { nameHash } from './names.ts';
import type { SourceFile } from './source-file.ts';
import { windowOf } from './window.ts';

/** A name as a place in code has it. */
export interface PlaceName {
  readonly name: string;
  readonly hash: number;
  /** The first use in the window; else the first in the file. */
  readonly span: Span;
  /** True where it is used in the window. */
  readonly near: boolean;
  /** True where a symbol of that name is declared. */
  readonly declared: boolean;
  /** The line of `span`, for what the name is used as. */
  readonly text: string;
}

/** The names of a place, by hash. */
export interface PlaceNames {
  readonly path: string;
  readonly names: ReadonlyMap<number, PlaceName>;
}

const LONGEST_LINE = 1_000;

/** A declaration speaks for all of its lines, and a class for its methods. */
const isAround = ({ span }: CodeSymbol, line: number): boolean => span.start.line <= line && line <= span.end.line;

/**
 * The names of a file of code, and which of them stand in the 40 lines around the place or are declared there.
 * @param symbols what the file declares
 */
export function placeNames({ line, endLine }: Place, file: SourceFile, symbols: readonly CodeSymbol[]): PlaceNames {
  const { path, textLines: lines } = file;
  const { first, last } = line === undefined ? { first: 0, last: lines.length } : windowOf(lines.length, line, endLine);
  const names = new Map<number, PlaceName>();
  const take = (name: string, start: Position, declared: boolean, near: boolean): void => {
    const hash = nameHash(name);
    const known = names.get(hash);
    // The nearest declaration says most, then a use in the window, then whatever comes first.
    if (known && Number(known.near) * 2 + Number(known.declared) >= Number(near) * 2 + Number(declared)) return;
    const span = { start, end: { line: start.line, character: start.character + name.length } };
    const declaredAnyway = declared || (known?.declared ?? false);
    names.set(hash, { name, hash, span, near, declared: declaredAnyway, text: (lines[start.line] ?? '').slice(0, LONGEST_LINE) });
  };
  for (const symbol of symbols) {
    const near = isNear(symbol.nameSpan.start.line, first, last) || (line !== undefined && isAround(symbol, line));
    for (const name of new Set([symbol.name, symbol.name.split(/[.:]+/).at(-1) ?? ''])) take(name, symbol.nameSpan.start, true, near);
  }
  for (const { name, line: at, character } of file.names) take(name, { line: at, character }, false, isNear(at, first, last));
  return { path, names };
}

const isNear = (line: number, first: number, last: number): boolean => line >= first && line <= last;
