import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection, Table } from '@lancedb/lancedb';
import type { Schema } from 'apache-arrow';
import { findDamage } from './checksums.ts';
import { dimensionsOf, FINGERPRINT_KEY, makeSchema } from './encode.ts';
import { StoreUnusable } from './failure.ts';
import type { Native } from './native.ts';
import { createIndexes } from './upkeep.ts';

/** The table's name ends in random letters, so that a reader of a deleted table never mistakes its successor's files for its own. */
const TABLE = 'passages_';
/** LanceDB's defaults are gigabytes. */
const INDEX_CACHE_BYTES = 64n * 1024n * 1024n;
const METADATA_CACHE_BYTES = 32n * 1024n * 1024n;

/** How much of a table's files is read to compare checksums when it is opened: 20 milliseconds. */
export const CHECKED_BYTES = 64 * 1024 * 1024;

export interface StoreOptions {
  /** Fingerprint of the embedder. A table of another one is rejected as `other-model`. */
  readonly fingerprint: string;
  readonly dimensions: number;
  /** Creates nothing; an absent table is an error. Default false. */
  readonly readOnly?: boolean;
  /** Name of the folder of the table within the index folder: `IndexState.database`. Default `lance`. */
  readonly database?: string;
}

const FIRST_DATABASE = 'lance';

/** Where LanceDB keeps its files inside the index folder. */
export const databaseFolder = (folder: string, database = FIRST_DATABASE): string => join(folder, database);

/** A name for the database of an index that is built beside another one. */
export const newDatabase = (): string => `${FIRST_DATABASE}-${randomBytes(4).toString('hex')}`;

/** Whether an entry of the index folder is a database: the one in use, or one that a writer left behind. */
export const isDatabase = (name: string): boolean => /^lance(-[0-9a-f]+)?$/.test(name);

interface Opened {
  readonly connection: Connection;
  readonly table: Table;
  readonly tableFolder: string;
  readonly schema: Schema;
}

/**
 * Opens the table of an index folder, and creates it if there is none (unless `readOnly`).
 * Throws `StoreUnusable`, or what LanceDB throws.
 */
export async function openTable(native: Native, folder: string, options: StoreOptions): Promise<Opened> {
  const { lance } = native;
  const database = databaseFolder(folder, options.database);
  if (!options.readOnly) await mkdir(database, { recursive: true });
  else {
    // Connecting would make the folder, and files in it.
    if (!existsSync(database)) throw new StoreUnusable('absent', 'there is none yet', folder);
    const damage = await findDamage(database, CHECKED_BYTES);
    if (damage !== undefined) throw new StoreUnusable('damaged', damage, folder);
  }
  const session = new lance.Session(INDEX_CACHE_BYTES, METADATA_CACHE_BYTES);
  const connection = await lance.connect(database, { readConsistencyInterval: 0 }, session);
  const fresh = makeSchema(native, options.dimensions, options.fingerprint);
  const [name, ...others] = (await connection.tableNames()).filter((candidate) => candidate.startsWith(TABLE));
  if (others.length > 0) throw new StoreUnusable('damaged', 'it contains more than one table', folder);
  if (name === undefined) {
    if (options.readOnly) throw new StoreUnusable('absent', 'there is none yet', folder);
    const newName = `${TABLE}${randomBytes(4).toString('hex')}`;
    const table = await connection.createEmptyTable(newName, fresh);
    await table.setUnenforcedPrimaryKey('id');
    await createIndexes(native, table);
    return { connection, table, tableFolder: join(database, `${newName}.lance`), schema: fresh };
  }
  const table = await connection.openTable(name);
  const schema = (await table.schema()) as Schema;
  const fingerprint = schema.metadata.get(FINGERPRINT_KEY);
  if (fingerprint !== options.fingerprint || dimensionsOf(schema) !== options.dimensions)
    throw new StoreUnusable('other-model', `it was made with another embedding model (${fingerprint ?? 'unknown'})`, folder);
  const missing = fresh.fields.filter((field) => !schema.fields.some((other) => other.name === field.name));
  if (missing.length > 0 || schema.fields.length !== fresh.fields.length)
    throw new StoreUnusable('other-schema', 'it was made by another version of Lintel', folder);
  return { connection, table, tableFolder: join(database, `${name}.lance`), schema: fresh };
}
