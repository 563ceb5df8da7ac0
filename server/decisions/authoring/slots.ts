import { type Prose, readProse } from '../../knowledge/markup/prose.ts';
import { readRecord } from '../../knowledge/records/record.ts';
import type { Document } from '../../model/document.ts';

/** In what dress a record tells its status. `tag`: a badge or a tag, which cannot hold a link. */
export type StatusForm = 'front' | 'section' | 'field' | 'table' | 'tag';

/** A text of a record, read. */
export interface ReadRecord {
  readonly path: string;
  readonly text: string;
  readonly document: Document;
  readonly prose: Prose;
}

export const readText = (path: string, text: string): ReadRecord => ({
  path,
  text,
  document: readRecord({ path, text, sha: '' }),
  prose: readProse({ path, text }),
});

/** Where a record tells its status. Offsets are UTF-16 units from the start of the text. */
export interface StatusSlot {
  readonly form: StatusForm;
  /** The words themselves. */
  readonly start: number;
  readonly end: number;
  readonly words: string;
  /** The line that they stand on, without its end. */
  readonly lineStart: number;
  readonly lineEnd: number;
}

const STATUS_WORD = /^[^\p{L}\n]{0,14}(?:(?:adr|decision|current|record) )?(?:status|state)\b/iu;
/** A list of choices left over from a template stands in brackets that belong to it. */
const PAIRS: Readonly<Record<string, string>> = { '{': '}', '[': ']', '<': '>' };

/** The place of a record's status; `undefined` where it tells none. */
export function statusSlot({ text, document, prose }: ReadRecord): StatusSlot | undefined {
  const { status } = document;
  if (!status) return undefined;
  const { lines, bodyStart } = prose.outline;
  let start = lines.offset(status.span.start);
  let end = lines.offset(status.span.end);
  const line = lines.lineAt(start);
  const [lineStart, lineEnd] = [lines.start(line), lines.end(line)];
  end = Math.min(end, lineEnd);
  while (start > lineStart && end < lineEnd && PAIRS[text.charAt(start - 1)] === text.charAt(end) && status.value === 'unknown') {
    start -= 1;
    end += 1;
  }
  const before = text.slice(lineStart, start);
  const slot = { start, end, words: text.slice(start, end), lineStart, lineEnd };
  if (start < bodyStart)
    return { ...slot, form: /^\s*["']?(?:adr[-_ ]?|decision[-_ ]?)?(?:status|state)\b/i.test(before) ? 'front' : 'tag' };
  if (/!\[[^\]]*$/.test(before) || /\/badge\/\S*$/.test(before)) return { ...slot, form: 'tag' };
  if (/^\s*[|]/.test(text.slice(lineStart, lineEnd)) || /\|/.test(before)) return { ...slot, form: 'table' };
  if (STATUS_WORD.test(before)) return { ...slot, form: 'field' };
  return { ...slot, form: 'section' };
}

/** A value of one line of front matter, in quotes where YAML needs them. */
export const yamlValue = (value: string): string =>
  /^[\s[\]{}&*!|>'"%@`#,?:-]|: |:$| #|\s$|^(?:true|false|null|yes|no|on|off|~|[\d.+-]+)$/i.test(value) ? JSON.stringify(value) : value;

/** A value for the place of another one in front matter, with respect to the quotes around that one. */
export function frontValue(text: string, start: number, end: number, value: string): { start: number; end: number; text: string } {
  const quote = text.charAt(start - 1);
  if ((quote === '"' || quote === "'") && text.charAt(end) === quote) return { start: start - 1, end: end + 1, text: quoted(value, quote) };
  return { start, end, text: yamlValue(value) };
}

const quoted = (value: string, quote: string): string => (quote === '"' ? JSON.stringify(value) : `'${value.replaceAll("'", "''")}'`);

/** `word` in the case of `like`: capitals, a capital at the beginning, or none. */
export function inCaseOf(like: string, word: string): string {
  const letters = /\p{L}+/u.exec(like)?.[0] ?? '';
  if (letters.length > 1 && letters === letters.toUpperCase()) return word.toUpperCase();
  return /^\p{Lu}/u.test(letters) ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}
