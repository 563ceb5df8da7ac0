import { folderOf } from '../../knowledge/paths.ts';
import { recordName, slugOf } from '../../knowledge/record-name.ts';
import { documentedFolder } from '../../register/documented-folder.ts';

/** An existing record, as far as its name matters. */
export interface KnownRecord {
  readonly path: string;
  readonly number?: string;
  readonly date?: string;
}

/** A folder of records. */
export interface Collection {
  /** Folder of the files, or of the folders of records that have one of their own; empty for the root. */
  readonly folder: string;
  /** Newest first. */
  readonly records: readonly KnownRecord[];
}

const FOLDER_FILE = /^(?:readme|index|_index|adr|decision|record)\.\w+$/i;

const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Whether a record is the README of a folder of its own. */
const hasOwnFolder = (path: string): boolean => FOLDER_FILE.test(baseOf(path)) && /\d/.test(baseOf(folderOf(path)));

const collectionOf = (path: string): string => (hasOwnFolder(path) ? folderOf(folderOf(path)) : folderOf(path));

const numberOf = ({ path, number }: KnownRecord): number => Number(number ?? recordName(path).number ?? -1);

/** Newest first: by number, by date, by path. */
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
    const members = folders.get(folder);
    if (members) members.push(record);
    else folders.set(folder, [record]);
  }
  return [...folders]
    .map(([folder, members]) => ({ folder, records: members.sort(newestFirst) }))
    .sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

/**
 * The folder for a new record: of the package that the code belongs to, else of the whole repository. Of several, the one with most records.
 *
 * @param near Repository-relative path of the code that the decision is about, or of a record whose folder to use.
 */
export function chooseCollection(records: readonly KnownRecord[], near?: string): Collection | undefined {
  const collections = collectionsOf(records);
  const own = collections.find(
    ({ folder, records: members }) => members.some(({ path }) => path === near) || (near && folder === folderOf(near)),
  );
  if (own) return own;
  const depth = ({ records: [record] }: Collection): number => {
    const folder = record === undefined ? '' : documentedFolder(record.path);
    if (folder === '') return 0;
    return near === folder || near?.startsWith(`${folder}/`) === true ? folder.split('/').length : -1;
  };
  const most = Math.max(-1, ...collections.map(depth));
  const nearest = collections.filter((collection) => depth(collection) === most);
  const adr = nearest.filter(({ records: [record] }) => record !== undefined && recordName(record.path).namespace === 'adr');
  return [...(adr.length > 0 ? adr : nearest)].sort((a, b) => b.records.length - a.records.length)[0];
}

/** How the files of a collection are named. */
export interface NameForm {
  /** `adr-`; empty for most. */
  readonly prefix: string;
  /** Separators between the parts of a date (`-`, `_`, none) and after it; absent if names have no date. */
  readonly date?: { readonly mark: string; readonly after: string };
  /** How many digits to pad to (0: none), and the separator after the number; absent if names have no number. */
  readonly number?: { readonly width: number; readonly after: string };
  /** Separator between the words of a slug. */
  readonly joint: '-' | '_' | ' ';
  /** Whether words start with a capital letter. */
  readonly capitals: boolean;
  /** Whether the words of the title are part of the name; not so in `jep/3/README.adoc`. Default: true. */
  readonly wordless?: boolean;
  /** `.md`, or `/README.md` for records that have their own folder. */
  readonly end: string;
}

/** For a repository without records. */
export const DEFAULT_NAMES: NameForm = { prefix: '', number: { width: 4, after: '-' }, joint: '-', capitals: false, end: '.md' };

