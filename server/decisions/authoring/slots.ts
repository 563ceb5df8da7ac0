import { type Prose, readProse } from '../../knowledge/markup/prose.ts';
import { readRecord } from '../../knowledge/records/record.ts';
import type { Document } from '../../model/document.ts';

/** How a record states its status. `tag`: a badge or a tag, which cannot contain a link. */
export type StatusForm = 'front' | 'section' | 'field' | 'table' | 'tag';

/** The text of a record and what the readers find in it. */
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

/** Where a record states its status. Offsets are UTF-16 units from the start of the text. */
export interface StatusSlot {
  readonly form: StatusForm;
  /** The words of the status. */
  readonly start: number;
  readonly end: number;
  readonly words: string;
  /** The line of the words, without its line ending. */
  readonly lineStart: number;
  readonly lineEnd: number;
}

const STATUS_WORD = /^[^\p{L}\n]{0,14}(?:(?:adr|decision|current|record) )?(?:status|state)\b/iu;
/** Brackets around a list of choices that is left over from a template belong to the list. */
const PAIRS: Readonly<Record<string, string>> = { '{': '}', '[': ']', '<': '>' };

/** Where a record states its status; `undefined` if it does not. */
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

/** A one-line value for front matter, in quotes if YAML needs them. */
export const yamlValue = (value: string): string =>
  /^[\s[\]{}&*!|>'"%@`#,?:-]|: |:$| #|\s$|^(?:true|false|null|yes|no|on|off|~|[\d.+-]+)$/i.test(value) ? JSON.stringify(value) : value;

/** Replaces a value in front matter, together with the quotes around it. */
export function frontValue(text: string, start: number, end: number, value: string): { start: number; end: number; text: string } {
  const quote = text.charAt(start - 1);
  if ((quote === '"' || quote === "'") && text.charAt(end) === quote) return { start: start - 1, end: end + 1, text: quoted(value, quote) };
  return { start, end, text: yamlValue(value) };
}

const quoted = (value: string, quote: string): string => (quote === '"' ? JSON.stringify(value) : `'${value.replaceAll("'", "''")}'`);

/** `word` in the letter case of `like`: all capitals, a capital first letter, or lower case. */
export function inCaseOf(like: string, word: string): string {
  const letters = /\p{L}+/u.exec(like)?.[0] ?? '';
  if (letters.length > 1 && letters === letters.toUpperCase()) return word.toUpperCase();
  return /^\p{Lu}/u.test(letters) ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}
