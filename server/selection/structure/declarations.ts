import { isCompound } from '../../code/names.ts';
import type { CodeSymbol } from '../../model/answer.ts';

const MOST_NAMES = 40;

/** A method of a type is reached through the type, where its own name is one that many things have. */
export const callable = (symbol: CodeSymbol, around: readonly CodeSymbol[]): string[] => {
  const type = symbol.container ?? around.find(({ kind }) => kind === 'class' || kind === 'interface')?.name;
  return type === undefined || isCompound(symbol.name) ? [symbol.name] : [type];
};

/** Symbols around a line, the innermost first. */
export const around = (symbols: readonly CodeSymbol[], line: number): CodeSymbol[] =>
  symbols
    .filter(({ kind, span }) => kind !== 'property' && span.start.line <= line && line <= span.end.line)
    .sort((a, b) => a.span.end.line - a.span.start.line - (b.span.end.line - b.span.start.line));

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** Finds whole names in a text, at most 40 of those that are given. */
export const patternOf = (names: Iterable<string>): RegExp =>
  new RegExp(`(?<![\\w$])(?:${[...names].slice(0, MOST_NAMES).map(escaped).join('|')})(?![\\w$])`, 'g');
