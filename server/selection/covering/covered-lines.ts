import type { LineRange } from '../../model/span.ts';

/** What one test ran, or all that a report tells of without naming one. */
export interface CoveredTest {
  /** As the report writes it; empty where it names none. */
  readonly name: string;
  /** Zero-based lines that ran, in their order, by the path of the source as the report writes it. */
  readonly files: ReadonlyMap<string, readonly LineRange[]>;
}

/** What one coverage file says. */
export interface Coverage {
  readonly tests: readonly CoveredTest[];
  /** False where it is damaged, or larger than what is read. */
  readonly complete: boolean;
}

/** No file of code that people write is longer; a larger number is a mistake. */
export const MOST_LINES = 1_000_000;
/** Most sources of one report. */
export const MOST_SOURCES = 50_000;
/** A statement goes on for so many lines at most, where a report tells only its first one. */
const LONGEST_STATEMENT = 30;

/** A one-based line of a report as a zero-based one; `undefined` for what is none. */
export const lineOf = (written: unknown): number | undefined => {
  const line = typeof written === 'number' ? written : Number(typeof written === 'string' && written !== '' ? written : Number.NaN);
  return Number.isInteger(line) && line >= 1 && line <= MOST_LINES ? line - 1 : undefined;
};

/** Ranges in their order, neighbours joined. */
export function joined(ranges: readonly LineRange[]): readonly LineRange[] {
  const found: { first: number; last: number }[] = [];
  for (const { first, last } of [...ranges].sort((a, b) => a.first - b.first)) {
    const open = found.at(-1);
    if (open && first <= open.last + 1) open.last = Math.max(open.last, last);
    else found.push({ first, last });
  }
  return found;
}

/** Lines that ran, where a report counts first lines of statements: what follows without a count belongs to the statement above it. */
export function coveredByCounts(counts: ReadonlyMap<number, number>): readonly LineRange[] {
  const lines = [...counts].sort(([a], [b]) => a - b);
  return joined(
    lines.flatMap(([line, count], at) => {
      if (count <= 0) return [];
      const next = lines[at + 1]?.[0] ?? line + 1;
      return [{ first: line, last: Math.min(next - 1, line + LONGEST_STATEMENT) }];
    }),
  );
}

/** A part of a file with the number of times that it ran. Lines are zero-based. */
export interface CountedRange extends LineRange {
  readonly count: number;
}

/** Lines that ran, where a report counts nested ranges: the innermost around a line decides. */
export function coveredByRanges(ranges: readonly CountedRange[]): readonly LineRange[] {
  // By their beginnings, outer ones first: those around a line are a stack.
  const sorted = [...ranges].sort((a, b) => a.first - b.first || b.last - a.last);
  const found: LineRange[] = [];
  const open: CountedRange[] = [];
  let from = 0;
  const tell = (to: number): void => {
    const inner = open.at(-1);
    if (inner && inner.count > 0 && to >= from) found.push({ first: from, last: to });
    from = Math.max(from, to + 1);
  };
  const closeBefore = (line: number): void => {
    for (let inner = open.at(-1); inner && inner.last < line; inner = open.at(-1)) {
      tell(inner.last);
      open.pop();
    }
  };
  for (const range of sorted) {
    closeBefore(range.first);
    tell(range.first - 1);
    from = Math.max(from, range.first);
    open.push(range);
  }
  closeBefore(Number.POSITIVE_INFINITY);
  return joined(found);
}
