import { symbolsOf } from '../code/symbols.ts';
import type { CodeSymbol } from '../model/answer.ts';
import { keptByText } from '../model/kept.ts';

/** Files whose symbols are kept: those that an editor asks about again and again. */
const MOST_FILES = 30;

/** Symbols by path and text; the files asked last are kept. */
export const createSymbolCache = (): ((path: string, text: string) => Promise<readonly CodeSymbol[]>) => keptByText(MOST_FILES, symbolsOf);
