import { isNameOf, isPartName } from '../../knowledge/languages/languages.ts';
import { isStatusHeading } from '../../knowledge/records/status-section.ts';
import { FRONT_KEY, frontLines, headLines, lines, normalKey, type Plan } from './draft-head.ts';
import { bodyOf, frontOf, headingWith, isAboutItself, isDateHeading, partsOf, sectionTexts, statusBody } from './draft-parts.ts';
import { isBlank, retold } from './head-values.ts';
import { roleOf } from './roles.ts';
import type { ReadRecord } from './slots.ts';
import type { Facts, Wording } from './words.ts';

/** What templates write for what is known: `{title}`, `{{ date }}`, `<number>`, `${TITLE}`. */
const PLACEHOLDERS = /(?:\$?\{\{?\s*\.?|<%?=?\s*)(title|date|today|number|status)\s*(?:\}?\}|%?>)/giu;

const withoutPlaceholders = (text: string, facts: Facts, wording: Wording): string =>
  text.replace(PLACEHOLDERS, (whole, name: string) => {
    if (/title/i.test(name)) return facts.title;
    if (/status/i.test(name)) return wording.status;
    return /number/i.test(name) ? (facts.number === undefined ? whole : String(facts.number)) : wording.date;
  });

/**
 * A new record from a template: only what it says of itself changes, and the context if there is any.
 * @param records of which the values of front matter show how they are written
 */
export function fillTemplate(template: ReadRecord, facts: Facts, wording: Wording, records: readonly ReadRecord[]): string {
  const { text, prose } = template;
  const { outline } = prose;
  const parts = partsOf(template);
  const plan: Plan = { facts, wording };
  // The title of a template may be a mere placeholder, which the reader does not take for one.
  const title =
    parts.title ??
    (outline.headings[0]?.level === 1 && (isNameOf('title', outline.headings[0].text) || !isPartName(outline.headings[0].text))
      ? outline.headings[0]
      : undefined);
  const sections = outline.headings.filter((heading) => heading !== title);
  const headStart = title?.end ?? outline.bodyStart;
  const headEnd = sections.find(({ start }) => start > headStart)?.start ?? text.length;
  const whole = { ...parts, title, sections, headStart, headEnd };
  const eol = '\n';
  const sample = (key: string): string | undefined => sampleOf(records, key);
  const front =
    outline.bodyStart > 0
      ? frontLines(filledKeys(lines(text.slice(0, outline.bodyStart)), records, facts), plan, undefined, sample).join(eol)
      : '';
  const titleStart = title?.start ?? outline.bodyStart;
  const before = titleStart > outline.bodyStart ? headLines(template, outline.bodyStart, titleStart, plan).join(eol) : '';
  const gap = /\s*$/.exec(text.slice(outline.bodyStart, titleStart))?.[0].replaceAll('\r', '') ?? '';
  const written = title === undefined ? '' : text.slice(title.textStart, title.textEnd);
  const heading = title === undefined ? '' : headingWith(text, title, templateTitle(written, facts, wording));
  const head = headLines(template, headStart, headEnd, plan).join(eol);
  const known = sectionTexts(sections, facts);
  const body = sections.map((section, index) => {
    const written = lines(bodyOf(whole, index)).join(eol);
    const start = lines(text.slice(section.start, section.end)).join(eol);
    if (isStatusHeading(section.text)) return `${start}${eol}${eol}${statusBody(written, wording, facts.status, true)}${eol}${eol}`;
    if (isDateHeading(section.text)) return `${start}${eol}${eol}${wording.date}${eol}${eol}`;
    const own = known.get(index);
    if (own !== undefined) return `${start}${eol}${eol}${own}${eol}${eol}${written.replace(/^\s+/, '')}`;
    if (isAboutItself(whole, index)) {
      const [from, to] = [section.end, sections[index + 1]?.start ?? text.length];
      return `${start}${headLines(template, from, to, plan).join(eol)}${eol}${eol}`;
    }
    return start + withoutPlaceholders(written, facts, wording);
  });
  return `${front}${before}${gap}${heading}${head}${sections.length > 0 ? `${eol}${eol}` : eol}${body.join('')}`.trimEnd() + eol;
}

/** How the newest record that has one writes a value with a number. */
const sampleOf = (records: readonly ReadRecord[], key: string): string | undefined =>
  records
    .flatMap((record) => frontOf(record).flatMap((line) => FRONT_KEY.exec(line) ?? []))
    .map(([, , name = '', , value = '']) => ({ name, value }))
    .find(({ name, value }) => normalKey(name) === key && /\d/.test(value) && !/\d{4}-\d\d-\d\d/.test(value))?.value;

/** The front matter of a template, where keys that it leaves empty and that follow from the name of a record have their value. */
const filledKeys = (block: readonly string[], records: readonly ReadRecord[], facts: Facts): readonly string[] =>
  block.map((line) => {
    const [, quote = '', name = '', colon = '', value = ''] = FRONT_KEY.exec(line) ?? [];
    const role = roleOf(name);
    if (name === '' || !isBlank(value) || role === 'status' || role === 'date') return line;
    for (const record of records) {
      const match = frontOf(record)
        .map((one) => FRONT_KEY.exec(one))
        .find((one) => one !== null && normalKey(one[2] ?? '') === normalKey(name));
      const own = match ? retold(match[4] ?? '', record, facts) : undefined;
      if (own !== undefined) return `${quote}${name}${quote}${colon.trimEnd()} ${own}`;
    }
    return line;
  });

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

/** The first record of a repository, as a minimal MADR 4. */
export const firstDraft = (facts: Facts): string => `---
status: ${facts.status}
date: ${facts.today}
---

# ${facts.title}

## Context and Problem Statement

${below(facts.context)}## Considered Options

${below(facts.options)}## Decision Outcome

### Consequences
${facts.consequences === '' ? '' : `\n${facts.consequences}\n`}`;

const below = (text: string): string => (text === '' ? '' : `${text}\n\n`);
