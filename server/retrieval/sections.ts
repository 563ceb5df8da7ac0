import type { Position, Span } from '../model/span.ts';

/** A window of a document, in document order. */
interface PassageWindow {
  readonly headingPath: readonly string[];
  readonly span: Span;
  /** Indexed words: first those of title, path and heading, which all windows of a section share. */
  readonly words: readonly string[];
}

const before = (a: Position, b: Position): boolean => a.line < b.line || (a.line === b.line && a.character < b.character);

function commonStart(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

/** How many words at the end of `words` are those at `from` of `next`: the longest overlap. */
function overlap(words: readonly string[], next: readonly string[], from: number): number {
  for (let length = Math.min(words.length, next.length - from); length > 0; length--) {
    const start = words.length - length;
    let same = 0;
    while (same < length && words[start + same] === next[from + same]) same++;
    if (same === length) return length;
  }
  return 0;
}

/** Whether two passages are below the same headings. */
export const isSamePath = (a: readonly string[], b: readonly string[]): boolean =>
  a === b || (a.length === b.length && a.every((heading, at) => heading === b[at]));

/**
 * Puts the overlapping windows of a long section together again: BM25 counts sections, in which every word stands once
 * (+.02 nDCG@10 on questions, docs/ranking.md). Windows belong together where they follow one another under one heading and overlap.
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
      const known = from + overlap(open, window.words, from);
      for (let k = known; k < window.words.length; k++) open.push(window.words[k] as string);
    } else sections.push([...window.words]);
    sectionOf.push(sections.length - 1);
  });
  return { sections, sectionOf };
}

/** A question tells of a problem, and this is where a record does. */
const PROBLEM = /\b(?:context|problem|motivation|background)\b/i;
const PROBLEM_COUNTS = 1.3;

/** How much a section counts when a record is compared with a question, by its own heading: 1 for most (docs/ranking.md, measured). */
export const countsForQuestion = (headingPath: readonly string[]): number => (PROBLEM.test(headingPath.at(-1) ?? '') ? PROBLEM_COUNTS : 1);
