import type { QueryCapture, QueryMatch } from 'web-tree-sitter';
import type { CodeSymbol, CodeSymbolKind } from '../model/answer.ts';
import type { Span } from '../model/span.ts';
import { languageOf } from './languages/index.ts';
import { type Parsing, parsingFor } from './parser.ts';

/** A declaration as a query finds it: `implementation` holds the methods of a type that is declared elsewhere. */
interface Declaration {
  readonly kind: CodeSymbolKind | 'implementation';
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly span: Span;
  readonly nameSpan: Span;
}

const MOST_SYMBOLS = 5_000;
const LONGEST_NAME = 200;
/** What holds methods rather than functions. */
const TYPES = new Set<Declaration['kind']>(['class', 'interface', 'enum', 'implementation']);

const spanOf = ({ node }: QueryCapture): Span => ({
  start: { line: node.startPosition.row, character: node.startPosition.column },
  end: { line: node.endPosition.row, character: node.endPosition.column },
});

function declarationOf({ captures }: QueryMatch): Declaration | undefined {
  const name = captures.find((capture) => capture.name === 'name');
  const whole = captures.find((capture) => capture.name !== 'name');
  if (!name || !whole || name.node.endIndex - name.node.startIndex > LONGEST_NAME || name.node.text === '') return undefined;
  return {
    kind: whole.name as Declaration['kind'],
    name: name.node.text,
    start: whole.node.startIndex,
    end: whole.node.endIndex,
    span: spanOf(whole),
    nameSpan: spanOf(name),
  };
}

function declarationsIn(parsing: Parsing, text: string): Declaration[] {
  return (
    parsing.withTree(text, (tree, expired) => {
      const matches = parsing.declarations.matches(tree.rootNode, { progressCallback: expired });
      const byName = new Map<string, Declaration>();
      // The first pattern of a query is the most specific one.
      for (const match of matches.sort((a, b) => a.patternIndex - b.patternIndex)) {
        const found = declarationOf(match);
        const key = found && `${found.nameSpan.start.line}:${found.nameSpan.start.character}`;
        if (key !== undefined && found && !byName.has(key)) byName.set(key, found);
        if (byName.size >= MOST_SYMBOLS) break;
      }
      return [...byName.values()];
    }) ?? []
  );
}

/** Depth and final kind, from what encloses each declaration. */
function nest(declarations: readonly Declaration[]): CodeSymbol[] {
  const out: CodeSymbol[] = [];
  const open: Declaration[] = [];
  for (const each of [...declarations].sort((a, b) => a.start - b.start || b.end - a.end)) {
    while (open.length > 0 && (open.at(-1)?.end ?? 0) <= each.start) open.pop();
    const depth = open.filter(({ kind }) => kind !== 'namespace').length;
    const inType = TYPES.has(open.at(-1)?.kind ?? 'namespace');
    open.push(each);
    const { kind, name, span, nameSpan } = each;
    if (kind !== 'implementation') out.push({ name, kind: kind === 'function' && inType ? 'method' : kind, span, nameSpan, depth });
  }
  return out;
}

/**
 * What a file of code declares, in the order of the text. Empty for languages without a grammar, for texts that are too long to be written by
 * hand and where the parser gives up after 0.4 seconds; syntax errors cost only what is around them. Never rejects.
 */
export async function symbolsOf(path: string, text: string): Promise<readonly CodeSymbol[]> {
  const grammar = languageOf(path)?.grammar;
  const parsing = grammar ? await parsingFor(grammar) : undefined;
  return parsing ? nest(declarationsIn(parsing, text)) : [];
}
