import { isNameOf } from '../../knowledge/languages/languages.ts';
import { fieldsOf } from '../../knowledge/markup/fields.ts';
import type { Heading } from '../../knowledge/markup/outline.ts';
import { readStatement } from '../../knowledge/records/statement.ts';
import { isStatusHeading } from '../../knowledge/records/status-section.ts';
import { lines } from './draft-head.ts';
import { roleOf } from './roles.ts';
import type { ReadRecord } from './slots.ts';
import { type Facts, titleHeading, type Wording } from './words.ts';

const CONTEXT = /\b(?:context|problem|background|motivation|issue|why|situation)\b/i;

/** A heading with new words, underlined in their length. */
export function headingWith(text: string, heading: Heading, words: string): string {
  const before = text.slice(heading.start, heading.textStart);
  const after = text.slice(heading.textEnd, heading.end);
  const length = [...words].length;
  const underline = (mark: string): string => mark.replace(/([^\w\s])\1{2,}/g, (run) => run.charAt(0).repeat(Math.max(3, length)));
  const setext = /\n\s*([^\w\s])\1*\s*$/.test(after);
  return setext ? underline(before) + words + underline(after) : before + words + after;
}

export interface Parts {
  readonly record: ReadRecord;
  readonly title: Heading | undefined;
  /** The head is what is between the title, or front matter, and the first section. */
  readonly headStart: number;
  readonly headEnd: number;
  readonly sections: readonly Heading[];
}

export function partsOf(record: ReadRecord): Parts {
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

export const bodyOf = ({ record, sections }: Parts, index: number): string =>
  record.text.slice(sections[index]?.end ?? 0, sections[index + 1]?.start ?? record.text.length);

const TASK = /^(\s*[-*+]\s+)\[[ xX]\](\s+)(.*)$/;

/** The status in the markup of a status section: `**Accepted**` becomes `**Proposed**`, and of boxes the right one is ticked. Comments stay. */
export function statusBody(body: string, { status }: Wording, wanted: Facts['status'], template: boolean): string {
  const written = lines(body);
  const boxes = written.filter((line) => TASK.test(line));
  const means = (line: string): boolean => readStatement(TASK.exec(line)?.[3] ?? '')?.value === wanted;
  if (boxes.length > 1 && boxes.some(means)) {
    const ticked = boxes.find((line) => line.toLowerCase().includes(status.toLowerCase()) && means(line)) ?? boxes.find(means);
    return boxes.map((line) => line.replace(TASK, `$1[${line === ticked ? 'x' : ' '}]$2$3`)).join('\n');
  }
  const comments = template ? (body.match(/<!--[\s\S]*?-->/g) ?? []) : [];
  const line = lines(body.replace(/<!--[\s\S]*?-->/g, '')).find((candidate) => /\p{L}/u.test(candidate)) ?? '';
  const [, bullet = '', marks = ''] = /^\s*((?:[-*+>]\s+)?)([*_`]{0,3})/.exec(line) ?? [];
  const closes = marks !== '' && line.trimEnd().endsWith([...marks].reverse().join(''));
  return [bullet + (closes ? marks + status + [...marks].reverse().join('') : status), ...comments].join('\n\n');
}

/** Whether a heading is that of a section with the date alone. */
export const isDateHeading = (text: string): boolean => !isStatusHeading(text) && roleOf(text) === 'date';

/** Whether a section is a list or a table of what the record says of itself, as one called "Metadata" or "Document control". */
export const isAboutItself = ({ record, sections }: Parts, index: number): boolean => {
  const [from, to] = [sections[index]?.end ?? 0, sections[index + 1]?.start ?? record.text.length];
  const roles = fieldsOf(record.prose.outline).filter(({ start, end }) => start >= from && end <= to);
  return roles.some(({ name }) => roleOf(name) === 'status') || roles.filter(({ name }) => roleOf(name) !== undefined).length > 1;
};

/** The lines of the front matter, with its fences; none where a record has no front matter. */
export const frontOf = ({ prose, text }: ReadRecord): readonly string[] =>
  prose.outline.bodyStart > 0 ? lines(text.slice(0, prose.outline.bodyStart)) : [];

/** Index of the section that says why there is something to decide: by its name, else the first; -1 for none. */
const contextAt = (sections: readonly Heading[]): number => {
  const named = sections.findIndex(({ text }) => (CONTEXT.test(text) || isNameOf('context', text)) && !isStatusHeading(text));
  return named >= 0 ? named : sections.findIndex(({ text }) => !isStatusHeading(text) && !isDateHeading(text));
};

const OPTIONS = /\b(?:options|alternatives)\b/i;
const CONSEQUENCES = /\b(?:consequences|implications|impact)\b/i;

/** What is known for the sections of a new record, by their index. What has no section of its own is part of the context. */
export function sectionTexts(sections: readonly Heading[], { context, options, consequences }: Facts): ReadonlyMap<number, string> {
  const at = contextAt(sections);
  const own = (part: 'options' | 'consequences', name: RegExp): number =>
    sections.findIndex(({ text }, index) => index !== at && (isNameOf(part, text) || name.test(text)));
  const places = [
    { index: at, text: context },
    { index: own('options', OPTIONS), text: options },
    { index: own('consequences', CONSEQUENCES), text: consequences },
  ];
  const texts = new Map<number, string>();
  for (const { index, text } of places) {
    const place = index < 0 ? at : index;
    if (text !== '') texts.set(place, [texts.get(place) ?? '', text].filter((part) => part !== '').join('\n\n'));
  }
  return texts;
}
