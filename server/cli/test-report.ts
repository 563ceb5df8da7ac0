import type { RunFigures, TestRunReport } from '../model/test-runs.ts';
import { printable } from './terminal.ts';

const MOST_LISTED = 10;

/** A share as people read it. */
export const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

/** Seconds as people read them. */
export const duration = (seconds: number): string => {
  if (seconds < 60) return `${Math.round(seconds * 10) / 10} s`;
  return seconds < 3600 ? `${Math.round(seconds / 6) / 10} min` : `${Math.round(seconds / 360) / 10} h`;
};

const figures = (name: string, { runs, p50 = 0, p95 = 0, throughput, errorRate, flakeRate, failedRuns }: RunFigures): string =>
  runs === 0
    ? `${name}: none\n`
    : `${name}: ${runs}, ${failedRuns} of them failed\n  latency: p50 ${duration(p50)}, p95 ${duration(p95)}\n  throughput: ${Math.round(throughput * 10) / 10} specs a minute\n  failed: ${percent(errorRate)} of the results, flaky: ${percent(flakeRate)}\n`;

/** A report of recorded runs for people. */
export const reportText = (report: TestRunReport): string => {
  const { full, selected, selection, misses, specs, gate, since } = report;
  if (report.runs.length === 0)
    return `No run is recorded${since === undefined ? '' : ` since ${since}`}. Record one with "lintel tests record --junit FILES".\n`;
  const safety =
    selection.safety === undefined
      ? 'no test failed in a full run with a selection'
      : `${selection.kept} of ${selection.failures} failures kept (${percent(selection.safety)})`;
  const share = selection.share === undefined ? '' : `  share of the suite: ${percent(selection.share)}\n`;
  const missed = misses
    .slice(0, MOST_LISTED)
    .map(
      ({ path, time, cause, before, command }) =>
        `  ${printable(path)}  (${time.slice(0, 10)})\n      not selected: ${printable(cause)}${before ? ' It failed in the full run before, too.' : ''}\n${command === undefined ? '' : `      to run it next time: ${printable(command)}\n`}`,
    )
    .join('');
  const unsteady = specs
    .slice(0, MOST_LISTED)
    .map(({ path, runs, failed, flaky }) => `  ${printable(path)}  failed ${failed}, flaky ${flaky} of ${runs}\n`)
    .join('');
  return [
    figures('Full runs', full),
    figures('Selected runs', selected),
    `Selection\n  safety: ${safety}\n${share}  time saved: ${duration(selection.savedSeconds)} (${percent(selection.savedShare)})\n`,
    misses.length === 0 ? '' : `Missed: ${misses.length}\n${missed}`,
    unsteady === '' ? '' : `Failed or flaky\n${unsteady}`,
    `${gate.sentence}\n`,
  ]
    .filter((part) => part !== '')
    .join('\n');
};
