import { symbolsOf } from '../code/symbols.ts';
import type { CodeSymbol } from '../model/answer.ts';

/** Files whose symbols are kept: those that an editor asks about again and again. */
const MOST_FILES = 30;

/** Symbols by path and text; the files asked last are kept. */
export function createSymbolCache(): (path: string, text: string) => Promise<readonly CodeSymbol[]> {
  const known = new Map<string, { readonly text: string; readonly symbols: Promise<readonly CodeSymbol[]> }>();
  return (path, text) => {
    const before = known.get(path);
    const entry = before?.text === text ? before : { text, symbols: symbolsOf(path, text) };
    known.delete(path);
    known.set(path, entry);
    const [oldest] = known.keys();
    if (known.size > MOST_FILES && oldest !== undefined) known.delete(oldest);
    return entry.symbols;
  };
}
