import type { DocumentHead } from '../model/document.ts';

/** What the path of a record says: its number, slug and date. */
interface RecordName {
  /** Without leading zeros; absent if the name has none. A date is not a number. */
  readonly number?: string;
  /** The number as the name has it: `0007`. */
  readonly digits?: string;
  /** Words of the name without number, date and extension, in lower case with hyphens; the whole name if nothing else is left. */
  readonly slug: string;
  /** The same words as they are written, joined by spaces; empty if nothing but a number or date is there. */
  readonly words: string;
  /**
   * The series of the number, in lower case: RFC 7 is not ADR 7, and A-13 is not B-13. `adr` where name and folder say nothing else; `rfc`, `pep`,
   * `a` (for `A-13-x.md`).
   */
  readonly namespace: string;
  /** ISO day or month in the name; absent if it has none. */
  readonly date?: string;
}

const EXTENSION = /\.(?:md|mdx|markdown|mkd|rst|rest|txt|adoc|asciidoc|mediawiki)$/i;
const FOLDER_FILES = /^(?:readme|index|_index|adr|decision|record)$/i;
/** Words for a record of decision: its numbers are the ordinary ones. */
const RECORD_WORD = /^(?:m?adr|decision|decision[-_ ]record)(?=[-_ .#]{0,2}\d)[-_ .#]{0,2}/i;
/** Letters of a project before such a word and a number: `ODH-ADR-0007`. */
const PROJECT = /^[a-z]{2,8}[-_](?=m?adr[-_ .#]{0,2}\d{2,5}(?:[-_ .:]|$))/i;
/** Letters between such a word and the number: `ADR-A13`, `ADR-UI-004`. Two digits without a hyphen, because of `ADR-S3-buckets`. */
const LETTERS_AFTER_WORD = /^M?ADR[-_ ]([A-Z]{1,6})(?:[-_](?=\d{1,5}(?:[-_ .:]|$))|(?=\d{2,5}(?:[-_ .:]|$)))/;
/** Series of the well-known proposal processes, whose numbers count in any letter case. */
const PROPOSAL =
  /^(rfc|kep|tep|pep|oep|jep|eip|erc|bip|kip|fip|flip|lip|nep|cip|sip|aip|gep|xep|slip|snip|caip|scip|nip|hip|mip|sep|dep|aep|rep|cap|cps|dip|qep|glep|simd|srfi|dr|ddr)(?=[-_ .#]?\d)[-_ .#]?/i;
/** `A-13-x`, `UI-004`, `BE_0012`, `D042-x`; in small letters only with leading zeros. */
const LETTERS =
  /^(?:([A-Z]{1,6})[-_](?=\d{1,5}(?:[-_ .:]|$))|([A-Z]{1,4})(?=\d{3,5}(?:[-_ .:]|$))|([a-z]{1,4})[-_](?=0\d{1,4}(?:[-_ .:]|$)))/;
/** Letters that stand before a number without being a series of records. */
const NO_SERIES = new Set(
  (
    'http https utf sha md iso iec din tls ssl ipv ip es ecma java jdk jre php ec oauth aes rsa crc base win covid usb ieee gpt llm python py node vue ' +
    'react net ie mp cve cwe gh pr issue bug task todo phase step part sprint week day year v ver version rc x h c cpp go log note draft page tmp test'
  ).split(' '),
);
/** Folders whose records belong to one process. */
const FOLDERS: Readonly<Record<string, string>> = {
  rfc: 'rfc',
  rfcs: 'rfc',
  pep: 'pep',
  peps: 'pep',
  kep: 'kep',
  keps: 'kep',
  teps: 'tep',
  oeps: 'oep',
  eips: 'eip',
  ercs: 'erc',
  jeps: 'jep',
  bips: 'bip',
};
/** A word in capitals that is longer is no acronym. */
const LONGEST_ACRONYM = 5;
const DAY = /^((?:19|20)\d{2})([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)/;
const MONTH = /^((?:19|20)\d{2})[-_.](0[1-9]|1[0-2])(?=[-_ .]\D|$)/;

/** Whether letters before a number may name a series: `UTF-8` and `SHA-256` do not. */
export const isSeries = (letters: string): boolean => !NO_SERIES.has(letters.toLowerCase());

/** The series that begins a name, and how long its letters are; `undefined` where the name begins otherwise. */
function seriesIn(name: string): { readonly namespace: string; readonly length: number } | undefined {
  const project = PROJECT.exec(name)?.[0].length ?? 0;
  if (project > 0) return { namespace: 'adr', length: project + (RECORD_WORD.exec(name.slice(project))?.[0].length ?? 0) };
  const word = RECORD_WORD.exec(name);
  if (word !== null) return { namespace: 'adr', length: word[0].length };
  const proposal = PROPOSAL.exec(name);
  if (proposal?.[1] !== undefined) return { namespace: proposal[1].toLowerCase(), length: proposal[0].length };
  const letters = LETTERS_AFTER_WORD.exec(name) ?? LETTERS.exec(name);
  const series = letters?.[1] ?? letters?.[2] ?? letters?.[3];
  return letters === null || series === undefined || !isSeries(series)
    ? undefined
    : { namespace: series.toLowerCase(), length: letters[0].length };
}

/** The series of a folder. `text/` at the root is where repositories of RFCs keep them. */
function seriesOfFolders(folders: readonly string[]): string {
  const named = folders.findLast((folder) => Object.hasOwn(FOLDERS, folder.toLowerCase()));
  if (named !== undefined) return FOLDERS[named.toLowerCase()] ?? 'adr';
  return folders[0] === 'text' ? 'rfc' : 'adr';
}

/**
 * Number, slug, namespace and date in the path of a record: `0007-use-kafka` has number 7 and slug `use-kafka`, `A-13-keys` number 13 of the series
 * `a`. README and index files take the name of their folder. A date (`2022-02-03-x`, `20200924-x`) is not a number, but a number may follow it
 * (`2021-06-05_011-x`).
 */
export function recordName(path: string): RecordName {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  const file = (segments.at(-1) ?? '').replace(EXTENSION, '');
  const folder = segments.at(-2);
  const name = FOLDER_FILES.test(file) && folder !== undefined ? folder : file;

  const series = seriesIn(name);
  const namespace = series === undefined || series.namespace === 'adr' ? seriesOfFolders(segments.slice(0, -1)) : series.namespace;
  const bare = name.slice(series?.length ?? 0);
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
    ...(digits === undefined || year ? {} : { number: String(Number(digits)), digits }),
    slug: slugOf(rest) || slugOf(name),
    words: wordsOf(rest),
    namespace,
    ...(day === null ? (month === null ? {} : { date: `${month[1]}-${month[2]}` }) : { date: `${day[1]}-${day[3]}-${day[4]}` }),
  };
}

/** The words of a name as written; of one in capitals or without separators, in their usual form: `UseKafka`, `USE_KAFKA`. */
function wordsOf(name: string): string {
  const parts = name.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');
  const isShouted = name === name.toUpperCase() && (parts.length > 1 || name.length > LONGEST_ACRONYM);
  if (isShouted) return parts.join(' ').toLowerCase();
  if (parts.length !== 1) return parts.join(' ');
  return (parts[0] ?? '')
    .replace(/(?<=\p{Ll})(?=\p{Lu}\p{Ll})/gu, ' ')
    .replace(/(?<= )\p{Lu}(?=\p{Ll})/gu, (letter) => letter.toLowerCase());
}

/** Words of a text in lower case, joined by single hyphens. */
export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .join('-');
}

/** The series that a record is numbered in: what it says itself, else what its path says. */
export const namespaceOf = ({ namespace, path }: Pick<DocumentHead, 'namespace' | 'path'>): string =>
  namespace ?? recordName(path ?? '').namespace;

/**
 * The keys by which numbers find a record, `<namespace>:<number>`. Two where a file without letters calls itself by some (`0013-x.md` with
 * `SE-0013`), and the day of a dated record without a number (`adr:20240304`).
 */
export function numberKeys(head: Pick<DocumentHead, 'namespace' | 'number' | 'path'>): readonly string[] {
  const name = recordName(head.path ?? '');
  const own = namespaceOf(head);
  const number = head.number ?? name.number;
  if (number === undefined) {
    return name.date === undefined || name.date.length < 10 ? [] : [`${own}:${Number(name.date.replaceAll('-', ''))}`];
  }
  const keys = [`${own}:${number}`];
  if (name.namespace !== own && name.number === number) keys.push(`${name.namespace}:${number}`);
  return keys;
}

/** How people write the number of a record: `ADR 7`, `PEP 8`, `A-13`. Only words that stand alone are followed by a space. */
export function numberLabel(namespace: string, number: string): string {
  const letters = namespace.toUpperCase();
  return /^(?:ADR|RFC|KEP|TEP|PEP|OEP)$/.test(letters) ? `${letters} ${number}` : `${letters}-${number}`;
}

/** A title that begins with a number in brackets or after letters, such as "CAP-0023: ..." or "[7] ...". */
const NUMBERED_TITLE = /^[\W_]*(?:\p{L}{1,8}[-_ .#]{0,2})?0*(\d{1,8})(?!\d)/u;

/**
 * The number of a record as people write it before its title: as its file name has it (`0014`), with the letters of its series (`A-13`, `RFC 7`).
 * `undefined` without a number, and where the title begins with it.
 */
export function titleNumber(head: Pick<DocumentHead, 'namespace' | 'number' | 'path' | 'title'>): string | undefined {
  const name = recordName(head.path ?? '');
  const number = head.number ?? name.number;
  if (number === undefined || NUMBERED_TITLE.exec(head.title)?.[1] === number) return undefined;
  const namespace = namespaceOf(head);
  if (namespace !== 'adr') return numberLabel(namespace, number);
  return name.number === number ? name.digits : number;
}
