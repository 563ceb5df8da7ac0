/** A stretch of tokens that became another. Either side may be empty. */
export interface TokenEdit {
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /** Index of the first token after the change that is added, or before which something was removed. */
  readonly at: number;
}

/** How one list of tokens became another. */
export interface TokenDiff {
  /** For each token after the change, the index of the token before it that it was; -1 for a new one. */
  readonly from: readonly number[];
  readonly edits: readonly TokenEdit[];
}

/** Cells of the table that are computed at most; beyond, what lies between equal ends counts as replaced. */
const MOST_CELLS = 4_000_000;

/** Longest common subsequence of two lists, with equal ends cut off first. */
export function tokenDiff(before: readonly string[], after: readonly string[]): TokenDiff {
  const from = new Array<number>(after.length).fill(-1);
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) {
    from[head] = head;
    head++;
  }
  let tail = 0;
  while (tail < before.length - head && tail < after.length - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) {
    tail++;
    from[after.length - tail] = before.length - tail;
  }
  const rows = before.length - head - tail;
  const columns = after.length - head - tail;
  if (rows > 0 && columns > 0 && rows * columns <= MOST_CELLS) matchMiddle(before, after, head, rows, columns, from);
  return { from, edits: editsOf(before, after, from) };
}

function matchMiddle(
  before: readonly string[],
  after: readonly string[],
  head: number,
  rows: number,
  columns: number,
  from: number[],
): void {
  const width = columns + 1;
  const lengths = new Uint16Array((rows + 1) * width);
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = rows - 1; row >= 0; row--)
    for (let column = columns - 1; column >= 0; column--)
      lengths[row * width + column] =
        before[head + row] === after[head + column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
  let row = 0;
  let column = 0;
  while (row < rows && column < columns) {
    if (before[head + row] === after[head + column]) {
      from[head + column] = head + row;
      row++;
      column++;
    } else if (at(row + 1, column) >= at(row, column + 1)) row++;
    else column++;
  }
}

function editsOf(before: readonly string[], after: readonly string[], from: readonly number[]): TokenEdit[] {
  const edits: TokenEdit[] = [];
  let old = 0;
  let start = 0;
  const close = (end: number, until: number): void => {
    if (end > start || until > old) edits.push({ removed: before.slice(old, until), added: after.slice(start, end), at: start });
  };
  from.forEach((source, index) => {
    if (source < 0) return;
    close(index, source);
    old = source + 1;
    start = index + 1;
  });
  close(after.length, before.length);
  return edits;
}
