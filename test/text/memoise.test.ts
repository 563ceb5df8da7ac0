import { describe, expect, it } from 'vitest';
import { memoise, memoiseByText } from '../../server/text/memoise.ts';
import { forEachYielding } from '../../server/text/yielding.ts';

describe('a memoised question', () => {
  it('is asked once for each key', async () => {
    const asked: string[] = [];
    const answer = memoise<string>(10);
    const ask = (key: string) => answer(key, async () => `${key}${asked.push(key)}`);
    expect([await ask('a'), await ask('b'), await ask('a')]).toEqual(['a1', 'b2', 'a1']);
    expect(asked).toEqual(['a', 'b']);
  });

  it('that is asked twice at the same time is answered once', async () => {
    const answer = memoise<object>(10);
    const [first, second] = [answer('a', async () => ({})), answer('a', async () => ({}))];
    expect(await first).toBe(await second);
  });

  it('that failed is run once more at the next call', async () => {
    const answer = memoise<string>(10);
    await expect(answer('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await answer('a', async () => 'yes')).toBe('yes');
  });

  it('that failed does not remove the answer to a later one', async () => {
    const answer = memoise<string>(1);
    let fail: (error: Error) => void = () => undefined;
    const slow = answer('a', () => new Promise((_resolve, reject) => (fail = reject)));
    await answer('b', async () => 'b');
    await answer('a', async () => 'later');
    fail(new Error('no'));
    await expect(slow).rejects.toThrow('no');
    expect(await answer('a', async () => 'asked again')).toBe('later');
  });

  it('is forgotten when so many others were asked since', async () => {
    let count = 0;
    const answer = memoise<number>(2);
    const ask = (key: string) => answer(key, async () => ++count);
    await ask('a');
    await ask('b');
    // Asking for it keeps it.
    await ask('a');
    await ask('c');
    expect([await ask('a'), count]).toEqual([1, 3]);
    expect(await ask('b')).toBe(4);
  });
});

describe('what is read from the text of a file', () => {
  it('is read once for each text, and only the last text of a file counts', () => {
    const read: string[] = [];
    const value = memoiseByText(2, (path, text) => read.push(`${path} ${text}`));
    expect([value('a', '1'), value('a', '1'), value('a', '2'), value('a', '1')]).toEqual([1, 1, 2, 3]);
    expect(read).toEqual(['a 1', 'a 2', 'a 1']);
  });

  it('belongs to its file, though another has the same text', () => {
    const value = memoiseByText(2, (path, text) => `${path} ${text}`);
    expect([value('a', '1'), value('b', '1')]).toEqual(['a 1', 'b 1']);
  });

  it('is forgotten for the file that was not asked for the longest time', () => {
    let count = 0;
    const value = memoiseByText(2, () => ++count);
    value('a', '');
    value('b', '');
    value('a', '');
    value('c', '');
    expect([value('a', ''), value('b', '')]).toEqual([1, 4]);
  });
});

describe('work over many items', () => {
  it('is done for every item, in order', async () => {
    const done: [string, number][] = [];
    await forEachYielding(['a', 'b', 'c'], (item, index) => done.push([item, index]), 1);
    expect(done).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 2],
    ]);
  });

  it('lets other work run between slices of time', async () => {
    let others = 0;
    const timer = setInterval(() => others++, 1);
    const wait = () => {
      const until = performance.now() + 10;
      while (performance.now() < until);
    };
    await forEachYielding(Array.from({ length: 5 }), wait, 1);
    clearInterval(timer);
    expect(others).toBeGreaterThanOrEqual(2);
  });

  it('stops at the first error', async () => {
    const done: number[] = [];
    const work = (item: number) => {
      if (item === 2) throw new Error('two');
      done.push(item);
    };
    await expect(forEachYielding([1, 2, 3], work)).rejects.toThrow('two');
    expect(done).toEqual([1]);
  });
});
