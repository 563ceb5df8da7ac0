import { crc32 } from 'node:zlib';
import type { Data, DataType, Field, Schema, Struct, Table, Utf8, Vector } from 'apache-arrow';
import { forEachYielding } from '../text/yielding.ts';
import type { Native } from './native.ts';
import type { Column, StoreRow } from './row.ts';

export const TEXT_COLUMNS = [
  'id',
  'documentId',
  'kind',
  'path',
  'paths',
  'sha',
  'title',
  'status',
  'date',
  'headingPath',
  'text',
  'words',
  'document',
] as const satisfies readonly Column[];
export const NUMBER_COLUMNS = ['ordinal', 'startLine', 'startCharacter', 'endLine', 'endCharacter'] as const satisfies readonly Column[];

/** Key of the embedding model's fingerprint in the table's metadata. */
export const FINGERPRINT_KEY = 'lintel.fingerprint';

/** A row with its checksum, by which a flipped bit on disk is found. */
export interface StoredRow extends StoreRow {
  readonly hash: number;
}

/** Arrow schema of the table `passages`. */
export function makeSchema({ arrow }: Native, dimensions: number, fingerprint: string): Schema {
  const field = (name: string, type: DataType): Field => new arrow.Field(name, type, false);
  return new arrow.Schema(
    [
      ...TEXT_COLUMNS.map((name) => field(name, new arrow.Utf8())),
      ...NUMBER_COLUMNS.map((name) => field(name, new arrow.Int32())),
      field('hash', new arrow.Uint32()),
      field('vector', new arrow.FixedSizeList(dimensions, new arrow.Field('item', new arrow.Float32(), true))),
    ],
    new Map([[FINGERPRINT_KEY, fingerprint]]),
  );
}

/** Length of the vectors in a table's schema; 0 if it has none. */
export function dimensionsOf(schema: Schema): number {
  const type: unknown = schema.fields.find((field) => field.name === 'vector')?.type;
  return typeof type === 'object' && type !== null && 'listSize' in type && typeof type.listSize === 'number' ? type.listSize : 0;
}

/** Changed paths are stored with a line feed on both sides, so that one search finds a whole line or the start of one. */
const packPaths = (paths: string): string => (paths === '' ? '' : `\n${paths}\n`);
const unpackPaths = (packed: string): string => (packed === '' ? '' : packed.slice(1, -1));

/** JSON, because a heading may contain whatever would separate it from the next. */
const packHeadings = (path: readonly string[]): string => (path.length === 0 ? '' : JSON.stringify(path));
const unpackHeadings = (packed: string): readonly string[] => (packed === '' ? [] : (JSON.parse(packed) as readonly string[]));

const textIn = (row: StoreRow, column: (typeof TEXT_COLUMNS)[number]): string =>
  column === 'headingPath' ? packHeadings(row.headingPath) : row[column];

/** CRC-32 over every column of a row. */
export function hashRow(row: StoreRow): number {
  let hash = crc32(new Uint8Array(row.vector.buffer, row.vector.byteOffset, row.vector.byteLength));
  for (const column of TEXT_COLUMNS) hash = crc32(`${textIn(row, column)}\0`, hash);
  return crc32(NUMBER_COLUMNS.map((column) => row[column]).join(','), hash);
}

/** Converts rows to one Arrow batch. LanceDB's own conversion of row objects takes three times as long. */
export function encodeRows({ arrow }: Native, schema: Schema, rows: readonly StoreRow[]): Table {
  const dimensions = dimensionsOf(schema);
  const length = rows.length;
  const text = (values: readonly string[]): Data<Utf8> => {
    const parts = values.map((value) => Buffer.from(value, 'utf8'));
    const valueOffsets = new Int32Array(length + 1);
    parts.forEach((part, index) => {
      valueOffsets[index + 1] = (valueOffsets[index] ?? 0) + part.length;
    });
    return arrow.makeData({ type: new arrow.Utf8(), length, nullCount: 0, valueOffsets, data: Buffer.concat(parts) });
  };
  const vectors = new Float32Array(length * dimensions);
  rows.forEach((row, index) => {
    if (row.vector.length !== dimensions)
      throw new RangeError(`The vector of ${row.id} has ${row.vector.length} dimensions, not ${dimensions}`);
    vectors.set(row.vector, index * dimensions);
  });
  const vectorType = schema.fields.find((field) => field.name === 'vector')?.type as DataType;
  const children: Data[] = [
    ...TEXT_COLUMNS.map((column) => text(rows.map((row) => (column === 'paths' ? packPaths(row.paths) : textIn(row, column))))),
    ...NUMBER_COLUMNS.map((column) =>
      arrow.makeData({ type: new arrow.Int32(), length, nullCount: 0, data: Int32Array.from(rows, (row) => row[column]) }),
    ),
    arrow.makeData({ type: new arrow.Uint32(), length, nullCount: 0, data: Uint32Array.from(rows, hashRow) }),
    new arrow.Data(vectorType, 0, length, 0, undefined, [
      arrow.makeData({ type: new arrow.Float32(), length: length * dimensions, nullCount: 0, data: vectors }),
    ]),
  ];
  const struct = arrow.makeData({ type: new arrow.Struct(schema.fields), length, nullCount: 0, children }) as Data<Struct>;
  return new arrow.Table(schema, [new arrow.RecordBatch(schema, struct)]);
}

