import { readdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Table } from '@lancedb/lancedb';
import type { Native } from './native.ts';

/** Rows without an index entry and versions of the table, above which tidying is due: queries slow down and disk grows with both. */
const MANY_UNINDEXED_ROWS = 1_000;
const MANY_VERSIONS = 20;
/**
 * The share of rows without an index entry above which tidying is due in a small table. LanceDB 0.31 counts every occurrence of a word in them
 * as one document more that holds it: words that many rows repeat get a weight below zero, and the rows are not found by them.
 */
const MANY_UNINDEXED_SHARE = 0.1;
/** Above this many rows an exact search over all vectors takes longer than a search box may. */
const VECTOR_INDEX_ROWS = 50_000;

const TEXT_INDEX = 'words_idx';
const VECTOR_INDEX = 'vector_idx';

export interface UpkeepReport {
  /** False: nothing was due. */
  readonly done: boolean;
  /** Bytes of old versions that were freed. */
  readonly freedBytes: number;
}

/**
 * Creates what is missing of the full-text index over the caller's tokens and the bitmaps for the filters. On an empty table too: rows are found
 * before they are indexed.
 */
export async function createIndexes({ lance }: Native, table: Table): Promise<void> {
  const present = new Set((await table.listIndices()).map((index) => index.name));
  if (!present.has(TEXT_INDEX)) {
    await table.createIndex('words', {
      name: TEXT_INDEX,
      // Positions are not needed without phrase queries, and break `optimize` in some versions of LanceDB.
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
}

async function isDue(table: Table): Promise<boolean> {
  const text = await table.indexStats(TEXT_INDEX);
  if (!text || text.numUnindexedRows > Math.min(MANY_UNINDEXED_ROWS, MANY_UNINDEXED_SHARE * text.numIndexedRows)) return true;
  return (await table.listVersions()).length > MANY_VERSIONS;
}

/** LanceDB leaves the folder of every replaced index behind, empty: three an upkeep, one disk block each. */
async function removeEmptyFolders(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  // `rmdir` refuses a folder that is not empty.
  for (const name of names) await rmdir(join(folder, name)).catch(() => undefined);
}

/**
 * Merges small pieces, brings the indexes up to date and frees all old versions, where that is due. Needs the writer's lock.
 * A reader that is in the middle of a query then misses a file and asks again (`Store` does that): keeping versions for a time instead
 * costs three times the disk while somebody edits.
 */
export async function runUpkeep(native: Native, table: Table, tableFolder: string, force: boolean): Promise<UpkeepReport> {
  if (!force && !(await isDue(table))) return { done: false, freedBytes: 0 };
  await createIndexes(native, table);
  if ((await table.countRows()) > VECTOR_INDEX_ROWS && (await table.indexStats(VECTOR_INDEX)) === undefined) {
    await table.createIndex('vector', { name: VECTOR_INDEX, config: native.lance.Index.ivfRq({ distanceType: 'cosine' }) });
  }
  const { prune } = await table.optimize({ cleanupOlderThan: new Date() });
  await removeEmptyFolders(join(tableFolder, '_indices'));
  return { done: true, freedBytes: prune.bytesRemoved };
}
