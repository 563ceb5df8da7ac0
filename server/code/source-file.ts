import type { CodeSymbol } from '../model/answer.ts';
import { withoutBom } from '../text/byte-order-mark.ts';
import { type LineIndex, lineIndex } from '../text/lines.ts';
import { memoiseByText } from '../text/memoise.ts';
import { type NameInText, namesIn } from './names.ts';
import { type CodeRoute, codeRoutes } from './routes.ts';
import { isBinary, languageOf } from './sources.ts';
import { symbolsOf } from './symbols.ts';
import { type PlaceKind, placesOf } from './tokens.ts';

/**
 * One file of code, and everything that is read from its text alone. Each part is computed at its first use, once. Made once for a request and
 * passed to whoever judges the file, so that a hover parses it once.
 */
export class SourceFile {
  /** Repository-relative, forward slashes. */
  readonly path: string;
  /** Without byte order mark, so that offsets are those of the editor; empty for a binary file. */
  readonly text: string;
  /** As `languageOf` names it; `undefined` for what is neither code nor configuration. */
  readonly language: string | undefined;
  #lines: LineIndex | undefined;
  #textLines: readonly string[] | undefined;
  #symbols: Promise<readonly CodeSymbol[]> | undefined;
  #names: readonly NameInText[] | undefined;
  #routes: readonly CodeRoute[] | undefined;
  #kindAt: ((offset: number) => PlaceKind) | undefined;

  constructor(path: string, text: string) {
    this.path = path;
    this.text = isBinary(text) ? '' : withoutBom(text);
    this.language = languageOf(path);
  }

  /** Between offsets and positions. */
  get lines(): LineIndex {
    this.#lines ??= lineIndex(this.text);
    return this.#lines;
  }

  /** The text by line, as `split('\n')` gives it. */
  get textLines(): readonly string[] {
    this.#textLines ??= this.text.split('\n');
    return this.#textLines;
  }

  /** What the file declares, in the order of the text, by its syntax tree. Empty for languages without a grammar. Never rejects. */
  symbols(): Promise<readonly CodeSymbol[]> {
    this.#symbols ??= symbolsOf(this.path, this.text);
    return this.#symbols;
  }

  /** Identifiers and literals that look like names, with their places. */
  get names(): readonly NameInText[] {
    this.#names ??= namesIn(this.text);
    return this.#names;
  }

  /** Paths that the file serves or asks for. */
  get routes(): readonly CodeRoute[] {
    this.#routes ??= codeRoutes(this.text);
    return this.#routes;
  }

  /** Whether an offset lies in a comment, a string or code. */
  kindAt(offset: number): PlaceKind {
    this.#kindAt ??= placesOf(this.text, this.language ?? '');
    return this.#kindAt(offset);
  }
}

/** Files that an editor asks about again and again. */
const MOST_FILES = 30;

/** Makes source files; the same one for the same text of a path, for the files asked for last. */
export const createSourceFiles = (): ((path: string, text: string) => SourceFile) =>
  memoiseByText(MOST_FILES, (path, text) => new SourceFile(path, text));
