import { type TokenEdit, tokenDiff } from './token-diff.ts';
import { layoutFree, tokensOf } from './tokens.ts';

/** What one line was before a change. */
export interface Alignment {
  /** Index of the line before, among the removed ones. */
  readonly old: number;
  /** Share of the tokens of the line that were there before, in [0, 1]. */
  readonly kept: number;
  /** How the line, with the lines that it was joined with or split from, became what it is; empty where only the layout changed. */
  readonly edits: readonly TokenEdit[];
}

/** Lines on either side of the place in a large hunk that are compared. */
const AROUND = 60;
/** Lines that a statement may take. */
const MOST_LINES = 16;
/** A line of which less was there before is new. */
const LEAST_KEPT = 0.4;

interface Stream {
  readonly tokens: readonly string[];
  /** Line of each token. */
  readonly lines: readonly number[];
  /** Index of the first token of each line, and one more at the end. */
  readonly starts: readonly number[];
}

function streamOf(texts: readonly string[]): Stream {
  const tokens: string[] = [];
  const lines: number[] = [];
  const starts: number[] = [];
  texts.forEach((text, line) => {
    starts.push(tokens.length);
    for (const token of layoutFree(tokensOf(text))) {
      tokens.push(token);
      lines.push(line);
    }
  });
  starts.push(tokens.length);
  return { tokens, lines, starts };
}

/** The part of a list that lies around the same place as an index in another. */
function around(size: number, index: number, of: number): { readonly first: number; readonly last: number } {
  if (size <= 2 * AROUND) return { first: 0, last: size };
  const middle = Math.round((index / Math.max(1, of)) * size);
  const first = Math.max(0, Math.min(size - 2 * AROUND, middle - AROUND));
  return { first, last: first + 2 * AROUND };
}

const sliceOf = ({ tokens, starts }: Stream, first: number, last: number): readonly string[] =>
  tokens.slice(starts[first] ?? 0, starts[last + 1] ?? tokens.length);

/** The lines of the other text that the tokens of some lines come from. */
function sources(stream: Stream, other: Stream, from: readonly number[], first: number, last: number): number[] {
  const found: number[] = [];
  for (let index = stream.starts[first] ?? 0; index < (stream.starts[last + 1] ?? 0); index++) {
    const source = from[index] ?? -1;
    if (source >= 0) found.push(other.lines[source] ?? 0);
  }
  return found;
}

/**
 * Finds what an added line of a hunk was before, among the removed ones. Compares by tokens, so that lines may have been joined, split, wrapped and indented.
 * `undefined` where the line is new.
 */
export function align(removed: readonly string[], added: readonly string[], index: number): Alignment | undefined {
  const oldPart = around(removed.length, index, added.length);
  const newPart = around(added.length, index, added.length);
  const before = streamOf(removed.slice(oldPart.first, oldPart.last));
  const after = streamOf(added.slice(newPart.first, newPart.last));
  const line = index - newPart.first;
  const own = sliceOf(after, line, line);
  if (own.length === 0 || before.tokens.length === 0) return undefined;
  const equal = sameLine(before, own, after, line);
  if (equal !== undefined) return { old: equal + oldPart.first, kept: 1, edits: [] };
  const { from } = tokenDiff(before.tokens, after.tokens);
  const inDiff = sources(after, before, from, line, line);
  const best = mostFrequent(inDiff);
  const found =
    best !== undefined && inDiff.length / own.length >= LEAST_KEPT ? { old: best, kept: inDiff.length / own.length } : likest(before, own);
  if (!found || found.kept < LEAST_KEPT) return undefined;
  const statement = statementAt(before, after, from, line, found.old);
  const { edits } = tokenDiff(
    sliceOf(before, statement.old.first, statement.old.last),
    sliceOf(after, statement.new.first, statement.new.last),
  );
  return { old: found.old + oldPart.first, kept: found.kept, edits };
}

/** The removed line that is equal to the added one; of several, the one at the nearest place. */
function sameLine(before: Stream, own: readonly string[], after: Stream, line: number): number | undefined {
  const text = own.join(' ');
  const place = line / Math.max(1, after.starts.length - 1);
  let best: number | undefined;
  let nearest = Number.POSITIVE_INFINITY;
  for (let old = 0; old < before.starts.length - 1; old++) {
    if (sliceOf(before, old, old).join(' ') !== text) continue;
    const distance = Math.abs(old / (before.starts.length - 1) - place);
    if (distance < nearest) {
      nearest = distance;
      best = old;
    }
  }
  return best;
}

function mostFrequent(lines: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0];
}

/** The removed line that has most in common with the added one, wherever it stands in the hunk. */
function likest(before: Stream, own: readonly string[]): { readonly old: number; readonly kept: number } | undefined {
  let best: { old: number; kept: number } | undefined;
  for (let old = 0; old < before.starts.length - 1; old++) {
    const tokens = sliceOf(before, old, old);
    const shared = tokenDiff(tokens, own).from.filter((source) => source >= 0).length;
    const kept = (2 * shared) / (tokens.length + own.length);
    if (kept > (best?.kept ?? 0)) best = { old, kept };
  }
  return best !== undefined && best.kept >= 0.6 ? best : undefined;
}

interface Statement {
  readonly old: { readonly first: number; readonly last: number };
  readonly new: { readonly first: number; readonly last: number };
}

/** The lines before and after that hold the same statement: those that share tokens with each other, from a line on. */
function statementAt(before: Stream, after: Stream, from: readonly number[], line: number, old: number): Statement {
  const back = new Map<number, number[]>();
  from.forEach((source, index) => {
    if (source < 0) return;
    const oldLine = before.lines[source] ?? 0;
    back.set(oldLine, [...(back.get(oldLine) ?? []), after.lines[index] ?? 0]);
  });
  let oldRange = { first: old, last: old };
  let newRange = { first: line, last: line };
  for (let round = 0; round < 4; round++) {
    const olds = [oldRange.first, oldRange.last, ...sources(after, before, from, newRange.first, newRange.last)];
    const nextOld = { first: Math.min(...olds), last: Math.max(...olds) };
    const news = [newRange.first, newRange.last];
    for (let at = nextOld.first; at <= nextOld.last; at++) news.push(...(back.get(at) ?? []));
    const nextNew = { first: Math.min(...news), last: Math.max(...news) };
    if (nextOld.last - nextOld.first >= MOST_LINES || nextNew.last - nextNew.first >= MOST_LINES) break;
    const isStable =
      nextOld.first === oldRange.first &&
      nextOld.last === oldRange.last &&
      nextNew.first === newRange.first &&
      nextNew.last === newRange.last;
    oldRange = nextOld;
    newRange = nextNew;
    if (isStable) break;
  }
  return { old: oldRange, new: newRange };
}
