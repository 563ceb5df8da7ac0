import type { TextEdit } from '../model/finding.ts';
import { lineIndex } from './lines.ts';

const START = { line: 0, character: 0 };

/** A replacement by offsets. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Splices of one text as edits of its file. */
export function editsOf(path: string, text: string, splices: readonly Splice[]): TextEdit[] {
  const index = lineIndex(text);
  return splices.map((splice) => ({ path, span: index.span(splice.start, splice.end), text: splice.text }));
}

/** The edit that creates a file. */
export const creationEdit = (path: string, text: string): TextEdit => ({ path, span: { start: START, end: START }, text });

/** A text after edits of its file; those of other files are not looked at. */
export function applyEdits(path: string, text: string, edits: readonly TextEdit[]): string {
  const index = lineIndex(text);
  const splices = edits
    .filter((edit) => edit.path === path)
    .map(({ span, text: replacement }) => ({ start: index.offset(span.start), end: index.offset(span.end), replacement }))
    .sort((a, b) => b.start - a.start || b.end - a.end);
  return splices.reduce((whole, { start, end, replacement }) => whole.slice(0, start) + replacement + whole.slice(end), text);
}

/** The line ending that a text uses. */
export const lineEndingOf = (text: string): '\r\n' | '\n' => (text.includes('\r\n') ? '\r\n' : '\n');
