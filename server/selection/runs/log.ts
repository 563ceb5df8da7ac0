import { z } from 'zod';
import type { RecordedRun } from '../../model/test-runs.ts';

/** Name of the log of runs, in its folder. */
export const RUN_LOG = 'test-runs.jsonl';

/** Most changed paths that a line has. */
export const MOST_CHANGED = 500;
/** A longer line is no run: one of 10,000 specs has 2 MB. */
const LONGEST_LINE = 16_000_000;

const text = z.string();
const share = z.number().min(0).max(1);
const paths = z.array(text);

const selection = z.object({
  version: text,
  verdict: z.enum(['run-selected', 'run-all', 'ask-a-human']),
  cause: text,
  target: share,
  confidence: share.optional(),
  suite: z.int().min(0),
  share,
  selected: z.union([z.literal('all'), z.array(z.object({ path: text, must: z.literal(true).optional(), reasons: paths }))]),
  skipped: z.array(z.object({ reason: text, paths })),
});

const result = z.object({
  path: text,
  seconds: z.number().min(0),
  outcome: z.enum(['passed', 'failed', 'flaky', 'skipped']),
  failing: paths.optional(),
});

const line = z.object({
  format: z.literal(1),
  time: z.iso.datetime(),
  sha: text.optional(),
  uncommitted: text.optional(),
  run: z.enum(['full', 'selected', 'shadow']),
  seconds: z.number().min(0),
  selection: selection.optional(),
  changed: paths.optional(),
  changes: z.int().min(0).optional(),
  results: z.array(result),
  missing: paths.optional(),
  unmatched: z.int().min(0).optional(),
  errors: paths.optional(),
  incomplete: z.literal(true).optional(),
  override: text.optional(),
});

/** The runs of a log. */
export interface RunLog {
  /** The oldest first. */
  readonly runs: readonly RecordedRun[];
  /** Lines that are no run: damaged, half-written, of a newer version, or left by a merge. */
  readonly unreadable: number;
}

const runOf = (written: string): RecordedRun | undefined => {
  if (written.length > LONGEST_LINE) return undefined;
  try {
    // Absent and undefined are the same to whoever reads a run.
    return line.parse(JSON.parse(written)) as RecordedRun;
  } catch {
    return undefined;
  }
};

const MERGE_MARK = /^(?:<{7}|={7}|>{7}|\|{7})/;

/** Reads a log, whatever happened to it: damaged lines are counted and passed over, and lines that a merge doubled count once. Never throws. */
export function readRunLog(written: string): RunLog {
  const lines = new Set(written.split(/\r?\n/).filter((one) => one.trim() !== '' && !MERGE_MARK.test(one)));
  const runs = [...lines].map(runOf);
  return {
    // The sort is stable: runs of the same time stay in the order of the log.
    runs: runs.filter((run) => run !== undefined).sort((a, b) => Date.parse(a.time) - Date.parse(b.time)),
    unreadable: runs.filter((run) => run === undefined).length,
  };
}

/** A run as a line of the log, with its end of line. */
export const runLine = (run: RecordedRun): string => `${JSON.stringify(run)}\n`;
