import { fieldsOf } from '../../knowledge/markup/fields.ts';
import type { Heading } from '../../knowledge/markup/outline.ts';
import { slugOf } from '../../knowledge/record-name.ts';
import { readStatement } from '../../knowledge/records/statement.ts';
import type { StatusValue } from '../../model/document.ts';
import { dateLike } from './dates.ts';
import { roleOf } from './roles.ts';
import { inCaseOf, type ReadRecord, statusSlot } from './slots.ts';
import { statusLanguage, statusLike } from './status-words.ts';

/** What a new record states about itself. */
export interface Facts {
  readonly title: string;
  /** Where it is to be. */
  readonly path: string;
  /** The words of its file name, joined by hyphens. */
  readonly slug: string;
  /** Absent if the records of the collection have none. */
  readonly number?: number;
  readonly status: 'proposed' | 'accepted';
  /** ISO date. */
  readonly today: string;
  /** Text for the context section, in the markup of the record; empty for none. */
  readonly context: string;
  /** Text for the sections with the options and the consequences, where there are such; empty for none. */
  readonly options: string;
  readonly consequences: string;
  /** Code that the decision is about. */
  readonly scope?: string;
}

/** How the records of a collection write what they all have. */
export interface Wording {
  /** The status, in the words and letter case of the collection. */
  readonly status: string;
  /** The date, in the format of the collection. */
  readonly date: string;
  /** What precedes a title, such as `7. ` or `ADR-0007: `; may be empty. */
  readonly titlePrefix: string;
  /** The same for a title in front matter. */
  readonly frontPrefix: string;
  /** Whether most records state their status as a tag or a badge. */
  readonly tagged: boolean;
  /** Whether at least half of the records state a status. */
  readonly stated: boolean;
}

const DATE =
  /\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/. ]\p{L}{3,9}[-/. ,]{1,2}\d{4}|\p{L}{3,9} \d{1,2},? \d{4}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|(?<!\d)(?:19|20)\d{6}(?!\d)|\d{4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]/u;
const DATE_LINE = /^[^\p{L}\n]{0,14}(?:(?:decision|creation)[- ]?)?(?:date|created|decided)\b[^\n]{0,80}/gimu;

const firstWord = (text: string): string => /\p{L}+/u.exec(text)?.[0] ?? '';

