import { describe, expect, it } from 'vitest';
import { PathIndex } from '../../server/history/path-index.ts';
import { timeOf } from '../../server/store/commits/fact.ts';
import { renamesFrom } from '../support/history.ts';

const always = (path: string) => ({ path, since: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY });

describe('commits by path', () => {
  const index = new PathIndex<{ readonly sha: string; readonly time: number }>();
  index.add({ sha: 'a', time: 1 }, ['one', 'two']);
  index.add({ sha: 'b', time: 5 }, ['one']);
  index.add({ sha: 'c', time: 5 }, ['two']);
  const shas = (...args: Parameters<typeof index.touching>): string =>
    index
      .touching(...args)
      .map(({ sha }) => sha)
      .join('');

  it('are those of the name, newest first', () => {
    expect([shas([always('one')]), shas([always('two')]), shas([always('three')]), shas([])]).toEqual(['ba', 'ca', '', '']);
  });

  it('are those of all names, each once, ties by sha', () => {
    expect(shas([always('one'), always('two')])).toBe('bca');
  });

  it('count only while the file had the name, both ends included', () => {
    expect(shas([{ path: 'one', since: 1, until: 4 }])).toBe('a');
    expect(shas([{ path: 'one', since: 5, until: 5 }])).toBe('b');
    expect(shas([{ path: 'one', since: 2, until: 4 }])).toBe('');
  });

  it('count only where they were there before', () => {
    expect(shas([always('one')], new Set(['a', 'c']))).toBe('a');
  });
});

it.each([
  ['2024-01-01T00:00:00Z', Date.UTC(2024, 0, 1)],
  ['2024-01-01T00:00:00+02:00', Date.UTC(2023, 11, 31, 22)],
  ['', 0],
  ['yesterday', 0],
])('the time of the date %j is %i', (date, expected) => {
  expect(timeOf(date)).toBe(expected);
});

it('a file that moves more than 50 times is followed no further', () => {
  const renames = renamesFrom(Array.from({ length: 80 }, (_, at) => ({ from: `f${at}`, to: `f${at + 1}`, time: at })));
  expect(renames.namesOf('f80')).toHaveLength(50);
  expect(renames.nameAfter('f0', -1)).toBe('f50');
});
