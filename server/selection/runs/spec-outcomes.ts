import type { SpecOutcome } from '../../model/test-runs.ts';
import { groupBy } from '../../text/group-by.ts';
import type { TestReport } from './report.ts';
import { type KnownSpec, specResolver } from './resolve-spec.ts';
import { resultsOf } from './results.ts';

const MOST_MESSAGES = 50;

/**
 * What the reports of a run say of the specs that it was meant to run. A spec that no report names is left out, and so is one that did not fail in a report
 * that ends too early: nobody knows what else would have happened.
 * @param suite all specs, so that a result of another one is not taken for one of these
 * @param wanted their paths
 */
export function specOutcomes(
  reports: readonly TestReport[],
  suite: readonly KnownSpec[],
  wanted: readonly string[],
): readonly SpecOutcome[] {
  const asked = suite.filter(({ path }) => wanted.includes(path));
  const inSuite = specResolver(suite, false);
  // Runners name files from the folder of their configuration, which may fit specs that this run had nothing to do with.
  const inRun = specResolver(asked, false);
  const told = reports.flatMap((report, at) =>
    report.tests.flatMap((test) => {
      const path = inSuite(test) ?? inRun(test);
      const spec = asked.find((each) => each.path === path);
      return spec && (report.complete || test.outcome === 'failed') ? [{ spec, test, report: at }] : [];
    }),
  );
  return [...groupBy(told, ({ spec }) => spec)].flatMap(([spec, own]): SpecOutcome[] => {
    const ownReports = reports.map((report, at) => ({
      ...report,
      tests: own.filter((each) => each.report === at).map(({ test }) => test),
    }));
    const [result] = resultsOf(ownReports, [spec]).results;
    if (result === undefined) return [];
    const failed = own.filter(({ test }) => test.outcome === 'failed');
    return [
      {
        path: spec.path,
        outcome: result.outcome,
        ran: own.filter(({ test }) => test.outcome !== 'skipped').length,
        messages: failed
          .slice(0, MOST_MESSAGES)
          .map(({ test }) => [test.name, test.message ?? ''].filter((part) => part !== '').join('\n')),
      },
    ];
  });
}
