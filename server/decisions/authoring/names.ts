import { folderOf } from '../../knowledge/paths.ts';
import { recordName, slugOf } from '../../knowledge/record-name.ts';
import { homeOf } from '../../register/home.ts';

/** What is known of a record that exists. */
export interface KnownRecord {
  readonly path: string;
  readonly number?: string;
  readonly date?: string;
}

/** A folder of records that are named alike. */
export interface Collection {
  /** Folder that holds the files, or the folders of records that have one of their own; empty for the root. */
  readonly folder: string;
  /** Newest first. */
  readonly records: readonly KnownRecord[];
}

const FOLDER_FILE = /^(?:readme|index|_index|adr|decision|record)\.\w+$/i;

const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** True for a record that is the README of a folder of its own. */
const ownFolder = (path: string): boolean => FOLDER_FILE.test(baseOf(path)) && /\d/.test(baseOf(folderOf(path)));

const collectionOf = (path: string): string => (ownFolder(path) ? folderOf(folderOf(path)) : folderOf(path));

const numberOf = ({ path, number }: KnownRecord): number => Number(number ?? recordName(path).number ?? -1);

/** Newest first: by date, by number, by path. */
export const newestFirst = (a: KnownRecord, b: KnownRecord): number => {
  const [left, right] = [a.date ?? recordName(a.path).date ?? '', b.date ?? recordName(b.path).date ?? ''];
  if (numberOf(a) !== numberOf(b) && numberOf(a) >= 0 && numberOf(b) >= 0) return numberOf(b) - numberOf(a);
  if (left !== right) return left < right ? 1 : -1;
  return a.path < b.path ? 1 : -1;
};

