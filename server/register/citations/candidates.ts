import { recordName } from '../../knowledge/record-name.ts';
import { decisionMentions, letterMentions, wordMentions } from '../../text/record-numbers.ts';
import { type Catalogue, type RecordEntry, recordsNumbered } from '../catalogue.ts';
import { type CitationIndex, wordsIn } from './citation-index.ts';
import { type CitationTarget, nearest } from './nearest.ts';

/** How a citation names its record. */
export type CitationForm = 'path' | 'name' | 'number' | 'slug' | 'title';

/** A stretch of text that may be a citation. */
export interface CitationCandidate {
  readonly start: number;
  readonly end: number;
  readonly form: CitationForm;
  readonly targets: readonly CitationTarget[];
  /** How the record was found where no file exists at the cited path. */
  readonly moved?: 'renamed' | 'same-name' | 'same-slug';
  /** For a number: the series that the words before it name, in lower case. */
  readonly namespace?: string;
}

/** The text to search, and what the search needs to know. */
export interface CitationSearch {
  readonly text: string;
  readonly catalogue: Catalogue;
  readonly index: CitationIndex;
  /** Repository-relative path of the text. */
  readonly from: string;
  /** The current path of a file that git moved. */
  readonly renamed: (path: string) => string | undefined;
  /** Text of the line of an offset and the next one. */
  readonly around: (offset: number) => string;
}

/** Weights as measured in docs/ranking.md. */
const WEIGHT = { path: 4, name: 3.5, number: 3, slug: 2.5, title: 2 } as const;
const LONGEST_TITLE_SCAN = 100_000;
const LEAST_NAME = 8;

const FILE_END = /\.(?:md|mdx|markdown|rst|adoc)\b/gi;
const PATH_LETTER = /[\w@./\\-]/;
const LONGEST_PATH = 300;
/** Names that occur in every folder, and mean nothing alone. */
const COMMON_FILE = /^(?:readme|index|_index|adr|decision|record|template|contributing|changelog)\.\w+$/i;
const NAME_PATTERN = /(?<![\w-])[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+){1,30}/g;
const RECORD_FOLDER = /(?:^|\/)(?:m?adrs?|decisions?|decision-records?|architecture-decisions?|rfcs?|keps?|teps?)\//i;

const nearestAt = (search: CitationSearch, records: readonly RecordEntry[], weight: number, offset: number): CitationTarget[] =>
  nearest(records, weight, { from: search.from, index: search.index, around: () => search.around(offset) });

type Resolved = Pick<CitationCandidate, 'targets' | 'moved'>;

/** The records whose path ends in the cited one, or in whose path the cited one ends, as in an address at a forge. */
function atPath(clean: string, { index }: CitationSearch): readonly RecordEntry[] {
  const file = clean.slice(clean.lastIndexOf('/') + 1).toLowerCase();
  const same = index.byFile.get(file) ?? [];
  const whole = same.filter((record) => record.path === clean || record.path.endsWith(`/${clean}`));
  if (whole.length > 0) return whole;
  // Nobody opens a citation through the file system, and on Windows and macOS both names are the same.
  const lower = clean.toLowerCase();
  const otherCase = same.map((record) => ({ record, path: record.path.toLowerCase() }));
  const anyCase = otherCase.filter(({ path }) => path === lower || path.endsWith(`/${lower}`));
  if (anyCase.length > 0) return anyCase.map(({ record }) => record);
  for (let at = clean.indexOf('/'); at >= 0; at = clean.indexOf('/', at + 1)) {
    const found = index.byPath.get(clean.slice(at + 1));
    if (found?.path.includes('/')) return [found];
  }
  return [];
}

/** The path with slashes, without leading ones, `./` and `../`. */
export const cleanPath = (path: string): string =>
  path
    .replace(/\\{1,2}/g, '/')
    .replace(/^(?:\.{1,2}\/)+/, '')
    .replace(/^\/+/, '')
    .replaceAll('/./', '/');

function resolvePathCitation(search: CitationSearch, cited: string, offset: number): Resolved {
  const { catalogue, index } = search;
  const clean = cleanPath(cited);
  const exact = atPath(clean, search);
  if (exact.length > 0) return { targets: nearestAt(search, exact, WEIGHT.path, offset) };
  const now = clean.includes('/') ? search.renamed(clean) : undefined;
  const moved = now === undefined ? undefined : index.byPath.get(now);
  if (moved) return { targets: [{ record: moved, weight: WEIGHT.path }], moved: 'renamed' };
  const name = (clean.split('/').at(-1) ?? '').replace(/\.[^.]+$/, '').toLowerCase();
  const sameName = catalogue.byName.get(name) ?? [];
  if (sameName.length > 0) return { targets: nearestAt(search, sameName, WEIGHT.name, offset), moved: 'same-name' };
  const bare = name.replace(/^(?:adr|rfc)?[-_]?\d+[-_.]/, '').replaceAll('_', '-');
  const sameSlug = bare === name ? [] : (catalogue.bySlug.get(bare) ?? []);
  return sameSlug.length === 1 ? { targets: nearestAt(search, sameSlug, WEIGHT.number, offset), moved: 'same-slug' } : { targets: [] };
}

/** True for a path that can only be meant as a record: numbered or dated, in a folder of records. */
function looksLikeRecord(path: string, { index }: CitationSearch): boolean {
  const clean = cleanPath(path);
  const { number, date, slug } = recordName(clean);
  if ((number === undefined && date === undefined) || !/[a-z]/.test(slug)) return false;
  const folder = clean.slice(0, Math.max(0, clean.lastIndexOf('/')));
  return (
    RECORD_FOLDER.test(clean) ||
    (folder !== '' && (index.folders.has(folder) || [...index.folders].some((own) => own.endsWith(`/${folder}`))))
  );
}

