import type { Heading } from '../../knowledge/markup/outline.ts';
import { slugOf } from '../../knowledge/record-name.ts';
import { isStatusHeading } from '../../knowledge/records/status-section.ts';
import { lineEndingOf } from '../../text/edits.ts';
import { FRONT_KEY, fieldKeys, frontLines, headLines, lines, normalKey } from './draft-head.ts';
import type { ReadRecord } from './slots.ts';
import { type Facts, titleHeading, type Wording } from './words.ts';

/** From a single record, only sections with such headings are copied: the others may be about its topic. */
const COMMON_HEADING =
  /\b(?:context|problem|background|motivation|issue|decision|outcome|status|date|drivers?|options?|alternatives?|consequences?|pros|cons|rationale|implications?|assumptions?|constraints?|confirmation|validation|compliance|information|links|references|notes|related|summary|goals?|risks?|requirements?|considered)\b/i;
const CONTEXT = /\b(?:context|problem|background|motivation|issue|why|situation)\b/i;
const DATE_HEADING = /^(?:decision )?date(?: decided)?$/i;
/** Who decided is not copied, even if all records name the same person. */
const PEOPLE_KEY = /maker|decider|author|owner|consulted|informed|approver|reviewer/;

/** A heading with new words, underlined in their length. */
function headingWith(text: string, heading: Heading, words: string): string {
  const before = text.slice(heading.start, heading.textStart);
  const after = text.slice(heading.textEnd, heading.end);
  const length = [...words].length;
  const underline = (mark: string): string => mark.replace(/([^\w\s])\1{2,}/g, (run) => run.charAt(0).repeat(Math.max(3, length)));
  const setext = /\n\s*([^\w\s])\1*\s*$/.test(after);
  return setext ? underline(before) + words + underline(after) : before + words + after;
}

const headingKey = (text: string): string => slugOf(text.replace(/^[\d.\s]+/, ''));

interface Parts {
  readonly record: ReadRecord;
  readonly title: Heading | undefined;
  /** The head is what is between the title, or front matter, and the first section. */
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

/** The status in the markup of a status section: `**Accepted**` becomes `**Proposed**`. */
function statusBody(body: string, word: string): string {
  const line = lines(body).find((candidate) => /\p{L}/u.test(candidate)) ?? '';
  const [, bullet = '', marks = ''] = /^\s*((?:[-*+]\s+)?)([*_`]{0,3})/.exec(line) ?? [];
  const closes = marks !== '' && line.trimEnd().endsWith([...marks].reverse().join(''));
  return bullet + (closes ? marks + word + [...marks].reverse().join('') : word);
}

/** A new record from a template: only title, status and date change, and the context if there is any. */
export function fillTemplate(template: ReadRecord, facts: Facts, wording: Wording): string {
  const { text, prose } = template;
  const { outline } = prose;
  const parts = partsOf(template);
  // The title of a template may be a mere placeholder, which the reader does not take for one.
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
  const head = headLines(lines(text.slice(headStart, headEnd)), wording, undefined).join(eol);
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

/** The number at the start of a template's title, or a placeholder for it. Groups: what precedes the number, the number, what follows it. */
const NUMBER_PLACEHOLDER =
  /^((?:\[?(?:M?ADR|RFC|KEP|DR)[-_ #]{0,2})?)(0{1,5}|N{1,5}|X{1,5}|#+|\d{1,5}|NUMBER|\{\{?[^}]{0,20}(?:number|num|nnn+|id|index)[^}]{0,10}\}?\}|<[^>]{0,20}(?:number|num|nnn+)[^>]{0,10}>)([\])]?(?:\s*[:.–—-]+\s*|\s+))/i;

function templateTitle(written: string, facts: Facts, wording: Wording): string {
  const match = NUMBER_PLACEHOLDER.exec(written);
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

/** A new record in the shape of most of the newest records: with their front matter, head and headings, but not their text. `undefined` if they have no headings in common. */
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
      .filter(({ level, text }) => level <= depth(part) && (parts.length > 1 || COMMON_HEADING.test(text)))
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
  // A value that all records share is copied, such as `layout: decision`.
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
  const head = headLines(lines(text.slice(headStart, headEnd)), wording, (key) => fields.has(key));
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
  // Text before the title is not copied, because in reStructuredText it can be a label that names the old record.
  return `${[...front, ...heading, ...head, ...(head.length > 0 ? [''] : []), ...body].join('\n').trimEnd()}\n`.replaceAll(
    '\n',
    lineEndingOf(prose.outline.text),
  );
}

/** The first record of a repository, as a minimal MADR 4. */
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