/** Folders of records, by path. */
export function collectionsOf(records: readonly KnownRecord[]): readonly Collection[] {
  const folders = new Map<string, KnownRecord[]>();
  for (const record of records) {
    const folder = collectionOf(record.path);
    const known = folders.get(folder);
    if (known) known.push(record);
    else folders.set(folder, [record]);
  }
  return [...folders]
    .map(([folder, members]) => ({ folder, records: members.sort(newestFirst) }))
    .sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

/**
 * The folder that a new record belongs to: of the records of the package that the code belongs to, else of the whole repository; where there are
 * several, the one with most records.
 *
 * @param near Repository-relative path of the code at hand, or of a record whose folder is wanted.
 */
export function chooseCollection(records: readonly KnownRecord[], near?: string): Collection | undefined {
  const collections = collectionsOf(records);
  const own = collections.find(
    ({ folder, records: members }) => members.some(({ path }) => path === near) || (near && folder === folderOf(near)),
  );
  if (own) return own;
  const depth = ({ records: [record] }: Collection): number => {
    const home = record === undefined ? '' : homeOf(record.path);
    if (home === '') return 0;
    return near === home || near?.startsWith(`${home}/`) === true ? home.split('/').length : -1;
  };
  const most = Math.max(-1, ...collections.map(depth));
  const near_ = collections.filter((collection) => depth(collection) === most);
  const adr = near_.filter(({ records: [record] }) => record !== undefined && recordName(record.path).namespace === 'adr');
  return [...(adr.length > 0 ? adr : near_)].sort((a, b) => b.records.length - a.records.length)[0];
}

/** How the files of a collection are called. */
export interface NameForm {
  /** `adr-`; empty for most. */
  readonly prefix: string;
  /** Marks between the parts of a date (`-`, `_`, none), and behind it; absent where names have no date. */
  readonly date?: { readonly mark: string; readonly after: string };
  /** Digits to fill up to (0: none) and what stands behind the number; absent where names have no number. */
  readonly number?: { readonly width: number; readonly after: string };
  /** Between the words of a slug. */
  readonly joint: '-' | '_' | ' ';
  /** True where words begin with a capital. */
  readonly capitals: boolean;
  /** `.md`; for a folder of its own `/README.md`. */
  readonly end: string;
}

/** What holds for a repository without records. */
export const DEFAULT_NAMES: NameForm = { prefix: '', number: { width: 4, after: '-' }, joint: '-', capitals: false, end: '.md' };

const NAME =
  /^(?<prefix>[A-Za-z]{2,12}[-_ .#]?(?=\d))?(?:(?<year>\d{4})(?<mark>[-_.]?)(?:0[1-9]|1[0-2])\k<mark>(?:0[1-9]|[12]\d|3[01])(?!\d)(?<afterDate>[-_ .]?))?(?:(?<digits>\d{1,5})(?<afterNumber>[-_ .]{1,3}|$))?(?<slug>.*)$/;
/** So many of the newest records say how files are called now. */
const NEWEST = 12;

function formOf(path: string): NameForm {
  const own = ownFolder(path);
  const file = baseOf(path);
  const dot = file.lastIndexOf('.');
  const stem = own ? baseOf(folderOf(path)) : dot > 0 ? file.slice(0, dot) : file;
  const { prefix = '', year, mark = '', afterDate = '', digits, afterNumber = '', slug = '' } = NAME.exec(stem)?.groups ?? {};
  const words = slug.split(/[-_ ]/).filter((word) => /\p{L}/u.test(word));
  const joint = slug.includes('_') && !slug.includes('-') ? '_' : slug.includes(' ') && !slug.includes('-') ? ' ' : '-';
  return {
    prefix,
    ...(year === undefined ? {} : { date: { mark, after: afterDate === '' ? '-' : afterDate } }),
    ...(digits === undefined
      ? {}
      : { number: { width: digits.startsWith('0') ? digits.length : 0, after: afterNumber === '' ? '-' : afterNumber } }),
    joint,
    capitals: words.length > 1 && words.every((word) => /^(?:\p{Lu}|\d)/u.test(word)),
    end: own ? `/${file}` : dot > 0 ? file.slice(dot) : '.md',
  };
}

const shapeKey = ({ prefix, date, number, joint, capitals, end }: NameForm): string =>
  JSON.stringify([prefix.toLowerCase(), date, number?.after, joint, capitals, end]);

/** The form that most of the newest records have; of equals, the newest. */
export function nameFormOf(records: readonly KnownRecord[]): NameForm {
  const forms = [...records]
    .sort(newestFirst)
    .slice(0, NEWEST)
    .map(({ path }) => formOf(path));
  const counts = new Map<string, { readonly form: NameForm; count: number }>();
  for (const form of forms) {
    const known = counts.get(shapeKey(form));
    if (known) known.count += 1;
    else counts.set(shapeKey(form), { form, count: 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.form ?? DEFAULT_NAMES;
}

/**
 * The next number of a collection: one more than the largest, gaps are not filled. Numbers of other folders beside it count where no number stands
 * in two of them, for then they are one sequence.
 *
 * @param listing Names of what stands in the folder, records or not.
 */
export function nextNumber(collection: Collection, all: readonly Collection[], listing: readonly string[]): number {
  const namespace = recordName(collection.records[0]?.path ?? collection.folder).namespace;
  const numbers = ({ records }: Collection): number[] => records.map(numberOf).filter((number) => number >= 0);
  const own = new Set(numbers(collection));
  for (const name of listing) {
    const { number, date } = recordName(name);
    if (number !== undefined && date === undefined) own.add(Number(number));
  }
  const parent = folderOf(collection.folder);
  const beside = all.filter(
    (other) =>
      other.folder !== collection.folder &&
      parent !== '' &&
      (folderOf(other.folder) === parent || other.folder === parent || folderOf(other.folder) === collection.folder) &&
      recordName(other.records[0]?.path ?? '').namespace === namespace,
  );
  const theirs = beside.flatMap(numbers);
  const sequence = theirs.length > 0 && theirs.every((number) => !own.has(number)) && new Set(theirs).size === theirs.length;
  return Math.max(0, ...own, ...(sequence ? theirs : [])) + 1;
}

const LONGEST_SLUG = 80;

/** Words of a title for a file name: letters without accents where there are such, at most 80 characters. */
export function fileSlug(title: string): string {
  const plain = title
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/['’]/g, '')
    .normalize('NFC');
  const slug = slugOf(plain);
  if (slug.length <= LONGEST_SLUG) return slug || 'decision';
  const cut = slug.lastIndexOf('-', LONGEST_SLUG);
  return slug.slice(0, cut > 20 ? cut : LONGEST_SLUG);
}

/** Path of a new record. `exists`: names that are taken get a number behind them. */
export function newPath(
  folder: string,
  form: NameForm,
  { title, number, today }: { readonly title: string; readonly number: number; readonly today: string },
  exists: (path: string) => boolean,
): string {
  const date = form.date === undefined ? '' : today.replaceAll('-', form.date.mark) + form.date.after;
  const digits = form.number === undefined ? '' : String(number).padStart(form.number.width, '0') + form.number.after;
  const words = fileSlug(title).split('-');
  const slug = (form.capitals ? words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)) : words).join(form.joint);
  const pathOf = (suffix: string): string => {
    const name = `${form.prefix}${date}${digits}${slug}${suffix}${form.end}`;
    return folder === '' ? name : `${folder}/${name}`;
  };
  for (let take = 1; take < 1_000; take++) {
    const path = pathOf(take === 1 ? '' : `${form.joint}${take}`);
    if (!exists(path)) return path;
  }
  return pathOf(`${form.joint}${today}`);
}
