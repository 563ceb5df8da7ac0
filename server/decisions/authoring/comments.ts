import { writableComment } from '../../code/languages/comment-marks.ts';
import type { CommentMarks } from '../../code/languages/language.ts';
import { MARKS } from '../../code/languages/syntax.ts';
import type { TextEdit } from '../../model/finding.ts';
import type { Span } from '../../model/span.ts';
import { lineEndingOf } from '../../text/edits.ts';

/** Lines that belong to the next one: decorators, attributes, annotations. */
const ATTACHED = /^\s*(?:@[\w.]+|#\[|\[[\w<>(), "'.=]+\]\s*$)/;
/** Lines that must stay at the top of the file. */
const FIRST = /^(?:#!|<\?|<!doctype\b|#.*coding[:=])/i;

/** The marks of the part of a page in which a line is: markup, script or style. */
export function marksAt(path: string, lines: readonly string[], line: number): CommentMarks | undefined {
  const comment = writableComment(path);
  if (!comment?.hasScriptAndStyle) return comment?.marks;
  for (let at = line - 1; at >= 0; at--) {
    const written = lines[at] ?? '';
    if (/<\/(?:script|style)>/i.test(written)) return MARKS.markup;
    if (/<script\b/i.test(written)) return MARKS.slashes;
    if (/<style\b/i.test(written)) return MARKS.star;
  }
  return MARKS.markup;
}

/** The edits that insert a comment and the place of its citation, or a sentence for people if the file cannot have comments. */
export type CommentEdit = { readonly edits: readonly TextEdit[]; readonly selection: Span } | { readonly refused: string };

/**
 * A comment above a line of code, such as `// See docs/decisions/NNNN-x.md`, in the language of the file, indented like the line, and above the decorators
 * of a symbol. No edits if the lines above already name the record.
 *
 * @param line Zero-based.
 * @param citation What the comment names: the path of the record.
 */
export function commentEdit(path: string, text: string, line: number, citation: string): CommentEdit {
  const lines = text.split(/\r?\n/);
  let at = Math.max(0, Math.min(line, lines.length - 1));
  while (at > 0 && ATTACHED.test(lines[at - 1] ?? '')) at -= 1;
  while (at < lines.length - 1 && at < 3 && FIRST.test(lines[at] ?? '')) at += 1;
  const marks = marksAt(path, lines, at);
  if (!marks) return { refused: `${path} cannot have comments. Keep the link in .lintel/links.yaml instead.` };
  const above = lines.slice(Math.max(0, at - 3), Math.max(at, line) + 1).findIndex((written) => written.includes(citation));
  if (above >= 0) {
    const found = Math.max(0, at - 3) + above;
    const character = (lines[found] ?? '').indexOf(citation);
    return { edits: [], selection: { start: { line: found, character }, end: { line: found, character: character + citation.length } } };
  }
  const indent = /^[ \t]*/.exec(lines[at] ?? '')?.[0] ?? '';
  const { open, close } = marks;
  const written = `${indent}${open}See ${citation}${close}`;
  const place = { line: at, character: 0 };
  const from = indent.length + open.length + 'See '.length;
  return {
    edits: [{ path, span: { start: place, end: place }, text: written + lineEndingOf(text) }],
    selection: { start: { line: at, character: from }, end: { line: at, character: from + citation.length } },
  };
}
