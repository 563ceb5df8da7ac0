import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds of work before it yields. */
const SLICE_MS = 8;

/**
 * Runs work over many items and yields to the event loop in between, so that a long list does not block requests.
 *
 * @param step Items between two looks at the clock, default 32. Lower it where one item is expensive.
 */
export async function forEachYielding<T>(items: Iterable<T>, work: (item: T, index: number) => void, step = 32): Promise<void> {
  let until = performance.now() + SLICE_MS;
  let count = 0;
  for (const item of items) {
    work(item, count);
    if (++count % step !== 0 || performance.now() < until) continue;
    await nextTurn();
    until = performance.now() + SLICE_MS;
  }
}