export function* pathCandidates(search: CitationSearch): Generator<CitationCandidate> {
  const { text } = search;
  let last = 0;
  // From the extension back to the beginning: looking for whole paths is slow in a text that is one long path.
  for (const match of text.matchAll(FILE_END)) {
    const end = match.index + match[0].length;
    let start = match.index;
    while (start > last && end - start < LONGEST_PATH && PATH_LETTER.test(text.charAt(start - 1))) start--;
    last = end;
    const begins = beginnings(text, start, match.index);
    const exact = begins.find((from) => {
      const resolved = resolvePathCitation(search, text.slice(from, end), from);
      return resolved.targets.length > 0 && resolved.moved === undefined && !COMMON_FILE.test(text.slice(from, end));
    });
    const from = exact ?? begins.at(-1);
    if (from === undefined) continue;
    const path = text.slice(from, end);
    if (COMMON_FILE.test(path)) continue;
    const resolved = resolvePathCitation(search, path, from);
    if (resolved.targets.length > 0 || looksLikeRecord(path, search)) yield { start: from, end, form: 'path', ...resolved };
  }
}

/**
 * Where a path may begin in a stretch of its letters, the likeliest last: with the dot of a hidden folder or without the point of a sentence; with
 * back slashes as on Windows, or behind the `\n` of a string.
 */
function beginnings(text: string, start: number, dot: number): readonly number[] {
  let whole = start;
  while (whole < dot && /[@\\-]/.test(text.charAt(whole))) whole++;
  const back = text.lastIndexOf('\\', dot);
  const narrow = back >= whole ? back + 1 : whole;
  const bare = text[narrow] === '.' && /\w/.test(text.charAt(narrow + 1)) ? narrow + 1 : narrow;
  const isHidden = bare > narrow && text.slice(narrow, dot).includes('/') && !/\w/.test(text.charAt(narrow - 1));
  const ordered = isHidden ? [whole, bare, narrow] : [whole, narrow, bare];
  return [...new Set(ordered)].filter((at) => at < dot);
}

/** Numbers behind a word, and behind the letters of series that records of this repository use. */
export function* numberCandidates(search: CitationSearch): Generator<CitationCandidate> {
  const { catalogue, text } = search;
  for (const { start, end, namespace, number } of wordMentions(text)) {
    const records = recordsNumbered(catalogue, namespace, number);
    yield { start, end, form: 'number', targets: nearestAt(search, records, WEIGHT.number, start), namespace };
  }
  if (catalogue.series.size === 0) return;
  for (const { start, end, namespace, number, led } of letterMentions(text, (letters) => catalogue.series.has(letters))) {
    const records = catalogue.byNumber.get(`${namespace}:${number}`) ?? [];
    // Without a record, short letters may be a part number or the size of a sheet.
    if (records.length === 0 && !led && (namespace.length === 1 || !/[-–]/.test(text.slice(start, end)))) continue;
    yield { start, end, form: 'number', targets: nearestAt(search, records, WEIGHT.number, start), namespace };
  }
}

/** Finds `decision 7`, but only where a record has the number and the sentence cites it or mentions words of its name. */
export function* decisionCandidates(search: CitationSearch): Generator<CitationCandidate> {
  for (const { start, end, number, led } of decisionMentions(search.text)) {
    const records = recordsNumbered(search.catalogue, 'adr', number);
    if (records.length === 0) continue;
    const targets = nearestAt(search, records, WEIGHT.title, start);
    const there = new Set(wordsIn(search.around(start)));
    const mentioned = targets.some(
      ({ record }) => record.slug.split(/[-_]/).filter((word) => word.length > 3 && there.has(word)).length >= 2,
    );
    if (mentioned || led) yield { start, end, form: 'number', targets, namespace: 'adr' };
  }
}

export function* nameCandidates(search: CitationSearch): Generator<CitationCandidate> {
  const { catalogue } = search;
  for (const match of search.text.matchAll(NAME_PATTERN)) {
    const name = match[0].toLowerCase();
    if (name.length < LEAST_NAME) continue;
    const stretch = { start: match.index, end: match.index + match[0].length };
    const words = name.split(/[-_]/).length;
    const byName = catalogue.byName.get(name) ?? [];
    if (byName.length > 0 && byName.some((record) => record.number !== undefined || words >= 3)) {
      yield { ...stretch, form: 'name', targets: nearestAt(search, byName, WEIGHT.name, match.index) };
      continue;
    }
    const bySlug = catalogue.bySlug.get(name.replaceAll('_', '-')) ?? [];
    if (bySlug.length === 1 && words >= 3) yield { ...stretch, form: 'slug', targets: nearestAt(search, bySlug, WEIGHT.slug, match.index) };
  }
}

/** Finds the first occurrence of every full title of at least four words. */
export function* titleCandidates({ text, index }: CitationSearch): Generator<CitationCandidate> {
  if (text.length > LONGEST_TITLE_SCAN || index.byTitle.size === 0) return;
  const words = [...text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)];
  const found = new Set<string>();
  for (let at = 0; at + 4 <= words.length; at++) {
    const key = `${words[at]?.[0]} ${words[at + 1]?.[0]} ${words[at + 2]?.[0]} ${words[at + 3]?.[0]}`;
    for (const length of index.titleLengths.get(key) ?? []) {
      const last = words[at + length - 1];
      if (last === undefined) continue;
      const record = index.byTitle.get(
        words
          .slice(at, at + length)
          .map(([word]) => word)
          .join(' '),
      );
      if (record === undefined || found.has(record.id)) continue;
      found.add(record.id);
      yield { start: words[at]?.index ?? 0, end: last.index + last[0].length, form: 'title', targets: [{ record, weight: WEIGHT.title }] };
    }
  }
}
