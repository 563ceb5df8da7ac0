import type { QueryCapture, QueryMatch } from 'web-tree-sitter';
import type { CodeSymbol, CodeSymbolKind } from '../model/answer.ts';
import type { Span } from '../model/span.ts';
import { languageOf } from './languages/index.ts';
import { type Parsing, parsingFor } from './parser.ts';

/** A declaration as a query finds it. An `implementation` is no symbol: it holds the methods of a type that is declared elsewhere. */
interface Declaration {
  readonly kind: CodeSymbolKind | 'implementation';
  readonly name: string;
  /** The type that a member declared outside of it belongs to, as its own declaration says. */
  readonly container: string | undefined;
  readonly start: number;
  readonly end: number;
  readonly span: Span;
  readonly nameSpan: Span;
}

const MOST_SYMBOLS = 5_000;
const LONGEST_NAME = 200;
/** What holds methods rather than functions. */
const TYPES: ReadonlySet<Declaration['kind']> = new Set(['class', 'interface', 'enum', 'implementation']);

/** A block that ends at a line feed ends before the whole line end: with Windows line ends, the grammar counts the carriage return as part of it. */
const spanOf = ({ node }: QueryCapture, text: string): Span => ({
  start: { line: node.startPosition.row, character: node.startPosition.column },
  end: { line: node.endPosition.row, character: node.endPosition.column - (text[node.endIndex - 1] === '\r' ? 1 : 0) },
});

/** The text of a capture, if it is short enough for a name. The text of a node is read only then: it may be a whole file. */
const nameOf = (capture: QueryCapture | undefined): string | undefined =>
  capture && capture.node.endIndex - capture.node.startIndex <= LONGEST_NAME ? capture.node.text : undefined;

function declarationOf({ captures }: QueryMatch, text: string): Declaration | undefined {
  let named: QueryCapture | undefined;
  let container: QueryCapture | undefined;
  let whole: QueryCapture | undefined;
  for (const capture of captures) {
    if (capture.name === 'name') named ??= capture;
    else if (capture.name === 'container') container ??= capture;
    else whole ??= capture;
  }
  const name = nameOf(named);
  if (!named || !whole || !name) return undefined;
  return {
    kind: whole.name as Declaration['kind'],
    name,
    container: nameOf(container),
    start: whole.node.startIndex,
    end: whole.node.endIndex,
    span: spanOf(whole, text),
    nameSpan: spanOf(named, text),
  };
}

async function declarationsIn(parsing: Parsing, query: string, text: string, document: string | undefined): Promise<Declaration[]> {
  return (
    (await parsing.withTree(
      text,
      (tree, expired) => {
        const matches = parsing.query(query).matches(tree.rootNode, { progressCallback: expired });
        const byName = new Map<string, Declaration>();
        // The first pattern of a query is the most specific one.
        for (const match of matches.sort((a, b) => a.patternIndex - b.patternIndex)) {
          const found = declarationOf(match, text);
          const key = found && `${found.nameSpan.start.line}:${found.nameSpan.start.character}`;
          if (key !== undefined && found && !byName.has(key)) byName.set(key, found);
          if (byName.size >= MOST_SYMBOLS) break;
        }
        return [...byName.values()];
      },
      document,
    )) ?? []
  );
}

/** Adds to each declaration what its surroundings say: depth, final kind and container. */
function nest(declarations: readonly Declaration[]): CodeSymbol[] {
  const out: CodeSymbol[] = [];
  const open: Declaration[] = [];
  for (const each of [...declarations].sort((a, b) => a.start - b.start || b.end - a.end)) {
    while (open.length > 0 && (open.at(-1)?.end ?? 0) <= each.start) open.pop();
    const around = open.at(-1);
    const depth = open.filter(({ kind }) => kind !== 'namespace').length;
    open.push(each);
    const { kind, name, span, nameSpan } = each;
    if (kind === 'implementation') continue;
    const container = each.container ?? (around?.kind === 'implementation' ? around.name : undefined);
    out.push({
      name,
      kind: kind === 'function' && around && TYPES.has(around.kind) ? 'method' : kind,
      span,
      nameSpan,
      depth,
      ...(container === undefined ? {} : { container }),
    });
  }
  return out;
}

/**
 * What a file of code declares, in the order of the text. Empty for languages without a grammar, for texts that are too long to be written by
 * hand and where the parser gives up; syntax errors cost only what is around them. Never rejects.
 * @param document names the open document whose tree is kept
 */
export async function symbolsOf(path: string, text: string, document?: string): Promise<readonly CodeSymbol[]> {
  const grammar = languageOf(path)?.grammar;
  const parsing = grammar && (await parsingFor(grammar));
  return parsing ? nest(await declarationsIn(parsing, grammar.queries.declarations, text, document)) : [];
}
