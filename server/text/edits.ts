import type { TextEdit } from '../model/finding.ts';
import { EMPTY_SPAN } from '../model/span.ts';
import { lineIndex } from './lines.ts';

/** A replacement in one text, by offsets in UTF-16 units; `end` is exclusive. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Replacements by offsets as edits of the file. */
export function editsOf(path: string, text: string, splices: readonly Splice[]): TextEdit[] {
  const index = lineIndex(text);
  return splices.map((splice) => ({ path, span: index.span(splice.start, splice.end), text: splice.text }));
}

/** The edit that creates a file. */
export const creationEdit = (path: string, text: string): TextEdit => ({ path, span: EMPTY_SPAN, text });

/**
 * The text of a file after its edits. Edits of other files are ignored. Insertions at one position end up in the order in which they are given, as the
 * Language Server Protocol has it.
 */
export function applyEdits(path: string, text: string, edits: readonly TextEdit[]): string {
  const index = lineIndex(text);
  const splices = edits
    .filter((edit) => edit.path === path)
    .map(({ span, text: replacement }) => ({ start: index.offset(span.start), end: index.offset(span.end), replacement }))
    .reverse()
    .sort((a, b) => b.start - a.start || b.end - a.end);
  return splices.reduce((whole, { start, end, replacement }) => whole.slice(0, start) + replacement + whole.slice(end), text);
}

/** The line ending to write into a text: `\r\n` as soon as the text contains one. */
export const lineEndingOf = (text: string): '\r\n' | '\n' => (text.includes('\r\n') ? '\r\n' : '\n');
