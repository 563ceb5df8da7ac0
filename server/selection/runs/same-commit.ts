import type { RecordedRun } from '../../model/test-runs.ts';

/** What was tested: a commit with what was not committed. Nothing is known to be the same outside of git. */
const stateOf = ({ sha, uncommitted = '' }: RecordedRun): string | undefined => (sha === undefined ? undefined : `${sha} ${uncommitted}`);

/**
 * Runs with their flakes: a spec that failed in one run and passed in a later one on the same commit did not fail because of it.
 * @param runs the oldest first
 */
export function withFlakes(runs: readonly RecordedRun[]): readonly RecordedRun[] {
  const passed = new Set<string>();
  const judged = runs.toReversed().map((run): RecordedRun => {
    const state = stateOf(run);
    if (state === undefined) return run;
    const flaky = run.results.some(({ path, outcome }) => outcome === 'failed' && passed.has(`${state} ${path}`));
    for (const { path, outcome } of run.results) if (outcome === 'passed' || outcome === 'flaky') passed.add(`${state} ${path}`);
    if (!flaky) return run;
    const results = run.results.map((result) =>
      result.outcome === 'failed' && passed.has(`${state} ${result.path}`) ? { ...result, outcome: 'flaky' as const } : result,
    );
    return { ...run, results };
  });
  return judged.reverse();
}
