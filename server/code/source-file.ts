import type { CodeSymbol } from '../model/answer.ts';
import { withoutBom } from '../text/byte-order-mark.ts';
import { type LineIndex, lineIndex } from '../text/lines.ts';
import { memoiseByText } from '../text/memoise.ts';
import { languageOf } from './languages/index.ts';
import type { Language } from './languages/language.ts';
import { type NameInText, namesIn } from './names.ts';
import { type CodeRoute, codeRoutes } from './routes.ts';
import { isBinary } from './sources.ts';
import { symbolsOf } from './symbols.ts';
import { type TokenKind, tokenKindAt } from './tokens.ts';

/**
 * One file of code, and everything that its text alone says. Each part is computed at its first use and kept. Made once for a request and
 * passed to whoever judges the file, so that a hover parses it once.
 */
export class SourceFile {
  /** Repository-relative, forward slashes. */
  readonly path: string;
  /** Without byte order mark, so that offsets are those of the editor; empty for a binary file. */
  readonly text: string;
  /** `undefined` for what is neither code nor configuration. */
  readonly language: Language | undefined;
  /** The name of the open document that this is a state of, whose tree is kept for the next one; `undefined` for other files. */
  readonly document: string | undefined;
  #lines: LineIndex | undefined;
  #textLines: readonly string[] | undefined;
  #symbols: Promise<readonly CodeSymbol[]> | undefined;
  #names: readonly NameInText[] | undefined;
  #routes: readonly CodeRoute[] | undefined;
  #kindAt: ((offset: number) => TokenKind) | undefined;

  constructor(path: string, text: string, document?: string) {
    this.path = path;
    this.text = isBinary(text) ? '' : withoutBom(text);
    this.language = languageOf(path);
    this.document = document;
  }

  /** Converts between offsets and positions. */
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
    this.#symbols ??= symbolsOf(this.path, this.text, this.document);
    return this.#symbols;
  }

  /** Identifiers and literals that look like names, with their positions. */
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
  kindAt(offset: number): TokenKind {
    this.#kindAt ??= tokenKindAt(this.text, this.language);
    return this.#kindAt(offset);
  }
}

/** Files that are kept: those that an editor has open. */
const MOST_FILES = 30;

/** The name of a file that is open, in this process: two repositories may have files of the same path. */
export const documentName = (root: string, path: string): string => `${root}/${path}`;

/**
 * Makes source files of open documents. Keeps the last 30, so that the same path and text give the same value, with all that was read of it.
 * @param root folder of the paths
 */
export const createSourceFiles = (root = ''): ((path: string, text: string) => SourceFile) =>
  memoiseByText(MOST_FILES, (path, text) => new SourceFile(path, text, documentName(root, path)));
