import type { LineRange } from '../../model/span.ts';
import { isTelling, likenessOfLines, mapLines, plainLine } from './line-map.ts';

/**
 * What became of some lines of a file.
 * - `same`: they are where they were, or begin there.
 * - `moved`: they are elsewhere. `certain` where their ends are there letter by letter, apart from indentation.
 * - `gone`: none of them is left, nor one like them.
 * - `unknown`: some are left and some are not, or they are too common to be followed.
 */
export type LineMove =
  | { readonly state: 'same' | 'unknown' }
  | { readonly state: 'moved'; readonly lines: LineRange; readonly certain: boolean }
  | { readonly state: 'gone' };

/** How alike the words of an edited line have to be to those before. */
const LIKE = 0.6;
/** By how much it has to be more alike than the next one. */
const LEAD = 0.15;
/** Share of the lines of a range that have to be left. */
const SHARE = 0.5;
/** Lines that are compared for their words. */
const MOST_COMPARED = 400;
/** Texts with more lines are data. */
const MOST_LINES = 60_000;

const NAME = /[\p{L}_$][\p{L}\p{N}_$]{2,}/gu;

const KEYWORD =
  /^(?:abstract|async|await|boolean|class|const|default|export|extends|final|from|func|function|implements|import|interface|let|new|number|override|private|protected|public|readonly|return|self|static|string|struct|this|throw|throws|type|var|void)$/;

/** What a line is most probably about. */
const longestName = (line: string): string | undefined =>
  (line.match(NAME) ?? []).filter((name) => !KEYWORD.test(name)).sort((a, b) => b.length - a.length)[0];

const SAME: LineMove = { state: 'same' };
const UNKNOWN: LineMove = { state: 'unknown' };

const linesOf = (text: string): string[] => text.split('\n');

interface Found {
  readonly at: number;
  readonly exact: boolean;
}

/** Finds the lines of one text in another. */
class Follower {
  readonly was: readonly string[];
  readonly now: readonly string[];
  readonly #map: ReadonlyMap<number, number>;
  #places: Map<string, number[]> | undefined;

  constructor(then: readonly string[], now: readonly string[]) {
    this.was = then.map(plainLine);
    this.now = now.map(plainLine);
    this.#map = mapLines(this.was, this.now);
  }

  exact(line: number): number | undefined {
    const mapped = this.#map.get(line);
    if (mapped !== undefined) return mapped;
    const text = this.was[line] ?? '';
    this.#places ??= this.#index();
    const places = this.#places.get(text) ?? [];
    return places.length === 1 && this.was.indexOf(text) === this.was.lastIndexOf(text) ? places[0] : undefined;
  }

  /** Whether the place of a line can be no other: its text is there once, or a neighbour that says something came along. */
  isCertain(line: number, at: number): boolean {
    this.#places ??= this.#index();
    if ((this.#places.get(this.was[line] ?? '') ?? []).length === 1) return true;
    return [-1, 1].some((step) => isTelling(this.was[line + step] ?? '') && this.#map.get(line + step) === at + step);
  }

  /** The line that was made of an edited one: alone the most alike between the neighbours that are left, with its longest name. */
  edited(line: number): number | undefined {
    let [before, after] = [line - 1, line + 1];
    while (before >= 0 && !this.#map.has(before)) before--;
    while (after < this.was.length && !this.#map.has(after)) after++;
    const from = before < 0 ? 0 : (this.#map.get(before) ?? 0) + 1;
    const to = after >= this.was.length ? this.now.length : (this.#map.get(after) ?? 0);
    if (to - from > MOST_COMPARED) return undefined;
    const text = this.was[line] ?? '';
    const name = longestName(text);
    let [best, second, at] = [0, 0, -1];
    for (let other = from; other < to; other++) {
      const line = this.now[other] ?? '';
      const likeness = name === undefined || line.includes(name) ? likenessOfLines(text, line) : 0;
      if (likeness > best) [second, best, at] = [best, likeness, other];
      else if (likeness > second) second = likeness;
    }
    return best >= LIKE && best - second >= LEAD ? at : undefined;
  }

  /** Whether a line is left anywhere that is like this one, or that holds its longest name: `open(` is not gone where `open(a, b)` is. */
  hasLike(line: number): boolean {
    const text = this.was[line] ?? '';
    const longest = longestName(text);
    const holdsName = (other: string): boolean => longest !== undefined && other.includes(longest);
    return this.now.some((other) => other === text || holdsName(other) || likenessOfLines(text, other) >= LIKE);
  }

  locate(line: number): Found | undefined {
    const at = this.exact(line);
    if (at !== undefined) return { at, exact: this.isCertain(line, at) };
    const edited = this.edited(line);
    return edited === undefined ? undefined : { at: edited, exact: false };
  }

  #index(): Map<string, number[]> {
    const places = new Map<string, number[]>();
    for (const [at, line] of this.now.entries()) {
      const known = places.get(line);
      if (known) known.push(at);
      else places.set(line, [at]);
    }
    return places;
  }
}

let latest: { readonly thenText: string; readonly nowText: string; readonly follower: Follower } | undefined;

/** Documents cite many lines of one file: the last two texts are compared once. */
function followerOf(thenText: string, nowText: string, then: readonly string[], now: readonly string[]): Follower {
  if (latest?.thenText !== thenText || latest.nowText !== nowText) latest = { thenText, nowText, follower: new Follower(then, now) };
  return latest.follower;
}

/**
 * Follows lines from one state of a file to a later one. Pure: same texts, same answer.
 * @param lines zero-based, in `then`
 */
export function followLines(thenText: string, nowText: string, lines: LineRange): LineMove {
  const [then, now] = [linesOf(thenText), linesOf(nowText)];
  const { first, last } = lines;
  if (last >= then.length || (last === then.length - 1 && then[last] === '')) return UNKNOWN;
  if (thenText === nowText) return SAME;
  const same = (at: number): boolean => plainLine(then[at] ?? '') === plainLine(now[at] ?? '');
  const telling = Array.from({ length: last - first + 1 }, (_, index) => first + index).filter((at) => isTelling(then[at] ?? ''));
  const [begins, ends] = [telling[0], telling.at(-1)];
  if (begins === undefined || ends === undefined) return UNKNOWN;
  if (same(begins) && (same(ends) || begins !== ends)) return SAME;
  if (then.length > MOST_LINES || now.length > MOST_LINES) return UNKNOWN;
  const follower = followerOf(thenText, nowText, then, now);
  const left = telling.flatMap((at) => follower.exact(at) ?? []);
  if (left.length === 0) {
    const place = telling.length === 1 ? follower.edited(begins) : undefined;
    if (place !== undefined)
      return place === begins ? SAME : { state: 'moved', lines: { first: place, last: place + last - first }, certain: false };
    return telling.slice(0, 60).some((at) => follower.hasLike(at)) ? UNKNOWN : { state: 'gone' };
  }
  if (left.length / telling.length < SHARE) return UNKNOWN;
  const [head, tail] = [follower.locate(begins), follower.locate(ends)];
  if (!head || !tail) return UNKNOWN;
  const moved = { first: head.at - (begins - first), last: tail.at + (last - ends) };
  const length = moved.last - moved.first + 1;
  const before = last - first + 1;
  if (moved.first === first || moved.first < 0 || moved.last >= now.length) return moved.first === first ? SAME : UNKNOWN;
  if (length < before / 2 || length > before * 2 + 3) return UNKNOWN;
  return { state: 'moved', lines: moved, certain: head.exact && tail.exact };
}
