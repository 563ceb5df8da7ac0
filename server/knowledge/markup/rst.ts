import type { LineIndex } from '../../text/lines.ts';
import { blank, lineIndex } from '../../text/lines.ts';
import { plainText } from './inline.ts';
import type { Outline } from './outline.ts';
import { outlineBuilder } from './outline.ts';

const UNDERLINE = /^([!-/:-@[-`{-~])\1+$/;
const ITEM = /^[ \t]*(?:[-*+•]|\(?(?:\d{1,9}|#)[.)])[ \t]+/;
const FIELD = /^:[^:\s][^:]{0,60}:(?:[ \t]|$)/;
const DIRECTIVE = /^\.\. ([a-zA-Z][\w-]{0,40})::/;
const TARGET = /^\.\. _(`[^`]{1,200}`|[^:`]{1,200}):[ \t]*(\S{0,2000})/;
/** Directives that say something of the document, as Sphinx extensions of proposal processes define them: `.. date-accepted:: 2018-10-22`. */
const METADATA = /^\.\. (?:authors?|date(?:-\w{2,12})?|status|state|created|updated|implemented|supersedes|superseded-by)::[ \t]+\S/i;
const BORDER = /^[+|][-=+| ]+[+|]$/;
/** Directives with running text; all others contain code, data or pictures. */
const PROSE = new Set(
  'note warning attention important caution danger error hint tip admonition versionchanged versionadded deprecated topic sidebar container epigraph'.split(
    ' ',
  ),
);

/**
 * Outline of a reStructuredText file. The level of an underline or overline style is the order in which it first appears, as in docutils. Literal
 * blocks and directives without prose are hidden. Linear in the length of the text.
 */
export function readRst(text: string, bodyStart = 0, lines: LineIndex = lineIndex(text)): Outline {
  const builder = outlineBuilder();
  const hidden: { start: number; end: number }[] = [];
  const definitions = new Map<string, string>();
  const styles: string[] = [];
  let literalIndent: number | undefined;
  let skipIndent: number | undefined;
  let listTable = false;
  let listTableIndent = 0;
  let table = 0;
  let tableOpen = false;

  const lineText = (number: number): string => (number < lines.count ? text.slice(lines.start(number), lines.end(number)) : '');
  const hide = (number: number): void => void hidden.push({ start: lines.start(number), end: lines.end(number) });
  const heading = (style: string, titleLine: number, startLine: number, endLine: number): void => {
    const raw = lineText(titleLine);
    const words = raw.trim();
    const textStart = lines.start(titleLine) + indentation(raw);
    if (!styles.includes(style)) styles.push(style);
    const level = styles.indexOf(style) + 1;
    builder.heading({
      level,
      text: plainText(withoutEscapes(words)),
      start: lines.start(startLine),
      end: lines.end(endLine),
      textStart,
      textEnd: textStart + words.length,
    });
  };

  let afterBlank = true;
  for (let number = lines.lineAt(bodyStart); number < lines.count; number++) {
    const line = lineText(number);
    const words = line.trim();
    if (words === '') {
      builder.close();
      afterBlank = true;
      tableOpen = false;
      continue;
    }
    const indent = indentation(line);
    if (skipIndent !== undefined && indent > skipIndent) {
      hide(number);
      continue;
    }
    skipIndent = undefined;
    if (literalIndent !== undefined && indent > literalIndent) {
      hide(number);
      continue;
    }
    if (afterBlank) literalIndent = undefined;
    if (listTable && indent <= listTableIndent) listTable = false;

    if (indent === 0 && builder.open() === undefined && isUnderline(words)) {
      const title = lineText(number + 1);
      const under = lineText(number + 2).trim();
      if (title.trim() !== '' && under.charAt(0) === words.charAt(0) && isUnderline(under) && !isUnderline(title.trim())) {
        heading(`${words.charAt(0)}${words.charAt(0)}`, number + 1, number, number + 2);
        number += 2;
        afterBlank = true;
        continue;
      }
    }
    const under = lineText(number + 1).trimEnd();
    if (indent === 0 && builder.open() === undefined && isUnderline(under) && isTitleFor(words, under)) {
      heading(under.charAt(0), number, number, number + 1);
      number++;
      afterBlank = true;
      continue;
    }
    afterBlank = false;

    if (words.startsWith('.. ') || words === '..') {
      builder.close();
      const target = TARGET.exec(words.slice(0, 2300));
      const directive = DIRECTIVE.exec(words)?.[1]?.toLowerCase();
      if (METADATA.test(words)) {
        builder.begin('item', lines.start(number) + indent + 3, lines.start(number) + indent + words.length);
        builder.close();
      } else if (target?.[1] !== undefined) {
        const name = target[1].replaceAll('`', '').toLowerCase();
        if (target[2] !== undefined && target[2] !== '' && !definitions.has(name)) definitions.set(name, target[2]);
      } else if (directive === 'list-table') {
        listTable = true;
        listTableIndent = indent;
        table++;
        hide(number);
      } else if (directive !== undefined && PROSE.has(directive)) {
        const start = lines.start(number) + indent + directive.length + 5;
        const content = text.slice(start, lines.end(number));
        hidden.push({ start: lines.start(number), end: start });
        if (content.trim() !== '') builder.begin('paragraph', start + indentation(content), start + content.trimEnd().length);
      } else {
        skipIndent = indent;
        hide(number);
      }
      continue;
    }
    if (listTable && /^:[\w-]+:/.test(words)) continue;
    if (BORDER.test(words) || /^=+(?: +=+)+$/.test(words)) {
      builder.close();
      if (!tableOpen) table++;
      tableOpen = true;
      continue;
    }
    const start = lines.start(number) + indent;
    const end = start + words.length;
    if (listTable) {
      if (/^\*(?: -)?(?: |$)/.test(words)) builder.begin('row', Math.min(start + 2, end), end, { table });
      else builder.extend(end);
      continue;
    }
    if (words.startsWith('|') || (tableOpen && words.includes('  '))) {
      builder.begin('row', start, end, { table });
      builder.close();
      continue;
    }
    const item = ITEM.exec(line.slice(0, 400));
    if (item !== null) builder.begin('item', Math.min(lines.start(number) + item[0].length, end), end);
    else if (FIELD.test(words)) builder.begin('item', start, end);
    else if (builder.open() === undefined) builder.begin('paragraph', start, end);
    else builder.extend(end);
    if (words.endsWith('::')) literalIndent = indent;
  }
  builder.close();
  const { headings, blocks } = builder;
  return { format: 'rst', text, visible: blank(text, hidden), lines, bodyStart, headings, blocks, definitions };
}

/** Without the backslashes that end markup: ``` ``forall``\s ``` is "foralls". An escaped space is nothing. */
export const withoutEscapes = (text: string): string => text.replace(/\\(?:\s|(?=\p{L}))/gu, '');

function isUnderline(line: string): boolean {
  return line.length >= 2 && UNDERLINE.test(line);
}

/** Like docutils, accepts an underline shorter than its title if it has at least four characters. */
function isTitleFor(title: string, underline: string): boolean {
  if (isUnderline(title)) return false;
  return underline.length >= Math.min(title.length, 4) && underline.length >= 2 && !title.startsWith('.. ');
}

function indentation(line: string): number {
  return line.length - line.trimStart().length;
}
