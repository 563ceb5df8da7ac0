import { crc32 } from 'node:zlib';
import type { Data, DataType, Field, Schema, Struct, Table, Utf8, Vector } from 'apache-arrow';
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
  'heading',
  'text',
  'words',
  'document',
] as const satisfies readonly Column[];
export const NUMBER_COLUMNS = ['ordinal', 'startLine', 'startCharacter', 'endLine', 'endCharacter'] as const satisfies readonly Column[];

/** Key in the table's metadata that holds the fingerprint of the embedding model. */
export const FINGERPRINT_KEY = 'lintel.fingerprint';

/** A stored row: what the caller gave and the checksum over it, by which a flipped bit on disk is found. */
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

/** Vector length that a table's schema says; 0 where it has no vectors. */
export function dimensionsOf(schema: Schema): number {
  const type: unknown = schema.fields.find((field) => field.name === 'vector')?.type;
  return typeof type === 'object' && type !== null && 'listSize' in type && typeof type.listSize === 'number' ? type.listSize : 0;
}

/** CRC-32 over every column of a row. */
export function hashRow(row: StoreRow): number {
  let hash = crc32(new Uint8Array(row.vector.buffer, row.vector.byteOffset, row.vector.byteLength));
  for (const column of TEXT_COLUMNS) hash = crc32(`${row[column]}\0`, hash);
  return crc32(NUMBER_COLUMNS.map((column) => row[column]).join(','), hash);
}

/** Changed paths are kept with a line feed on both sides, so that one search finds a whole line or the start of one. */
const packPaths = (paths: string): string => (paths === '' ? '' : `\n${paths}\n`);
const unpackPaths = (packed: string): string => (packed === '' ? '' : packed.slice(1, -1));

/** Rows to one Arrow batch. By hand: LanceDB's own conversion of row objects takes three times as long. */
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
    ...TEXT_COLUMNS.map((column) => text(rows.map((row) => (column === 'paths' ? packPaths(row.paths) : row[column])))),
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

function readColumn(vector: Vector, name: string): ArrayLike<unknown> {
  if (name !== 'vector') {
    const values: unknown[] = new Array(vector.length);
    for (let index = 0; index < vector.length; index++) values[index] = vector.get(index);
    return name === 'paths' ? values.map((value) => unpackPaths(String(value))) : values;
  }
  const vectors: Float32Array[] = [];
  for (const chunk of vector.data) {
    const values = chunk.children[0]?.values;
    if (!(values instanceof Float32Array)) throw new TypeError('The vectors are not of 32-bit numbers');
    const size = (chunk.type as { readonly listSize: number }).listSize;
    // Views into the batch, not copies: whoever asks for vectors asks for all of them.
    for (let row = 0; row < chunk.length; row++) {
      const start = (chunk.offset + row) * size;
      vectors.push(values.subarray(start, start + size));
    }
  }
  return vectors;
}

/** An Arrow table to row objects with the given columns; `extra` names number columns that a query adds, such as `_score`. */
export function decodeRows<K extends keyof StoredRow, X extends string = never>(
  table: Table,
  columns: readonly K[],
  extra: readonly X[] = [],
): (Pick<StoredRow, K> & Record<X, number>)[] {
  // An answer without rows may come without columns.
  if (table.numRows === 0) return [];
  const names = [...columns, ...extra];
  const values = names.map((name) => {
    const vector = table.getChild(name);
    if (!vector) throw new TypeError(`The column ${name} is missing`);
    return readColumn(vector, name);
  });
  const rows: (Pick<StoredRow, K> & Record<X, number>)[] = [];
  for (let index = 0; index < table.numRows; index++) {
    const row: Record<string, unknown> = {};
    names.forEach((name, at) => {
      row[name] = values[at]?.[index];
    });
    rows.push(row as Pick<StoredRow, K> & Record<X, number>);
  }
  return rows;
}
