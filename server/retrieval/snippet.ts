import type { Highlight } from '../model/answer.ts';
import type { Position, Span } from '../model/span.ts';
import { placedWords } from './words.ts';

export interface Snippet {
  readonly text: string;
  readonly highlights: readonly Highlight[];
  /** Its place in the document. */
  readonly span: Span;
}

const SNIPPET_LENGTH = 240;

/** The position of an offset, in UTF-16 code units, in a text that begins at `start`. */
function advance(start: Position, text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lines = before.split('\n');
  const last = lines[lines.length - 1] ?? '';
  return lines.length === 1
    ? { line: start.line, character: start.character + last.length }
    : { line: start.line + lines.length - 1, character: last.length };
}

/**
 * The stretch of a passage with the most different words of the question, verbatim and cut at word boundaries.
 * @param start where `text` begins in the document
 * @param words indexed words of the question
 */
export function snippetOf(text: string, start: Position, words: ReadonlySet<string>, length = SNIPPET_LENGTH): Snippet {
  const scanned = text.slice(0, 20_000);
  const hits = [...placedWords(scanned)].filter((placed) => words.has(placed.word));
  const from = bestStart(scanned, hits, length);
  let to = Math.min(scanned.length, from + length);
  if (to < scanned.length) {
    const border = scanned.lastIndexOf(' ', to);
    if (border > from + length / 2) to = border;
  }
  const body = scanned.slice(from, to);
  const trimmed = body.trimEnd();
  return {
    text: trimmed,
    highlights: hits
      .filter((hit) => hit.start >= from && hit.end <= from + trimmed.length)
      .map((hit) => ({ start: hit.start - from, end: hit.end - from })),
    span: { start: advance(start, scanned, from), end: advance(start, scanned, from + trimmed.length) },
  };
}

function bestStart(text: string, hits: readonly { word: string; start: number; end: number }[], length: number): number {
  const beginning = text.length - text.trimStart().length;
  let best = beginning;
  let bestCount = 0;
  for (let i = 0; i < hits.length; i++) {
    const first = hits[i];
    if (!first) continue;
    const distinct = new Set<string>();
    for (let j = i; j < hits.length; j++) {
      const hit = hits[j];
      if (!hit || hit.end > first.start + length) break;
      distinct.add(hit.word);
    }
    if (distinct.size > bestCount) {
      bestCount = distinct.size;
      best = sentenceStart(text, first.start, beginning);
    }
  }
  return best;
}

/** Where the sentence or line of an offset begins, at most 80 characters before it. */
function sentenceStart(text: string, at: number, least: number): number {
  for (let i = at; i > Math.max(least, at - 80); i--) {
    const before = text[i - 1];
    if (before === '\n' || (before === ' ' && /[.!?:;]/.test(text[i - 2] ?? ''))) return i;
  }
  const space = text.indexOf(' ', Math.max(least, at - 80));
  return at - 80 <= least ? least : space >= 0 && space < at ? space + 1 : at;
}
