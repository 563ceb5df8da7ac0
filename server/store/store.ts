import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DocumentKind } from '../model/document.ts';
import type { Filter } from '../model/passage.ts';
import { recordChecksums } from './checksums.ts';
import { decodeManyRows, decodeRanked, encodeRows } from './encode.ts';
import { isConflict, StoreUnusable, translate } from './failure.ts';
import { compileFilter, oneOf, quote } from './filter.ts';
import { loadNative } from './native.ts';
import { CANDIDATE_COLUMNS, type CandidateRow, type Column, type DocumentRow, type StoreRow } from './row.ts';
import { stallWatch } from './stall.ts';
import { databaseFolder, openTable, type StoreOptions } from './table.ts';
import { runUpkeep, type UpkeepReport } from './upkeep.ts';
import { probe, type Soundness, type VerifyOptions } from './verify.ts';

/** Rows per write; larger batches need more memory and are no faster. */
const BATCH_ROWS = 10_000;
/** Ids per condition; longer lists are split into several queries. */
const BATCH_IDS = 500;
const ATTEMPTS = 3;
/** Milliseconds between attempts. */
const PAUSE = 20;
/** Partitions that a vector query searches, if there is a vector index. */
const NPROBES = 50;
/**
 * Candidates of a vector index that are rescored with their exact vectors, because its one-bit distances order neighbours badly. Of the ten nearest
 * of 50,500 vectors, 100 candidates contain .82 to .87 (by build), 200 contain .99, 300 and more all of them; 400 take 6.7 ms, 100 take 3.9.
 */
const LEAST_REFINED = 400;
const LEAST_REFINE_FACTOR = 5;
export interface TextCandidate {
  readonly row: CandidateRow;
  /** BM25 score: higher is better, comparable within one result only. */
  readonly score: number;
}

export interface VectorCandidate {
  readonly row: CandidateRow;
  /** Cosine distance, 0 (same direction) to 2. */
  readonly distance: number;
}

/**
 * The passages of one repository in LanceDB. Any number of readers; one writer at a time (`withWriterLock`).
 * Methods reject with `StoreUnusable` where the files are damaged, and with `disk-full`, `index-read-only` or `store-failed`.
 */
export interface Store {
  /** Folder of the index, for messages. */
  readonly folder: string;
  /** Folder of the table and of what belongs to it. */
  readonly database: string;
  /** Version of the table; grows with every write. Equal versions have equal content. */
  version(): Promise<number>;
  /** Number of passages. */
  count(): Promise<number>;
  /** Passages with any of the words (tokenized like `StoreRow.words`), best first; ties by id. */
  textCandidates(words: readonly string[], filter: Filter | undefined, limit: number, signal?: AbortSignal): Promise<TextCandidate[]>;
  /** Ids of the documents with passages that hold all of the words, best first; ties by id. Words that no passage holds are ignored; of rows that are not indexed yet, one word is enough. */
  textMatches(words: readonly string[], filter: Filter | undefined, limit: number): Promise<string[]>;
  /** Passages nearest to a vector, nearest first; ties by id. Exact up to 50,000 rows. */
  vectorCandidates(vector: Float32Array, filter: Filter | undefined, limit: number, signal?: AbortSignal): Promise<VectorCandidate[]>;
  /** One row per document, ordered by id. */
  documents(kinds?: readonly DocumentKind[]): Promise<DocumentRow[]>;
  /** All rows of these documents, ordered by document id and ordinal. */
  rowsOf<K extends Column>(documentIds: readonly string[], columns: readonly K[]): Promise<Pick<StoreRow, K | 'documentId' | 'ordinal'>[]>;
  /**
   * All rows of these kinds, in no particular order. Vectors are views into shared memory. With `between`, only rows whose document id is one of these two
   * or lies between them, by the bytes of UTF-8.
   */
  allRows<K extends Column>(
    kinds: readonly DocumentKind[],
    columns: readonly K[],
    restriction?: { readonly between?: readonly [string, string] },
  ): Promise<Pick<StoreRow, K>[]>;
  /** Replaces all rows of the documents in this batch atomically: a reader sees either the old rows or the new ones. */
  put(rows: readonly StoreRow[]): Promise<void>;
  /** Adds rows of documents that are not in the table yet: the fastest way to fill an empty one. */
  append(rows: readonly StoreRow[]): Promise<void>;
  remove(documentIds: readonly string[]): Promise<void>;
  /** Merges fragments, updates the indexes and frees old versions, if that is due or `force` is set. Call it between writes. */
  upkeep(options?: { readonly force?: boolean }): Promise<UpkeepReport>;
  /** Records checksums of all files, by which damage to them is found. Call it after the last write. */
  settle(): Promise<void>;
  /** Runs one query of every kind and compares checksums of rows; see `VerifyOptions`. Damage is a result, not a rejection. */
  verify(options?: VerifyOptions): Promise<Soundness>;
  close(): Promise<void>;
}

