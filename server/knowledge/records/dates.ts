/** A date found in a text; offsets are UTF-16 units within the text that was searched. */
interface FoundDate {
  /** ISO 8601, as precise as the source: instant, day, month or year. */
  readonly iso: string;
  readonly start: number;
  readonly end: number;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const NAME =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const YEAR = '((?:19|20)\\d{2})';
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?';

type Reader = readonly [pattern: RegExp, read: (match: RegExpExecArray) => string | undefined];

/** Forms, in the order in which they are tried at one position. All repetitions are bounded, so a search takes linear time. */
const FORMS: readonly Reader[] = [
  [
    /(?<!\d)((?:19|20)\d{2}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2}))(?!\d)/g,
    ([, written]) => {
      const instant = new Date((written ?? '').replace(' ', 'T'));
      return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString().replace('.000Z', 'Z');
    },
  ],
  [new RegExp(`(?<!\\d)${YEAR}([-/.])(\\d{1,2})\\2(\\d{1,2})(?!\\d)`, 'g'), ([, year, , month, day]) => iso(year, month, day)],
  [new RegExp(`(?<!\\d)${YEAR}(\\d{2})(\\d{2})(?!\\d)`, 'g'), ([, year, month, day]) => iso(year, month, day)],
  [
    new RegExp(`(?<!\\d)${YEAR}[- ./]{1,2}${NAME}[- ./]{1,2}${DAY}(?![\\dA-Za-z])`, 'gi'),
    ([, year, month, day]) => iso(year, named(month), day),
  ],
  [
    new RegExp(`(?<!\\d)${DAY}(?: of)?[- ./,]{1,2}${NAME}[- ./,]{1,2}${YEAR}(?!\\d)`, 'gi'),
    ([, day, month, year]) => iso(year, named(month), day),
  ],
  [new RegExp(`(?<![A-Za-z])${NAME} ${DAY}(?:,|\\s){1,2}${YEAR}(?!\\d)`, 'gi'), ([, month, day, year]) => iso(year, named(month), day)],
  [/(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2((?:19|20)\d{2})(?!\d)/g, ([, first, mark, second, year]) => european(first, mark, second, year)],
  [new RegExp(`(?<![A-Za-z])${NAME}[- ,/]{1,2}${YEAR}(?!\\d)`, 'gi'), ([, month, year]) => iso(year, named(month))],
  [new RegExp(`(?<!\\d)${YEAR}-(0[1-9]|1[0-2])(?![-\\d])`, 'g'), ([, year, month]) => iso(year, month)],
];

/**
 * The first date of a text, in any form that records use: `2021-06-05`, `2021/6/5`, `20210605`, `20-09-2018`, `26-Sep-2018`,
 * `September 26th, 2018`, `January 2021`, instants. With hyphens and dots the day comes before the month; with slashes, if both could be the month,
 * only the year is used. Days that do not exist are not dates.
 */
export function findDate(text: string): FoundDate | undefined {
  let best: FoundDate | undefined;
  for (const [pattern, read] of FORMS) {
    for (const match of text.matchAll(pattern)) {
      if (best !== undefined && match.index >= best.start) break;
      const value = read(match);
      if (value === undefined) continue;
      best = { iso: value, start: match.index, end: match.index + match[0].length };
      break;
    }
  }
  return best;
}

/** The earliest first date of the texts: the day a record was created, whichever way its change log is sorted. */
export function earliestDate(texts: readonly string[]): string | undefined {
  const found = texts.map((text) => findDate(text)?.iso).filter((date) => date !== undefined);
  return found.sort()[0];
}

function named(month: string | undefined): string {
  return String(MONTHS.indexOf((month ?? '').slice(0, 3).toLowerCase()) + 1);
}

function european(
  first: string | undefined,
  mark: string | undefined,
  second: string | undefined,
  year: string | undefined,
): string | undefined {
  const [a, b] = [Number(first), Number(second)];
  if (a > 12 || (mark !== '/' && b <= 12)) return iso(year, second, first);
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
