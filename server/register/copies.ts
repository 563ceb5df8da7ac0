import { folderOf } from '../knowledge/paths.ts';
import { numberKeys, slugOf } from '../knowledge/record-name.ts';
import type { DocumentHead } from '../model/document.ts';

/** How many records are in a folder. */
export type FolderSizes = ReadonlyMap<string, number>;

const FOLDER_FILE = /(?:^|\/)_?(?:readme|index|adr|decision|record)\.\w+$/i;

/** The folder that holds a record; for the README of a record's own folder, the one above. */
const collectionOf = (path: string): string => (FOLDER_FILE.test(path) ? folderOf(folderOf(path)) : folderOf(path));

/** The number of records in each folder. */
export function folderSizesOf(heads: readonly Pick<DocumentHead, 'path'>[]): FolderSizes {
  const sizes = new Map<string, number>();
  for (const { path = '' } of heads) sizes.set(collectionOf(path), (sizes.get(collectionOf(path)) ?? 0) + 1);
  return sizes;
}

/** Whether two records are one record in two folders: the same number, and the same title or file name. In one folder, they are two. */
function isCopy(a: DocumentHead, b: DocumentHead): boolean {
  if (collectionOf(a.path ?? '') === collectionOf(b.path ?? '')) return false;
  const [left, right] = [numberKeys(a), numberKeys(b)];
  if (left.length === 0 ? right.length > 0 : !left.some((key) => right.includes(key))) return false;
  const title = slugOf(a.title);
  return (title !== '' && title === slugOf(b.title)) || (a.slug?.includes('-') === true && a.slug === b.slug);
}

/**
 * The records without copies of others among them. The original is the one in the folder with most records; of equal ones the one with the shortest
 * path, then the first in the alphabet.
 */
export function withoutCopies<T>(items: readonly T[], headOf: (item: T) => DocumentHead, sizes: FolderSizes): readonly T[] {
  if (items.length < 2) return items;
  const sizeOf = (item: T): number => sizes.get(collectionOf(headOf(item).path ?? '')) ?? 0;
  const depthOf = (item: T): number => (headOf(item).path ?? '').split('/').length;
  const ordered = [...items].sort(
    (a, b) => sizeOf(b) - sizeOf(a) || depthOf(a) - depthOf(b) || ((headOf(a).path ?? '') < (headOf(b).path ?? '') ? -1 : 1),
  );
  const originals = ordered.filter((item, at) => !ordered.slice(0, at).some((other) => isCopy(headOf(other), headOf(item))));
  return items.filter((item) => originals.includes(item));
}
