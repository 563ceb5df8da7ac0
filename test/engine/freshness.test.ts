import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Freshness, type FreshnessOptions } from '../../server/engine/updating/freshness.ts';

/** A freshness whose n-th measurement says that the index is n documents behind. */
const countingFreshness = (more: Partial<FreshnessOptions> = {}) => {
  let measured = 0;
  const onRefreshed = vi.fn(async () => undefined);
  const onError = vi.fn();
  const freshness = new Freshness({
    measure: async () => ({ sha: 'abc', behind: ++measured }),
    isPaused: () => false,
    onRefreshed,
    onError,
    ...more,
  });
  return { freshness, onRefreshed, onError, measured: () => measured };
};

const behind = async (freshness: Freshness): Promise<number> => (await freshness.current()).behind;

describe('the freshness of an index', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is measured for the first answer and reused for those within five seconds', async () => {
    const { freshness, measured } = countingFreshness();
    expect(await behind(freshness)).toBe(1);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await behind(freshness)).toBe(1);
    expect(measured()).toBe(1);
  });

  it('is refreshed in the background once it is older than five seconds, without making that answer wait', async () => {
    const { freshness } = countingFreshness();
    await freshness.measure();
    await vi.advanceTimersByTimeAsync(5_001);
    expect(await behind(freshness)).toBe(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(await behind(freshness)).toBe(2);
  });

  it('is not refreshed while indexing runs', async () => {
    const { freshness, measured } = countingFreshness({ isPaused: () => true });
    await freshness.measure();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await behind(freshness)).toBe(1);
    expect(measured()).toBe(1);
  });

  it('is told when it can no longer be measured, once, and again when it can', async () => {
    let gone = false;
    const { freshness, onRefreshed, onError } = countingFreshness({
      measure: async () => {
        if (gone) throw new Error('The folder no longer exists.');
        return { sha: 'abc', behind: 0 };
      },
    });
    await freshness.measure();
    const ask = async (): Promise<void> => {
      await vi.advanceTimersByTimeAsync(5_001);
      expect(await behind(freshness)).toBe(0);
      await vi.advanceTimersByTimeAsync(0);
    };
    gone = true;
    await ask();
    expect([freshness.failure, onRefreshed.mock.calls.length]).toEqual(['The folder no longer exists.', 1]);
    // Who tells asks again, which must not measure again at once.
    expect(await behind(freshness)).toBe(0);
    await vi.advanceTimersByTimeAsync(0);
    expect(onError).toHaveBeenCalledTimes(1);
    await ask();
    expect([onError.mock.calls.length, onRefreshed.mock.calls.length]).toEqual([2, 1]);
    gone = false;
    await ask();
    expect([freshness.failure, onRefreshed.mock.calls.length]).toEqual([undefined, 2]);
  });

  it('is measured once for calls at the same time', async () => {
    const { freshness, measured } = countingFreshness();
    const all = await Promise.all([freshness.measure(), freshness.current(), freshness.measure()]);
    expect(all.map((position) => position.behind)).toEqual([1, 1, 1]);
    expect(measured()).toBe(1);
  });

  it('is measured again for the first answer after it expired', async () => {
    const { freshness } = countingFreshness();
    await freshness.measure();
    expect(freshness.isKnown).toBe(true);
    freshness.expire();
    expect(freshness.isKnown).toBe(false);
    expect(await behind(freshness)).toBe(2);
  });

  it('is measured and reported once, half a second after the last save of a burst', async () => {
    const { freshness, measured, onRefreshed } = countingFreshness();
    for (let save = 0; save < 5; save++) {
      freshness.refreshAfterSaves();
      await vi.advanceTimersByTimeAsync(400);
    }
    expect(measured()).toBe(0);
    await vi.advanceTimersByTimeAsync(100);
    expect([measured(), onRefreshed.mock.calls.length]).toEqual([1, 1]);
  });

  it('is not measured after it was closed', async () => {
    const { freshness, measured } = countingFreshness();
    freshness.refreshAfterSaves();
    freshness.close();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(measured()).toBe(0);
  });

  it('rejects the first answer where it cannot be measured, and is measured for the next one', async () => {
    let fails = true;
    const { freshness } = countingFreshness({
      measure: async () => {
        if (fails) throw new Error('the folder is gone');
        return { sha: '', behind: 0 };
      },
    });
    await expect(freshness.current()).rejects.toThrow('the folder is gone');
    fails = false;
    expect(await behind(freshness)).toBe(0);
  });

  it('keeps the last position, and tells of the error, where a refresh in the background fails', async () => {
    let fails = false;
    const { freshness, onError, onRefreshed } = countingFreshness({
      measure: async () => {
        if (fails) throw new Error('git failed');
        return { sha: 'abc', behind: 3 };
      },
    });
    await freshness.measure();
    fails = true;
    freshness.refreshAfterSaves();
    await vi.advanceTimersByTimeAsync(6_000);
    expect(await behind(freshness)).toBe(3);
    await vi.advanceTimersByTimeAsync(0);
    expect(onError.mock.calls.map(([error]) => String(error))).toEqual(['Error: git failed', 'Error: git failed']);
    expect(onRefreshed).toHaveBeenCalledTimes(1);
  });
});
