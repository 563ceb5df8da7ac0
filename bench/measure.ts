/** Percentiles of a list of milliseconds. */
export interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
  readonly n: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), max: sorted.at(-1) ?? Number.NaN, n: sorted.length };
}

/** Milliseconds that a piece of work took, and what it gave. */
export async function timed<T>(work: () => Promise<T>): Promise<{ readonly ms: number; readonly value: T }> {
  const start = performance.now();
  const value = await work();
  return { ms: performance.now() - start, value };
}

/** Runs work `times` times, one after another, and tells how long each took. */
export async function repeat(times: number, work: (round: number) => Promise<unknown>): Promise<number[]> {
  const out: number[] = [];
  for (let round = 0; round < times; round++) out.push((await timed(() => work(round))).ms);
  return out;
}

const number = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(1));

/** One line of a table of figures: what, the figure, and the target with whether it is met. */
export function figure(
  name: string,
  value: number,
  unit: string,
  target?: { readonly most: number; readonly text?: string },
  note = '',
): void {
  const verdict =
    target === undefined ? '' : `${value <= target.most ? 'ok  ' : 'MISS'} target < ${number(target.most)} ${unit}${target.text ?? ''}`;
  console.log(`${name.padEnd(44)}${`${number(value)} ${unit}`.padStart(12)}  ${verdict.padEnd(28)}${note}`.trimEnd());
}
