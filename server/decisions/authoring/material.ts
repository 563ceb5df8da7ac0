import { basename, join } from 'node:path';
import { isTemplate } from '../../knowledge/discovery/record-names.ts';
import { folderOf } from '../../knowledge/paths.ts';
import type { Catalogue } from '../../register/catalogue.ts';
import { withoutBom } from '../../text/byte-order-mark.ts';
import type { WorkspaceFiles } from '../../workspace/files.ts';
import { type Collection, chooseCollection, collectionsOf, type KnownRecord, nameFormOf } from './file-names.ts';
import type { Material } from './new-decision.ts';
import { type ReadRecord, readText } from './slots.ts';

const NEWEST = 8;
const LARGEST_RECORD = 2_000_000;
const MOST_LISTED = 20_000;
const TEMPLATE =
  /^(?:(?:0{3,4}|x{3,4}|n{3,4})[-_])?(?:(?:m?adr|rfc|kep|decision|record)[-_ .]?){0,2}template(?:[-_ .][\w-]{1,30})?\.(?:md|mdx|markdown|rst|adoc)$/i;
const TEMPLATE_FOLDER = /^(?:(?:0{3,4}|x{3,4}|n{3,4})[-_])?(?:\w+-)?templates?$/i;
/** Templates of records that lie among those of other texts: `adr.md`, `decision-record.md`, `adr-template.md`. */
const NAMED_TEMPLATE =
  /^(?:(?:0{3,4}|x{3,4}|n{3,4})[-_])?(?:m?adr|decision|(?:architect(?:ure|ural)[-_ ])?decision[-_ ]record|rfc)(?:[-_ .](?:template|vorlage|plantilla|modelo?|gabarit))?\.(?:md|mdx|markdown|rst|adoc)$/i;
/** Folders in which repositories keep such templates, beside the records and above them. */
const TEMPLATE_FOLDERS = ['templates', 'template', '_templates', '.templates', '.adr', '.adr/templates', '.decisions', '.github/templates'];
/** Folders of tools that know of nothing but records. */
const OF_RECORDS = /(?:^|\/)\.(?:adr|decisions)(?:\/|$)/;
/** Where records go in a repository that has none yet: the first of these folders that exists. */
const COMMON_FOLDERS = [
  'docs/decisions',
  'docs/adr',
  'doc/adr',
  'docs/adrs',
  'docs/architecture/decisions',
  'doc/architecture/decisions',
  'adr',
];

export const readRecordText = async (files: WorkspaceFiles, path: string): Promise<ReadRecord | undefined> => {
  const text = await files.read(path, LARGEST_RECORD);
  return text === undefined ? undefined : readText(path, withoutBom(text));
};

const listingOf = async (files: WorkspaceFiles, folder: string): Promise<readonly string[]> =>
  (await files.namesIn(folder)).slice(0, MOST_LISTED);

/** Shorter names first, so that `template.md` comes before `template-minimal.md`; then by name. */
const byLength = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);

/** Paths of templates for records that lie in folders of templates above a folder, the nearest first. */
async function templatesAbove(files: WorkspaceFiles, folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (let above = folder; above !== ''; ) {
    above = folderOf(above);
    const named = (await listingOf(files, above)).filter((name) => NAMED_TEMPLATE.test(name) && TEMPLATE.test(name));
    found.push(...named.sort(byLength).map((name) => join(above, name)));
    for (const name of TEMPLATE_FOLDERS) {
      const templates = join(above, name);
      const names = await listingOf(files, templates);
      const isTemplateHere = (one: string): boolean => NAMED_TEMPLATE.test(one) || (OF_RECORDS.test(`/${templates}`) && TEMPLATE.test(one));
      found.push(
        ...names
          .filter(isTemplateHere)
          .sort(byLength)
          .map((one) => join(templates, one)),
      );
    }
  }
  return found;
}

/**
 * The template for a folder of records: a file beside them, or in a folder of templates there; else one that is named as one for records in a folder of
 * templates further up (`docs/templates/adr.md`, `.adr/template.md`).
 */
async function templateOf(files: WorkspaceFiles, folder: string): Promise<ReadRecord | undefined> {
  const listing = await listingOf(files, folder);
  const stemOf = (name: string): string => name.replace(/\.[^.]*$/, '').toLowerCase();
  const isTemplateName = (name: string): boolean =>
    TEMPLATE.test(name) || (/\.(?:md|mdx|markdown|rst|adoc)$/i.test(name) && isTemplate(stemOf(name)));
  const beside = listing.filter(isTemplateName).map((name) => join(folder, name));
  const within: string[] = [];
  for (const name of listing.filter((one) => TEMPLATE_FOLDER.test(one))) {
    const names = await listingOf(files, join(folder, name));
    within.push(
      ...names
        .filter((one) => TEMPLATE.test(one) || /^(?:readme|index)\.(?:md|rst|adoc)$/i.test(one))
        .map((one) => join(folder, name, one)),
    );
  }
  for (const path of [...beside.sort(byLength), ...within.sort(byLength), ...(await templatesAbove(files, folder))]) {
    const read = await readRecordText(files, path.replaceAll('\\', '/'));
    if (read && read.text.trim() !== '') return read;
  }
  return undefined;
}

/** What a new record is made from: the collection that `near` belongs to, its newest records and its template. */
export async function materialFor(
  files: WorkspaceFiles,
  catalogue: Catalogue,
  exists: (path: string) => boolean,
  near?: string,
): Promise<Material> {
  // The index may not have heard yet of a record that was deleted: its number is free.
  const there = catalogue.records.filter(({ path }) => exists(path));
  const records: KnownRecord[] = there.map(({ path, number, head }) => ({
    path,
    ...(number === undefined ? {} : { number }),
    ...(head.date === undefined ? {} : { date: head.date }),
  }));
  const collections = collectionsOf(records);
  const collection: Collection | undefined = chooseCollection(records, near);
  const firstFolder = collection === undefined ? (COMMON_FOLDERS.find((folder) => exists(folder)) ?? 'docs/decisions') : undefined;
  const folder = collection?.folder ?? firstFolder ?? '';
  const members = (collection?.records ?? []).filter(({ path }) => !TEMPLATE.test(basename(path)) && folderOf(path) !== path);
  const newest = await Promise.all(members.slice(0, NEWEST).map(({ path }) => readRecordText(files, path)));
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
