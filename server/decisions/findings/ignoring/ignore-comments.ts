import { languageOf } from '../../../code/languages/index.ts';
import { SourceFile } from '../../../code/source-file.ts';
import type { LineRange, Span } from '../../../model/span.ts';
import { type LineIndex, lineIndex } from '../../../text/lines.ts';
import { frontMatterEnd, isFenced, isInCodeSpan, isProse } from './prose-lines.ts';

/** The word that begins every ignore comment. A text without it has none, which is cheap to find out. */
export const IGNORE_MARK = 'lintel-ignore';
/** What the quick fix writes where the reason belongs; it counts as no reason. */
export const REASON_SLOT = 'REASON';

/** A comment such as `lintel-ignore broken-link The page is made by the build.` */
export interface IgnoreComment {
  /** From the mark to the end of the reason. */
  readonly span: Span;
  /** As written, known or not. */
  readonly rules: readonly { readonly id: string; readonly span: Span }[];
  readonly reason: string;
  /** Lines whose findings are ignored; absent for `lintel-ignore-file`. */
  readonly lines?: LineRange;
}

/** In back quotes it is a mention. */
const MARK = /(?<![\w`-])lintel-ignore(-file)?(?![\w-])/g;
const RULES = /^[ \t]+([\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)/;
/** The end of a comment that is closed in its line. */
const CLOSED = /[ \t]*(?:\*+\/|--%?>|#\}|\*\)|%>|"""|''').*$/s;
/** Nothing before the mark but the beginning of a comment, so that the comment is about what follows. */
const ALONE_BEFORE = /^[\s/*#;%'"!<>{(|.=@-]*(?:rem\s+)?$/i;
const ALONE_AFTER = /^[\s})\]>/*-]*$/;
const CLOSER = /^\s*(?:\*+\/|-->|\*\)|"""|''')\s*\}?\s*$/;
const SLOT = new RegExp(`^${REASON_SLOT}[.:]?$`, 'i');
/** A text with more of them is not written by people. */
const MOST_COMMENTS = 500;
const MOST_MARKS = 5_000;
/** Lines below a comment that are looked at: a longer paragraph or table is covered so far. */
const MOST_LINES = 200;
/** UTF-16 units after the mark that are read, in prose over several lines. */
const LONGEST = 1_000;

/** Where the comment that has a mark at `start` begins and ends, on the line or beyond it; `undefined` if the mark is in no comment. */
type CommentAt = (start: number, line: number) => { readonly from: number; readonly to: number } | undefined;

const lineText = (text: string, lines: LineIndex, line: number): string => text.slice(lines.start(line), lines.end(line));

/** In code: whatever the language calls a comment, up to the end of the line. */
function inCode(path: string, text: string, lines: LineIndex): CommentAt {
  const source = new SourceFile(path, text);
  return (start, line) => {
    if (source.kindAt(start) !== 'comment') return undefined;
    const rest = text.slice(start, Math.min(lines.end(line), start + LONGEST));
    return { from: lines.start(line), to: start + rest.replace(CLOSED, '').trimEnd().length };
  };
}

/** In prose: `<!-- -->` in Markdown, `..` in reStructuredText, `//` in AsciiDoc, `#` in front matter; not in blocks and spans of code. */
function inProse(path: string, text: string, lines: LineIndex): CommentAt {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  const matterEnd = frontMatterEnd(text, lines);
  return (start, line) => {
    const before = text.slice(lines.start(line), start);
    const lineEnd = { from: lines.start(line), to: start + text.slice(start, Math.min(lines.end(line), start + LONGEST)).trimEnd().length };
    if (line < matterEnd) return before.includes('#') ? lineEnd : undefined;
    if (/^(?:rst|rest)$/.test(extension)) return /^\s*\.\.\s+$/.test(before) ? lineEnd : undefined;
    if (/^(?:adoc|asciidoc)$/.test(extension)) return /^\/\/(?!\/)\s*$/.test(before) ? lineEnd : undefined;
    const behind = text.slice(Math.max(0, start - LONGEST), start);
    const open = behind.lastIndexOf('<!--') + start - behind.length;
    if (!behind.includes('<!--') || text.slice(open, start).includes('-->') || isFenced(text, lines, lines.lineAt(open))) return undefined;
    if (isInCodeSpan(text.slice(lines.start(lines.lineAt(open)), open))) return undefined;
    const close = text.slice(start, start + LONGEST).indexOf('-->');
    return { from: lines.start(lines.lineAt(open)), to: close < 0 ? lineEnd.to : start + close };
  };
}

/** In everything else, such as CODEOWNERS and Gherkin: after `#`. */
const afterHash =
  (text: string, lines: LineIndex): CommentAt =>
  (start, line) =>
    text.slice(lines.start(line), start).includes('#')
      ? { from: lines.start(line), to: start + text.slice(start, Math.min(lines.end(line), start + LONGEST)).trimEnd().length }
      : undefined;

/** The lines that a comment which stands alone is about, beside its own: the next line of code, the next paragraph of a text. */
function linesBelow(path: string, text: string, lines: LineIndex, last: number): number {
  const at = (line: number): string => lineText(text, lines, line);
  let next = last + 1;
  const most = Math.min(lines.count, last + MOST_LINES);
  if (!isProse(path) || next < frontMatterEnd(text, lines)) {
    while (next < most && (CLOSER.test(at(next)) || (at(next).includes(IGNORE_MARK) && isAlone(at(next))))) next += 1;
    return next;
  }
  while (next < most && (at(next).trim() === '' || (at(next).includes(IGNORE_MARK) && isAlone(at(next))))) next += 1;
  while (next + 1 < most && at(next + 1).trim() !== '') next += 1;
  return next;
}

const isAlone = (line: string): boolean => ALONE_BEFORE.test(line.slice(0, line.indexOf(IGNORE_MARK)));

/** The ignore comments of a file of any kind, in the order of the text, at most 500. */
export function ignoreCommentsIn(path: string, text: string): IgnoreComment[] {
  if (!text.includes(IGNORE_MARK)) return [];
  const lines = lineIndex(text);
  const commentAt = isProse(path) ? inProse(path, text, lines) : languageOf(path) ? inCode(path, text, lines) : afterHash(text, lines);
  const found: IgnoreComment[] = [];
  let marks = 0;
  for (const match of text.matchAll(MARK)) {
    if (found.length >= MOST_COMMENTS || ++marks > MOST_MARKS) break;
    const start = match.index;
    const line = lines.lineAt(start);
    const comment = commentAt(start, line);
    if (comment === undefined) continue;
    const words = text.slice(start + match[0].length, Math.min(comment.to, start + LONGEST));
    const list = RULES.exec(words);
    const listStart = start + match[0].length + (list ? list[0].length - (list[1]?.length ?? 0) : 0);
    const rules = [...(list?.[1] ?? '').matchAll(/[\w-]+/g)].map((rule) => ({
      id: rule[0],
      span: lines.span(listStart + rule.index, listStart + rule.index + rule[0].length),
    }));
    const reason = words
      .slice(list?.[0].length ?? 0)
      .replace(/^[\s:–—-]+/, '')
      .replace(/\s+/g, ' ')
      .trim();
    const end = start + match[0].length + words.trimEnd().length;
    const last = lines.lineAt(Math.max(comment.to - 1, start));
    const alone = ALONE_BEFORE.test(text.slice(comment.from, start)) && ALONE_AFTER.test(text.slice(comment.to, lines.end(last)));
    found.push({
      span: lines.span(start, end),
      rules,
      reason: SLOT.test(reason) || !/[\p{L}\d]/u.test(reason) ? '' : reason,
      ...(match[1] === undefined
        ? { lines: { first: lines.lineAt(comment.from), last: alone ? linesBelow(path, text, lines, last) : last } }
        : {}),
    });
  }
  return found;
}
