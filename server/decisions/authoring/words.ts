import type { Heading } from '../../knowledge/markup/outline.ts';
import { slugOf } from '../../knowledge/record-name.ts';
import type { StatusValue } from '../../model/document.ts';
import { dateLike } from './dates.ts';
import { inCaseOf, type ReadRecord, statusSlot } from './slots.ts';

/** What a new record says of itself. */
export interface Facts {
  readonly title: string;
  /** Absent where records of the collection have none. */
  readonly number?: number;
  readonly status: 'proposed' | 'accepted';
  /** ISO day. */
  readonly today: string;
  /** Text for the context, in the markup of the record; empty for none. */
  readonly context: string;
  /** Code that the decision is about. */
  readonly scope?: string;
}

/** How the records of a collection word what they all have. */
export interface Wording {
  /** The status in the words and the case that are used here. */
  readonly status: string;
  /** The day in the form that is used here. */
  readonly date: string;
  /** What stands before the words of a title, such as `7. ` or `ADR-0007: `; empty for nothing. */
  readonly titlePrefix: string;
  /** The same for a title in front matter. */
  readonly frontPrefix: string;
  /** True where most records tell their status by a tag or a badge. */
  readonly tagged: boolean;
  /** True where at least half of the records tell a status. */
  readonly stated: boolean;
}

const DATE =
  /\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/. ]\p{L}{3,9}[-/. ,]{1,2}\d{4}|\p{L}{3,9} \d{1,2},? \d{4}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|(?<!\d)(?:19|20)\d{6}(?!\d)/u;
const DATE_LINE = /^[^\p{L}\n]{0,14}(?:(?:decision|creation)[- ]?)?(?:date|created|decided)\b[^\n]{0,80}/gimu;

const firstWord = (text: string): string => /\p{L}+/u.exec(text)?.[0] ?? '';

function most(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** The number that a prefix holds, put in the place of another one, with as many digits. */
const renumbered = (prefix: string, old: string, number: number): string | undefined => {
  const digits = [...prefix.matchAll(/\d+/g)].findLast((match) => Number(match[0]) === Number(old))?.[0];
  return digits === undefined
    ? undefined
    : prefix.replace(digits, String(number).padStart(digits.startsWith('0') ? digits.length : 0, '0'));
};

/** The heading that bears the title of a record, also where front matter says it first; `undefined` where none does. */
export function titleHeading({ document, prose }: ReadRecord): Heading | undefined {
  const { headings, lines } = prose.outline;
  const at = document.titleSpan === undefined ? -1 : lines.offset(document.titleSpan.start);
  const [first] = headings;
  return (
    headings.find(({ start, end }) => start <= at && at <= end) ??
    (first?.level === 1 && slugOf(first.text).includes(slugOf(document.title)) ? first : undefined)
  );
}

/** What stands before the words of the title in a heading. */
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

/** What stands before the words of the title in front matter. */
function frontPrefix({ document, prose, text }: ReadRecord): string | undefined {
  const { lines, bodyStart } = prose.outline;
  const start = document.titleSpan === undefined ? bodyStart : lines.offset(document.titleSpan.start);
  if (start >= bodyStart) return undefined;
  return text
    .slice(lines.start(lines.lineAt(start)), start)
    .replace(/^\s*["']?(?:title|name)["']?\s*:\s*["']?/i, '')
    .trimStart();
}

const ORDER: Readonly<Record<Facts['status'], string>> = { proposed: 'proposed', accepted: 'accepted' };

/** Status, date and title in the forms of existing records, the newest first. */
export function wordingOf(records: readonly ReadRecord[], facts: Facts): Wording {
  const slots = records.flatMap((record) => statusSlot(record) ?? []);
  const stated = records.flatMap(({ document: { status } }) => (status ? [status] : []));
  const sameStatus = stated
    .filter(({ value }) => value === (facts.status satisfies StatusValue))
    .map(({ text }) => firstWord(text.replace(/^in\s+/i, '')));
  const plain = sameStatus.filter((word) => /^(?:proposed|proposal|draft|accepted|approved|agreed|adopted|decided)$/i.test(word));
  const anyCase = firstWord(slots[0]?.words ?? '');
  const status = most(plain) ?? inCaseOf(anyCase === '' ? 'x' : anyCase, ORDER[facts.status]);

  const dated = records.flatMap(({ text }) => DATE.exec(text.slice(0, 4_000).match(DATE_LINE)?.join('\n') ?? '')?.[0] ?? []);
  const date = dateLike(dated.find((sample) => dateLike(sample, facts.today) !== facts.today) ?? '', facts.today);

  const prefix = (of: (record: ReadRecord) => string | undefined): string => {
    const found = records.flatMap((record) => {
      const written = of(record);
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
    titlePrefix: prefix(headingPrefix),
    frontPrefix: prefix(frontPrefix),
    tagged,
    stated: stated.length * 2 >= records.length,
  };
}
