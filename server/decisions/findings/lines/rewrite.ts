import { symbolAt } from '../../../code/enclosing.ts';
import { SourceFile } from '../../../code/source-file.ts';
import { relativePath } from '../../../knowledge/paths.ts';
import type { Fix, TextEdit } from '../../../model/finding.ts';
import { linesOfSpan } from '../../../text/line-range.ts';
import type { LineIndex } from '../../../text/lines.ts';
import type { JudgedReference } from './judge.ts';

/** How a repository cites a symbol: what stands between path and name. */
export type SymbolForm = '#' | '::';

const FORMS: readonly SymbolForm[] = ['#', '::'];
const CITED = /[\w./-]{1,200}\.[A-Za-z]\w{0,6}(#|::)(?!L?\d)([A-Za-z_$][\w$.]{1,80})/g;
/** Extensions whose anchors are headings. */
const PAGE = /\.(?:md|mdx|markdown|html?|rst|adoc)(?:#|::)/i;

/** The form in which texts cite symbols most often; `undefined` where they do not. */
export function symbolFormOf(texts: Iterable<string>): SymbolForm | undefined {
  const counts = new Map<string, number>();
  for (const text of texts) {
    if (!/\.\w{1,7}(?:#|::)[A-Za-z_$]/.test(text)) continue;
    for (const [whole, mark = ''] of text.matchAll(CITED)) if (!PAGE.test(whole)) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  }
  const [most] = FORMS.filter((form) => counts.has(form)).sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  return most;
}

/** A symbol that the cited lines are, or are in. */
export interface CitedSymbol {
  readonly name: string;
  /** Whether the cited lines begin where it is declared. */
  readonly isDeclaration: boolean;
}

/** The symbol at some lines of a file; `undefined` where the language is not understood or nothing is declared there. */
export async function symbolOf(path: string, text: string, first: number): Promise<CitedSymbol | undefined> {
  const file = new SourceFile(path, text);
  const symbols = await file.symbols();
  if (symbols.length === 0) return undefined;
  const name = symbolAt(symbols, file.text, path, first);
  if (name === undefined) return undefined;
  const own = name.split(/[.#]|::/).at(-1);
  const isDeclaration = symbols.some(
    (symbol) => symbol.name === own && (symbol.nameSpan.start.line === first || linesOfSpan(symbol.span).first === first),
  );
  return { name, isDeclaration };
}

/** The path of a file as this reference would write it. */
function pathAsWritten({ reference: { path: written, from, remote }, was }: JudgedReference, document: string, path: string): string {
  if (remote) return path;
  if (from === 'link' || /^\.\.?\//.test(written)) {
    const relative = relativePath(document, path);
    return written.startsWith('./') && !relative.startsWith('.') ? `./${relative}` : relative;
  }
  const root = written.startsWith('/') ? '/' : '';
  // Whoever wrote only the end of a path gets the whole one: it cannot be taken for another.
  return was.path === written.replace(/^\/+/, '') || was.path !== path ? `${root}${path}` : written;
}

/** The edits that write where the lines are now. */
function numberEdits(judged: JudgedReference, document: string, index: LineIndex): TextEdit[] | undefined {
  const { reference, now, was } = judged;
  if (!now) return undefined;
  const numbers = reference.rewritten(now.lines);
  const edit = { path: document, span: index.span(reference.numbersAt.start, reference.numbersAt.end), text: numbers };
  if (now.path === was.path) return [edit];
  const { pathAt } = reference;
  if (pathAt === undefined || reference.remote) return undefined;
  const path = pathAsWritten(judged, document, now.path);
  return /[\s()]/.test(path) ? undefined : [{ path: document, span: index.span(pathAt.start, pathAt.end), text: path }, edit];
}

/**
 * The fixes of a reference whose lines moved: the new numbers, and the symbol where the lines are one. The symbol is the preferred one where the repository cites
 * symbols so.
 */
export async function movedFixes(
  judged: JudgedReference,
  document: string,
  index: LineIndex,
  form: SymbolForm | undefined,
): Promise<readonly Fix[]> {
  const { reference, now, certain } = judged;
  if (!now) return [];
  const edits = numberEdits(judged, document, index);
  const symbol = reference.whole && !reference.remote ? await symbolOf(now.path, now.text, now.lines.first) : undefined;
  const cited = symbol && `${pathAsWritten(judged, document, now.path)}${form ?? '#'}${symbol.name}`;
  const isSymbolPreferred = certain && form !== undefined && symbol?.isDeclaration === true;
  const { first, last } = now.lines;
  const numbers = first === last ? `line ${first + 1}` : `lines ${first + 1} to ${last + 1}`;
  const bySymbol: Fix[] =
    cited === undefined
      ? []
      : [
          {
            title: `Cite the symbol: ${cited}`,
            edits: [{ path: document, span: index.span(reference.start, reference.end), text: cited }],
            ...(isSymbolPreferred ? { preferred: true } : {}),
          },
        ];
  const byNumber: Fix[] =
    edits === undefined
      ? []
      : [
          {
            title: `Cite ${numbers}${now.path === judged.was.path ? '' : ` of ${now.path}`}`,
            edits,
            ...(certain && !isSymbolPreferred ? { preferred: true } : {}),
          },
        ];
  return isSymbolPreferred || symbol?.isDeclaration ? [...bySymbol, ...byNumber] : [...byNumber, ...bySymbol];
}

/** The fix of a reference whose lines are gone: it says of which commit they are. */
export function pinFix({ reference, was }: JudgedReference, document: string, index: LineIndex): Fix | undefined {
  const { pathAt, whole } = reference;
  if (pathAt === undefined || !whole) return undefined;
  const span = index.span(pathAt.end, pathAt.end);
  return {
    title: `Pin the reference to commit ${was.sha.slice(0, 8)}`,
    edits: [{ path: document, span, text: `@${was.sha.slice(0, 8)}` }],
  };
}
