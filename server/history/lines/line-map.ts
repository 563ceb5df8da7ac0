/** Lines between two anchors that are compared pair by pair; beyond, only unique lines count. */
const MOST_PAIRS = 250_000;

/** A line as it is compared: indentation and spaces at its end do not count. */
export const plainLine = (line: string): string => line.trim().replace(/\s+/g, ' ');

/** Whether a line says enough to be told from others: not a bracket, an `end`, an empty line. */
export const isTelling = (line: string): boolean => (line.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= 4;

interface Window {
  readonly from: number;
  readonly to: number;
  readonly nowFrom: number;
  readonly nowTo: number;
}

/** The longest chain of pairs that rises in both texts. `pairs` rises in the first. */
function rising(pairs: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const ends: number[] = [];
  const before: number[] = [];
  for (const [index, [, now]] of pairs.entries()) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[ends[middle] ?? 0]?.[1] ?? 0) < now) low = middle + 1;
      else high = middle;
    }
    before[index] = low === 0 ? -1 : (ends[low - 1] ?? -1);
    ends[low] = index;
  }
  const chain: (readonly [number, number])[] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) {
    const pair = pairs[at];
    if (pair) chain.push(pair);
  }
  return chain.reverse();
}

/** Lines that occur once in each window, as pairs that rise in the first. */
function uniquePairs(then: readonly string[], now: readonly string[], { from, to, nowFrom, nowTo }: Window): (readonly [number, number])[] {
  const once = (lines: readonly string[], start: number, end: number): Map<string, number> => {
    const seen = new Map<string, number>();
    for (let at = start; at < end; at++) {
      const line = lines[at] ?? '';
      if (isTelling(line)) seen.set(line, seen.has(line) ? -1 : at);
    }
    return seen;
  };
  const later = once(now, nowFrom, nowTo);
  return [...once(then, from, to)].flatMap(([line, at]): [number, number][] => {
    const other = later.get(line) ?? -1;
    return at >= 0 && other >= 0 ? [[at, other]] : [];
  });
}

/** Longest common subsequence of a small window. */
function commonLines(then: readonly string[], now: readonly string[], { from, to, nowFrom, nowTo }: Window): (readonly [number, number])[] {
  const [rows, columns] = [to - from, nowTo - nowFrom];
  if (rows === 0 || columns === 0 || rows * columns > MOST_PAIRS) return [];
  const width = columns + 1;
  const lengths = new Uint32Array((rows + 1) * width);
  for (let i = rows - 1; i >= 0; i--)
    for (let j = columns - 1; j >= 0; j--)
      lengths[i * width + j] =
        then[from + i] === now[nowFrom + j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    if (then[from + i] === now[nowFrom + j]) pairs.push([from + i++, nowFrom + j++]);
    else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i++;
    else j++;
  }
  return pairs;
}

/**
 * Where each line of a text is in a later state of it: by patience, that is by the lines that occur once in both, then by what is around them. Indentation
 * does not count. Lines that were changed or deleted are missing. A line never maps to two, and the order stays.
 * @returns from zero-based lines then to zero-based lines now
 */
export function mapLines(thenText: readonly string[], nowText: readonly string[]): ReadonlyMap<number, number> {
  const [then, now] = [thenText.map(plainLine), nowText.map(plainLine)];
  const mapped = new Map<number, number>();
  const windows: Window[] = [{ from: 0, to: then.length, nowFrom: 0, nowTo: now.length }];
  for (let window = windows.pop(); window; window = windows.pop()) {
    let { from, to, nowFrom, nowTo } = window;
    while (from < to && nowFrom < nowTo && then[from] === now[nowFrom]) mapped.set(from++, nowFrom++);
    while (from < to && nowFrom < nowTo && then[to - 1] === now[nowTo - 1]) mapped.set(--to, --nowTo);
    const left = { from, to, nowFrom, nowTo };
    const anchors = rising(uniquePairs(then, now, left));
    if (anchors.length === 0) {
      for (const [at, other] of commonLines(then, now, left)) mapped.set(at, other);
      continue;
    }
    let [at, other] = [from, nowFrom];
    for (const [next, nextNow] of anchors) {
      windows.push({ from: at, to: next, nowFrom: other, nowTo: nextNow });
      mapped.set(next, nextNow);
      [at, other] = [next + 1, nextNow + 1];
    }
    windows.push({ from: at, to, nowFrom: other, nowTo });
  }
  return mapped;
}

const WORD = /[\p{L}\p{N}_$]+/gu;

/** How alike two lines are by their words, in [0, 1]. */
export function likenessOfLines(a: string, b: string): number {
  const [left, right] = [a.match(WORD) ?? [], b.match(WORD) ?? []];
  if (left.length === 0 || right.length === 0) return 0;
  const counts = new Map<string, number>();
  for (const word of left) counts.set(word, (counts.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of right) {
    const count = counts.get(word) ?? 0;
    if (count > 0) {
      shared++;
      counts.set(word, count - 1);
    }
  }
  return (2 * shared) / (left.length + right.length);
}