/** Deletes LanceDB's files; keeps the other files of the folder. */
export async function deleteStore(folder: string, database?: string): Promise<void> {
  await rm(databaseFolder(folder, database), { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }).catch((error: unknown) => {
    throw translate(error, folder);
  });
}

/**
 * Runs native work and translates its errors; a Rust panic arrives as a rejection. Retries after a conflict with another writer and, when reading,
 * after any damage: the writer's upkeep may have removed a file in the middle of the query, and a retry sees the new version.
 * @param isLong it may take minutes on a busy machine, so that only standing still counts as stalled
 */
async function attempt<T>(work: () => Promise<T>, folder: string, reading: boolean, isLong = !reading): Promise<T> {
  for (let time = 1; ; time++) {
    try {
      return await stallWatch.run(work, folder, !isLong);
    } catch (error) {
      const failure = translate(error, folder);
      const retry = isConflict(error) || (reading && failure instanceof StoreUnusable && failure.state === 'damaged');
      if (!retry || time === ATTEMPTS) throw failure;
      await sleep(PAUSE * time);
    }
  }
}

const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/**
 * Opens the table of an index folder, and creates it if there is none (unless `readOnly`).
 * Rejects with `StoreUnusable` (absent, damaged, other model or schema), `platform-unsupported`, `index-read-only` or `disk-full`.
 */
