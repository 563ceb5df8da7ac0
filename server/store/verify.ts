import type { Table } from '@lancedb/lancedb';
import { EngineError } from '../model/errors.ts';
import { findDamage } from './checksums.ts';
import { decodeRows, hashRow, NUMBER_COLUMNS, type StoredRow, TEXT_COLUMNS } from './encode.ts';
import { StoreUnusable, translate } from './failure.ts';
import type { Native } from './native.ts';
import { CHECKED_BYTES } from './table.ts';

/** Rows per sample and number of samples in a quick check, spread over the table. */
const SAMPLE_ROWS = 16;
const SAMPLES = 4;
/** Rows per read in a full check. */
const FULL_ROWS = 5_000;
/** Limit on the words quoted in a reason. */
const WORDS_SHOWN = 60;

const ALL_COLUMNS = [...TEXT_COLUMNS, ...NUMBER_COLUMNS, 'hash', 'vector'] as const satisfies readonly (keyof StoredRow)[];

export type Soundness = { readonly state: 'sound'; readonly rows: number } | { readonly state: 'damaged'; readonly reason: string };

export interface VerifyOptions {
  /** Compare the checksums of all files, and of all rows at 25 microseconds each. Default: the smaller files, and 64 rows, spread over the table. */
  readonly full?: boolean;
  /**
   * `version()` at the end of the last run. An older table means that its newest manifest was lost: LanceDB silently opens the previous one.
   */
  readonly version?: number;
}

/** A table, and where it is. */
interface Probed {
  readonly native: Native;
  readonly table: Table;
  /** Folder of the index, for messages. */
  readonly folder: string;
  readonly database: string;
}

/**
 * Compares checksums of files, runs a full-text and a vector query, and compares checksums of rows.
 * Checks twice before calling a table damaged, because a writer's upkeep may have interfered.
 */
export async function probe(probed: Probed, options: VerifyOptions = {}): Promise<Soundness> {
  const first = await check(probed, options);
  return first.state === 'sound' ? first : check(probed, options);
}

async function check({ native, table, folder, database }: Probed, { full = false, version }: VerifyOptions): Promise<Soundness> {
  try {
    const damage = await findDamage(database, full ? Number.POSITIVE_INFINITY : CHECKED_BYTES);
    if (damage !== undefined) return { state: 'damaged', reason: damage };
    if (version !== undefined && (await table.version()) < version) return { state: 'damaged', reason: 'its newest version was lost' };
    const rows = await table.countRows();
    if (rows === 0) return { state: 'sound', rows };
    const size = full ? FULL_ROWS : SAMPLE_ROWS;
    const step = full ? FULL_ROWS : Math.max(SAMPLE_ROWS, Math.floor(rows / SAMPLES));
    let some: StoredRow | undefined;
    for (let offset = 0; offset < rows; offset += step) {
      const found = decodeRows(
        await table
          .query()
          .select([...ALL_COLUMNS])
          .offset(offset)
          .limit(size)
          .toArrow(),
        ALL_COLUMNS,
      );
      const broken = found.find((row) => hashRow(row) !== row.hash);
      if (broken) return { state: 'damaged', reason: `the passage ${broken.id} is not what was written` };
      some ??= found.find((row) => row.words !== '') ?? found[0];
    }
    if (!some) return { state: 'damaged', reason: 'it counts passages but returns none' };
    const near = await table.query().nearestTo(some.vector).distanceType('cosine').select(['id', '_distance']).limit(1).toArrow();
    if (near.numRows === 0) return { state: 'damaged', reason: 'the search by meaning finds nothing' };
    if (some.words !== '') {
      // All of its words, because LanceDB does not find a new row by a word that most rows contain (see upkeep.ts).
      const match = new native.lance.MatchQuery(some.words, 'words');
      const found = await table.query().fullTextSearch(match).select(['id', '_score']).limit(1).toArrow();
      if (found.numRows === 0)
        return { state: 'damaged', reason: `the full-text search does not find "${some.words.slice(0, WORDS_SHOWN)}"` };
    }
    return { state: 'sound', rows };
  } catch (error) {
    const failure = translate(error, folder);
    if (failure instanceof StoreUnusable) return { state: 'damaged', reason: failure.reason };
    // These queries are always valid, so a rejection means that the table has changed.
    if (failure instanceof EngineError && failure.code === 'store-failed') return { state: 'damaged', reason: failure.message };
    throw failure;
  }
}
