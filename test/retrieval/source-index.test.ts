import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameHash } from '../../server/code/names.ts';
import { MutableSourceIndex } from '../../server/retrieval/source-index.ts';
import type { CodeChange, CodeEntry } from '../../server/store/code-log.ts';
import { sourceIndexOf } from '../support/register.ts';

const entry = (path: string, names: readonly number[], citing: CodeEntry['citing'] = []): CodeEntry => ({
  path,
  size: 1,
  mtimeMs: 1,
  names: Uint32Array.from([...new Set(names)].sort((a, b) => a - b)),
  citing,
});

describe('the index of source files', () => {
  it('counts the files that hold a name', () => {
    const code = sourceIndexOf({
      'a.ts': 'OutboxRelay outbox',
      'b.ts': 'OutboxRelay OutboxRelay',
      'c.ts': 'Invoice',
      'd.ts': '',
      'vendor/e.ts': 'Invoice',
    });
    expect(code.files).toBe(3);
    expect([code.filesWith('OutboxRelay'), code.filesWith('Invoice'), code.filesWith('Nobody')]).toEqual([2, 1, 0]);
    expect(code.filesWithHash(nameHash('OutboxRelay'))).toBe(2);
  });

  it('names the files, where they are few', () => {
    const code = sourceIndexOf({ 'b.ts': 'OutboxRelay', 'a.ts': 'OutboxRelay', 'c.ts': 'other' });
    expect(code.pathsWith('OutboxRelay', 2)).toEqual(['a.ts', 'b.ts']);
    expect(code.pathsWith('OutboxRelay', 1)).toEqual([]);
    expect(code.pathsWith('Nobody', 5)).toEqual([]);
  });

  it('counts the variants of a route together', () => {
    const code = sourceIndexOf({
      'a.ts': "get('/orders/:id')",
      'b.py': '@get("/orders/{order_id}")',
      'c.go': 'Handle("GET /orders/{id}/")',
    });
    expect(code.filesWith('/orders/{id}')).toBe(3);
  });

  it('lists citing lines by path, in order', () => {
    const code = sourceIndexOf({ 'b.ts': '// ADR-2', 'a.ts': 'x\n// ADR-1', 'c.ts': 'none' });
    expect([...code.citingLines()].map(([path, lines]) => [path, lines.map(({ line }) => line)])).toEqual([
      ['a.ts', [1]],
      ['b.ts', [0]],
    ]);
  });

  it('has another version and other stamps after every change, and those of before stay as they were', () => {
    const code = sourceIndexOf({ 'a.ts': 'OutboxRelay' });
    const { version, stamps } = code;
    code.take({ restarted: false, changes: [{ path: 'a.ts', gone: true }] });
    expect(code.version).not.toBe(version);
    expect(code.stamps).not.toBe(stamps);
    expect([...stamps.keys()]).toEqual(['a.ts']);
    expect([...code.stamps.keys()]).toEqual([]);
    expect(code.files).toBe(0);
    expect(code.filesWith('OutboxRelay')).toBe(0);
  });

  it('is right after any news, as if it had been made from what is left', () => {
    const path = fc.constantFrom('a.ts', 'b.ts', 'c.ts');
    // Few distinct hashes, neighbours and multiples of the table's size among them, so that places are shared.
    const name = fc.constantFrom(0, 1, 2, 1_024, 1_025, 2_048, 4_096, 0xffffffff);
    const change: fc.Arbitrary<CodeChange> = fc.oneof(
      path.map((each) => ({ path: each, gone: true as const })),
      fc.tuple(path, fc.array(name)).map(([each, names]) => entry(each, names)),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.array(change, { maxLength: 5 }))), (news) => {
        const code = new MutableSourceIndex();
        const left = new Map<string, CodeEntry>();
        for (const [dice, changes] of news) {
          code.take({ restarted: dice === 0, changes });
          if (dice === 0) left.clear();
          for (const each of changes) {
            if ('gone' in each) left.delete(each.path);
            else left.set(each.path, each);
          }
        }
        expect(code.files).toBe([...left.values()].filter(({ names }) => names.length > 0).length);
        for (const hash of [1, 2, 1_024, 1_025, 2_048, 4_096, 0xffffffff]) {
          expect(code.filesWithHash(hash)).toBe([...left.values()].filter(({ names }) => names.includes(hash)).length);
        }
      }),
    );
  });

  it('grows with the names, and counts each of 60,000', () => {
    const code = new MutableSourceIndex();
    for (let file = 0; file < 60; file++) {
      const names = Array.from({ length: 2_000 }, (_, n) => nameHash(`name${(file * 1_000 + n) % 60_000}`));
      code.take({ restarted: false, changes: [entry(`file${file}.ts`, names)] });
    }
    for (const n of [0, 999, 1_000, 30_500, 59_999]) expect(code.filesWith(`name${n}`)).toBe(2);
  });
});
