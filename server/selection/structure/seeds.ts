import { isVendored } from '../../code/sources.ts';
import type { Diff, FileDiff } from '../../model/diff.ts';
import type { LineRange } from '../../model/span.ts';
import { isTestSide } from '../paths/sides.ts';
import type { Seed } from './reach.ts';

const MOST_FILES = 200;

/** Lines that a file changed, counted on one side. A pure removal touches the line that it stood before. */
export function changedLines({ hunks }: FileDiff, side: 'old' | 'new'): LineRange[] {
  const ranges: LineRange[] = [];
  const other = side === 'old' ? 'added' : 'removed';
  for (const hunk of hunks) {
    let line = hunk[side].first;
    let open: { first: number; last: number } | undefined;
    const touch = (at: number): void => {
      if (open && at <= open.last + 1) open.last = Math.max(open.last, at);
      else {
        if (open) ranges.push(open);
        open = { first: at, last: at };
      }
    };
    for (const { kind } of hunk.lines) {
      if (kind === other) touch(Math.max(hunk[side].first, line - 1));
      else {
        if (kind !== 'context') touch(line);
        line += 1;
      }
    }
    if (open) ranges.push(open);
  }
  return ranges;
}

/**
 * What a difference changed in the code of the product. New and removed files count as a whole.
 * @param side the side of the difference on which the lines of the files are counted
 */
export function seedsOf(diff: Diff, side: 'old' | 'new'): Seed[] {
  return diff.files
    .filter(({ path }) => !isVendored(path) && !isTestSide(path))
    .slice(0, MOST_FILES)
    .flatMap((file): Seed[] => {
      const paths = file.from === undefined || file.from === file.path ? [file.path] : [file.path, file.from];
      const isWhole = file.change === 'added' || file.change === 'deleted' || file.hunks.length === 0;
      return paths.map((path) => ({ path, weight: 1, via: [], ...(isWhole ? {} : { lines: changedLines(file, side) }) }));
    });
}
