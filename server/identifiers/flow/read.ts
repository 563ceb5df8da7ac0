import type { Tree } from 'web-tree-sitter';
import { parsingFor } from '../../code/parser.ts';
import type { SourceFile } from '../../code/source-file.ts';
import { candidateLines } from './candidates.ts';
import { flowLanguageOf } from './languages/index.ts';
import { lower } from './lower.ts';
import type { CodeFunction } from './model.ts';

/** Whether one of the numbers, which are in order, is between two others. */
function includesBetween(numbers: readonly number[], first: number, last: number): boolean {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < first) low = middle + 1;
    else high = middle;
  }
  return (numbers[low] ?? Number.POSITIVE_INFINITY) <= last;
}

/**
 * The common model of a file; `undefined` where the language is not read or nothing can be found. Never rejects.
 * @param whole reads the file and every function in it; default: only functions in which the rules may find something, and files that have one
 */
export async function readFlow(
  source: SourceFile,
  { whole = false }: { readonly whole?: boolean } = {},
): Promise<CodeFunction | undefined> {
  const grammar = source.language?.grammar;
  const language = grammar && flowLanguageOf(grammar.name);
  if (!language) return undefined;
  const lines = whole ? undefined : candidateLines(source);
  if (lines?.length === 0) return undefined;
  const parsing = await parsingFor(grammar);
  const wanted = (first: number, last: number): boolean => lines === undefined || includesBetween(lines, first, last);
  const read = (tree: Tree, expired: () => boolean): CodeFunction | undefined =>
    lower(language, source.text, tree.rootNode, { wanted, expired });
  return parsing?.withTree(source.text, read, source.document);
}
