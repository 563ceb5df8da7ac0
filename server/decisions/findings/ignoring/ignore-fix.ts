import { writableComment } from '../../../code/languages/comment-marks.ts';
import { SourceFile } from '../../../code/source-file.ts';
import type { Finding, Fix } from '../../../model/finding.ts';
import { lineEndingOf } from '../../../text/edits.ts';
import { type LineIndex, lineIndex } from '../../../text/lines.ts';
import { marksAt } from '../../authoring/comments.ts';
import { IGNORE_MARK, REASON_SLOT } from './ignore-comments.ts';
import { frontMatterEnd, isProse } from './prose-lines.ts';

/** Rules whose files cannot hold a comment, or not one that is read, and the rules about comments themselves. */
const NOT_IN_A_COMMENT =
  /^(?:ignore-.*|binary|unreadable|outside-repository|wrong-encoding|too-.*|broken-(?:json|front-matter)|empty-document)$/;
/** Pages in which a line of code may be text to show. */
const PAGES = /\.(?:tsx|jsx|vue|svelte|astro|razor|cshtml|erb|html?|mdx)$/i;
const CLOSE = /[ \t]*(?:\*+\/|--%?>|#\}|\*\)|%>|"""|''')\s*\}?\s*$/;

/** An insertion: a line above the finding, or text in its line. */
interface Insertion {
  readonly offset: number;
  readonly text: string;
}

interface Place {
  readonly path: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly line: number;
  /** The line of the finding. */
  readonly row: string;
  readonly words: string;
}

const above = ({ text, lines, line }: Place, written: string): Insertion => ({
  offset: lines.start(line),
  text: written + lineEndingOf(text),
});

/** In prose: a comment behind the words where the markup allows it, else above the block. */
function inProse(place: Place, { span }: Finding): Insertion | undefined {
  const { path, text, lines, line, row, words } = place;
  const indent = /^\s*/.exec(row)?.[0] ?? '';
  if (line < frontMatterEnd(text, lines)) return above(place, `${indent}# ${words}`);
  if (/\.(?:adoc|asciidoc)$/i.test(path)) return row.trimStart().startsWith('|') ? undefined : above(place, `// ${words}`);
  if (/\.(?:rst|rest)$/i.test(path)) {
    let first = line;
    while (first > 0 && text.slice(lines.start(first - 1), lines.end(first - 1)).trim() !== '') first -= 1;
    const base = /^\s*/.exec(text.slice(lines.start(first), lines.end(first)))?.[0] ?? '';
    return { offset: lines.start(first), text: `${base}.. ${words}${lineEndingOf(text).repeat(2)}` };
  }
  const comment = `<!-- ${words} -->`;
  const next = text.slice(lines.start(line + 1), lines.end(line + 1));
  const isHeading = /^ {0,3}#/.test(row) || (line + 1 < lines.count && /^ {0,3}(?:=+|-+)\s*$/.test(next));
  if (isHeading || /^ {0,3}\[[^\]]+\]:/.test(row)) return above(place, comment);
  if (/\.mdx$/i.test(path)) return undefined;
  const at = row.includes('|') ? lines.offset(span.end) : lines.start(line) + row.trimEnd().replace(/\\$/, '').length;
  return { offset: at, text: ` ${comment}` };
}

/** In code: as a line of its own above, in the comment that the finding is in or beside it. */
function inCode(place: Place, source: SourceFile, { span }: Finding): Insertion | undefined {
  const { path, text, lines, line, row, words } = place;
  const start = lines.start(line);
  const kind = source.kindAt(lines.offset(span.start));
  const first = start + (row.length - row.trimStart().length);
  const marks = marksAt(path, text.split(/\r?\n/), line);
  if (marks === undefined) return undefined;
  const indent = row.slice(0, first - start);
  // Within a comment that began above: a line like this one, or one of plain words.
  const begunAbove =
    line > 0 && kind === 'comment' && source.kindAt(start) === 'comment' && source.kindAt(Math.max(0, start - 1)) === 'comment';
  if (begunAbove) return above(place, `${/^\s*(?:\*+ ?|\/\/+!? ?|#+ ?|--+ ?|;+ ?)?/.exec(row)?.[0] ?? indent}${words}`);
  const closed = kind === 'comment' ? CLOSE.exec(row) : null;
  if (closed !== null) return { offset: start + closed.index, text: ` ${words}` };
  const lineIsComment = kind === 'comment' && source.kindAt(first) === 'comment';
  if (lineIsComment && marks.close !== '') return { offset: start + row.trimEnd().length, text: ` ${words}` };
  if (kind === 'comment' && !lineIsComment) return { offset: start + row.trimEnd().length, text: ` ${words}` };
  if (!lineIsComment && (PAGES.test(path) || source.kindAt(start) !== 'code' || source.language?.hyphenatedNames === true))
    return undefined;
  return above(place, `${indent}${marks.open}${words}${marks.close}`);
}

/**
 * The fix that writes an ignore comment for a finding, with {@link REASON_SLOT} where a person has to say why. `undefined` where the file has no comments, or
 * where one cannot be put safely.
 */
export function ignoreFix(path: string, text: string, finding: Finding): Fix | undefined {
  if (NOT_IN_A_COMMENT.test(finding.rule) || text === '') return undefined;
  const lines = lineIndex(text);
  const { line } = finding.span.start;
  const row = text.slice(lines.start(line), lines.end(line));
  const place: Place = { path, text, lines, line, row, words: `${IGNORE_MARK} ${finding.rule} ${REASON_SLOT}` };
  const source = new SourceFile(path, text);
  const found = isProse(path)
    ? inProse(place, finding)
    : source.language
      ? inCode(place, source, finding)
      : writableComment(path)?.marks.open === '# '
        ? above(place, `${/^\s*/.exec(row)?.[0] ?? ''}# ${place.words}`)
        : undefined;
  if (found === undefined) return undefined;
  const span = lines.span(found.offset, found.offset);
  return { title: `Ignore ${finding.rule} here, for a reason`, edits: [{ path, span, text: found.text }] };
}
