import { isRefused } from '../../../model/authoring.ts';
import type { Recorded, RecordRequest, RunKind } from '../../../model/test-runs.ts';
import { EXIT, RefusedError, UsageError } from '../../command.ts';
import { json } from '../../hits.ts';
import { tellNotices } from '../../session.ts';
import { printable } from '../../terminal.ts';
import type { TestsAction, TestsInvocation } from './options.ts';

const KINDS = ['full', 'selected'] as const;
const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

const kindOf = (written: string | undefined): RunKind | undefined => {
  const known = KINDS.find((one) => one === written);
  if (written !== undefined && known === undefined) throw new UsageError('--run: use full or selected.');
  return known;
};

const secondsOf = (written: string | undefined): number | undefined => {
  if (written === undefined) return undefined;
  const [, amount, unit = 's'] = /^(\d{1,9}(?:\.\d{1,6})?)\s*([smh])$/.exec(written.trim()) ?? [];
  if (amount === undefined) throw new UsageError('--took: give a time, such as 90s or 12m.');
  return Number(amount) * (UNITS[unit] ?? 1);
};

/** What the options of `record` and `shadow` say. A shell may have expanded a pattern: then the other files are arguments. */
export const recordRequest = ({ values, positionals, terminal }: TestsInvocation): RecordRequest => {
  const run = kindOf(values.run);
  const seconds = secondsOf(values.took);
  return {
    reports: [...(values.junit ?? []), ...positionals.slice(1)],
    from: terminal.folder,
    now: new Date().toISOString(),
    ...(values.selection === undefined ? {} : { selection: values.selection }),
    ...(run === undefined ? {} : { run }),
    ...(seconds === undefined ? {} : { seconds }),
    ...(values.override === undefined ? {} : { override: values.override }),
    ...(values.folder === undefined ? {} : { folder: values.folder }),
  };
};

/** What was recorded, as a line for people. */
export const recordedText = ({ file, run }: Recorded): string => {
  const having = (outcome: string): number => run.results.filter((result) => result.outcome === outcome).length;
  const counts = ['passed', 'failed', 'flaky', 'skipped'].map((outcome) => `${having(outcome)} ${outcome}`).join(', ');
  return `Recorded a ${run.run} run of ${run.results.length} specs in ${printable(file)}: ${counts}.\n`;
};

/** `lintel tests record` */
export const recordAction: TestsAction = {
  name: 'record',
  takes: ['junit', 'selection', 'run', 'took', 'override', 'folder'],
  arguments: [0, 10_000],
  run: async (engine, invocation) => {
    const request = recordRequest(invocation);
    if (request.reports.length === 0) throw new UsageError('"lintel tests record" needs --junit with report files.');
    const recorded = await engine.testRuns.record(request, invocation.terminal.signal);
    if (isRefused(recorded)) throw new RefusedError(recorded.refused);
    tellNotices(invocation, recorded.notices);
    await invocation.terminal.out(invocation.values.json ? json(recorded) : recordedText(recorded));
    return EXIT.ok;
  },
};
