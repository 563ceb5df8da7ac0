import type {
  Miss,
  RecordedRun,
  RunFigures,
  RunPoint,
  SelectionFigures,
  ShadowCriteria,
  SpecResult,
  TestRunReport,
} from '../../model/test-runs.ts';
import { median } from './median.ts';
import { causeOfSkip, keeps } from './recorded-selection.ts';
import { withFlakes } from './same-commit.ts';
import { failuresOf, isProof, shadowGate } from './shadow-gate.ts';

const MOST_MISSES = 200;
const MOST_SPECS = 50;

/** The value that a share of the sorted values does not exceed (nearest rank). */
const percentile = (sorted: readonly number[], share: number): number | undefined =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];

const ran = ({ outcome }: SpecResult): boolean => outcome !== 'skipped';
const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const figuresOf = (runs: readonly RecordedRun[]): RunFigures => {
  const seconds = runs.map((run) => run.seconds).sort((a, b) => a - b);
  const results = runs.flatMap((run) => run.results.filter(ran));
  const having = (outcome: SpecResult['outcome']): number => results.filter((result) => result.outcome === outcome).length;
  const [p50, p95] = [percentile(seconds, 0.5), percentile(seconds, 0.95)];
  return {
    runs: runs.length,
    ...(p50 === undefined ? {} : { p50 }),
    ...(p95 === undefined ? {} : { p95 }),
    throughput: ratio(results.length * 60, sum(seconds)),
    errorRate: ratio(having('failed'), results.length),
    flakeRate: ratio(having('flaky'), results.length),
    failedRuns: runs.filter((run) => run.results.some(({ outcome }) => outcome === 'failed') || (run.errors?.length ?? 0) > 0).length,
  };
};

/** What each spec takes: the median of its newest results. */
export function durationsOf(runs: readonly RecordedRun[]): ReadonlyMap<string, number> {
  const NEWEST = 10;
  const times = new Map<string, number[]>();
  for (const { results } of runs.toReversed())
    for (const result of results.filter(ran)) {
      const known = times.get(result.path);
      if (!known) times.set(result.path, [result.seconds]);
      else if (known.length < NEWEST) known.push(result.seconds);
    }
  return new Map([...times].map(([path, seconds]) => [path, median(seconds)]));
}

