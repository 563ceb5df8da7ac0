/** What the path of a record says: its number, slug and date. */
interface RecordName {
  /** Without leading zeros; absent if the name has none. A date is not a number. */
  readonly number?: string;
  /** Words of the name without number, date and extension, in lower case with hyphens; the whole name if nothing else is left. */
  readonly slug: string;
  /** ADRs and RFCs are numbered separately: RFC 7 is not ADR 7. */
  readonly namespace: 'adr' | 'rfc';
  /** ISO day or month in the name; absent if it has none. */
  readonly date?: string;
}

const EXTENSION = /\.(?:md|mdx|markdown|mkd|rst|rest|txt|adoc|asciidoc)$/i;
const FOLDER_FILES = /^(?:readme|index|_index|adr|decision|record)$/i;
const PREFIX = /^(?:m?adr|rfc|kep|tep|pep|oep|dr|ddr|decision)(?=[-_ .#]?\d)[-_ .#]?/i;
const DAY = /^(\d{4})([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)/;
const MONTH = /^(\d{4})[-_.](0[1-9]|1[0-2])(?=[-_ .]\D|$)/;

/**
 * Number, slug, namespace and date in the path of a record: `0007-use-kafka` has number 7 and slug `use-kafka`. README and index files take the
 * name of their folder. A date (`2022-02-03-x`, `20200924-x`) is not a number, but a number may follow it (`2021-06-05_011-x`).
 */
export function recordName(path: string): RecordName {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  const file = (segments.at(-1) ?? '').replace(EXTENSION, '');
  const folder = segments.at(-2);
  const name = FOLDER_FILES.test(file) && folder !== undefined ? folder : file;
  const namespace = /^rfc(?:[-_ .#]|\d)/i.test(name) || segments.slice(0, -1).some((segment) => /^rfcs?$/i.test(segment)) ? 'rfc' : 'adr';

  const bare = name.replace(PREFIX, '');
  const day = DAY.exec(bare);
  const month = day === null ? MONTH.exec(bare) : null;
  const afterDate = bare.slice((day ?? month)?.[0].length ?? 0).replace(/^[-_ .]+/, '');
  const dated = day !== null || month !== null;
  // After a date, only a zero-padded number counts: `2022-02-03-5-whys` is about the five whys.
  const found = (dated ? /^(0\d{2,3})(?=[-_ .]|$)/ : /^(\d{1,5})(?=[-_ .:]|$)/).exec(afterDate);
  const digits = found?.[1];
  // In `2021-plan.md`, 2021 is a year; among RFCs or after a prefix it is a number.
  const year = digits !== undefined && namespace === 'adr' && bare === name && /^(?:19[89]\d|20[0-4]\d)$/.test(digits);
  const rest = digits === undefined || year ? afterDate : afterDate.slice(digits.length);

  return {
    ...(digits === undefined || year ? {} : { number: String(Number(digits)) }),
    slug: slugOf(rest) || slugOf(name),
    namespace,
    ...(day === null ? (month === null ? {} : { date: `${month[1]}-${month[2]}` }) : { date: `${day[1]}-${day[3]}-${day[4]}` }),
  };
}

/** Words of a text in lower case, joined by single hyphens. */
export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .join('-');
}
