import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownFiles } from '../../server/indexing/plan.ts';
import { INDEX_SCHEMA, type IndexState } from '../../server/store/state.ts';

const file = (size: number): IndexState['files'][string] => ({ size, mtimeMs: 1, hash: 'a', kind: 'decision', format: 'markdown' });
const STATE: IndexState = {
  schema: INDEX_SCHEMA,
  fingerprint: 'static:1',
  head: 'f00d',
  files: { 'docs/adr/1.md': file(10), 'docs/adr/2.md': file(20), 'docs/adrs/3.md': file(30) },
  commitsIndexed: 0,
  finishedAt: '2024-05-11T10:00:00.000Z',
  reading: 'limits:1',
  notices: [],
};
const read = (reported: readonly string[], reading = 'limits:1', state: IndexState | undefined = STATE): string[] =>
  Object.entries(knownFiles({ reading }, state, reported)).flatMap(([path, { size }]) => (size === -1 ? [path] : []));

describe('files that are read whatever their stamp are', () => {
  it.each<[string, string[], string[]]>([
    ['none where nothing was reported', [], []],
    ['a reported file', ['docs/adr/1.md'], ['docs/adr/1.md']],
    ['those in a reported folder, and not in one with a longer name', ['docs/adr'], ['docs/adr/1.md', 'docs/adr/2.md']],
    ['those of several reports', ['docs/adrs', 'docs/adr/2.md'], ['docs/adr/2.md', 'docs/adrs/3.md']],
    ['none for a path that the index does not have', ['docs/adr/1'], []],
  ])('%s', (_name, reported, expected) => expect(read(reported)).toEqual(expected));

  it('all where the limits for reading changed', () => expect(read([], 'limits:2')).toEqual(Object.keys(STATE.files)));

  it('none where the limits were not recorded', () => {
    const { reading, ...older } = STATE;
    expect(reading).toBe('limits:1');
    expect(read([], 'limits:2', older)).toEqual([]);
  });

  it('none before the first run', () => expect(knownFiles({ reading: 'limits:1' }, undefined, ['docs'])).toEqual({}));

  it('never made known or forgotten by a report, which only drops their stamps', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('docs', 'docs/adr', 'docs/adr/1.md', '', 'x', '__proto__')), (reported) => {
        const known = knownFiles({ reading: 'limits:1' }, STATE, reported);
        expect(Object.keys(known)).toEqual(Object.keys(STATE.files));
        expect(Object.values(known).map(({ hash }) => hash)).toEqual(['a', 'a', 'a']);
      }),
    );
  });
});