const quoted = (word: string): string => (/^[\w@./:+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/**
 * The changed path to link a missed spec to: of those that changed, the one that changed least often in runs in which the spec passed.
 */
const codeToLink = (run: RecordedRun, spec: string, runs: readonly RecordedRun[]): string | undefined => {
  const passing = runs.filter(({ results }) => results.some(({ path, outcome }) => path === spec && outcome === 'passed'));
  const often = (path: string): number => passing.filter(({ changed }) => changed?.includes(path)).length;
  return run.changed
    ?.slice(0, 100)
    .map((path) => ({ path, often: often(path) }))
    .reduce<{ path: string; often: number } | undefined>((best, one) => (!best || one.often < best.often ? one : best), undefined)?.path;
};

const missesOf = (runs: readonly RecordedRun[], all: readonly RecordedRun[]): readonly Miss[] => {
  const full = all.filter(({ run }) => run !== 'selected');
  return runs
    .toReversed()
    .flatMap((run) =>
      failuresOf(run).missed.map((path): Miss => {
        const { selection, sha, time } = run;
        const before = full[full.indexOf(run) - 1]?.results.find((result) => result.path === path)?.outcome === 'failed';
        const code = codeToLink(run, path, all);
        return {
          path,
          time,
          ...(sha === undefined ? {} : { sha }),
          failing: run.results.find((result) => result.path === path)?.failing ?? [],
          cause: selection ? causeOfSkip(selection, path) : '',
          before,
          ...(code === undefined ? {} : { command: `lintel tests link ${quoted(code)} ${quoted(path)}` }),
        };
      }),
    )
    .slice(0, MOST_MISSES);
};

const selectionFigures = (runs: readonly RecordedRun[], durations: ReadonlyMap<string, number>): SelectionFigures => {
  const proofs = runs.filter(isProof);
  const judged = runs.map(failuresOf);
  const failures = sum(judged.map(({ failed }) => failed.length));
  const kept = failures - sum(judged.map(({ missed }) => missed.length));
  const shares = runs.flatMap(({ selection }) => (selection ? [selection.share] : []));
  const times = runs.flatMap(({ run, selection, results }) => {
    if (!selection || selection.verdict === 'ask-a-human') return [];
    const measured = sum(results.map(({ seconds }) => seconds));
    if (run !== 'selected')
      return [{ saved: sum(results.flatMap(({ path, seconds }) => (keeps(selection, path) ? [] : [seconds]))), whole: measured }];
    const saved = sum(selection.skipped.flatMap(({ paths }) => paths.map((path) => durations.get(path) ?? 0)));
    return [{ saved, whole: measured + saved }];
  });
  const savedSeconds = sum(times.map(({ saved }) => saved));
  return {
    runs: proofs.length,
    failures,
    kept,
    ...(failures === 0 ? {} : { safety: kept / failures }),
    ...(shares.length === 0 ? {} : { share: sum(shares) / shares.length }),
    savedSeconds,
    savedShare: ratio(savedSeconds, sum(times.map(({ whole }) => whole))),
  };
};

const pointOf = (run: RecordedRun): RunPoint => ({
  time: run.time,
  ...(run.sha === undefined ? {} : { sha: run.sha }),
  run: run.run,
  seconds: run.seconds,
  failed: run.results.filter(({ outcome }) => outcome === 'failed').length,
  flaky: run.results.filter(({ outcome }) => outcome === 'flaky').length,
  specs: run.results.filter(ran).length,
  ...(run.selection ? { verdict: run.selection.verdict, share: run.selection.share } : {}),
  missed: failuresOf(run).missed.length,
  ...(run.override === undefined ? {} : { override: run.override }),
});

const specsOf = (runs: readonly RecordedRun[], durations: ReadonlyMap<string, number>): TestRunReport['specs'] => {
  const counts = new Map<string, { path: string; runs: number; failed: number; flaky: number; seconds: number }>();
  for (const { results } of runs)
    for (const { path, outcome } of results.filter(ran)) {
      const known = counts.get(path) ?? { path, runs: 0, failed: 0, flaky: 0, seconds: durations.get(path) ?? 0 };
      known.runs += 1;
      known.failed += outcome === 'failed' ? 1 : 0;
      known.flaky += outcome === 'flaky' ? 1 : 0;
      counts.set(path, known);
    }
  return [...counts.values()]
    .filter(({ failed, flaky }) => failed + flaky > 0)
    .sort((a, b) => b.flaky - a.flaky || b.failed - a.failed || (a.path < b.path ? -1 : 1))
    .slice(0, MOST_SPECS);
};

/**
 * What recorded runs say of the suite and of its selection.
 * @param recorded the oldest first
 * @param since ISO day; earlier runs count for nothing but flakes and durations
 */
export function reportOf(
  recorded: readonly RecordedRun[],
  {
    criteria,
    since,
    notices = [],
  }: { readonly criteria: ShadowCriteria; readonly since?: string | undefined; readonly notices?: readonly string[] },
): TestRunReport {
  const all = withFlakes(recorded);
  const runs = since === undefined ? all : all.filter(({ time }) => time.slice(0, 10) >= since);
  const durations = durationsOf(all);
  return {
    ...(since === undefined ? {} : { since }),
    full: figuresOf(runs.filter(({ run }) => run !== 'selected')),
    selected: figuresOf(runs.filter(({ run }) => run === 'selected')),
    selection: selectionFigures(runs, durations),
    misses: missesOf(runs, all),
    specs: specsOf(runs, durations),
    runs: runs.map(pointOf),
    gate: shadowGate(runs, criteria),
    notices,
  };
}
