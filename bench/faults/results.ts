import type { SuiteRun } from './application.ts';
import type { Fault } from './draw-faults.ts';

/** What the suite does without a fault. */
export interface Baseline {
  /** Tests that passed in every run, by spec. */
  readonly sound: Readonly<Record<string, readonly string[]>>;
  /** Tests that did not, by spec: they count for nothing. */
  readonly unsound: Readonly<Record<string, readonly string[]>>;
  /** Seconds of a spec, the mean of the runs; specs with a sound test. */
  readonly seconds: Readonly<Record<string, number>>;
}

export interface FaultResult {
  readonly fault: Fault;
  readonly outcome: 'ran' | 'does not start';
  /** Sound tests that failed, by spec. */
  readonly failed: Readonly<Record<string, readonly string[]>>;
  /** The fault as `git diff` writes it. */
  readonly patch: string;
}

const sorted = <T>(entries: readonly (readonly [string, T])[]): Record<string, T> =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));

export const baselineOf = (runs: readonly SuiteRun[]): Baseline => {
  const specs = [...new Set(runs.flatMap((run) => [...run.keys()]))];
  const sound: [string, string[]][] = [];
  const unsound: [string, string[]][] = [];
  const seconds: [string, number][] = [];
  for (const spec of specs) {
    const own = runs.map((run) => run.get(spec));
    const titles = [...new Set(own.flatMap((run) => [...(run?.passed ?? []), ...(run?.failed ?? [])]))];
    const good = titles.filter((title) => own.every((run) => run?.passed.includes(title)));
    if (good.length > 0) {
      sound.push([spec, good]);
      seconds.push([spec, own.reduce((sum, run) => sum + (run?.seconds ?? 0), 0) / runs.length]);
    }
    if (good.length < titles.length) unsound.push([spec, titles.filter((title) => !good.includes(title))]);
  }
  return { sound: sorted(sound), unsound: sorted(unsound), seconds: sorted(seconds) };
};

/** A baseline in which no test of these specs is sound. */
export const withoutSpecs = ({ sound, unsound, seconds }: Baseline, specs: readonly string[]): Baseline => {
  const kept = <T>(of: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(of).filter(([spec]) => !specs.includes(spec)));
  const left = specs.flatMap((spec) => (sound[spec] ? [[spec, [...sound[spec], ...(unsound[spec] ?? [])]] as const] : []));
  return { sound: kept(sound), unsound: { ...unsound, ...Object.fromEntries(left) }, seconds: kept(seconds) };
};

/** The sound tests that failed in a run, by spec. */
export const failuresOf = (run: SuiteRun, { sound }: Baseline): Record<string, string[]> =>
  sorted(
    [...run].flatMap(([spec, { failed }]) => {
      const counted = failed.filter((title) => sound[spec]?.includes(title));
      return counted.length > 0 ? [[spec, counted] as const] : [];
    }),
  );

/** What a selection did for one fault that the suite catches. */
export interface Caught {
  readonly fault: Fault;
  readonly failed: readonly string[];
  /** Specs that fail and are selected. */
  readonly selected: readonly string[];
  /** Share of the suite's time that is selected, 0 to 1. */
  readonly share: number;
  readonly verdict: string;
}

export interface Figures {
  readonly faults: number;
  /** Share of the faults of which some failing spec is selected. */
  readonly caught: number;
  /** Share of the failing specs that are selected, the mean over faults. */
  readonly specs: number;
  /** Share of the faults all of whose failing specs are selected. */
  readonly all: number;
  /** Share of the suite's time, the mean over faults. */
  readonly share: number;
  /** Share of the faults for which everything runs. */
  readonly everything: number;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

export const figuresOf = (list: readonly Caught[]): Figures => ({
  faults: list.length,
  caught: mean(list.map(({ selected }) => (selected.length > 0 ? 1 : 0))),
  specs: mean(list.map(({ selected, failed }) => selected.length / Math.max(1, failed.length))),
  all: mean(list.map(({ selected, failed }) => (selected.length === failed.length ? 1 : 0))),
  share: mean(list.map(({ share }) => share)),
  everything: mean(list.map(({ verdict }) => (verdict === 'run-all' ? 1 : 0))),
});

/** Share of the time of the sound specs that these take; what the suite cannot run counts for nothing. */
export const timeShare = (specs: readonly string[], { seconds }: Baseline): number => {
  const total = Object.values(seconds).reduce((sum, one) => sum + one, 0);
  return total === 0 ? 0 : specs.reduce((sum, spec) => sum + (seconds[spec] ?? 0), 0) / total;
};
