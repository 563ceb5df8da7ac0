import type { LineIndex } from '../../text/lines.ts';
import { blank, lineIndex } from '../../text/lines.ts';
import { labelOf, plainText } from './inline.ts';
import type { Block, Outline, OutlineBuilder } from './outline.ts';
import { outlineBuilder } from './outline.ts';

interface Stretch {
  readonly start: number;
  readonly end: number;
}

interface Fence {
  readonly character: string;
  readonly length: number;
  readonly quoted: boolean;
}

const FENCE = /^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}|~{3,})/;
const ATX = /^ {0,3}(#{1,6})(?=[ \t]|$)/;
// Older renderers accepted `##Status` as a heading, and records from that time still exist.
const ATX_TIGHT = /^(#{2,6})(?=\p{L})/u;
const ITEM = /^[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)/;
const BOX = /^\[([ xX])\][ \t]+/;
/** `[name]: target`, `[name]: <target with spaces>`, and the first line of a footnote, `[^1]: words`. */
const DEFINITION = /^ {0,3}\[((?:[^[\]\\]|\\.){1,200})\]:[ \t]*(?:<([^<>]{0,2000})>|([^\s<>]{1,2000}))?/;
const ANCHOR = /[ \t]*\{:?[ \t]*#[^{}\n]{1,200}\}$/;
/** A longer line is not a title. */
const LONGEST_TITLE = 4_000;
const METADATA = /^[^\p{L}\n]{0,10}(?:status|state|date|deciders?|authors?|owner|tags?|created|updated|version)\b[^\p{L}\n]{0,3}:/iu;

/**
 * Outline of a markdown text from `bodyStart`, the end of the front matter. Accepts more than CommonMark does: fences at any indentation,
 * `##Heading` without a space, tables without outer bars. Linear in the length of the text.
 */
export function readMarkdown(text: string, bodyStart = 0, lines: LineIndex = lineIndex(text)): Outline {
  const builder = outlineBuilder();
  const hidden: Stretch[] = [];
  const definitions = new Map<string, string>();
  const comments = commentFinder(text);
  let fence: Fence | undefined;
  let commentUntil = bodyStart;
  let afterBlank = true;
  let inList = false;
  let table = 0;
  let tableOpen = false;

  const first = lines.lineAt(bodyStart);
  for (let number = first; number < lines.count; number++) {
    const lineStart = Math.max(lines.start(number), bodyStart);
    const lineEnd = lines.end(number);
    const raw = text.slice(lineStart, lineEnd);
    const quote = quoteLength(raw);

    if (fence !== undefined) {
      const inner = raw.slice(quote);
      const leftQuote = fence.quoted && quote === 0;
      if (!leftQuote) {
        hidden.push({ start: lineStart, end: lineEnd });
        if (closes(inner, fence)) fence = undefined;
        continue;
      }
      fence = undefined;
    }

    let start = lineStart;
    if (commentUntil > lineStart) {
      hidden.push({ start: lineStart, end: Math.min(commentUntil, lineEnd) });
      if (commentUntil >= lineEnd) continue;
      start = commentUntil;
    } else if (quote > 0) {
      hidden.push({ start: lineStart, end: lineStart + quote });
      start = lineStart + quote;
    }

    const opening = FENCE.exec(raw.slice(start - lineStart, start - lineStart + 400))?.[1];
    if (opening !== undefined && !(opening.startsWith('`') && hasTickAfter(raw, start - lineStart, opening))) {
      builder.close();
      fence = { character: opening.charAt(0), length: runLength(text, text.indexOf(opening, start), opening.charAt(0)), quoted: quote > 0 };
      hidden.push({ start: lineStart, end: lineEnd });
      afterBlank = false;
      continue;
    }

    const found = comments(start, lineEnd);
    hidden.push(...found.map(({ start: from, end }) => ({ start: from, end: Math.min(end, lineEnd) })));
    commentUntil = Math.max(commentUntil, found.at(-1)?.end ?? 0);
    const line = found.length === 0 ? text.slice(start, lineEnd) : blank(text.slice(start, lineEnd), shift(found, -start));

    if (line.trim() === '') {
      if (found.length === 0) {
        builder.close();
        afterBlank = true;
        tableOpen = false;
      }
      continue;
    }
    const indented = /^(?: {4}|\t)/.test(line);
    if (indented && afterBlank && !inList && quote === 0 && builder.open() === undefined) {
      hidden.push({ start, end: lineEnd });
      continue;
    }
    const wasBlank = afterBlank;
    afterBlank = false;

    if (quote === 0) {
      if (readAtx(builder, line, start) || readSetext(builder, text, line, lineEnd)) {
        inList = false;
        tableOpen = false;
        continue;
      }
      const definition = line.includes(']:') && builder.open()?.kind !== 'paragraph' ? DEFINITION.exec(line.slice(0, 2400)) : null;
      if (definition?.[1]?.startsWith('^')) {
        // Not a paragraph: the next line may be another definition.
        const end = start + line.trimEnd().length;
        builder.begin('item', Math.min(start + line.indexOf(']:') + 2, end), end);
        continue;
      }
      const target = definition?.[2] ?? definition?.[3];
      if (definition?.[1] !== undefined && target !== undefined) {
        const name = labelOf(definition[1]);
        if (!definitions.has(name)) definitions.set(name, target);
        continue;
      }
      if (isRule(line)) {
        builder.close();
        inList = false;
        continue;
      }
    }

    if (isDelimiterRow(line) && (tableOpen || line.includes('|'))) {
      const above = builder.open();
      if (!tableOpen && above !== undefined && above.kind !== 'quote') {
        const header = Math.max(above.start, lines.start(number - 1));
        if (header < above.end && text.slice(header, above.end).includes('|')) {
          builder.discard();
          if (header > above.start) builder.begin(above.kind, above.start, lines.end(number - 2));
          builder.begin('row', header, above.end, { table: ++table });
          tableOpen = true;
        }
        builder.close();
      }
      continue;
    }
    if (line.trimStart().startsWith('|') || (tableOpen && line.includes('|'))) {
      if (!tableOpen) table++;
      tableOpen = true;
      builder.begin('row', start + indentation(line), start + line.trimEnd().length, { table });
      builder.close();
      continue;
    }
    tableOpen = false;

    const item = ITEM.exec(line.slice(0, 400));
    const end = start + line.trimEnd().length;
    if (item !== null) {
      inList = true;
      const content = start + item[0].length;
      const box = BOX.exec(text.slice(content, content + 8));
      const ticked = box === null ? {} : { ticked: box[1] !== ' ' };
      builder.begin('item', Math.min(content + (box?.[0].length ?? 0), end), end, ticked);
      continue;
    }
    if (!/^[ \t]/.test(line) && wasBlank) inList = false;
    continueBlock(builder, quote > 0 ? 'quote' : 'paragraph', start + indentation(line), end);
  }
  builder.close();

  hidden.sort((a, b) => a.start - b.start);
  const { headings, blocks } = builder;
  return { format: 'markdown', text, visible: blank(text, hidden), lines, bodyStart, headings, blocks, definitions };
}

function continueBlock(builder: OutlineBuilder, kind: Block['kind'], start: number, end: number): void {
  const open = builder.open();
  const fits = open !== undefined && (open.kind === kind || (open.kind === 'item' && kind === 'paragraph'));
  if (fits) builder.extend(end);
  else builder.begin(kind, start, end);
}

function readAtx(builder: OutlineBuilder, line: string, start: number): boolean {
  const marks = ATX.exec(line) ?? ATX_TIGHT.exec(line);
  if (marks === null) return false;
  addHeading(builder, marks[1]?.length ?? 1, line, start, marks[0].length, start + line.trimEnd().length);
  return true;
}

/** The words of a heading line after `skip` characters, without closing hashes and `{#anchor}`. */
function addHeading(builder: OutlineBuilder, level: number, line: string, start: number, skip: number, end: number): void {
  let words = line.slice(skip).trimEnd();
  let hashes = words.length;
  while (words.charAt(hashes - 1) === '#') hashes--;
  if (hashes < words.length && (hashes === 0 || /[ \t}]/.test(words.charAt(hashes - 1)))) words = words.slice(0, hashes).trimEnd();
  const tail = words.slice(-240);
  words = words.slice(0, words.length - (tail.length - tail.replace(ANCHOR, '').length)).trimEnd();
  const textStart = start + skip + indentation(words);
  const textEnd = Math.max(start + skip + words.length, textStart);
  builder.heading({ level, text: plainText(words), start, end, textStart, textEnd });
}

/** `===` or `---` below a line. Below several lines, or below `Status: x`, `---` is a rule, because authors mean a separator there. */
function readSetext(builder: OutlineBuilder, text: string, line: string, lineEnd: number): boolean {
  const open = builder.open();
  const mark = line.trim();
  if (open?.kind !== 'paragraph' || !/^(?:=+|-+)$/.test(mark) || /^ {4}/.test(line)) return false;
  const from = Math.max(open.start, open.end - LONGEST_TITLE);
  const above = text.slice(from, open.end);
  const lastBreak = Math.max(above.lastIndexOf('\n'), above.lastIndexOf('\r')) + 1;
  const title = above.slice(lastBreak);
  const titleStart = from + lastBreak;
  const several = titleStart > open.start;
  if (mark.length < 2 || (several && lastBreak === 0)) return false;
  if (mark.startsWith('-') && (several || METADATA.test(title.slice(0, 80)))) return false;
  builder.discard();
  if (several) builder.begin('paragraph', open.start, from + above.slice(0, lastBreak).trimEnd().length);
  addHeading(builder, mark.startsWith('=') ? 1 : 2, title, titleStart, 0, lineEnd);
  return true;
}

function isRule(line: string): boolean {
  if (!/^[ \t]*[-*_]/.test(line)) return false;
  const marks = line.replaceAll(/[ \t]/g, '');
  return marks.length >= 3 && /^(?:-+|\*+|_+)$/.test(marks);
}

function isDelimiterRow(line: string): boolean {
  return line.includes('-') && /^[|:\- \t]+$/.test(line);
}

function indentation(line: string): number {
  return line.length - line.trimStart().length;
}

/** Length of the `> ` marks at the start of a line; 0 if it is not a quotation. */
function quoteLength(line: string): number {
  let at = 0;
  let last = 0;
  while (at < line.length && (line[at] === ' ' || line[at] === '\t' || line[at] === '>')) {
    if (line[at] === '>') last = line[at + 1] === ' ' ? at + 2 : at + 1;
    else if (at - last > 3) break;
    at++;
  }
  return last;
}

function closes(line: string, fence: Fence): boolean {
  const mark = line.trim();
  return mark.length >= fence.length && mark.startsWith(fence.character) && runLength(mark, 0, fence.character) === mark.length;
}

function runLength(text: string, from: number, character: string): number {
  let at = from;
  while (text.charAt(at) === character) at++;
  return at - from;
}

/** Whether a line has backticks after the opening run, which makes it a code span instead of a fence. */
function hasTickAfter(line: string, from: number, opening: string): boolean {
  const at = line.indexOf(opening, from);
  return line.includes('`', at + runLength(line, at, '`'));
}

function shift(stretches: readonly Stretch[], by: number): Stretch[] {
  return stretches.map(({ start, end }) => ({ start: start + by, end: end + by }));
}

/** Finds the comments that start in a range. Ranges must be passed in ascending order; an unclosed comment does not count. */
function commentFinder(text: string): (from: number, to: number) => Stretch[] {
  let next: Stretch | undefined = { start: -1, end: -1 };
  const advance = (from: number): void => {
    const start = text.indexOf('<!--', from);
    const close = start < 0 ? -1 : text.indexOf('-->', start + 4);
    next = close < 0 ? undefined : { start, end: close + 3 };
  };
  return (from, to) => {
    const found: Stretch[] = [];
    if (next !== undefined && next.start < from) advance(from);
    while (next !== undefined && next.start < to) {
      found.push(next);
      advance(next.end);
    }
    return found;
  };
}
