import type { LineIndex } from '../../text/lines.ts';
import { blank, lineIndex } from '../../text/lines.ts';
import { plainText } from './inline.ts';
import type { Outline } from './outline.ts';
import { outlineBuilder } from './outline.ts';

const HEADING = /^(={1,6})[ \t]+(?=\S)/;
const FENCE = /^(?:-{4,}|\.{4,}|`{3,}|\/{4,}|\+{4,})$/;
const ITEM = /^[ \t]*(?:\*{1,5}|-|\.{1,5}|\d{1,9}\.)[ \t]+/;

/** Outline of an AsciiDoc text: headings, listing and comment blocks, list items, table rows, attributes (`:status: accepted`). */
export function readAsciidoc(text: string, bodyStart = 0, lines: LineIndex = lineIndex(text)): Outline {
  const builder = outlineBuilder();
  const hidden: { start: number; end: number }[] = [];
  let fence: string | undefined;
  let table = 0;
  let tableOpen = false;
  for (let number = lines.lineAt(bodyStart); number < lines.count; number++) {
    const lineStart = lines.start(number);
    const lineEnd = lines.end(number);
    const line = text.slice(lineStart, lineEnd);
    const words = line.trim();
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
    if (/^[|!,:]===+$/.test(words)) {
      builder.close();
      tableOpen = !tableOpen;
      if (tableOpen) table++;
      continue;
    }
    const start = lineStart + (line.length - line.trimStart().length);
    const item = ITEM.exec(line.slice(0, 400));
    if (tableOpen) {
      if (words.startsWith('|')) builder.begin('row', start, end, { table });
      else builder.extend(end);
    } else if (item !== null) builder.begin('item', Math.min(lineStart + item[0].length, end), end);
    else if (/^:[\w-]+:/.test(words)) builder.begin('item', start, end);
    else if (builder.open() === undefined) builder.begin('paragraph', start, end);
    else builder.extend(end);
  }
  builder.close();
  const { headings, blocks } = builder;
  return { format: 'asciidoc', text, visible: blank(text, hidden), lines, bodyStart, headings, blocks, definitions: new Map() };
}
