import { lineIndex } from '../../text/lines.ts';
import type { Source } from '../source.ts';
import { readAsciidoc } from './asciidoc.ts';
import { readCommentMetadata } from './comment-metadata.ts';
import { type FrontMatter, readFrontMatter } from './front-matter.ts';
import { readMarkdown } from './markdown.ts';
import type { Outline } from './outline.ts';
import { readPreamble } from './preamble.ts';
import { readRst } from './rst.ts';

/** Front matter, or a preamble that stands for it (if there is any), and outline of a prose document. */
export interface Prose {
  readonly outline: Outline;
  readonly front?: FrontMatter;
}

/** Reads markdown, reStructuredText (`.rst`, `.rest`) or AsciiDoc (`.adoc`, `.asciidoc`), by file name. Any other file is read as markdown. */
export function readProse(source: Pick<Source, 'path' | 'text'>): Prose {
  const { path, text } = source;
  const lines = lineIndex(text);
  const front = readFrontMatter(text, lines);
  const reader = /\.re?st$/i.test(path) ? readRst : /\.(?:adoc|asciidoc)$/i.test(path) ? readAsciidoc : readMarkdown;
  const outline = reader(text, front?.bodyStart ?? 0, lines);
  const head = front ?? (reader === readMarkdown ? (readPreamble(text, lines) ?? readCommentMetadata(text, outline)) : undefined);
  return head === undefined ? { outline } : { outline, front: head };
}
