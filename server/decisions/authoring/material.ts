import { basename, join } from 'node:path';
import { folderOf } from '../../knowledge/paths.ts';
import type { Catalogue } from '../../register/catalogue.ts';
import type { WorkspaceFiles } from '../../workspace/files.ts';
import { type Collection, chooseCollection, collectionsOf, type KnownRecord, nameFormOf } from './names.ts';
import type { Material } from './new-decision.ts';
import { type ReadRecord, readText } from './slots.ts';

const NEWEST = 8;
const LARGEST_RECORD = 2_000_000;
const MOST_LISTED = 20_000;
const TEMPLATE =
  /^(?:(?:0{3,4}|x{3,4}|n{3,4})[-_])?(?:(?:m?adr|rfc|kep|decision|record)[-_ .]?){0,2}template(?:[-_ .][\w-]{1,30})?\.(?:md|mdx|markdown|rst|adoc)$/i;
const TEMPLATE_FOLDER = /^(?:(?:0{3,4}|x{3,4}|n{3,4})[-_])?(?:\w+-)?templates?$/i;
/** Folders where records go in a repository that has none yet, where one of them is there. */
const USUAL = ['docs/decisions', 'docs/adr', 'doc/adr', 'docs/adrs', 'docs/architecture/decisions', 'doc/architecture/decisions', 'adr'];

export const readRecordText = async (files: WorkspaceFiles, path: string): Promise<ReadRecord | undefined> => {
  const text = await files.read(path, LARGEST_RECORD);
  return text === undefined ? undefined : readText(path, text.replace(/^\uFEFF/, ''));
};

const listingOf = async (files: WorkspaceFiles, folder: string): Promise<readonly string[]> =>
  (await files.namesIn(folder)).slice(0, MOST_LISTED);

/** The shorter name first, of equals by name: `template.md` before `template-minimal.md`. */
const plainest = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);

/** The template of a folder of records: beside them, or in a folder of templates there. */
async function templateOf(files: WorkspaceFiles, folder: string): Promise<ReadRecord | undefined> {
  const listing = await listingOf(files, folder);
  const beside = listing.filter((name) => TEMPLATE.test(name)).map((name) => join(folder, name));
  const within: string[] = [];
  for (const name of listing.filter((one) => TEMPLATE_FOLDER.test(one))) {
    const names = await listingOf(files, join(folder, name));
    within.push(
      ...names
        .filter((one) => TEMPLATE.test(one) || /^(?:readme|index)\.(?:md|rst|adoc)$/i.test(one))
        .map((one) => join(folder, name, one)),
    );
  }
  for (const path of [...beside.sort(plainest), ...within.sort(plainest)]) {
    const read = await readRecordText(files, path.replaceAll('\\', '/'));
    if (read && read.text.trim() !== '') return read;
  }
  return undefined;
}

/** What a new record is made from: the collection that the code at hand belongs to, its newest records and its template. */
export async function materialFor(
  files: WorkspaceFiles,
  catalogue: Catalogue,
  exists: (path: string) => boolean,
  near?: string,
): Promise<Material> {
  const known: KnownRecord[] = catalogue.records.map(({ path, number, head }) => ({
    path,
    ...(number === undefined ? {} : { number }),
    ...(head.date === undefined ? {} : { date: head.date }),
  }));
  const collections = collectionsOf(known);
  const collection: Collection | undefined = chooseCollection(known, near);
  const firstFolder = collection === undefined ? (USUAL.find((folder) => exists(folder)) ?? 'docs/decisions') : undefined;
  const folder = collection?.folder ?? firstFolder ?? '';
  const records = (collection?.records ?? []).filter(({ path }) => !TEMPLATE.test(basename(path)) && folderOf(path) !== path);
  const newest = await Promise.all(records.slice(0, NEWEST).map(({ path }) => readRecordText(files, path)));
  const template = await templateOf(files, folder);
  return {
    ...(collection ? { collection } : {}),
    collections,
    names: nameFormOf(collection?.records ?? []),
    listing: await listingOf(files, folder),
    newest: newest.filter((record) => record !== undefined),
    ...(template ? { template } : {}),
    ...(firstFolder === undefined ? {} : { firstFolder }),
    exists,
  };
}
