import { plainText } from './inline.ts';
import type { Block, Outline } from './outline.ts';

/** A `Name: value` at the top of a document, as a line, bullet, table row or column, or field list. */
export interface Field {
  /** Lower-case, words separated by single spaces. */
  readonly name: string;
  /** Range of the value, as offsets from the start of the text. */
  readonly start: number;
  readonly end: number;
  /** Whether the field is in a table. */
  readonly table: boolean;
}

/** Lines from the start of the body that may contain fields. */
export const HEAD_LINES = 40;
/** Longer lines are cut, because a field is at the start of its line. */
const LONGEST_LINE = 2_000;
const LONGEST_HEAD = 20_000;

const NAMED = /^[^\p{L}\n![]{0,14}(\p{L}[\p{L}_ -]{1,30}?)[*_`\s]{0,6}(?::{1,2}|：|=|\||\s[–—-]\s)(?:[*_`]{1,3}(?=\s|$))?[\s|]{0,8}/u;
const BOLD = /^[^p{L}\n]{0,6}(?:\*\*|__)\s?(status|state|date)\s?(?:\*\*|__)\s{1,5}(?=\S)/i;

/** Name and value in a code span with text after it: a sentence about a field, not a field. */
const QUOTED = /^\s*(`{1,2})[^`\n]*[:=][^`\n]*\1[^\S\n]*[^\s`]/;

/** A name alone on its line, with the value on the next: bold, or the term of a definition list. */
const ALONE = /^[^\p{L}\n]{0,4}(status|state|date|decision date|created|updated)[^\p{L}\n]{0,4}$/iu;

/** Rows of HTML tables and entries of HTML definition lists. */
const HTML_PAIR =
  /<(?:t[hd]|dt)\b[^<>]{0,200}>\s{0,40}(?:<(?:b|strong|em|p)>)?([^<>]{1,40})(?:<\/(?:b|strong|em|p)>)?\s{0,40}<\/(?:t[hd]|dt)>\s{0,80}<(?:td|dd)\b[^<>]{0,200}>\s{0,40}([^<>]{1,300}?)\s{0,40}<\//gi;

/** Names that head a second column and are never the value of the first. */
const COLUMN = /^[^\p{L}]{0,4}(?:status|state|date|created|updated|authors?|deciders?|owners?|version)[^\p{L}]{0,4}$/iu;

/** Fields in the first 40 lines of the body, in text order. */
export function fieldsOf(outline: Outline): readonly Field[] {
  const { lines, bodyStart } = outline;
  const limit = lines.end(lines.lineAt(bodyStart) + HEAD_LINES);
  const fields: Field[] = [];
  const tables = new Map<number, Block[]>();
  for (const block of outline.blocks) {
    if (block.start > limit) break;
    if (block.kind === 'row') {
      const rows = tables.get(block.table ?? 0) ?? [];
      rows.push(block);
      tables.set(block.table ?? 0, rows);
    } else lineFields(outline, block, limit, fields);
  }
  for (const rows of tables.values()) tableFields(outline, rows, fields);
  for (const heading of outline.headings) {
    if (heading.start <= limit) lineFields(outline, { start: heading.textStart, end: heading.textEnd }, limit, fields);
  }
  const head = outline.visible.slice(bodyStart, Math.min(limit, bodyStart + LONGEST_HEAD));
  if (/<(?:td|dd)\b/i.test(head)) {
    for (const match of head.matchAll(HTML_PAIR)) {
      const end = bodyStart + match.index + match[0].length - 2;
      const value = trimmed(outline.visible, end - (match[2] ?? '').length - (/\s*$/.exec(match[0].slice(0, -2))?.[0].length ?? 0), end);
      fields.push({ name: normal(match[1] ?? ''), table: true, ...value });
    }
  }
  return fields.sort((a, b) => a.start - b.start);
}

/** Fields with one of these names, in text order. */
export function fieldsNamed(fields: readonly Field[], names: readonly string[]): readonly Field[] {
  return fields.filter(({ name }) => names.includes(name));
}

function lineFields(outline: Outline, block: Pick<Block, 'start' | 'end'>, limit: number, fields: Field[]): void {
  const { lines, visible } = outline;
  let pending: Field | undefined;
  for (let line = lines.lineAt(block.start); line < lines.count && lines.start(line) < Math.min(block.end, limit); line++) {
    const start = Math.max(lines.start(line), block.start);
    const text = visible.slice(start, Math.min(lines.end(line), block.end, start + LONGEST_LINE)).trimEnd();
    const match = QUOTED.test(text) ? null : (NAMED.exec(text) ?? BOLD.exec(text));
    if (match?.[1] === undefined) {
      // `Status:` with its value on the next line, which begins with a colon in a definition list.
      if (pending !== undefined && text.trim() !== '') {
        const lead = /^\s*(?::\s+)?/.exec(text)?.[0].length ?? 0;
        fields.push({ ...pending, start: start + lead, end: start + text.length });
      }
      const alone = ALONE.exec(text)?.[1];
      pending = alone === undefined ? undefined : { name: normal(alone), table: false, start, end: start };
      continue;
    }
    const field = { name: normal(match[1]), table: false, ...trimmed(visible, start + match[0].length, start + text.length) };
    pending = field.start < field.end ? undefined : field;
    if (pending === undefined) fields.push(field);
  }
}

/** Reads tables with a name and a value per row, and tables with a row of names above a row of values. */
function tableFields(outline: Outline, rows: readonly Block[], fields: Field[]): void {
  const cells = rows.slice(0, HEAD_LINES).map((row) => cellsOf(outline, row));
  const [header, values] = cells;
  const second = header?.[1];
  const named = second !== undefined && COLUMN.test(outline.visible.slice(second.start, second.end));
  if (header !== undefined && values !== undefined && rows.length === 2 && (header.length > 2 || named)) {
    header.forEach((cell, column) => {
      const value = values[column];
      if (value !== undefined) fields.push({ name: normal(outline.visible.slice(cell.start, cell.end)), table: true, ...value });
    });
    return;
  }
  for (const row of cells) {
    const [name, value] = row;
    if (name === undefined || value === undefined || name.end - name.start > 60) continue;
    fields.push({ name: normal(outline.visible.slice(name.start, name.end)), table: true, ...value });
  }
}

function cellsOf(outline: Outline, row: Block): readonly { readonly start: number; readonly end: number }[] {
  if (row.cells !== undefined) return row.cells;
  const text = outline.visible.slice(row.start, Math.min(row.end, row.start + LONGEST_LINE));
  const separator = text.includes('|') ? /\|/g : outline.format === 'rst' ? /\n\s*-(?=\s|$)| {2,}/g : /\n/g;
  const cuts = [...text.matchAll(separator)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
  const cells: { start: number; end: number }[] = [];
  let at = /^- /.test(text) ? 2 : 0;
  for (const cut of [...cuts, { start: text.length, end: text.length }]) {
    const cell = trimmed(outline.visible, row.start + at, row.start + cut.start);
    if (cell.start < cell.end || (at > 0 && cut.start < text.length)) cells.push(cell);
    at = cut.end;
  }
  return cells;
}

function trimmed(text: string, start: number, end: number): { readonly start: number; readonly end: number } {
  const raw = text.slice(start, Math.max(start, end));
  const lead = raw.length - raw.trimStart().length;
  return { start: start + lead, end: start + lead + raw.trim().length };
}

function normal(name: string): string {
  return plainText(name)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
