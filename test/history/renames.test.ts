import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renamesFrom } from '../support/history.ts';

const move = (from: string, to: string, time: number) => ({ from, to, time });
const everywhere = () => true;

describe('names of a file', () => {
  it('are its own path alone where nothing was moved', () => {
    expect(renamesFrom([]).namesOf('a')).toEqual([{ path: 'a', since: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY }]);
  });

  it('lead back through a chain of moves', () => {
    const { namesOf } = renamesFrom([move('a', 'b', 1), move('b', 'c', 5)]);
    expect(namesOf('c').map(({ path, until }) => [path, until])).toEqual([
      ['c', Number.POSITIVE_INFINITY],
      ['b', 5],
      ['a', 1],
    ]);
  });

  it('leave out what another file was called that left the path before', () => {
    const { namesOf } = renamesFrom([move('a', 'old', 1), move('z', 'a', 2)]);
    expect(namesOf('a')).toEqual([
      { path: 'a', since: 2, until: Number.POSITIVE_INFINITY },
      { path: 'z', since: Number.NEGATIVE_INFINITY, until: 2 },
    ]);
    expect(namesOf('old').map(({ path }) => path)).toEqual(['old', 'a']);
  });

  it('are distinguished when two files changed places', () => {
    const { namesOf } = renamesFrom([move('a', 'b', 3), move('b', 'a', 3)]);
    expect(
      namesOf('a')
        .map(({ path }) => path)
        .slice(0, 2),
    ).toEqual(['a', 'b']);
    expect(
      namesOf('b')
        .map(({ path }) => path)
        .slice(0, 2),
    ).toEqual(['b', 'a']);
    expect(namesOf('a')[0]?.since).toBe(3);
  });

  it('end, whatever was moved to and fro', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd');
    const moves = fc.array(fc.record({ from: name, to: name, time: fc.integer({ min: 0, max: 5 }) }), { maxLength: 80 });
    fc.assert(
      fc.property(moves, name, (made, path) => {
        const renames = renamesFrom(made);
        const names = renames.namesOf(path);
        expect(names[0]?.path).toBe(path);
        expect(names.length).toBeLessThanOrEqual(50);
        for (let at = 1; at < names.length; at++) expect(names[at]?.until).toBeLessThanOrEqual(names[at - 1]?.until ?? 0);
        expect(renamesFrom([...made].reverse()).namesOf(path)).toEqual(names);
        expect(renames.current(path, everywhere)).not.toBe(path);
      }),
    );
  });
});

describe('the place of a file that was moved', () => {
  it('is where the chain of moves ends', () => {
    const { current } = renamesFrom([move('a', 'b', 1), move('b', 'c', 2)]);
    expect(current('a', everywhere)).toBe('c');
    expect(current('b', everywhere)).toBe('c');
    expect(current('c', everywhere)).toBeUndefined();
  });

  it('is unknown where the file is gone', () => {
    expect(renamesFrom([move('a', 'b', 1)]).current('a', () => false)).toBeUndefined();
  });

  it('is that of the file which left the path last and is still there', () => {
    const { current } = renamesFrom([move('a', 'first', 1), move('a', 'second', 5)]);
    expect(current('a', everywhere)).toBe('second');
    expect(current('a', (path) => path === 'first')).toBe('first');
  });

  it('does not follow a move that happened before the file came', () => {
    expect(renamesFrom([move('b', 'elsewhere', 1), move('a', 'b', 5)]).current('a', everywhere)).toBe('b');
  });
});

describe('the name that a file has now that was at a path at a time', () => {
  const { nameAfter } = renamesFrom([move('a', 'b', 1), move('b', 'c', 5), move('a', 'z', 9)]);

  it.each([
    ['a', 0, 'c'],
    ['b', 1, 'c'],
    ['b', 4, 'c'],
    ['a', 1, 'z'],
    ['a', 9, 'a'],
    ['b', 5, 'b'],
    ['c', 0, 'c'],
    ['nowhere', 0, 'nowhere'],
  ])('%s just after %i is %s', (path, time, expected) => {
    expect(nameAfter(path, time)).toBe(expected);
  });

  it('ends where moves run in a circle', () => {
    const circle = renamesFrom([move('a', 'b', 3), move('b', 'a', 3)]);
    expect(['a', 'b']).toContain(circle.nameAfter('a', 0));
  });
});
