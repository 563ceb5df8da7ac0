import type { RecordEntry } from '../catalogue.ts';
import { withoutCopies } from '../copies.ts';
import { documentedFolder } from '../documented-folder.ts';
import { type CitationIndex, wordsIn } from './citation-index.ts';

export interface CitationTarget {
  readonly record: RecordEntry;
  readonly weight: number;
}

/** One shared word is chance between texts of one repository; two that only one candidate has are not. */
const DECIDING_WORDS = 2;
/** Words that share so many letters are forms of one word: `reservation` and `reservations`. */
const STEM = 6;
const COMMON = new Set(
  'the a an and or for of in on to by with from at as is are be we our use using per one not no it its this that see adr adrs rfc decision record service services'.split(
    ' ',
  ),
);

/**
 * How near a record is to a citing file. The depth of the folder that the record documents, where the file is below it; 0 for a record of the whole
 * repository, and for a record of a package that the file is unrelated to, as in `e2e/`; -1 for a record of a sibling package, which is not meant.
 */
function nearness(record: RecordEntry, from: string, index: CitationIndex): number {
  const folder = documentedFolder(record.path);
  if (folder === '') return 0;
  if (from.startsWith(`${folder}/`)) return folder.split('/').length;
  const top = `${folder.split('/')[0]}/`;
  if (from.startsWith(top)) return -1;
  for (let at = from.indexOf('/'); at > 0; at = from.indexOf('/', at + 1)) if (index.documentedFolders.has(from.slice(0, at))) return -1;
  return 0;
}

const stems = (text: string): Set<string> =>
  new Set(
    wordsIn(text)
      .filter((word) => word.length > 2 && !COMMON.has(word) && !/^\d+$/.test(word))
      .map((word) => word.slice(0, STEM).replace(/s$/, '')),
  );

/** Of these records, the one that the words around a citation mention; all of them unless it is exactly one. */
function mentionedIn(records: readonly RecordEntry[], around: string): readonly RecordEntry[] {
  const wordsAround = stems(around.replace(/\S*\/\S*/g, ' '));
  const own = records.map((record) => stems(`${record.head.title} ${record.slug}`));
  const counts = own.map(
    (words, at) =>
      [...words].filter((word) => wordsAround.has(word) && !own.some((others, other) => other !== at && others.has(word))).length,
  );
  const mentioned = records.filter((_, at) => (counts[at] ?? 0) > 0);
  const best = mentioned[0];
  return mentioned.length === 1 && best && (counts[records.indexOf(best)] ?? 0) >= DECIDING_WORDS ? [best] : records;
}

/**
 * Of several records that a name may mean, those nearest to the citing file without copies of each other, and of these the one that the surrounding words mention. Several that
 * remain share the weight, because the citation is ambiguous.
 */
export function nearest(
  records: readonly RecordEntry[],
  weight: number,
  { from, index, around }: { readonly from: string; readonly index: CitationIndex; readonly around: () => string },
): CitationTarget[] {
  if (records.length <= 1) return records.map((record) => ({ record, weight }));
  const near = records.map((record) => nearness(record, from, index));
  const most = Math.max(...near);
  // Without a record of the whole repository, nothing tells which of the packages is meant.
  const undecided = most <= 0 && records.every((record) => documentedFolder(record.path) !== '');
  const nearRecords = undecided ? records : records.filter((_, at) => near[at] === most);
  const close = withoutCopies(nearRecords, ({ head }) => head, index.folderSizes);
  const meant = close.length > 1 ? mentionedIn(close, around()) : close;
  return meant.map((record) => ({ record, weight: weight / meant.length })).sort((a, b) => (a.record.id < b.record.id ? -1 : 1));
}
