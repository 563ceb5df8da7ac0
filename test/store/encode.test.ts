import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeManyRows,
  decodeRows,
  dimensionsOf,
  encodeRows,
  FINGERPRINT_KEY,
  hashRow,
  makeSchema,
  NUMBER_COLUMNS,
  TEXT_COLUMNS,
} from '../../server/store/encode.ts';
import { loadNative } from '../../server/store/native.ts';
import type { StoreRow } from '../../server/store/row.ts';
import { DIMENSIONS, row } from './rows.ts';

const native = await loadNative();
const schema = makeSchema(native, DIMENSIONS, 'test:1');
const COLUMNS = [...TEXT_COLUMNS, ...NUMBER_COLUMNS, 'vector'] as const;

const plain = (rows: readonly StoreRow[]) => rows.map((each) => ({ ...each, vector: [...each.vector] }));

describe('the schema of the table', () => {
  it('carries the fingerprint of the model and the length of its vectors', () => {
    expect(schema.metadata.get(FINGERPRINT_KEY)).toBe('test:1');
    expect(dimensionsOf(schema)).toBe(DIMENSIONS);
  });

  it('has no length of vectors where it has no column of vectors', () => {
    expect(dimensionsOf(new native.arrow.Schema([new native.arrow.Field('vector', new native.arrow.Utf8(), false)]))).toBe(0);
    expect(dimensionsOf(new native.arrow.Schema([]))).toBe(0);
  });
});

describe('rows as an Arrow table', () => {
  it('come back as they were, whatever their texts, paths and headings contain', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 });
    const path = text.filter((value) => value !== '' && !value.includes('\n'));
    const given = fc.record({
      text,
      title: text,
      paths: fc.array(path, { maxLength: 3 }).map((paths) => paths.join('\n')),
      headingPath: fc.array(text, { maxLength: 3 }),
      endLine: fc.nat(2 ** 31 - 1),
    });
    fc.assert(
      fc.property(fc.array(given, { maxLength: 5 }), (all) => {
        const rows = all.map((fields, ordinal) => row('a.md', ordinal, fields));
        expect(plain(decodeRows(encodeRows(native, schema, rows), COLUMNS))).toEqual(plain(rows));
      }),
    );
  });

  it('have only the columns that were asked for', () => {
    const table = encodeRows(native, schema, [row('a.md', 0, { title: 'A', headingPath: ['x', 'y'] })]);
    expect(decodeRows(table, ['title', 'headingPath'])).toEqual([{ title: 'A', headingPath: ['x', 'y'] }]);
  });

  it('come back in the same order from a decoder that yields to other work', async () => {
    const rows = Array.from({ length: 1_203 }, (_, ordinal) => row('a.md', ordinal));
    const back = await decodeManyRows(encodeRows(native, schema, rows), ['id', 'ordinal']);
    expect(back).toEqual(rows.map(({ id, ordinal }) => ({ id, ordinal })));
  });

  it('are refused with the id of the row whose vector has the wrong length', () => {
    const wrong = row('b.md', 3, { vector: Float32Array.of(1) });
    expect(() => encodeRows(native, schema, [row('a.md'), wrong])).toThrow(/b\.md#3 has 1 dimensions, not 8/);
  });

  it('cannot be decoded from a table without the column', () => {
    const table = encodeRows(native, makeSchema(native, DIMENSIONS, ''), [row('a.md')]).select(['id']);
    expect(() => decodeRows(table, ['title'])).toThrow('The column title is missing');
  });
});

describe('the checksum of a row', () => {
  it('is the same for a row that went through the table', () => {
    const rows = [row('a.md', 0, { headingPath: ['Top', 'a > b'], paths: 'x\ny' }), row('b.md', 1, { headingPath: [] })];
    const [first, second] = decodeRows(encodeRows(native, schema, rows), [...COLUMNS, 'hash']);
    expect(first && hashRow(first)).toBe(first?.hash);
    expect(second?.hash).toBe(hashRow(rows[1] ?? expect.fail()));
  });

  it.each<Partial<StoreRow>>([
    { title: 'Other' },
    { text: '' },
    { headingPath: ['Decision', 'More'] },
    { headingPath: [] },
    { endCharacter: 5 },
    { startLine: 1 },
    { vector: new Float32Array(DIMENSIONS) },
    { status: '' },
    { document: '{}' },
  ])('changes with the row: %j', (change) => {
    expect(hashRow({ ...row('a.md'), ...change })).not.toBe(hashRow(row('a.md')));
  });

  it('differs where a text moves from one column to the next', () => {
    expect(hashRow(row('a', 0, { sha: 'ab', title: 'c' }))).not.toBe(hashRow(row('a', 0, { sha: 'a', title: 'bc' })));
    expect(hashRow(row('a', 0, { headingPath: ['ab', 'c'] }))).not.toBe(hashRow(row('a', 0, { headingPath: ['a', 'bc'] })));
  });
});
