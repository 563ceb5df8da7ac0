import { folderOf } from '../../knowledge/paths.ts';
import type { Catalogue, RecordEntry } from '../catalogue.ts';
import { type FolderSizes, folderSizesOf } from '../copies.ts';
import { documentedFolder } from '../documented-folder.ts';

/** Shorter titles are phrases that occur by chance. */
const LEAST_TITLE_WORDS = 4;

/** A catalogue prepared for finding citations, so that the work for a text does not grow with the number of records. */
export interface CitationIndex {
  readonly byPath: ReadonlyMap<string, RecordEntry>;
  /** By file name with extension, lower case. */
  readonly byFile: ReadonlyMap<string, readonly RecordEntry[]>;
  /** By the words of the title, joined by spaces; titles of several records are left out. */
  readonly byTitle: ReadonlyMap<string, RecordEntry>;
  /** Numbers of words of the titles that begin with these four words. */
  readonly titleLengths: ReadonlyMap<string, ReadonlySet<number>>;
  /** Folders of packages that have their own records. */
  readonly documentedFolders: ReadonlySet<string>;
  /** Folders that contain records. */
  readonly folders: ReadonlySet<string>;
  readonly folderSizes: FolderSizes;
  /** Highest record number by namespace. */
  readonly highest: ReadonlyMap<string, number>;
}

const indexes = new WeakMap<Catalogue, CitationIndex>();

/** Words of a text for comparing titles and slugs: letters and digits, in lower case. */
export const wordsIn = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

/** The index of a catalogue, memoised by catalogue. */
export function citationIndex(catalogue: Catalogue): CitationIndex {
  const known = indexes.get(catalogue);
  if (known) return known;
  const byPath = new Map<string, RecordEntry>();
  const byFile = new Map<string, RecordEntry[]>();
  const byTitle = new Map<string, RecordEntry>();
  const titleLengths = new Map<string, Set<number>>();
  const ambiguousTitles = new Set<string>();
  const documentedFolders = new Set<string>();
  const folders = new Set<string>();
  const highest = new Map<string, number>();
  for (const record of catalogue.records) {
    // The path of a log means all of its records, so it cites none.
    const hasFile = record.id === record.path;
    if (hasFile) {
      byPath.set(record.path, record);
      add(byFile, record.path.slice(record.path.lastIndexOf('/') + 1).toLowerCase(), record);
    }
    const words = wordsIn(record.head.title);
    if (words.length >= LEAST_TITLE_WORDS) {
      const title = words.join(' ');
      const beginning = words.slice(0, LEAST_TITLE_WORDS).join(' ');
      if (byTitle.has(title)) ambiguousTitles.add(title);
      byTitle.set(title, record);
      titleLengths.set(beginning, (titleLengths.get(beginning) ?? new Set()).add(words.length));
    }
    const folder = hasFile ? documentedFolder(record.path) : '';
    if (folder !== '') documentedFolders.add(folder);
    if (hasFile) folders.add(folderOf(record.path));
    if (record.number !== undefined) highest.set(record.namespace, Math.max(highest.get(record.namespace) ?? 0, Number(record.number)));
  }
  for (const title of ambiguousTitles) byTitle.delete(title);
  const index: CitationIndex = {
    byPath,
    byFile,
    byTitle,
    titleLengths,
    documentedFolders,
    folders,
    folderSizes: folderSizesOf(catalogue.records),
    highest,
  };
  indexes.set(catalogue, index);
  return index;
}
