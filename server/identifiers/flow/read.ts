import { LONGEST_PATTERN_LINE } from '../../code/limits.ts';
import { parsingFor } from '../../code/parser.ts';
import type { SourceFile } from '../../code/source-file.ts';
import { flowLanguageOf } from './languages/index.ts';
import { lower } from './lower.ts';
import type { CodeFunction } from './model.ts';

/**
 * A line on which a string may be composed or an identifier may be taken apart or compared, in whatever language: cheap, and wider than the
 * rules. Files without such a line are not parsed.
 */
const CANDIDATE =
  /(?:^|[^A-Za-z])(?:[uU]{0,2}[iI][dD]|UID|[gG]uid|GUID|[uU]rn|URN|[fF]qn|FQN|[iI]dentifier|[kK]ey)s?(?![a-z])|[a-z\d](?:Id|ID|Uid|UID|Guid|GUID|Urn|URN|Fqn|FQN|Identifier|Key)s?(?![a-z])/;
/** Holes in a string, a string beside an operator, a format or a join. */
const COMPOSES =
  /[`"'][^`"']{0,200}(?:\$\{|#\{|\{\w|%[-+\d.]*[sdvqx@(]|\$\w)|["'`]\s*[+.]\s*[\w(]|[\w)\]]\s*[+.]\s*["'`]|\bjoin|Join\b|printf|[fF]ormat|[cC]oncat|implode|\+=/;
const TAKES =
  /[sS]plit|artition|explode|[sS]ub_?[sS]tr|slice|[sS]tarts?_?[wW]ith|[eE]nds?_?[wW]ith|Prefix|_prefix|Suffix|\bCut\(|[rR]eplace|[mM]atch|\[[^\][,\s][^\][,]{0,60}(?::|\.\.)[^\][,]{0,60}\]|\[[\w+-]*(?::|\.\.)[\w-]*\]/;
/** The prefix of a type, asked of what can hold an identifier of any entity. */
const TYPED = /\b(?:slug|ref|query)\b[^"'`]{0,40}["'`][a-z]{2,12}_["'`]/i;
/** A literal of several words in an order. */
const STRUCTURED = /["'`][A-Za-z\d][\w-]*[.:|/][\w.:|/-]+["'`]/;

/** Lines that may hold something, from 0. */
function candidates(source: SourceFile): readonly number[] {
  const { textLines } = source;
  const near: number[] = [];
  textLines.forEach((line, at) => {
    if (line.length > LONGEST_PATTERN_LINE || !(COMPOSES.test(line) || TAKES.test(line) || STRUCTURED.test(line))) return;
    // The name may stand on a line of its own: a call in which the string is an argument, or the head of a function that returns it.
    if (
      TYPED.test(line) ||
      [at, at - 1, at - 2, at + 1].some((line) => CANDIDATE.test(textLines[line]?.slice(0, LONGEST_PATTERN_LINE) ?? ''))
    )
      near.push(at);
  });
  return near;
}

/** The common model of a file, of the functions with a candidate; `undefined` where the language is not read or nothing can be found. Never rejects. */
export async function readFlow(source: SourceFile): Promise<CodeFunction | undefined> {
  const grammar = source.language?.grammar;
  const language = grammar && flowLanguageOf(grammar.name);
  if (!language) return undefined;
  const lines = candidates(source);
  if (lines.length === 0) return undefined;
  const parsing = await parsingFor(grammar);
  const wanted = (first: number, last: number): boolean => {
    let low = 0;
    let high = lines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((lines[middle] ?? 0) < first) low = middle + 1;
      else high = middle;
    }
    return (lines[low] ?? Number.POSITIVE_INFINITY) <= last;
  };
  return parsing?.withTree(source.text, (tree, expired) => lower(language, source.text, tree.rootNode, { wanted, expired }));
}
