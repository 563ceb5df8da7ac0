import { monthNamed } from '../languages/languages.ts';

/** A date found in a text; offsets are UTF-16 units within the text that was searched. */
interface FoundDate {
  /** ISO 8601, as precise as the source: instant, day, month or year. */
  readonly iso: string;
  readonly start: number;
  readonly end: number;
}

/** Which part of `04/05/2020` is the day, where a text or its language shows it. */
export type DateOrder = 'day-first' | 'month-first';

interface DateReading {
  /** Default: with hyphens and dots the day first, with slashes only what is certain. */
  readonly order?: DateOrder | undefined;
  /** Whether `21/4/21` is a date too: only where a date is expected. Default: false. */
  readonly shortYears?: boolean;
}

/** Any word; {@link monthNamed} tells whether it is a month, in any language. */
const NAME = '(\\p{L}[\\p{L}\\p{M}]{1,11})\\.?';
const YEAR = '((?:19|20)\\d{2})';
/** `4`, `4th`, `4.`, `1er`, `1º`. */
const DAY = '0?(\\d{1,2})(?:st|nd|rd|th|er|\\.?[ºª°]|\\.)?';
/** `of`, `de`, `del`, and the signs between the parts of a date. */
const LINK = '(?: (?:of|de|del|di|do|den))?[- ./,]{1,2}';
/** Japanese eras and the year before their first. */
const ERAS: ReadonlyMap<string, number> = new Map([
  ['令和', 2018],
  ['平成', 1988],
]);

type Reader = readonly [pattern: RegExp, read: (match: RegExpExecArray, order: DateOrder | undefined) => string | undefined];

/** Forms, in the order in which they are tried at one position. All repetitions are bounded, so a search takes linear time. */
const FORMS: readonly Reader[] = [
  [
    /(?<!\d)((?:19|20)\d{2}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2}))(?!\d)/g,
    ([, written]) => {
      const instant = new Date((written ?? '').replace(' ', 'T'));
      return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString().replace('.000Z', 'Z');
    },
  ],
  // `2023-07-2i` is a slip of the pen for another day than the second.
  [
    new RegExp(`(?<!\\d)${YEAR}([-/.])(\\d{1,2})\\2(\\d{1,2})(?!\\d|[a-z](?![a-z]))`, 'g'),
    ([, year, , month, day]) => iso(year, month, day),
  ],
  [new RegExp(`(?<!\\d)${YEAR}(\\d{2})(\\d{2})(?!\\d)`, 'g'), ([, year, month, day]) => iso(year, month, day)],
  [/(?<!\d)((?:19|20)\d{2})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号號]/g, ([, year, month, day]) => iso(year, month, day)],
  [
    /(令和|平成)(\d{1,2}|元)年(\d{1,2})月(\d{1,2})日/g,
    ([, era, year, month, day]) => iso(String((ERAS.get(era ?? '') ?? 0) + (year === '元' ? 1 : Number(year))), month, day),
  ],
  [/(?<!\d)((?:19|20)\d{2})\s?[년]?\.\s(\d{1,2})\.\s(\d{1,2})(?![\d])/g, ([, year, month, day]) => iso(year, month, day)],
  [
    new RegExp(`(?<!\\d)${YEAR}[- ./]{1,2}${NAME}[- ./]{1,2}${DAY}(?![\\dA-Za-z])`, 'giu'),
    ([, year, month, day]) => iso(year, named(month), day),
  ],
  [new RegExp(`(?<!\\d)${DAY}${LINK}${NAME}${LINK}${YEAR}(?!\\d)`, 'giu'), ([, day, month, year]) => iso(year, named(month), day)],
  [new RegExp(`(?<!\\p{L})${NAME} ${DAY}(?:,|\\s){1,3}${YEAR}(?!\\d)`, 'giu'), ([, month, day, year]) => iso(year, named(month), day)],
  [
    /(?<!\d)0?(\d{1,2})([-/.])(\d{1,2})\2((?:19|20)\d{2})(?!\d)/g,
    ([, first, mark, second, year], order) => european(first, mark, second, year, order),
  ],
  [
    new RegExp(`(?<!\\p{L})${NAME}${LINK}${YEAR}(?!\\d)`, 'giu'),
    ([, month = '', year]) => (month.length > 3 || ENGLISH_MONTHS.test(month) ? iso(year, named(month)) : undefined),
  ],
  [/(?<!\d)((?:19|20)\d{2})\s?[年년]\s?(\d{1,2})\s?[月월](?!\s?\d)/g, ([, year, month]) => iso(year, month)],
  [new RegExp(`(?<!\\d)${YEAR}-(0[1-9]|1[0-2])(?![-\\d])`, 'g'), ([, year, month]) => iso(year, month)],
];
/** Years of two digits, where a date is expected. */
const SHORT: Reader = [
  /(?<![\d./-])(\d{1,2})([-/.])(\d{1,2})\2(\d{2})(?![\d./-]*\d)/g,
  ([, first, mark, second, year], order) => {
    const read = european(first, mark, second, `20${year}`, mark === '/' ? order : (order ?? 'day-first'));
    return read?.length === 4 ? undefined : read;
  },
];

