import type { CodeSymbol } from '../../model/answer.ts';
import type { DiffLine, FileDiff, Hunk } from '../../model/diff.ts';
import type { ChangedSymbol } from '../../model/selection.ts';
import type { LineRange } from '../../model/span.ts';
import { type SuiteKnowledge, selectTests } from '../../selection/index.ts';

/** Each symbol is a selection of its own. */
const MOST_SYMBOLS = 10;

/** The part of a hunk that is in these lines, as the file is now. What was removed belongs to the line that follows it, or to the one before. */
function within({ new: range, old, lines }: Hunk, { first, last }: LineRange): Hunk | undefined {
  let line = range.first;
  const kept: DiffLine[] = [];
  for (const each of lines) {
    const inside = line >= first && line <= last;
    if (inside || (each.kind === 'removed' && line === last + 1 && kept.length > 0)) kept.push(each);
    if (each.kind !== 'removed') line += 1;
  }
  if (kept.every(({ kind }) => kind === 'context')) return undefined;
  const length = (kind: 'added' | 'removed'): number => kept.filter((each) => each.kind === kind || each.kind === 'context').length;
  const from = Math.max(first, range.first);
  return {
    old: { first: old.first, last: old.first + length('removed') - 1 },
    new: { first: from, last: from + length('added') - 1 },
    lines: kept,
  };
}

/** The symbols of a changed file that the change is in, each with what its part of the change selects. */
export function changedSymbols(file: FileDiff, declared: readonly CodeSymbol[], knowledge: SuiteKnowledge): readonly ChangedSymbol[] {
  if (knowledge.tests.size === 0 || knowledge.tests.has(file.path)) return [];
  const parts = declared
    .filter(({ depth, kind }) => depth === 0 && kind !== 'property')
    .flatMap((symbol) => {
      const lines = { first: symbol.span.start.line, last: symbol.span.end.line };
      const hunks = file.hunks.flatMap((hunk) => within(hunk, lines) ?? []);
      return hunks.length === 0 ? [] : [{ symbol, hunks }];
    });
  return parts.slice(0, MOST_SYMBOLS).map(({ symbol: { name, nameSpan }, hunks }) => {
    const { verdict, selected } = selectTests({ files: [{ ...file, hunks }], unreadable: [] }, knowledge);
    return { name, nameSpan, tests: selected.length, all: verdict === 'run-all' };
  });
}
