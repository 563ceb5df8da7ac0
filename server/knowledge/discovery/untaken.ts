import type { UntakenFolder, UntakenRecords } from '../../model/answer.ts';
import { groupBy } from '../../text/group-by.ts';
import { classify, isProse, isUntakenRecord } from './classify.ts';
import type { Config } from './config.ts';
import { PEEK_LENGTH } from './record-words.ts';

/** What is looked at. */
export interface UntakenOptions {
  /** Repository-relative paths of all files. */
  readonly files: readonly string[];
  readonly config: Config;
  /** Reads the start of a file, {@link PEEK_LENGTH} characters or more; `undefined` if it cannot be read. */
  readonly readPeek: (path: string) => Promise<string | undefined>;
  /** The text of `lintel.yaml`; `undefined` where there is none. */
  readonly written: string | undefined;
}

/** Fewer files that look like records are as often meeting notes or examples. */
const FEWEST = 3;
/** Limit on the texts that are looked at. */
const MOST_FILES = 20_000;
const MOST_FOLDERS = 20;
/** Limit on records that are named one by one, because no pattern takes them alone. */
const MOST_NAMED = 50;
const CONCURRENCY = 32;

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
const escaped = (text: string): string => text.replace(/[*?[\]{}!#\\]/g, '\\$&');
const extensionOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** Patterns that may take the records of a folder, the widest first. The last names each record, if they are no more than `mostNamed`. */
const candidates = (folder: string, records: readonly string[], mostNamed: number): readonly (readonly string[])[] => {
  const here = folder === '' ? '/' : escaped(folder);
  const extensions = [...new Set(records.map(extensionOf))];
  const ending = (name: string): readonly string[] => extensions.map((extension) => `${here}${name}.${extension}`);
  return [
    ...(folder === '' ? [] : [[`${here}**`]]),
    ending('*'),
    ending('[0-9]*'),
    ...(records.length <= mostNamed ? [records.map((path) => (folder === '' ? `/${escaped(path)}` : escaped(path)))] : []),
  ];
};

/**
 * Names the folders with at least three texts that begin like records and are not taken as such, as their names follow no convention, and the patterns
 * that take these texts and little else. Reads the start of every text, so it is for when somebody asks.
 */
export const findUntaken = async ({ files, config, readPeek, written }: UntakenOptions): Promise<UntakenRecords> => {
  const starts = new Map<string, string>();
  const waiting = files.filter(isProse).slice(0, MOST_FILES);
  let next = 0;
  const work = async (): Promise<void> => {
    for (let path = waiting[next++]; path !== undefined; path = waiting[next++]) {
      const text = await readPeek(path).catch(() => undefined);
      if (text !== undefined) starts.set(path, text.slice(0, PEEK_LENGTH));
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, waiting.length) }, work));

  const isTaken = (path: string, by: Config): boolean => classify(path, by, () => starts.get(path) ?? '')?.kind === 'decision';
  const others = waiting.filter((path) => starts.has(path) && !isTaken(path, config));
  const alike = others.filter((path) => isUntakenRecord(path, config, starts.get(path) ?? ''));
  const groups = [...groupBy(alike, folderOf)];
  // A folder for each record, or for each year.
  const scattered = groups.filter(([, records]) => records.length < FEWEST).flatMap(([, records]) => records);
  const parents = [...groupBy(scattered, (path) => folderOf(folderOf(path).slice(0, -1)))].filter(([folder]) => folder !== '');

  const found: UntakenFolder[] = [];
  for (const [folder, records] of [...groups, ...parents]) {
    if (records.length < FEWEST) continue;
    const patterns = patternsFor(folder, records);
    if (patterns !== undefined) found.push({ folder: folder === '' ? './' : folder, records: records.length, patterns });
  }
  const folders = found.sort((a, b) => b.records - a.records || (a.folder < b.folder ? -1 : 1)).slice(0, MOST_FOLDERS);
  return { folders, lines: linesOf(folders, written) };

  /** The first patterns that take all of the records, and no more than a third as many other texts. */
  function patternsFor(folder: string, records: readonly string[]): readonly string[] | undefined {
    const own = new Set(records);
    const level = new Set(records.map(folderOf));
    // A few texts among many of other kinds are no log of decisions, so they are not named one by one.
    const few = others.filter((path) => level.has(folderOf(path))).length > 2 * records.length;
    return candidates(folder, records, few ? 0 : MOST_NAMED).find((patterns) => {
      const extended: Config = { ...config, decisions: [...config.decisions, ...patterns] };
      const taken = others.filter((path) => path.startsWith(folder) && isTaken(path, extended));
      return records.every((path) => isTaken(path, extended)) && taken.filter((path) => !own.has(path)).length * 3 <= records.length;
    });
  }
};

/** A setting as a line of its own, or the items to add to the one that `lintel.yaml` has: a key must not be there twice. */
const linesOf = (folders: readonly UntakenFolder[], written: string | undefined): readonly string[] => {
  const patterns = folders.flatMap((folder) => folder.patterns).map((pattern) => JSON.stringify(pattern));
  if (patterns.length === 0) return [];
  return /^["']?decisions["']?[ \t]*:/m.test(written ?? '')
    ? patterns.map((pattern) => `- ${pattern}`)
    : [`decisions: [${patterns.join(', ')}]`];
};