/**
 * The first date of a text, in any form that records use: `2021-06-05`, `2021/6/5`, `20210605`, `20-09-2018`, `26-Sep-2018`,
 * `September 26th, 2018`, `January 2021`, `4. März 2024`, `4 de março de 2024`, `2024年3月4日`, `令和6年3月4日`, instants.
 * With hyphens and dots the day comes before the month; with slashes, if both could be the month and the order is not known, only the year is used. Days that do not exist are not dates.
 */
export function findDate(text: string, { order, shortYears = false }: DateReading = {}): FoundDate | undefined {
  let best: FoundDate | undefined;
  // Digits of full width, as Chinese and Japanese editors write them.
  const plain = text.replace(/[\uFF10-\uFF19]/g, (digit) => String(digit.charCodeAt(0) - 0xff10));
  for (const [pattern, read] of shortYears ? [...FORMS, SHORT] : FORMS) {
    for (const match of plain.matchAll(pattern)) {
      if (best !== undefined && match.index >= best.start) break;
      const value = read(match, order);
      if (value === undefined) continue;
      best = { iso: value, start: match.index, end: match.index + match[0].length };
      break;
    }
  }
  return best;
}

/** The order of day and month that the dates of a text show, such as `13/03/2021`; `undefined` where they show none, or both. */
export function dateOrderOf(text: string): DateOrder | undefined {
  const orders = new Set<DateOrder>();
  for (const [, first, second] of text.matchAll(/(?<![\d./-])0?(\d{1,2})[-/](\d{1,2})[-/](?:(?:19|20)\d{2}|\d{2})(?!\d)/g)) {
    if (Number(first) > 12 && Number(second) <= 12) orders.add('day-first');
    if (Number(second) > 12 && Number(first) <= 12) orders.add('month-first');
  }
  return orders.size === 1 ? [...orders][0] : undefined;
}

const FIRST_ENTRY =
  /\b(?:initial(?:ly)?|init|first (?:draft|version|proposal|revision)|created?|creation|drafted|original(?:ly)? proposed)\b/i;

/**
 * The earliest first date of the texts: the day a record was created, whichever way its change log is sorted. Where entries say that they are the
 * first, only these count: slips of the pen are common in the years of the others.
 */
export function earliestDate(texts: readonly string[], reading: DateReading = {}): string | undefined {
  const found = texts.flatMap((text) => {
    const date = findDate(text, reading)?.iso;
    return date === undefined ? [] : [{ date, isFirst: FIRST_ENTRY.test(text.slice(0, 300)) }];
  });
  const first = found.filter(({ isFirst }) => isFirst);
  return (first.length > 0 ? first : found).map(({ date }) => date).sort()[0];
}

/** Short names that are words in other languages ("set", "out", "ago") are months only beside a day. */
const ENGLISH_MONTHS = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)$/i;

/** Number of a month by its name; 0 for another word, so that there is no such date. */
function named(month: string | undefined): string {
  return String(monthNamed(month ?? '') ?? 0);
}

function european(
  first: string | undefined,
  mark: string | undefined,
  second: string | undefined,
  year: string | undefined,
  order: DateOrder | undefined,
): string | undefined {
  const [a, b] = [Number(first), Number(second)];
  if (order === 'month-first' && a <= 12) return iso(year, first, second);
  if (a > 12 || (b <= 12 && (mark !== '/' || order === 'day-first'))) return iso(year, second, first);
  if (b > 12) return iso(year, first, second);
  if (a === b) return iso(year, second, first);
  return iso(year);
}

/** ISO date; `undefined` if the month or day does not exist. */
function iso(year: string | undefined, month?: string, day?: string): string | undefined {
  if (year === undefined) return undefined;
  if (month === undefined) return year;
  const [y, m, d] = [Number(year), Number(month), Number(day ?? 1)];
  const days = new Date(Date.UTC(y, m, 0)).getUTCDate();
  if (m < 1 || m > 12 || d < 1 || d > days) return undefined;
  const two = (part: number): string => String(part).padStart(2, '0');
  return day === undefined ? `${year}-${two(m)}` : `${year}-${two(m)}-${two(d)}`;
}
