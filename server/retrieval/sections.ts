import type { Position, Span } from '../model/span.ts';

/** A window of a section. */
interface PassageWindow {
  readonly headingPath: readonly string[];
  readonly span: Span;
  /** Indexed words. They begin with those of title, path and heading, which all windows of a section share. */
  readonly words: readonly string[];
}

const before = (a: Position, b: Position): boolean => a.line < b.line || (a.line === b.line && a.character < b.character);

function commonStart(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

/** Length of the longest end of `words` that `next` repeats at `from`. */
function overlap(words: readonly string[], next: readonly string[], from: number): number {
  for (let length = Math.min(words.length, next.length - from); length > 0; length--) {
    const start = words.length - length;
    let equal = 0;
    while (equal < length && words[start + equal] === next[from + equal]) equal++;
    if (equal === length) return length;
  }
  return 0;
}

/** Whether two passages are below the same headings. */
export const isSamePath = (a: readonly string[], b: readonly string[]): boolean =>
  a === b || (a.length === b.length && a.every((heading, at) => heading === b[at]));

/**
 * Joins the overlapping windows of long sections, so that BM25 counts each word of a section once (+.02 nDCG@10 on questions, docs/ranking.md).
 * Windows belong together where they follow one another under one heading and overlap.
 * @returns the words of each section, and for each window the number of its section
 */
export function joinWindows(windows: readonly PassageWindow[]): {
  readonly sections: readonly (readonly string[])[];
  readonly sectionOf: number[];
} {
  const sections: string[][] = [];
  const sectionOf: number[] = [];
  windows.forEach((window, i) => {
    const previous = windows[i - 1];
    const open = sections.at(-1);
    if (open && previous && isSamePath(previous.headingPath, window.headingPath) && before(window.span.start, previous.span.end)) {
      const from = commonStart(open, window.words);
      const repeated = from + overlap(open, window.words, from);
      for (let k = repeated; k < window.words.length; k++) open.push(window.words[k] as string);
    } else sections.push([...window.words]);
    sectionOf.push(sections.length - 1);
  });
  return { sections, sectionOf };
}

/** Questions describe problems, and these sections of a record do too. */
const PROBLEM = /\b(?:context|problem|motivation|background)\b/i;
const PROBLEM_WEIGHT = 1.3;

/** Weight of a section when a record is compared with a question, by the last of its headings; 1 for most. Measured in docs/ranking.md. */
export const questionWeight = (headingPath: readonly string[]): number => (PROBLEM.test(headingPath.at(-1) ?? '') ? PROBLEM_WEIGHT : 1);
