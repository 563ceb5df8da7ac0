import { slugOf } from '../../knowledge/record-name.ts';
import { type ReadRecord, yamlValue } from './slots.ts';
import type { Facts, Wording } from './words.ts';

const DATE_KEY =
  /^(?:date|date-decided|decided|decision-date|created|creation-date|created-at|date-created|updated|last-updated|last-modified)$/;
const STATUS_KEY = /^(?:status|state|adr-status|decision-status)$/;
const SCOPE_KEY = /^(?:applies-to|paths|affects|affected-paths)$/;
const NUMBER_KEY = /^(?:id|number|adr|adr-number|index|kep-number|rfc)$/;
const TAG_KEY = /^(?:tags|labels|categories|keywords)$/;
/** `key: value` in front matter. Groups: the quotes around the key, the key, the colon, the value. */
export const FRONT_KEY = /^(["']?)([A-Za-z][\w .-]{0,60})\1([ \t]*:[ \t]*)(.*)$/;

/** A key of front matter in lower case with hyphens, so that `decisionDate`, `decision_date` and `Decision date` are the same. */
export const normalKey = (key: string): string =>
  key
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[\s_]+/g, '-');

/** `Name: value` at the head of a record, in any markup. Groups: what precedes the value, the name, the value, what follows it. */
const FIELD = /^([^\p{L}\n![\]|]{0,8}(\p{L}[\p{L} _-]{1,30}?)[*_]{0,3}\s?(?::{1,2})[*_]{0,3}[ \t]*)(.*?)([ \t]*(?:<!--.*|\\)?)$/u;
/** A table row whose first cell is a name. Groups: what precedes the name, the name with its marks, the name, what is between, the value, the rest. */
const ROW = /^(\s*\|\s*)([*_]{0,3}(\p{L}[\p{L} _-]{1,30}?)[*_]{0,3})(\s*\|\s*)([^|]*?)(\s*(?:\|.*)?)$/u;

const fieldKey = (name: string): string => slugOf(name);
const isStatusField = (key: string): boolean => /^(?:(?:adr|decision|current)-)?(?:status|state)$/.test(key);
const isDateField = (key: string): boolean =>
  /^(?:date|decision-date|date-decided|decided|decided-on|created|creation-date|created-on|date-created|last-updated|updated|last-modified)$/.test(
    key,
  );

export const lines = (text: string): string[] => text.split(/\r?\n/);

/**
 * The lines of front matter with new values for status, date, title, number and scope.
 * @param keep the value of any other key, `undefined` to drop it; absent: all other lines are copied
 */
export function frontLines(
  block: readonly string[],
  facts: Facts,
  wording: Wording,
  keep: ((key: string) => string | undefined) | undefined,
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
    const lead = `${quote}${name}${quote}${colon.trimEnd()} `;
    const value = (text: string): void => void out.push(lead + text);
    dropping = true;
    if (STATUS_KEY.test(key)) value(yamlValue(wording.status));
    else if (DATE_KEY.test(key)) value(wording.date);
    else if (wording.tagged && keep !== undefined && TAG_KEY.test(key)) value(`[${wording.status}]`);
    else if (key === 'title' || key === 'name') {
      const title = wording.frontPrefix + facts.title;
      value(/^["']/.test(written) || yamlValue(title) !== title ? JSON.stringify(title) : title);
    } else if (NUMBER_KEY.test(key) && facts.number !== undefined && /\d/.test(written)) {
      const digits = /\d+/.exec(written)?.[0] ?? '';
      value(written.replace(digits, String(facts.number).padStart(digits.startsWith('0') ? digits.length : 0, '0')));
    } else if (SCOPE_KEY.test(key) && (keep === undefined || keep(key) !== undefined))
      value(facts.scope === undefined ? '[]' : `[${JSON.stringify(facts.scope)}]`);
    else if (keep === undefined) {
      out.push(line);
      dropping = false;
    } else {
      const kept = keep(key);
      if (kept !== undefined) out.push((lead + kept).trimEnd());
    }
  }
  return out;
}

/**
 * The lines between title and first section with a new status and date.
 * @param keep whether any other field is copied, without its value; absent: all other lines are copied
 */
export function headLines(written: readonly string[], wording: Wording, keep: ((key: string) => boolean) | undefined): string[] {
  const out: string[] = [];
  let table = 0;
  for (const line of written) {
    if (/^\s*\|/.test(line)) {
      table += 1;
      const [, before = '', label = '', name = '', middle = '', value = '', after = ''] = ROW.exec(line) ?? [];
      const key = fieldKey(name);
      if (isStatusField(key) && value !== '' && !/^[*_]*(?:date|deciders?|value)[*_]*$/i.test(value))
        out.push(before + label + middle + wording.status + after);
      else if (isDateField(key) && /\d|yyyy/i.test(value)) out.push(before + label + middle + wording.date + after);
      else if (keep === undefined || table <= 2 || key === '') out.push(line);
      else if (keep(key)) out.push(before + label + middle + after.trimStart());
      continue;
    }
    const match = FIELD.exec(line);
    if (!match) {
      if (keep === undefined) out.push(line);
      else if (line.trim() === '' && out.length > 0 && out.at(-1) !== '') out.push('');
      continue;
    }
    const [, lead = '', name = '', , end = ''] = match;
    const key = fieldKey(name);
    const brk = /^[ \t]{2,}$|\\$/.test(end) ? end : '';
    if (isStatusField(key)) out.push(lead.replace(/(\S)$/, '$1 ') + wording.status + brk);
    else if (isDateField(key)) out.push(lead.replace(/(\S)$/, '$1 ') + wording.date + brk);
    else if (keep === undefined) out.push(line);
    else if (keep(key)) out.push(lead.trimEnd() + brk);
  }
  while (out.at(-1)?.trim() === '') out.pop();
  return out;
}

/** The names of the fields between two offsets of a record. */
export const fieldKeys = (record: ReadRecord, from: number, to: number): ReadonlySet<string> =>
  new Set(lines(record.text.slice(from, to)).flatMap((line) => fieldKey(FIELD.exec(line)?.[2] ?? ROW.exec(line)?.[3] ?? '') || []));
