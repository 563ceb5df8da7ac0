import type { Heading } from '../../knowledge/markup/outline.ts';
import { slugOf } from '../../knowledge/record-name.ts';
import { isStatusHeading } from '../../knowledge/records/status.ts';
import { lineEndingOf } from '../../text/edits.ts';
import { type ReadRecord, yamlValue } from './slots.ts';
import { type Facts, titleHeading, type Wording } from './words.ts';

/** Sections that a record may have of its own accord, when there is only one record to learn from. */
const USUAL =
  /\b(?:context|problem|background|motivation|issue|decision|outcome|status|date|drivers?|options?|alternatives?|consequences?|pros|cons|rationale|implications?|assumptions?|constraints?|confirmation|validation|compliance|information|links|references|notes|related|summary|goals?|risks?|requirements?|considered)\b/i;
const CONTEXT = /\b(?:context|problem|background|motivation|issue|why|situation)\b/i;
const DATE_HEADING = /^(?:decision )?date(?: decided)?$/i;

const DATE_KEY =
  /^(?:date|date-decided|decided|decision-date|created|creation-date|created-at|date-created|updated|last-updated|last-modified)$/;
const STATUS_KEY = /^(?:status|state|adr-status|decision-status)$/;
const SCOPE_KEY = /^(?:applies-to|paths|affects|affected-paths)$/;
const NUMBER_KEY = /^(?:id|number|adr|adr-number|index|kep-number|rfc)$/;
/** Who decided is said anew each time, even where it was the same person until now. */
const PEOPLE_KEY = /maker|decider|author|owner|consulted|informed|approver|reviewer/;
const TAG_KEY = /^(?:tags|labels|categories|keywords)$/;
const FRONT_KEY = /^(["']?)([A-Za-z][\w .-]{0,60})\1([ \t]*:[ \t]*)(.*)$/;

const normalKey = (key: string): string =>
  key
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[\s_]+/g, '-');

/** `Name: value` at the head of a record, in whatever dress. Groups: what stands before the value, the name, the value. */
const FIELD = /^([^\p{L}\n![\]|]{0,8}(\p{L}[\p{L} _-]{1,30}?)[*_]{0,3}\s?(?::{1,2})[*_]{0,3}[ \t]*)(.*?)([ \t]*(?:<!--.*|\\)?)$/u;
const ROW = /^(\s*\|\s*)([*_]{0,3}(\p{L}[\p{L} _-]{1,30}?)[*_]{0,3})(\s*\|\s*)([^|]*?)(\s*(?:\|.*)?)$/u;

const fieldKey = (name: string): string => slugOf(name);
const isStatusField = (key: string): boolean => /^(?:(?:adr|decision|current)-)?(?:status|state)$/.test(key);
const isDateField = (key: string): boolean =>
  /^(?:date|decision-date|date-decided|decided|decided-on|created|creation-date|created-on|date-created|last-updated|updated|last-modified)$/.test(
    key,
  );

/** A heading with other words; an underline grows and shrinks with them. */
function headingWith(text: string, heading: Heading, words: string): string {
  const before = text.slice(heading.start, heading.textStart);
  const after = text.slice(heading.textEnd, heading.end);
  const length = [...words].length;
  const underline = (mark: string): string => mark.replace(/([^\w\s])\1{2,}/g, (run) => run.charAt(0).repeat(Math.max(3, length)));
  const setext = /\n\s*([^\w\s])\1*\s*$/.test(after);
  return setext ? underline(before) + words + underline(after) : before + words + after;
}

const lines = (text: string): string[] => text.split(/\r?\n/);

/** Front matter with new values. `keep`: the keys that stay; `undefined` keeps everything as it is written. */
function frontLines(
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

interface Head {
  /** Index of the line of the status among `lines`. */
  readonly lines: string[];
}

/** Lines of the head with new values; other fields keep their name only. `keep`: the names that stay; `undefined` keeps every line. */
function headLines(written: readonly string[], wording: Wording, keep: ((key: string) => boolean) | undefined): Head {
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
  return { lines: out };
}

const headingKey = (text: string): string => slugOf(text.replace(/^[\d.\s]+/, ''));

const fieldKeys = (record: ReadRecord, from: number, to: number): ReadonlySet<string> =>
  new Set(lines(record.text.slice(from, to)).flatMap((line) => fieldKey(FIELD.exec(line)?.[2] ?? ROW.exec(line)?.[3] ?? '') || []));

interface Parts {
  readonly record: ReadRecord;
  readonly title: Heading | undefined;
  /** Where the head begins and ends: between title (or front matter) and the first section. */
  readonly headStart: number;
  readonly headEnd: number;
  readonly sections: readonly Heading[];
}

function partsOf(record: ReadRecord): Parts {
  const { outline } = record.prose;
  const title = titleHeading(record);
  const sections = outline.headings.filter((heading) => heading !== title && heading.start > (title?.start ?? -1));
  return {
    record,
    title,
    headStart: title?.end ?? outline.bodyStart,
    headEnd: sections[0]?.start ?? record.text.length,
    sections,
  };
}

const bodyOf = ({ record, sections }: Parts, index: number): string =>
  record.text.slice(sections[index]?.end ?? 0, sections[index + 1]?.start ?? record.text.length);

/** The status with the marks around it that this section uses: `**Accepted**` gives `**Proposed**`. */
function statusBody(body: string, word: string): string {
  const line = lines(body).find((candidate) => /\p{L}/u.test(candidate)) ?? '';
  const [, bullet = '', marks = ''] = /^\s*((?:[-*+]\s+)?)([*_`]{0,3})/.exec(line) ?? [];
  const closes = marks !== '' && line.trimEnd().endsWith([...marks].reverse().join(''));
  return bullet + (closes ? marks + word + [...marks].reverse().join('') : word);
}

/** Text of a new record after a template file: everything stays but title, status, date, and the context where there is one. */
export function fillTemplate(template: ReadRecord, facts: Facts, wording: Wording): string {
  const { text, prose } = template;
  const { outline } = prose;
  const parts = partsOf(template);
  // A template that was never read as a record has its title in the first heading.
  const title = parts.title ?? (outline.headings[0]?.level === 1 ? outline.headings[0] : undefined);
  const sections = outline.headings.filter((heading) => heading !== title);
  const headStart = title?.end ?? outline.bodyStart;
  const headEnd = sections.find(({ start }) => start > headStart)?.start ?? text.length;
  const own = { ...parts, title, sections, headStart, headEnd };
  const eol = '\n';
  const front = outline.bodyStart > 0 ? frontLines(lines(text.slice(0, outline.bodyStart)), facts, wording, undefined).join(eol) : '';
  const before = lines(text.slice(outline.bodyStart, title?.start ?? outline.bodyStart)).join(eol);
  const written = title === undefined ? '' : text.slice(title.textStart, title.textEnd);
  const heading = title === undefined ? '' : headingWith(text, title, templateTitle(written, facts, wording));
  const head = headLines(lines(text.slice(headStart, headEnd)), wording, undefined).lines.join(eol);
  const context = contextAt(sections);
  const body = sections.map((section, index) => {
    const written = lines(bodyOf(own, index)).join(eol);
    const start = lines(text.slice(section.start, section.end)).join(eol);
    if (isStatusHeading(section.text)) return `${start}${eol}${eol}${statusBody(written, wording.status)}${eol}${eol}`;
    if (DATE_HEADING.test(section.text)) return `${start}${eol}${eol}${wording.date}${eol}${eol}`;
    if (index === context && facts.context !== '') return `${start}${eol}${eol}${facts.context}${eol}${eol}${written.replace(/^\s+/, '')}`;
    return start + written;
  });
  return `${front}${before}${heading}${head}${sections.length > 0 ? `${eol}${eol}` : eol}${body.join('')}`.trimEnd() + eol;
}

/** A placeholder for the number at the beginning of a template's title. */
const PLACE_OF_NUMBER =
  /^((?:\[?(?:M?ADR|RFC|KEP|DR)[-_ #]{0,2})?)(0{1,5}|N{1,5}|X{1,5}|#+|\d{1,5}|NUMBER|\{\{?[^}]{0,20}(?:number|num|nnn+|id|index)[^}]{0,10}\}?\}|<[^>]{0,20}(?:number|num|nnn+)[^>]{0,10}>)([\])]?(?:\s*[:.–—-]+\s*|\s+))/i;

function templateTitle(written: string, facts: Facts, wording: Wording): string {
  const match = PLACE_OF_NUMBER.exec(written);
  if (match && facts.number !== undefined) {
    const [, word = '', digits = '', mark = ''] = match;
    const known = /\d+/.exec(wording.titlePrefix)?.[0];
    const width = known !== undefined ? (known.startsWith('0') ? known.length : 0) : /^[0NX]{2,}$/i.test(digits) ? digits.length : 0;
    return `${word}${String(facts.number).padStart(width, '0')}${mark}${facts.title}`;
  }
  return wording.titlePrefix + facts.title;
}

const contextAt = (sections: readonly Heading[]): number => {
  const named = sections.findIndex(({ text }) => CONTEXT.test(text) && !isStatusHeading(text));
  return named >= 0 ? named : sections.findIndex(({ text }) => !isStatusHeading(text) && !DATE_HEADING.test(text));
};

/** Text of a new record in the shape that most of the newest records have: their front matter, head and headings, without their words. */
export function deriveDraft(records: readonly ReadRecord[], facts: Facts, wording: Wording): string | undefined {
  const parts = records.map(partsOf).filter(({ sections, title }) => sections.length > 0 || title !== undefined);
  const least = parts.length === 1 ? 1 : Math.ceil(parts.length / 2);
  const counted = <T>(keysOf: (part: Parts) => Iterable<T>): ReadonlySet<T> => {
    const counts = new Map<T, number>();
    for (const part of parts) for (const key of new Set(keysOf(part))) counts.set(key, (counts.get(key) ?? 0) + 1);
    return new Set([...counts].filter(([, count]) => count >= least).map(([key]) => key));
  };
  const depth = ({ title }: Parts): number => (title?.level ?? 1) + 2;
  const keysOf = (part: Parts): string[] =>
    part.sections
      .filter(({ level, text }) => level <= depth(part) && (parts.length > 1 || USUAL.test(text)))
      .map(({ text }) => headingKey(text));
  const common = counted(keysOf);
  const score = (part: Parts): number => new Set(keysOf(part).filter((key) => common.has(key))).size;
  const [model] = [...parts].sort((a, b) => score(b) - score(a));
  if (!model || common.size === 0) return undefined;

  const { record, title, headStart, headEnd, sections } = model;
  const { text, prose } = record;
  const frontOf = (part: Parts): readonly string[] => {
    const { bodyStart } = part.record.prose.outline;
    return bodyStart > 0 ? lines(part.record.text.slice(0, bodyStart)) : [];
  };
  const frontKeys = counted((part) => frontOf(part).flatMap((line) => normalKey(FRONT_KEY.exec(line)?.[2] ?? '') || []));
  // What every record says is said by the new one, too: `layout: decision`.
  const constants = new Map<string, string | undefined>();
  for (const part of parts)
    for (const line of frontOf(part)) {
      const [, , name = '', , value = ''] = FRONT_KEY.exec(line) ?? [];
      const key = normalKey(name);
      constants.set(key, constants.has(key) && constants.get(key) !== value ? undefined : value);
    }
  const keepKey = (key: string): string | undefined =>
    frontKeys.has(key) ? (parts.length > 1 && !PEOPLE_KEY.test(key) ? (constants.get(key) ?? '') : '') : undefined;
  const block = frontOf(model);
  const fence = block.filter((line) => /^---\s*$/.test(line));
  const front =
    block.length === 0
      ? []
      : [
          fence[0] ?? '---',
          ...frontLines(
            block.filter((line) => !/^---\s*$/.test(line) && line.trim() !== ''),
            facts,
            wording,
            keepKey,
          ),
          '---',
          '',
        ];

  const fields = counted((part) => fieldKeys(part.record, part.headStart, part.headEnd));
  const head = headLines(lines(text.slice(headStart, headEnd)), wording, (key) => fields.has(key)).lines;
  while (head[0]?.trim() === '') head.shift();

  const kept = sections
    .map((section, index) => ({ section, index }))
    .filter(({ section }) => common.has(headingKey(section.text)) && section.level <= depth(model));
  const unique = kept.filter(
    ({ section }, at) => kept.findIndex((other) => headingKey(other.section.text) === headingKey(section.text)) === at,
  );
  const context = contextAt(unique.map(({ section }) => section));
  const body = unique.flatMap(({ section, index }, at) => {
    const heading = text.slice(section.start, section.end).replaceAll('\r', '');
    if (isStatusHeading(section.text)) return [heading, '', statusBody(bodyOf(model, index), wording.status), ''];
    if (DATE_HEADING.test(section.text)) return [heading, '', wording.date, ''];
    return at === context && facts.context !== '' ? [heading, '', facts.context, ''] : [heading, ''];
  });
  const heading = title === undefined ? [] : [headingWith(text, title, wording.titlePrefix + facts.title).replaceAll('\r', ''), ''];
  // A label before an rst title names the old record, and other text before it is the old record's own.
  return `${[...front, ...heading, ...head, ...(head.length > 0 ? [''] : []), ...body].join('\n').trimEnd()}\n`.replaceAll(
    '\n',
    lineEndingOf(prose.outline.text),
  );
}

/** The record that a repository without any begins with: the least of MADR 4. */
export const firstDraft = (facts: Facts): string => `---
status: ${facts.status}
date: ${facts.today}
---

# ${facts.title}

## Context and Problem Statement

${facts.context === '' ? '' : `${facts.context}\n\n`}## Considered Options

## Decision Outcome

### Consequences
`;
