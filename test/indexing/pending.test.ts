import { describe, expect, it } from 'vitest';
import { type FileChanges, PendingChanges } from '../../server/indexing/pending.ts';
import type { StoreRow } from '../../server/store/row.ts';

const read = (count: number, rows = 0, more: Partial<FileChanges> = {}): FileChanges => ({
  count,
  rows: Array.from({ length: rows }, () => ({}) as StoreRow),
  states: {},
  lost: [],
  stale: [],
  ...more,
});

/** Sizes of the writes of a run over so many batches of 40 files with so many passages each. */
const writes = (batches: number, rows: number): number[] => {
  const pending = new PendingChanges();
  const sizes: number[] = [];
  for (let batch = 0; batch < batches; batch++) {
    pending.add(read(40, rows));
    if (pending.isDue) sizes.push(pending.take().count);
  }
  return sizes;
};

describe('writes of a run', () => {
  it('are few in a large repository, because every one lists all that were made before', () => {
    const sizes = writes(2_500, 0);
    expect(sizes.length).toBeLessThan(130);
    expect(Math.max(...sizes)).toBe(1_000);
  });

  it('begin with the first files, so that a small repository is found soon', () => {
    expect(writes(4, 160)).toEqual([40, 40, 40, 40]);
  });

  it('are made early of files with many passages, which take memory', () => {
    expect(writes(100, 4_000).every((count) => count === 40)).toBe(true);
  });

  it('hold all that was collected, once, under any name of a file', () => {
    const pending = new PendingChanges();
    const state = { size: 1, mtimeMs: 1, hash: 'x', kind: 'guide' as const, format: 'markdown' };
    pending.add(read(2, 3, { states: JSON.parse(JSON.stringify({ a: state }).replace('"a"', '"__proto__"')), lost: ['gone.md'] }));
    pending.add(read(1, 1, { states: { 'b.md': state }, stale: ['b.md#part'] }));
    const taken = pending.take();
    expect({ ...taken, rows: taken.rows.length, states: Object.keys(taken.states) }).toEqual({
      count: 3,
      rows: 4,
      states: ['__proto__', 'b.md'],
      lost: ['gone.md'],
      stale: ['b.md#part'],
    });
    expect(pending.take()).toMatchObject({ count: 0, rows: [] });
  });
});