const NAME =
  /^(?<prefix>(?:[A-Za-z]{2,12}[-_ ])?[A-Za-z]{1,12}[-_ .#]?(?=\d))?(?:(?<year>\d{4})(?<mark>[-_.]?)(?:0[1-9]|1[0-2])\k<mark>(?:0[1-9]|[12]\d|3[01])(?!\d)(?<afterDate>[-_ .]?))?(?:(?<digits>\d{1,5})(?<afterNumber>[-_ .]{1,3}|$))?(?<slug>.*)$/;
/** So many of the newest records decide how files are named. */
const NEWEST = 12;

function formOf(path: string): NameForm {
  const own = hasOwnFolder(path);
  const file = baseOf(path);
  const dot = file.lastIndexOf('.');
  const stem = own ? baseOf(folderOf(path)) : dot > 0 ? file.slice(0, dot) : file;
  // `use-3-replicas` has no prefix and no number.
  const isNumbered = recordName(path).number !== undefined || recordName(path).date !== undefined;
  const {
    prefix = '',
    year,
    mark = '',
    afterDate = '',
    digits,
    afterNumber = '',
    slug = '',
  } = (isNumbered ? NAME.exec(stem)?.groups : undefined) ?? { slug: stem };
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
    ...(own && digits !== undefined && slug === '' ? { wordless: true } : {}),
    end: own ? `/${file}` : dot > 0 ? file.slice(dot) : '.md',
  };
}

const shapeKey = ({ prefix, date, number, joint, capitals, wordless, end }: NameForm): string =>
  JSON.stringify([prefix.toLowerCase(), date, wordless ? 'alone' : number?.after, joint, capitals, end]);

/** The most common form among the newest records; of equally common ones, the newest. */
export function nameFormOf(records: readonly KnownRecord[]): NameForm {
  const forms = [...records]
    .sort(newestFirst)
    .slice(0, NEWEST)
    .map(({ path }) => formOf(path));
  const counts = new Map<string, { readonly form: NameForm; count: number }>();
  for (const form of forms) {
    const counted = counts.get(shapeKey(form));
    if (counted) counted.count += 1;
    else counts.set(shapeKey(form), { form, count: 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.form ?? DEFAULT_NAMES;
}

/** The series of most of the newest records: a folder may hold `A-13` beside `B-13`. */
function namespaceOf({ folder, records }: Collection): string {
  const counts = new Map<string, number>();
  for (const { path } of records.slice(0, NEWEST)) {
    const { namespace } = recordName(path);
    counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? recordName(folder).namespace;
}

/**
 * The next number of a collection: one above the highest, because gaps are not filled. Sibling folders count too if no number occurs in two of them: then
 * they share one sequence.
 *
 * @param listing Names of all files in the folder, records or not.
 */
export function nextNumber(collection: Collection, all: readonly Collection[], listing: readonly string[]): number {
  const namespace = namespaceOf(collection);
  const numbers = ({ records }: Collection): number[] =>
    records
      .filter(({ path }) => recordName(path).namespace === namespace)
      .map(numberOf)
      .filter((number) => number >= 0);
  const own = new Set(numbers(collection));
  for (const name of listing) {
    const { number, date, namespace: its } = recordName(`${collection.folder}/${name}`);
    if (number !== undefined && date === undefined && its === namespace) own.add(Number(number));
  }
  const parent = folderOf(collection.folder);
  const beside = all.filter(
    (other) =>
      other.folder !== collection.folder &&
      parent !== '' &&
      (folderOf(other.folder) === parent || other.folder === parent || folderOf(other.folder) === collection.folder) &&
      namespaceOf(other) === namespace,
  );
  const theirs = beside.flatMap(numbers);
  const sequence = theirs.length > 0 && theirs.every((number) => !own.has(number)) && new Set(theirs).size === theirs.length;
  return Math.max(0, ...own, ...(sequence ? theirs : [])) + 1;
}

const LONGEST_SLUG = 80;

/** Words of a title for a file name, without accents, at most 80 characters. */
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

/** Path of a new record. A name that exists gets a number at its end. */
export function newPath(
  folder: string,
  form: NameForm,
  { title, number, today }: { readonly title: string; readonly number: number; readonly today: string },
  exists: (path: string) => boolean,
): string {
  const date = form.date === undefined ? '' : today.replaceAll('-', form.date.mark) + form.date.after;
  const digits =
    form.number === undefined ? '' : String(number).padStart(form.number.width, '0') + (form.wordless ? '' : form.number.after);
  const words = fileSlug(title).split('-');
  const slug = form.wordless
    ? ''
    : (form.capitals ? words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)) : words).join(form.joint);
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
