import { fieldsOf } from '../../knowledge/markup/fields.ts';
import { type Prose, readProse } from '../../knowledge/markup/prose.ts';
import { slugOf } from '../../knowledge/record-name.ts';
import { numberLike, valueFor } from './head-values.ts';
import { type Role, roleOf } from './roles.ts';
import { type ReadRecord, yamlValue } from './slots.ts';
import type { Facts, Wording } from './words.ts';

const TAG_KEY = /^(?:tags|labels|categories|keywords)$/;
/** `key: value` in front matter. Groups: the quotes around the key, the key, the colon, the value. */
export const FRONT_KEY = /^(["']?)([A-Za-z][\w .-]{0,60})\1([ \t]*:(?=\s|$)[ \t]*)(.*)$/;

/** A key of front matter in lower case with hyphens, so that `decisionDate`, `decision_date` and `Decision date` are the same. */
export const normalKey = (key: string): string =>
  key
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[\s_]+/g, '-');

/** `Name: value` at the head of a record, in any markup. Groups: what precedes the value, the name, the value, what follows it. */
const FIELD =
  /^([^\p{L}\n![\]|]{0,8}(\p{L}[\p{L}()_ -]{1,30}?)[*_]{0,3}\s?(?::{1,2}|：|\s[–—-](?=\s))[*_]{0,3}[ \t]*)(.*?)([ \t]*(?:<!--.*|\\)?)$/u;
/** A name alone on its line, with its value below. */
const ALONE = /^[^\p{L}\n|:]{0,4}(\p{L}[\p{L} ]{1,30}?)[^\p{L}\n|]{0,4}$/u;
/** A row of a table whose first cell is a name. Groups: the name. */
const ROW = /^\s*\|\s*[*_]{0,3}(\p{L}[\p{L}()_ -]{1,30}?)[*_]{0,3}\s*\|/u;
/** Markup that says how a record is shown: attributes, directives, comments, lines in brackets, titles of blocks. */
const MARKUP = /^(?:\/\/|\w+::\S*\[|\.\. [\w-]+::|\s+:[\w-]+:|\[.*\]\s*$|\.\S|<!--.*-->\s*$|\{\w+\}\s*$)/;
const ATTRIBUTE = /^(:([\w-]+)!?:)[ \t]*(.*)$/;

const isAsciidoc = (path: string): boolean => /\.(?:adoc|asciidoc)$/i.test(path);

/** Whether a line is markup and says nothing of the record. */
const isMarkup = (line: string, asciidoc: boolean): boolean =>
  MARKUP.test(line) || (asciidoc && ATTRIBUTE.test(line) && roleOf(ATTRIBUTE.exec(line)?.[2] ?? '') === undefined);

const fieldKey = (name: string): string => slugOf(name);

export const lines = (text: string): string[] => text.split(/\r?\n/);

/** How a new record takes over what another one, or a template, writes. */
export interface Plan {
  readonly facts: Facts;
  readonly wording: Wording;
  /** Of another record: whether a field is copied, without its value. Absent: it is a template, of which everything else is copied. */
  readonly keep?: (key: string) => boolean;
  /** Whether most records have this line of markup word for word. */
  readonly shared?: (line: string) => boolean;
}

/**
 * The lines of front matter with new values.
 * @param keep the value of any other key, `undefined` to drop it; absent: all other lines are copied
 * @param sample how other records write the value of a key
 */
export function frontLines(
  block: readonly string[],
  { facts, wording }: Plan,
  keep: ((key: string, written: string) => string | undefined) | undefined,
  sample: (key: string) => string | undefined,
): string[] {
  const out: string[] = [];
  let dropping = false;
  for (const line of block) {
    const match = FRONT_KEY.exec(line);
    if (!match) {
      if (/^---\s*$/.test(line)) dropping = false;
      if (!dropping && (keep === undefined || /^(?:\s*#|---\s*$)/.test(line))) out.push(line);
      continue;
    }
    const [, quote = '', name = '', colon = ': ', written = ''] = match;
    const key = normalKey(name);
    const role = roleOf(name);
    const lead = `${quote}${name}${quote}${colon.trimEnd()} `;
    const comment = keep === undefined ? (/(?<=\S)\s+#\s.*$/.exec(written)?.[0] ?? '') : '';
    const value = (text: string): void => void out.push(lead + text + comment);
    dropping = true;
    if (role === 'status') value(yamlValue(wording.status));
    else if (role === 'date' && valueFor(role, written, facts, wording, keep === undefined) !== undefined) value(wording.date);
    else if (wording.tagged && keep !== undefined && TAG_KEY.test(key)) value(`[${wording.status}]`);
    else if (role === 'title') {
      const title = wording.frontPrefix + facts.title;
      value(/^["']/.test(written) || yamlValue(title) !== title ? JSON.stringify(title) : title);
    } else if (role === 'number' && facts.number !== undefined && (numberLike(sample(key) ?? written, facts) ?? '') !== '')
      value(numberLike(sample(key) ?? written, facts) ?? '');
    else if (role === 'scope' && (keep === undefined || keep(key, written) !== undefined))
      value(facts.scope === undefined ? '[]' : `[${JSON.stringify(facts.scope)}]`);
    else if (keep === undefined) {
      out.push(line);
      dropping = false;
    } else {
      const kept = keep(key, written);
      if (kept !== undefined) out.push((lead + kept).trimEnd());
    }
  }
  return out;
}

/** Comments of AsciiDoc, which may hold rows that nobody has filled in, replaced by spaces. */
const uncommented = ({ path, text }: ReadRecord): Prose =>
  readProse({ path, text: isAsciidoc(path) ? text.replace(/^\/\/.*$/gm, (line) => ' '.repeat(line.length)) : text });

/** The fields of a record in tables, with what each is about. */
const tableFields = (record: ReadRecord, from: number, to: number): { start: number; end: number; role: Role | undefined }[] =>
  fieldsOf(uncommented(record).outline)
    .filter(({ table, start, end }) => table && start >= from && end <= to)
    // The second row of a heading may be the first column of names.
    .filter(({ start, end }) => roleOf(record.text.slice(start, end)) === undefined)
    .map(({ name, start, end }) => ({ start, end, role: roleOf(name) }));

const DELIMITER = /^[ \t]*\|?[ \t:|-]*-{2,}[ \t:|-]*$/;

/** Whether the mark at the end of a cell stands below or above that of the row that delimits the heading. */
function isAligned({ text, prose: { outline } }: ReadRecord, end: number): boolean {
  const line = outline.lines.lineAt(end);
  const column = end - outline.lines.start(line);
  return [-2, -1, 1].some((step) => {
    const other = line + step;
    if (other < 0 || other >= outline.lines.count) return false;
    const written = text.slice(outline.lines.start(other), outline.lines.end(other));
    return DELIMITER.test(written) && written.charAt(column) === '|';
  });
}

/** A part of a record with new values in its tables, in as many lines as before. Of another record, all other values are left out. */
function withTableValues(record: ReadRecord, from: number, to: number, { facts, wording, keep }: Plan): string {
  const { text } = record;
  let out = '';
  let at = from;
  for (const { start, end, role } of tableFields(record, from, to)) {
    if (start < at) continue;
    const written = text.slice(start, end);
    const value = valueFor(role, written, facts, wording, keep === undefined);
    // The heading of a table names its columns.
    if (value === undefined && (keep === undefined || /^[^\n]*\n[ \t]*\|?[ \t:|-]*-{2,}[ \t:|-]*(?:\r?\n|$)/.test(text.slice(end, to))))
      continue;
    const after = /^[ \t]*/.exec(text.slice(end, to))?.[0].length ?? 0;
    const filled = value ?? '\n'.repeat(written.split('\n').length - 1);
    const width = written.length + after - 1;
    // Columns that were aligned stay so.
    if (value !== undefined && filled.length < width && isAligned(record, end + after)) {
      out += `${text.slice(at, start)}${filled.padEnd(width)} `;
      at = end + after;
    } else {
      out += text.slice(at, start) + filled;
      at = filled === '' ? end + after : end;
    }
  }
  return out + text.slice(at, to);
}

/** Which lines of a part of a record are tables, and whether they say something of the record that a new one says too. */
function tableLines(record: ReadRecord, from: number, written: readonly string[], to: number): ReadonlyMap<number, 'telling' | 'other'> {
  const first = record.prose.outline.lines.lineAt(from);
  const telling = new Set(
    tableFields(record, from, to)
      .filter(({ role }) => role !== undefined && role !== 'people')
      .map(({ start }) => record.prose.outline.lines.lineAt(start) - first),
  );
  const found = new Map<number, 'telling' | 'other'>();
  for (let at = 0; at < written.length; at++) {
    const line = written[at] ?? '';
    const delimiter = /^[|,:]===+\s*$/.exec(line)?.[0].trim();
    const html = /^\s*<table\b/i.test(line);
    if (delimiter === undefined && !html && !/^\s*(?:\||\+[-=+]{3,})/.test(line)) continue;
    let end = at + 1;
    if (delimiter !== undefined) while (end < written.length && written[end - (end > at + 1 ? 1 : 0)]?.trim() !== delimiter) end++;
    else if (html) while (end < written.length && !/<\/table>/i.test(written[end - 1] ?? '')) end++;
    else while (end < written.length && /^\s*[|+]/.test(written[end] ?? '')) end++;
    const kind = [...telling].some((line) => line >= at && line < end) ? 'telling' : 'other';
    for (let line = at; line < end; line++) found.set(line, kind);
    at = end - 1;
  }
  return found;
}

/** The lines of a record between two offsets, which are the head, with new values. */
export function headLines(record: ReadRecord, from: number, to: number, plan: Plan): string[] {
  const { facts, wording, keep } = plan;
  const shared = plan.shared ?? ((): boolean => false);
  const written = lines(withTableValues(record, from, to, plan));
  const tables = tableLines(record, from, written, to);
  const asciidoc = isAsciidoc(record.path);
  const out: string[] = [];
  let conditions = 0;
  let row = 0;
  for (let at = 0; at < written.length; at++) {
    const line = written[at] ?? '';
    const table = tables.get(at);
    row = table === undefined ? 0 : row + 1;
    if (table !== undefined) {
      const label = ROW.exec(line)?.[1] ?? '';
      const key = fieldKey(label);
      const known = roleOf(label);
      if (keep === undefined) out.push(line);
      else if (table === 'telling' && !(/^\/\//.test(line) && !shared(line)))
        if (row <= 3 || key === '' || keep(key) || (known !== undefined && known !== 'people')) out.push(line.trimEnd());
      continue;
    }
    if (keep !== undefined && /^\w+::\S*\[/.test(line)) {
      // What is not true of most records goes with the end of its condition.
      const opens = /^if(?:n?def|eval)::/.test(line) && /\[\]\s*$/.test(line);
      if (/^endif::/.test(line) ? conditions > 0 : shared(line)) {
        conditions += opens ? 1 : /^endif::/.test(line) ? -1 : 0;
        out.push(line);
      }
      continue;
    }
    if (keep !== undefined && isMarkup(line, asciidoc) && shared(line)) {
      out.push(line);
      continue;
    }
    const match = FIELD.exec(line);
    const [, lead = '', name = '', value = '', end = ''] = match ?? [];
    const role = match ? roleOf(name) : undefined;
    const key = fieldKey(name);
    const brk = /^[ \t]{2,}$|\\$/.test(end) ? end : '';
    const filled = match ? valueFor(role, value, facts, wording, keep === undefined) : undefined;
    if (filled !== undefined) out.push(lead.replace(/(\S)$/, '$1 ') + filled + brk);
    else if (match && keep?.(key)) out.push(lead.trimEnd() + brk);
    else if (match && keep !== undefined) continue;
    else {
      const alone = roleOf(ALONE.exec(line)?.[1] ?? '');
      const below = written.findIndex((next, index) => index > at && next.trim() !== '');
      const value = below < 0 ? undefined : valueFor(alone, written[below] ?? '', facts, wording, keep === undefined);
      if ((alone === 'status' || alone === 'date') && value !== undefined && !/^\s*(?:[#=|<-]|\w+::)/.test(written[below] ?? '')) {
        out.push(...written.slice(at, below), value);
        at = below;
      } else if (keep === undefined) out.push(line);
      else if (line.trim() === '' && out.length > 0 && out.at(-1) !== '') out.push('');
    }
  }
  while (out.at(-1)?.trim() === '') out.pop();
  return out;
}

/** The names of the fields between two offsets of a record. */
export const fieldKeys = (record: ReadRecord, from: number, to: number): ReadonlySet<string> =>
  new Set(lines(record.text.slice(from, to)).flatMap((line) => fieldKey(FIELD.exec(line)?.[2] ?? ROW.exec(line)?.[1] ?? '') || []));

/** The lines of markup between two offsets of a record. */
export const markupLines = (record: ReadRecord, from: number, to: number): ReadonlySet<string> =>
  new Set(lines(record.text.slice(from, to)).filter((line) => isMarkup(line, isAsciidoc(record.path))));
