import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { computeThreads } from '../../server/store/native.ts';
import { StallWatch } from '../../server/store/stall.ts';

const never = (): Promise<never> => new Promise(() => undefined);
const MINUTE = 60_000;

describe('a call into the database', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** A process that has computed so many microseconds. */
  const watching = (process: { computed: number }): StallWatch => new StallWatch(() => process.computed);

  it('that writes and computes nothing is given up after a minute and a half, with what to do', async () => {
    const watch = watching({ computed: 7 });
    const outcome = watch.run(never, '/index', false).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(1.4 * MINUTE);
    expect(watch.hasStalled).toBe(false);
    await vi.advanceTimersByTimeAsync(0.2 * MINUTE);
    expect(watch.hasStalled).toBe(true);
    expect(await outcome).toMatchObject({
      code: 'store-failed',
      message: expect.stringMatching(/\/index makes no progress.*lintel index/),
    });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that writes is left alone for hours while it computes, however little', async () => {
    const process = { computed: 0 };
    const watch = watching(process);
    let finish: (word: string) => void = () => undefined;
    const done = new Promise<string>((resolve) => {
      finish = resolve;
    });
    const outcome = watch.run(() => done, '/index', false);
    const timer = setInterval(() => {
      process.computed += 200_000;
    }, MINUTE);
    await vi.advanceTimersByTimeAsync(240 * MINUTE);
    clearInterval(timer);
    finish('done');
    expect(await outcome).toBe('done');
    expect(watch.hasStalled).toBe(false);
  });

  it('tells of progress at every look that finds it computing, and at no other', async () => {
    const process = { computed: 0 };
    const watch = watching(process);
    let progress = 0;
    watch.onProgress = () => {
      progress += 1;
    };
    const outcome = watch.run(never, '/index', false).catch(() => 'given up');
    process.computed = 150_000;
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(progress).toBe(1);
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect([await outcome, progress]).toEqual(['given up', 1]);
  });

  it('that reads is given up after a minute, whatever else the process computes', async () => {
    const process = { computed: 0 };
    const watch = watching(process);
    const timer = setInterval(() => {
      process.computed += 1_000_000;
    }, 1_000);
    const outcome = watch.run(never, '/index', true).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(MINUTE);
    clearInterval(timer);
    expect(await outcome).toMatchObject({ code: 'store-failed' });
  });

  it('that begins while another one is stuck has its own time', async () => {
    const watch = watching({ computed: 0 });
    const stuck = watch.run(never, '/index', true).catch(() => 'given up');
    await vi.advanceTimersByTimeAsync(55_000);
    const late = watch.run(async () => vi.advanceTimersByTimeAsync(10_000).then(() => 'answered'), '/index', true);
    expect(await late).toBe('answered');
    expect(await stuck).toBe('given up');
  });

  it('gives its result and its error, and leaves no timer', async () => {
    const watch = watching({ computed: 0 });
    expect(await watch.run(async () => 7, '/index', true)).toBe(7);
    await expect(watch.run(() => Promise.reject(new Error('no')), '/index', true)).rejects.toThrow('no');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the threads that the database computes with', () => {
  it.each([
    [undefined, 1, '4'],
    [undefined, 2, '4'],
    [undefined, 6, '4'],
    [undefined, 16, '14'],
    ['1', 2, '4'],
    ['0', 16, '14'],
    ['2', 16, '2'],
    ['32', 2, '32'],
    ['many', 2, '4'],
    ['-3', 2, '4'],
    ['', 8, '6'],
  ])('asked for %j on %i cores are %s', (asked, cores, threads) => {
    expect(computeThreads(asked, cores)).toBe(threads);
  });
});
