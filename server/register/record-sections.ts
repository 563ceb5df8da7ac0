import type { Position } from '../model/span.ts';
import type { IndexedDocument } from '../retrieval/document-index.ts';
import { isSamePath } from '../retrieval/sections.ts';

/** A whole section of a record, joined from its overlapping passages. */
export interface RecordSection {
  /** Headings from the top, without numbers and markup. */
  readonly path: readonly string[];
  /** Verbatim. */
  readonly text: string;
  /** Where `text` begins in the file. */
  readonly start: Position;
}

/** A heading without its number and markup. */
export const plainHeading = (heading: string): string =>
  heading
    .replace(/[*_`#:[\]]+/g, ' ')
    .replace(/^[^\p{L}]+/u, '')
    .replace(/\s+/g, ' ')
    .trim();

const lineStarts = (text: string): number[] => [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];

/** Offset of a position of the file in a text that begins at `start`; -1 outside. */
function offsetAt(text: string, start: Position, { line, character }: Position): number {
  const from = lineStarts(text)[line - start.line];
  if (from === undefined) return -1;
  const offset = from + (line === start.line ? character - start.character : character);
  return offset >= 0 && offset <= text.length ? offset : -1;
}

/** Joins passages into whole sections. Their windows overlap; one that does not continue the section before it begins a new one. */
export function sectionsOf({ head, passages }: IndexedDocument): RecordSection[] {
  const sections: (Omit<RecordSection, 'text'> & { text: string; readonly headingPath: readonly string[] })[] = [];
  for (const { headingPath, text, span } of passages) {
    // A heading or title that is a passage by itself is indexed without its markup, so it is not verbatim.
    if (text === headingPath.at(-1) || text === head.title) continue;
    const last = sections.at(-1);
    const at = last && isSamePath(last.headingPath, headingPath) ? offsetAt(last.text, last.start, span.start) : -1;
    const overlap = at < 0 ? '' : (last?.text.slice(at) ?? '');
    if (last && at > 0 && text.startsWith(overlap)) last.text += text.slice(overlap.length);
    else sections.push({ path: headingPath.map(plainHeading), headingPath, text, start: span.start });
  }
  return sections;
}
