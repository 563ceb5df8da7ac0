import type { SpecResult, TestOutcome } from '../../model/test-runs.ts';
import { groupBy } from '../../text/group-by.ts';
import type { ReportedTest, TestReport } from './report.ts';
import { type KnownSpec, specResolver } from './resolve-spec.ts';
import { withoutSubtestTime } from './subtests.ts';

const MOST_FAILING = 20;
const LONGEST_NAME = 300;
const WORST: readonly TestOutcome[] = ['failed', 'flaky', 'passed', 'skipped'];

/** What reports say of the specs of a suite. */
export interface RunResults {
  /** By path. */
  readonly results: readonly SpecResult[];
  /** Names of tests that belong to no spec, the first few. */
  readonly unmatched: readonly string[];
  /** How many. */
  readonly unmatchedCount: number;
  readonly errors: readonly string[];
  /** Of the run: the sum of what the reports say, else of the specs. */
  readonly seconds: number;
  readonly complete: boolean;
}

const worstOf = (outcomes: readonly TestOutcome[]): TestOutcome => WORST.find((outcome) => outcomes.includes(outcome)) ?? 'skipped';

/** The outcome of attempts that follow each other: the last that ran decides, and one that failed before makes it flaky. */
const afterRepeats = (outcomes: readonly TestOutcome[]): TestOutcome => {
  const ran = outcomes.filter((outcome) => outcome !== 'skipped');
  const last = ran.at(-1) ?? 'skipped';
  return last === 'passed' && ran.some((outcome) => outcome !== 'passed') ? 'flaky' : last;
};

/** The outcome of one test from all that reports say of it. Reports side by side repeat nothing, so that each failure in them stays one. */
const outcomeOf = (attempts: readonly (ReportedTest & { readonly report: number })[]): TestOutcome => {
  const groups = [...groupBy(attempts, ({ report, group }) => `${report} ${group}`).values()].map((group) => ({
    outcome: afterRepeats(group.map(({ outcome }) => outcome)),
    began: group[0]?.began,
    ended: group[0]?.ended,
  }));
  const failed = groups.filter(({ outcome }) => outcome === 'failed');
  if (failed.length === 0) return worstOf(groups.map(({ outcome }) => outcome));
  const repeated = failed.every(({ ended }) =>
    groups.some(
      ({ outcome, began }) => outcome !== 'failed' && outcome !== 'skipped' && began !== undefined && ended !== undefined && began >= ended,
    ),
  );
  return repeated ? 'flaky' : 'failed';
};

const nameOf = ({ suites, name }: ReportedTest): string =>
  [...suites.filter((suite) => !name.startsWith(suite)), name]
    .filter((part) => part !== '')
    .join(' › ')
    .slice(0, LONGEST_NAME);

const rounded = (seconds: number): number => Math.round(seconds * 1000) / 1000;

/** The time of what reports of one run say. Two formats tell of the same time, and the longer one is the more complete. */
const secondsOf = (parts: readonly { readonly seconds: number; readonly format: string }[]): number =>
  Math.max(0, ...[...groupBy(parts, ({ format }) => format).values()].map((own) => own.reduce((sum, { seconds }) => sum + seconds, 0)));

/** Puts together what reports of one run say of each spec. */
export function resultsOf(reports: readonly TestReport[], specs: readonly KnownSpec[]): RunResults {
  const resolve = specResolver(specs);
  const tests = withoutSubtestTime(
    reports.flatMap((report, at) =>
      report.tests.map((test) => ({ ...test, report: at, format: report.format ?? '', spec: resolve(test) })),
    ),
  );
  const unmatched = tests.filter(({ spec }) => spec === undefined);
  const bySpec = groupBy(
    tests.filter(({ spec }) => spec !== undefined),
    ({ spec }) => spec ?? '',
  );
  const sharing = [...bySpec.values()].some((own) => own.some(({ format }) => format !== own[0]?.format));
  const results = [...bySpec].map(([path, own]): SpecResult => {
    const byTest = [...groupBy(own, ({ variant, suites, classname, name }) => JSON.stringify([variant, suites, classname, name])).values()];
    const ended = byTest.map((attempts) => ({ test: attempts[0], outcome: outcomeOf(attempts) }));
    const failed = ended.flatMap(({ test, outcome }) => (test && (outcome === 'failed' || outcome === 'flaky') ? [test] : []));
    // Each format has its own names for the same tests.
    const failing = failed.filter(({ format }) => format === failed[0]?.format).map(nameOf);
    return {
      path,
      seconds: rounded(secondsOf(own)),
      outcome: worstOf(ended.map(({ outcome }) => outcome)),
      ...(failing.length === 0 ? {} : { failing: [...new Set(failing)].slice(0, MOST_FAILING) }),
    };
  });
  const told = secondsOf(reports.map(({ seconds = 0, format = '' }) => ({ seconds, format: sharing ? format : '' })));
  return {
    results: results.sort((a, b) => (a.path < b.path ? -1 : 1)),
    unmatched: [...new Set(unmatched.map(nameOf))].slice(0, MOST_FAILING),
    unmatchedCount: unmatched.length,
    errors: [
      ...reports.flatMap(({ errors }) => errors),
      ...unmatched.filter(({ outcome }) => outcome === 'failed').map((test) => `${nameOf(test)} failed`),
    ].slice(0, MOST_FAILING),
    seconds: rounded(told > 0 ? told : results.reduce((sum, { seconds }) => sum + seconds, 0) + secondsOf(unmatched)),
    complete: reports.every(({ complete }) => complete),
  };
}
