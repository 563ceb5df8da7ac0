import type { CodeSymbol } from '../model/answer.ts';
import type { LineRange } from '../model/span.ts';
import { linesOfSpan } from '../text/line-range.ts';

/** Where a symbol of a text is: zero-based first and last line, both included; `undefined` where the text has none of that name. */
export type SymbolLines = (text: string, path: string, symbol: string) => LineRange | undefined;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const LONGEST_LINE = 2_000;

/**
 * Lines of a symbol by layout, for every language: from the first line that seems to declare the name to the last one that is indented deeper, with the
 * bracket that closes it.
 */
export const linesByLayout: SymbolLines = (text, _path, symbol) => {
  const name = escaped(symbol.split(/[.#]|::/).at(-1) ?? symbol);
  if (name.trim() === '') return undefined;
  const lines = text.split('\n').map((line) => line.slice(0, LONGEST_LINE).trimEnd());
  const word = new RegExp(`(?<![\\w$])${name}(?![\\w$])`);
  const declares = new RegExp(
    `(?:\\b(?:function|class|interface|type|enum|struct|trait|impl|def|fn|func|fun|const|let|var|val|module|namespace|object|record|message|service|table|public|private|protected|static|async|export|abstract|void)\\b[^=;]{0,200}?(?<![\\w$.])${name}(?![\\w$]))|^\\s*${name}\\s*(?:[=:({<]|$)`,
    'i',
  );
  const found = lines.findIndex((line) => declares.test(line));
  const first = found >= 0 ? found : lines.findIndex((line) => word.test(line));
  if (first < 0) return undefined;
  const indent = (line: string): number => line.length - line.trimStart().length;
  const depth = indent(lines[first] ?? '');
  let last = first;
  for (let line = first + 1; line < lines.length; line++) {
    const text = lines[line] ?? '';
    if (text === '') continue;
    if (indent(text) > depth) last = line;
    else {
      if (indent(text) === depth && /^\s*(?:[)\]}]|end\b)/.test(text)) last = line;
      break;
    }
  }
  return { first, last };
};

const includes = (outer: CodeSymbol, inner: CodeSymbol): boolean =>
  outer !== inner && outer.span.start.line <= inner.span.start.line && inner.span.end.line <= outer.span.end.line;

/**
 * Lines of the symbol with this name: of the declaration in the syntax tree, the same that a hover shows; by layout where the tree has none of the name.
 * Of several declarations the first; for a qualified name (`Outbox.drain`) the first inside a declaration of the name before it.
 * @param symbols what the file declares; empty for a language without a grammar
 * @returns `undefined` where the text has no such symbol
 */
export function linesOfSymbol(symbols: readonly CodeSymbol[], text: string, path: string, name: string): LineRange | undefined {
  const [own, owner] = name.split(/[.#]|::/).toReversed();
  const named = symbols.filter((symbol) => symbol.name === own);
  const owners = symbols.filter((symbol) => symbol.name === owner);
  const found = named.find((symbol) => owners.some((outer) => includes(outer, symbol))) ?? named[0];
  return found ? linesOfSpan(found.span) : linesByLayout(text, path, name);
}
