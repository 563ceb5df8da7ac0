import type { RecordedRun, ShadowCounts, ShadowCriteria, ShadowGate } from '../../model/test-runs.ts';
import { keeps } from './recorded-selection.ts';

/** When the gate may open where nobody says otherwise. */
export const DEFAULT_CRITERIA: ShadowCriteria = { runs: 30, days: 7, missed: 0.01 };

const DAY = 86_400_000;

/** Specs of a run that failed, and those of them that its selection left out; nothing is known without a selection, or where not all ran. */
export const failuresOf = ({
  run,
  selection,
  results,
}: RecordedRun): { readonly failed: readonly string[]; readonly missed: readonly string[] } => {
  if (!selection || run === 'selected') return { failed: [], missed: [] };
  const failed = results.flatMap(({ path, outcome }) => (outcome === 'failed' ? [path] : []));
  return { failed, missed: failed.filter((path) => !keeps(selection, path)) };
};

/** Whether a run says how good its selection was: everything ran, and the reports are whole. */
export const isProof = ({ run, selection, incomplete, results }: RecordedRun): boolean =>
  run !== 'selected' && selection !== undefined && !incomplete && results.length > 0;

const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;
const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;
const missedShare = ({ failures, missed }: ShadowCounts): number => (failures === 0 ? 0 : missed / failures);
const whole = (days: number): number => Math.floor(days * 10) / 10;

const NOTHING: ShadowCounts = { runs: 0, days: 0, failures: 0, missed: 0 };

const fulfils = (counts: ShadowCounts, { runs, days, missed }: ShadowCriteria): boolean =>
  counts.runs >= runs && counts.days >= days && missedShare(counts) <= missed;

const missing = (counts: ShadowCounts, { runs, days, missed }: ShadowCriteria): string => {
  const parts: string[] = [];
  if (counts.runs < runs) parts.push(`${counted(counts.runs, 'run')} of ${runs}`);
  if (counts.days < days) parts.push(`${counted(whole(counts.days), 'day')} of ${days}`);
  if (missedShare(counts) > missed)
    parts.push(
      `${counts.missed} of ${counted(counts.failures, 'failure')} missed (${percent(missedShare(counts))}, at most ${percent(missed)})`,
    );
  return parts.join(', ');
};

const sentenceOf = (open: boolean, counts: ShadowCounts, criteria: ShadowCriteria, closedBy: string | undefined): string => {
  const over = `${counted(counts.runs, 'full run')} in ${counted(whole(counts.days), 'day')}`;
  if (open && counts.failures === 0)
    return `The gate is open: nothing failed in ${over}, so no failure was missed, and none shows that it would have been kept.`;
  if (open) return `The gate is open: in ${over}, ${counts.missed} of ${counted(counts.failures, 'failure')} would have been missed.`;
  const since =
    closedBy === undefined ? '' : `, because the run of ${closedBy.slice(0, 16).replace('T', ' ')} missed a failure after it was open`;
  return `The gate is closed${since}: ${missing(counts, criteria)}. Keep running all tests.`;
};

/**
 * Whether the selection may decide what runs: enough full runs beside it, over enough days, and few enough failures missed. Once open, a miss closes it, and
 * counting begins again after that run.
 * @param runs with their flakes, the oldest first
 */
export function shadowGate(runs: readonly RecordedRun[], criteria: ShadowCriteria = DEFAULT_CRITERIA): ShadowGate {
  let counts = NOTHING;
  let first: number | undefined;
  let open = false;
  let closedBy: string | undefined;
  for (const run of runs) {
    const { failed, missed } = failuresOf(run);
    if (open && missed.length > 0) {
      [open, counts, first, closedBy] = [false, NOTHING, undefined, run.time];
      continue;
    }
    // What a damaged report tells of a miss counts; that it tells of none does not.
    if (!isProof(run) && missed.length === 0) continue;
    const time = Date.parse(run.time);
    first ??= time;
    counts = {
      runs: counts.runs + (isProof(run) ? 1 : 0),
      days: (time - first) / DAY,
      failures: counts.failures + failed.length,
      missed: counts.missed + missed.length,
    };
    open = open || fulfils(counts, criteria);
  }
  return {
    open,
    sentence: sentenceOf(open, counts, criteria, open ? undefined : closedBy),
    criteria,
    ...counts,
    ...(closedBy === undefined || open ? {} : { closedBy }),
  };
}