export async function openStore(folder: string, options: StoreOptions): Promise<Store> {
  const native = await loadNative();
  const { lance } = native;
  const write = <T>(work: () => Promise<T>): Promise<T> => attempt(work, folder, false);
  const read = <T>(work: () => Promise<T>): Promise<T> => attempt(work, folder, true);
  /** Reads a part of the table that grows with the repository. */
  const readMany = <T>(work: () => Promise<T>): Promise<T> => attempt(work, folder, true, true);
  const files = <T>(work: () => Promise<T>): Promise<T> =>
    work().catch((error: unknown) => {
      throw translate(error, folder);
    });
  const database = databaseFolder(folder, options.database);
  const { connection, table, tableFolder, schema } = await read(() => openTable(native, folder, options));

  const textQuery = async <K extends keyof CandidateRow>(
    words: readonly string[],
    filter: Filter | undefined,
    limit: number,
    columns: readonly (K | 'id')[],
    { all = false, signal }: { readonly all?: boolean; readonly signal?: AbortSignal | undefined } = {},
  ): Promise<{ readonly row: Pick<StoreRow, K | 'id'>; readonly score: number }[]> => {
    signal?.throwIfAborted();
    if (words.length === 0 || limit <= 0) return [];
    const where = compileFilter(filter);
    const result = await read(async () => {
      let query = table.query().fullTextSearch(new lance.MatchQuery(words.join(' '), 'words', all ? { operator: lance.Operator.And } : {}));
      if (where !== undefined) query = query.where(where);
      const found = await query
        .select([...columns, '_score'])
        .limit(limit)
        .toArrow();
      return decodeRanked(found, columns, '_score');
    });
    signal?.throwIfAborted();
    return result.sort((a, b) => b.value - a.value || compare(a.row.id, b.row.id)).map(({ row, value }) => ({ row, score: value }));
  };

  const store: Store = {
    folder,
    database,
    version: () => read(() => table.version()),
    count: () => read(() => table.countRows()),

    textCandidates: (words, filter, limit, signal) => textQuery(words, filter, limit, CANDIDATE_COLUMNS, { signal }),

    async textMatches(words, filter, limit) {
      const found = await textQuery(words, filter, limit, ['id', 'documentId'], { all: true });
      return [...new Set(found.map(({ row }) => row.documentId))];
    },

    async vectorCandidates(vector, filter, limit, signal) {
      signal?.throwIfAborted();
      if (limit <= 0) return [];
      const where = compileFilter(filter);
      const refine = Math.max(LEAST_REFINE_FACTOR, Math.ceil(LEAST_REFINED / limit));
      const result = await read(async () => {
        let query = table.query().nearestTo(vector).distanceType('cosine').nprobes(NPROBES).refineFactor(refine);
        if (where !== undefined) query = query.where(where);
        const found = await query
          .select([...CANDIDATE_COLUMNS, '_distance'])
          .limit(limit)
          .toArrow();
        return decodeRanked(found, CANDIDATE_COLUMNS, '_distance');
      });
      signal?.throwIfAborted();
      return result.sort((a, b) => a.value - b.value || compare(a.row.id, b.row.id)).map(({ row, value }) => ({ row, distance: value }));
    },

    async documents(kinds) {
      const columns = ['documentId', 'kind', 'path', 'document'] as const;
      const where = kinds ? `ordinal = 0 AND ${oneOf('kind', kinds)}` : 'ordinal = 0';
      const rows = await readMany(async () =>
        decodeManyRows(
          await table
            .query()
            .where(where)
            .select([...columns])
            .toArrow(),
          columns,
        ),
      );
      return rows.sort((a, b) => compare(a.documentId, b.documentId));
    },

    async rowsOf(documentIds, columns) {
      const all = [...new Set([...columns, 'documentId' as const, 'ordinal' as const])];
      const parts = [];
      for (const ids of chunks(documentIds, BATCH_IDS)) {
        const where = oneOf('documentId', ids);
        parts.push(await readMany(async () => decodeManyRows(await table.query().where(where).select(all).toArrow(), all)));
      }
      return parts.flat().sort((a, b) => compare(a.documentId, b.documentId) || a.ordinal - b.ordinal);
    },

    allRows: (kinds, columns, { between } = {}) => {
      const where = [
        oneOf('kind', kinds),
        ...(between ? [`documentId >= ${quote(between[0])} AND documentId <= ${quote(between[1])}`] : []),
      ].join(' AND ');
      return readMany(async () =>
        decodeManyRows(
          await table
            .query()
            .where(where)
            .select([...columns])
            .toArrow(),
          columns,
        ),
      );
    },

    async put(rows) {
      if (rows.length === 0) return;
      const batch = encodeRows(native, schema, rows);
      const ids = [...new Set(rows.map((row) => row.documentId))];
      await write(() =>
        table
          .mergeInsert('id')
          .useIndex(false)
          .whenMatchedUpdateAll()
          .whenNotMatchedInsertAll()
          .whenNotMatchedBySourceDelete({ where: oneOf('documentId', ids) })
          .execute(batch),
      );
    },

    async append(rows) {
      for (const part of chunks(rows, BATCH_ROWS)) {
        const batch = encodeRows(native, schema, part);
        await write(() => table.add(batch));
      }
    },

    async remove(documentIds) {
      for (const ids of chunks(documentIds, BATCH_IDS)) await write(() => table.delete(oneOf('documentId', ids)));
    },

    upkeep: (upkeepOptions) => write(() => runUpkeep({ native, table, tableFolder, database }, upkeepOptions?.force ?? false)),
    settle: () => files(() => recordChecksums(database)),
    verify: (verifyOptions) => stallWatch.run(() => probe({ native, table, folder, database }, verifyOptions), folder, false),

    async close() {
      table.close();
      connection.close();
    },
  };
  return store;
}
