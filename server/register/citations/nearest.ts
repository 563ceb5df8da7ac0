import type { RecordEntry } from '../catalogue.ts';
import { homeOf } from '../home.ts';
import { type CitationIndex, wordsIn } from './index-of-names.ts';

export interface CitationTarget {
  readonly record: RecordEntry;
  readonly weight: number;
}

/** One shared word is an accident of two texts about one repository; two that only one candidate has are not. */
const DECIDING_WORDS = 2;
/** Letters by which two forms of a word are the same: `reservation` and `reservations`. */
const STEM = 6;
const COMMON = new Set(
  'the a an and or for of in on to by with from at as is are be we our use using per one not no it its this that see adr adrs rfc decision record service services'.split(
    ' ',
  ),
);

/**
 * How near a record is to a citing file: the depth of the folder whose documentation it belongs to, where the file lies below that folder;
 * 0 for a record of the whole repository, and for one of a package that the file has nothing to do with (`e2e/` cites what it likes).
 * -1: a package does not mean the records of its sibling.
 */
function nearness(record: RecordEntry, from: string, index: CitationIndex): number {
  const home = homeOf(record.path);
  if (home === '') return 0;
  if (from.startsWith(`${home}/`)) return home.split('/').length;
  const top = `${home.split('/')[0]}/`;
  if (from.startsWith(top)) return -1;
  for (let at = from.indexOf('/'); at > 0; at = from.indexOf('/', at + 1)) if (index.homes.has(from.slice(0, at))) return -1;
  return 0;
}

const stems = (text: string): Set<string> =>
  new Set(
    wordsIn(text)
      .filter((word) => word.length > 2 && !COMMON.has(word) && !/^\d+$/.test(word))
      .map((word) => word.slice(0, STEM).replace(/s$/, '')),
  );

/** The records of which the words around a citation speak: all that are given, unless words of exactly one stand there. */
function spokenOf(records: readonly RecordEntry[], around: string): readonly RecordEntry[] {
  const there = stems(around.replace(/\S*\/\S*/g, ' '));
  const own = records.map((record) => stems(`${record.head.title} ${record.slug}`));
  const counts = own.map(
    (words, at) => [...words].filter((word) => there.has(word) && !own.some((others, other) => other !== at && others.has(word))).length,
  );
  const spoken = records.filter((_, at) => (counts[at] ?? 0) > 0);
  const best = spoken[0];
  return spoken.length === 1 && best && (counts[records.indexOf(best)] ?? 0) >= DECIDING_WORDS ? [best] : records;
}

/**
 * Of several records that a name may mean, those nearest to the citing file, or the one that the words around speak of. Where several are left
 * each gets its share of the weight: the citation is ambiguous.
 */
export function nearest(
  records: readonly RecordEntry[],
  weight: number,
  { from, index, around }: { readonly from: string; readonly index: CitationIndex; readonly around: () => string },
): CitationTarget[] {
  if (records.length <= 1) return records.map((record) => ({ record, weight }));
  const near = records.map((record) => nearness(record, from, index));
  const most = Math.max(...near);
  // Where no record of the whole repository has the name, nothing tells which of the packages is meant.
  const lost = most <= 0 && records.every((record) => homeOf(record.path) !== '');
  const close = lost ? records : records.filter((_, at) => near[at] === most);
  const meant = close.length > 1 ? spokenOf(close, around()) : close;
  return meant.map((record) => ({ record, weight: weight / meant.length })).sort((a, b) => (a.record.id < b.record.id ? -1 : 1));
}