type Chunk = Vector['data'][number];

/** Values of a chunk. Decodes texts from their bytes, because Arrow's vector would look up the chunk for every value. */
function readChunk(chunk: Chunk, name: string, from: number, to: number): ArrayLike<unknown> {
  const { values } = chunk;
  const each = <T>(value: (row: number) => T): T[] => Array.from({ length: to - from }, (_, index) => value(from + index));
  if (name === 'vector') {
    const numbers = chunk.children[0]?.values;
    if (!(numbers instanceof Float32Array)) throw new TypeError('The vectors do not consist of 32-bit numbers');
    const size = (chunk.type as { readonly listSize: number }).listSize;
    // Views into the batch, not copies: callers that ask for vectors keep all of them.
    return each((row) => numbers.subarray((chunk.offset + row) * size, (chunk.offset + row + 1) * size));
  }
  const offsets: unknown = chunk.valueOffsets;
  if (values instanceof Uint8Array && offsets instanceof Int32Array) {
    const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    const texts = each((row) => bytes.toString('utf8', offsets[row], offsets[row + 1]));
    if (name === 'headingPath') return texts.map(unpackHeadings);
    return name === 'paths' ? texts.map(unpackPaths) : texts;
  }
  if (ArrayBuffer.isView(values)) return (values as Float64Array).subarray(from, to);
  throw new TypeError(`The column ${name} contains neither texts nor numbers`);
}

/** Rows to decode before yielding to the event loop. */
const ROWS_AT_ONCE = 500;

/** Rows of a table, in groups. */
function* decoded<K extends keyof StoredRow, X extends string>(
  table: Table,
  columns: readonly K[],
  extra: readonly X[],
): Generator<(Pick<StoredRow, K> & Record<X, number>)[]> {
  const names = [...columns, ...extra];
  for (const batch of table.batches) {
    // A result without rows may lack the columns.
    if (batch.numRows === 0) continue;
    const chunks = names.map((name) => {
      const [chunk] = batch.getChild(name)?.data ?? [];
      if (!chunk) throw new TypeError(`The column ${name} is missing`);
      return chunk;
    });
    for (let from = 0; from < batch.numRows; from += ROWS_AT_ONCE) {
      const to = Math.min(batch.numRows, from + ROWS_AT_ONCE);
      const values = chunks.map((chunk, at) => readChunk(chunk, names[at] as string, from, to));
      yield Array.from({ length: to - from }, (_, index) => {
        const row: Record<string, unknown> = {};
        for (let at = 0; at < names.length; at++) row[names[at] as string] = values[at]?.[index];
        return row as Pick<StoredRow, K> & Record<X, number>;
      });
    }
  }
}

/** An Arrow table to row objects with the given columns; `extra` names number columns that a query adds, such as `_score`. */
export function decodeRows<K extends keyof StoredRow, X extends string = never>(
  table: Table,
  columns: readonly K[],
  extra: readonly X[] = [],
): (Pick<StoredRow, K> & Record<X, number>)[] {
  return [...decoded(table, columns, extra)].flat();
}

/** Rows of a search, each with the number that the query added in the column `ranking`, such as `_score`. */
export function decodeRanked<K extends keyof StoredRow>(
  table: Table,
  columns: readonly K[],
  ranking: string,
): { readonly row: Pick<StoredRow, K>; readonly value: number }[] {
  const values = decodeRows(table, [], [ranking]);
  return decodeRows(table, columns).map((row, index) => ({ row, value: values[index]?.[ranking] ?? Number.NaN }));
}

/** Like `decodeRows`, but yields to the event loop; for tables of many rows. */
export async function decodeManyRows<K extends keyof StoredRow>(table: Table, columns: readonly K[]): Promise<Pick<StoredRow, K>[]> {
  const rows: Pick<StoredRow, K>[] = [];
  await forEachYielding(decoded(table, columns, []), (some) => void rows.push(...some), 1);
  return rows;
}
