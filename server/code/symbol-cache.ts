import type { CodeSymbol } from '../model/answer.ts';
import { memoiseByText } from '../text/memoise.ts';
import { symbolsOf } from './symbols.ts';

/** Files whose symbols are kept: those that an editor asks about again and again. */
const MOST_FILES = 30;

/** Symbols by path and text; the files asked last are kept. */
export const createSymbolCache = (): ((path: string, text: string) => Promise<readonly CodeSymbol[]>) =>
  memoiseByText(MOST_FILES, symbolsOf);
