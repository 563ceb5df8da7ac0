import { readdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Table } from '@lancedb/lancedb';
import { recordChecksums, unsettleChecksums } from './checksums.ts';
import type { Native } from './native.ts';

/** Unindexed rows and table versions above which upkeep is due: both slow down queries and use disk space. */
const MANY_UNINDEXED_ROWS = 1_000;
const MANY_VERSIONS = 20;
/**
 * Share of unindexed rows above which upkeep is due in a small table. LanceDB 0.31 counts every occurrence of a word in them as another document
 * with the word, so that words repeated in many rows get a negative weight and no longer find them.
 */
const MANY_UNINDEXED_SHARE = 0.1;
/** Rows above which an exact search over all vectors is too slow for a search box. */
const VECTOR_INDEX_ROWS = 50_000;

const TEXT_INDEX = 'words_idx';
const VECTOR_INDEX = 'vector_idx';
const ID_INDEX = 'documentId_idx';

export interface UpkeepReport {
  /** False if nothing was due. */
  readonly done: boolean;
  /** Bytes of old versions that were freed. */
  readonly freedBytes: number;
}

/**
 * Creates the full-text index over the caller's tokens and the indexes for filters and ids, if they are missing. Works on an empty table: rows can be
 * found before they are indexed.
 */
export async function createIndexes({ lance }: Native, table: Table): Promise<void> {
  const present = new Set((await table.listIndices()).map((index) => index.name));
  if (!present.has(TEXT_INDEX)) {
    await table.createIndex('words', {
      name: TEXT_INDEX,
      // Positions are only needed for phrase queries, and break `optimize` in some versions of LanceDB.
      config: lance.Index.fts({
        withPosition: false,
        baseTokenizer: 'whitespace',
        lowercase: false,
        stem: false,
        removeStopWords: false,
        asciiFolding: false,
        maxTokenLength: 200,
      }),
    });
  }
  for (const column of ['kind', 'status']) {
    const name = `${column}_idx`;
    if (!present.has(name)) await table.createIndex(column, { name, config: lance.Index.bitmap() });
  }
  // Of 90,000 rows, 50 documents are found in 8 ms of the processor instead of 40, and the scan grows with the table.
  if (!present.has(ID_INDEX)) await table.createIndex('documentId', { name: ID_INDEX, config: lance.Index.btree() });
}

/** The table that upkeep is for, with its folder and the database folder around that. */
interface Kept {
  readonly native: Native;
  readonly table: Table;
  readonly tableFolder: string;
  readonly database: string;
}

async function isDue(table: Table): Promise<boolean> {
  const text = await table.indexStats(TEXT_INDEX);
  if (!text || text.numUnindexedRows > Math.min(MANY_UNINDEXED_ROWS, MANY_UNINDEXED_SHARE * text.numIndexedRows)) return true;
  return (await table.listVersions()).length > MANY_VERSIONS;
}

/** LanceDB leaves an empty folder for every replaced index: three per upkeep, one disk block each. */
async function removeEmptyFolders(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  // `rmdir` fails on a folder that is not empty.
  for (const name of names) await rmdir(join(folder, name)).catch(() => undefined);
}

/**
 * Merges fragments, updates the indexes and frees all old versions, if that is due. Needs the writer's lock.
 * A reader in the middle of a query may then miss a file and has to retry, as `Store` does. Keeping old versions for a while instead would take
 * three times the disk space during editing.
 */
export async function runUpkeep({ native, table, tableFolder, database }: Kept, force: boolean): Promise<UpkeepReport> {
  if (!force && !(await isDue(table))) return { done: false, freedBytes: 0 };
  await createIndexes(native, table);
  if ((await table.countRows()) > VECTOR_INDEX_ROWS && (await table.indexStats(VECTOR_INDEX)) === undefined) {
    await table.createIndex('vector', { name: VECTOR_INDEX, config: native.lance.Index.ivfRq({ distanceType: 'cosine' }) });
  }
  await unsettleChecksums(database);
  const { prune } = await table.optimize({ cleanupOlderThan: new Date() });
  await removeEmptyFolders(join(tableFolder, '_indices'));
  await recordChecksums(database);
  return { done: true, freedBytes: prune.bytesRemoved };
}
