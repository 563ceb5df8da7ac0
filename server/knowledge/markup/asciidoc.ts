import type { LineIndex } from '../../text/lines.ts';
import { blank, lineIndex } from '../../text/lines.ts';
import { type TableForm, tableForm, tableRows } from './asciidoc-table.ts';
import { plainText } from './inline.ts';
import type { Outline } from './outline.ts';
import { outlineBuilder } from './outline.ts';

/** Asciidoctor takes the headings of Markdown too. */
const HEADING = /^(={1,6}|#{1,6})[ \t]+(?=\S)/;
/** Levels of titles that are underlined. */
const UNDERLINES = '=-~^+';
const FENCE = /^(?:-{4,}|\.{4,}|`{3,}|\/{4,}|\+{4,})$/;
const ITEM = /^[ \t]*(?:\*{1,5}|-|\.{1,5}|\d{1,9}\.)[ \t]+/;

/** Outline of an AsciiDoc text: headings, listing and comment blocks, list items, table rows, attributes (`:status: accepted`). */
export function readAsciidoc(text: string, bodyStart = 0, lines: LineIndex = lineIndex(text)): Outline {
  const builder = outlineBuilder();
  const hidden: { start: number; end: number }[] = [];
  let fence: string | undefined;
  let table = 0;
  let tableStart: { readonly at: number; readonly mark: string; readonly form: TableForm } | undefined;
  let attributes = '';
  for (let number = lines.lineAt(bodyStart); number < lines.count; number++) {
    const lineStart = lines.start(number);
    const lineEnd = lines.end(number);
    const line = text.slice(lineStart, lineEnd);
    const words = line.trim();
    if (tableStart !== undefined) {
      const last = number + 1 === lines.count;
      if (words !== tableStart.mark && !last) continue;
      for (const cells of tableRows(text, tableStart.at, words === tableStart.mark ? lineStart : lineEnd, tableStart.form)) {
        const [first] = cells;
        if (first !== undefined) builder.begin('row', first.start, Math.max(first.start, cells.at(-1)?.end ?? 0), { table, cells });
        builder.close();
      }
      tableStart = undefined;
      continue;
    }
    const above = builder.open();
    if (above?.kind === 'paragraph' && fence === undefined && isTitle(text.slice(above.start, above.end), words)) {
      builder.discard();
      const level = UNDERLINES.indexOf(words.charAt(0)) + 1;
      builder.heading({
        level,
        text: plainText(text.slice(above.start, above.end)),
        start: above.start,
        end: lineEnd,
        textStart: above.start,
        textEnd: above.end,
      });
      continue;
    }
    if (fence !== undefined || FENCE.test(words) || words.startsWith('//')) {
      hidden.push({ start: lineStart, end: lineEnd });
      builder.close();
      if (fence === words) fence = undefined;
      else if (fence === undefined && FENCE.test(words)) fence = words;
      continue;
    }
    if (words === '') {
      builder.close();
      continue;
    }
    const end = lineStart + line.trimEnd().length;
    const marks = HEADING.exec(line);
    if (marks?.[1] !== undefined) {
      const textStart = lineStart + marks[0].length;
      builder.heading({
        level: marks[1].length,
        text: plainText(text.slice(textStart, end)),
        start: lineStart,
        end: lineEnd,
        textStart,
        textEnd: end,
      });
      continue;
    }
    if (/^[|,:]===+$/.test(words)) {
      builder.close();
      table++;
      tableStart = { at: Math.min(lineEnd + 1, text.length), mark: words, form: tableForm(attributes, words) };
      attributes = '';
      continue;
    }
    attributes = /^\[[^\]]*\]$/.test(words.slice(0, 1_000)) ? words : '';
    const start = lineStart + (line.length - line.trimStart().length);
    const item = ITEM.exec(line.slice(0, 400));
    if (item !== null) builder.begin('item', Math.min(lineStart + item[0].length, end), end);
    else if (/^:[\w-]+:/.test(words)) builder.begin('item', start, end);
    else if (builder.open() === undefined) builder.begin('paragraph', start, end);
    else builder.extend(end);
  }
  builder.close();
  const { headings, blocks } = builder;
  return { format: 'asciidoc', text, visible: blank(text, hidden), lines, bodyStart, headings, blocks, definitions: new Map() };
}

/** Whether a line underlines the line above, as titles were written in AsciiDoc of old: as long as the title, give or take two. */
function isTitle(title: string, underline: string): boolean {
  return (
    underline.length >= 3 &&
    UNDERLINES.includes(underline.charAt(0)) &&
    underline === underline.charAt(0).repeat(underline.length) &&
    !/[\r\n]/.test(title) &&
    Math.abs(title.length - underline.length) <= 2 &&
    /[\p{L}\p{N}]/u.test(title)
  );
}
