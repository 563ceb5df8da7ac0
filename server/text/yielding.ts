import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds of work after which other work gets its turn. */
const SLICE_MS = 8;

/**
 * Works over items and lets other work have its turn now and then, so that a long list keeps nobody waiting.
 * @param step items between two looks at the clock
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

/**
 * Returns a function to await between items of a long task: once 8 ms have passed, it lets other work have its turn, such as a request to cancel the
 * task.
 */
export function turnTaker(): () => Promise<void> {
  let until = performance.now() + SLICE_MS;
  return async () => {
    if (performance.now() < until) return;
    await nextTurn();
    until = performance.now() + SLICE_MS;
  };
}