/** The most frequent value; of equally frequent ones the first. */
function most(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** A prefix with another number in place of `old`, padded to the same width; `undefined` if `old` does not occur. */
const renumbered = (prefix: string, old: string, number: number): string | undefined => {
  const digits = [...prefix.matchAll(/\d+/g)].findLast((match) => Number(match[0]) === Number(old))?.[0];
  return digits === undefined
    ? undefined
    : prefix.replace(digits, String(number).padStart(digits.startsWith('0') ? digits.length : 0, '0'));
};

/** The heading that is the title of a record, even if front matter has the title too; `undefined` if there is none. */
export function titleHeading({ document, prose }: ReadRecord): Heading | undefined {
  const { headings, lines } = prose.outline;
  const at = document.titleSpan === undefined ? -1 : lines.offset(document.titleSpan.start);
  const [first] = headings;
  return (
    headings.find(({ start, end }) => start <= at && at <= end) ??
    (first?.level === 1 && slugOf(first.text).includes(slugOf(document.title)) ? first : undefined)
  );
}

/** What precedes the title in its heading. */
function headingPrefix(record: ReadRecord): string | undefined {
  const heading = titleHeading(record);
  if (!heading) return undefined;
  const written = record.text.slice(heading.textStart, heading.textEnd);
  const at = written.indexOf(record.document.title);
  const { lines } = record.prose.outline;
  const start = record.document.titleSpan === undefined ? -1 : lines.offset(record.document.titleSpan.start);
  return start >= heading.textStart && start <= heading.textEnd
    ? written.slice(0, start - heading.textStart)
    : at > 0
      ? written.slice(0, at)
      : '';
}

/** What precedes the title in front matter. */
function frontPrefix({ document, prose, text }: ReadRecord): string | undefined {
  const { lines, bodyStart } = prose.outline;
  const start = document.titleSpan === undefined ? bodyStart : lines.offset(document.titleSpan.start);
  if (start >= bodyStart) return undefined;
  return text
    .slice(lines.start(lines.lineAt(start)), start)
    .replace(/^\s*["']?(?:title|name)["']?\s*:\s*["']?/i, '')
    .trimStart();
}

/** English words for a status at its beginning: `implemented` is accepted too, but not at first. */
const FIRST: Readonly<Record<Facts['status'], RegExp>> = {
  proposed: /^(?:proposed|proposal|draft|idea|provisional|submitted|awaiting review|(?:in|under) (?:discussion|review))\b/i,
  accepted: /^(?:accepted|approved|agreed|adopted|decided)$/i,
};
/** Words, perhaps with the sign that goes with them: `Draft :speech_balloon:`. */
const WORDS = /^[\p{L}\p{M} ]{2,30}(?:\s?(?::\w+:|\p{Extended_Pictographic}\uFE0F?))?$/u;

/**
 * The words for a status: the most common ones that records have for it, else those of the language that most of them are written in.
 * @param same texts of records with that status
 * @param all texts of all records
 */
function statusWording(same: readonly string[], all: readonly string[], status: Facts['status']): string {
  const short = same.map((text) => (WORDS.test(text.trim()) && text.trim().split(/\s+/).length <= 3 ? text.trim() : firstWord(text)));
  const fitting = short.filter((word) => {
    if (readStatement(word)?.value !== status) return false;
    const language = statusLanguage(word)?.language.name;
    return FIRST[status].test(word) || (language !== undefined && language !== 'English');
  });
  const written = most(fitting);
  if (written !== undefined) return written;
  const languages = all.map((text) => statusLanguage(firstWord(text))?.language.name ?? 'English');
  const language = most(languages);
  const sample = all[languages.indexOf(language ?? '')];
  const like = language === undefined || language === 'English' || sample === undefined ? undefined : statusLike(firstWord(sample), status);
  const anyCase = firstWord(all[0] ?? '');
  return like ?? inCaseOf(anyCase === '' ? 'x' : anyCase, status);
}

/** The word of a collection for a status. @param like how it is written where it goes */
export const statusWordOf = (records: readonly ReadRecord[], status: Facts['status'], like: string): string =>
  statusWording(
    records.flatMap(({ document }) => (document.status?.value === status ? [document.status.text] : [])),
    [like, ...records.flatMap((record) => statusSlot(record)?.words ?? [])],
    status,
  );

/** The lines of a record that say when it was made. */
const dateLines = ({ text, prose }: ReadRecord): string =>
  [
    ...(text.slice(0, 4_000).match(DATE_LINE) ?? []),
    ...fieldsOf(prose.outline)
      .filter(({ name }) => roleOf(name) === 'date')
      .map(({ start, end }) => text.slice(start, end)),
  ].join('\n');

/**
 * How existing records write status, date and title; of equally common forms, that of the newest.
 * @param records newest first
 */
export function wordingOf(records: readonly ReadRecord[], facts: Facts): Wording {
  const slots = records.flatMap((record) => statusSlot(record) ?? []);
  const stated = records.flatMap(({ document: { status } }) => (status ? [status] : []));
  const status = statusWording(
    stated.filter(({ value }) => value === (facts.status satisfies StatusValue)).map(({ text }) => text),
    slots.map(({ words }) => words),
    facts.status,
  );

  const dated = records.flatMap((record) => DATE.exec(dateLines(record))?.[0] ?? []);
  const date = dateLike(dated.find((sample) => dateLike(sample, facts.today) !== facts.today) ?? '', facts.today);

  const commonPrefix = (prefixOf: (record: ReadRecord) => string | undefined): string => {
    const found = records.flatMap((record) => {
      const written = prefixOf(record);
      if (written === undefined) return [];
      const old = record.document.number;
      if (!/\d/.test(written)) return [written];
      return [old === undefined || facts.number === undefined ? '' : (renumbered(written, old, facts.number) ?? '')];
    });
    return most(found) ?? '';
  };
  const tagged = slots.filter(({ form }) => form === 'tag').length * 2 > slots.length;
  return {
    status,
    date,
    titlePrefix: commonPrefix(headingPrefix),
    frontPrefix: commonPrefix(frontPrefix),
    tagged,
    stated: stated.length * 2 >= records.length,
  };
}
