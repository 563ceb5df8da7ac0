import type { Document, Section } from '../model/document.ts';
import type { Passage } from '../model/passage.ts';
import type { Position, Span } from '../model/span.ts';

/** Words up to which a section is one passage. This and the window below were measured to be best for retrieval. */
const WHOLE = 130;
/** Words per window, and from the start of one window to the next. */
const WINDOW = 100;
const STRIDE = 60;
/** A run of more than 120 code points without white space counts as several words. */
const WORD = /\S{1,120}/gu;

/** Passages of a document that are indexed. A long record has 100; a file of short words and headings would have one for every ten bytes, each with a vector. */
export const MOST_PASSAGES = 5_000;

/** Formats whose section texts are verbatim source; other readers compose them from fields. */
const VERBATIM = new Set(['markdown', 'rst', 'asciidoc']);

/**
 * Splits a document into the units that are embedded and found. A section of up to 130 words is one passage; a longer one becomes windows of 100
 * words, one every 60 words. A heading with no text or subheading is a passage of its own, and an empty document has one passage: its title. Splits no further
 * than `most` passages.
 */
export function splitPassages(document: Document, most = MOST_PASSAGES): readonly Passage[] {
  const passages: Passage[] = [];
  const add = (headingPath: readonly string[], text: string, span: Span): void => {
    const ordinal = passages.length;
    passages.push({ id: `${document.id}#${ordinal}`, documentId: document.id, ordinal, headingPath, text, span });
  };
  for (const [index, section] of document.sections.entries()) {
    const { headingPath } = section;
    const left = most - passages.length;
    if (left <= 0) break;
    if (section.text.trim() !== '') {
      const locate = VERBATIM.has(document.format) ? locator(section) : () => section.span;
      for (const { start, end } of windows(section.text, left)) add(headingPath, section.text.slice(start, end), locate(start, end));
    } else if (section.heading !== '' && (document.sections[index + 1]?.level ?? 0) <= section.level) {
      add(headingPath, section.heading, section.span);
    }
  }
  if (passages.length === 0) {
    const origin = { line: 0, character: 0 };
    add([], document.title, document.titleSpan ?? document.sections[0]?.span ?? { start: origin, end: origin });
  }
  return passages;
}

/** Offsets of the first `most` passages within a text. */
function windows(text: string, most: number): readonly { readonly start: number; readonly end: number }[] {
  const words: { start: number; end: number }[] = [];
  const enough = Math.max(WHOLE + 1, most * STRIDE + WINDOW);
  for (const match of text.matchAll(WORD)) {
    words.push({ start: match.index, end: match.index + match[0].length });
    if (words.length > enough) break;
  }
  const slice = (from: number, to: number): { start: number; end: number } => ({
    start: words[from]?.start ?? 0,
    end: words[Math.min(to, words.length) - 1]?.end ?? text.length,
  });
  if (words.length <= WHOLE) return [slice(0, words.length)];
  const found: { start: number; end: number }[] = [];
  for (let from = 0; ; from += STRIDE) {
    found.push(slice(from, from + WINDOW));
    if (from + WINDOW >= words.length || found.length === most) return found;
  }
}

/**
 * Converts offsets within a section's text to spans in the file, by counting line breaks back from the end of the section, where text and span
 * end together. Falls back to the span of the whole section if the two do not agree.
 */
function locator(section: Section): (start: number, end: number) => Span {
  const { text, span } = section;
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  const firstLine = span.end.line - (starts.length - 1);
  const lastStart = starts.at(-1) ?? 0;
  const firstCharacter = starts.length === 1 ? span.end.character - text.length : 0;
  const fits =
    firstLine >= span.start.line && firstCharacter >= 0 && (starts.length === 1 || text.length - lastStart === span.end.character);
  if (!fits) return () => span;

  const position = (offset: number): Position => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: firstLine + low, character: offset - (starts[low] ?? 0) + (low === 0 ? firstCharacter : 0) };
  };
  return (start, end) => ({ start: position(start), end: position(end) });
}
