import { describe, expect, it } from 'vitest';
import type { RecordedRun, RecordedSelection, TestOutcome } from '../../../server/model/test-runs.ts';
import { coversTags, declaredFor } from '../../../server/selection/runs/covers.ts';
import { failedBefore } from '../../../server/selection/runs/failed-before.ts';
import { reportOf } from '../../../server/selection/runs/figures.ts';
import { readRunLog, runLine } from '../../../server/selection/runs/log.ts';
import { withFlakes } from '../../../server/selection/runs/same-commit.ts';
import { DEFAULT_CRITERIA, shadowGate } from '../../../server/selection/runs/shadow-gate.ts';

const SELECTION: RecordedSelection = {
  version: '1',
  verdict: 'run-selected',
  cause: 'Enough.',
  target: 0.95,
  suite: 2,
  share: 0.5,
  selected: [{ path: 'a.spec.ts', reasons: [] }],
  skipped: [{ reason: 'Has nothing in common with what changed.', paths: ['b.spec.ts'] }],
};
const run = (day: number, a: TestOutcome, b: TestOutcome, more: Partial<RecordedRun> = {}): RecordedRun => ({
  format: 1,
  time: new Date(Date.UTC(2026, 0, 1, day * 12)).toISOString(),
  sha: `c${day}`,
  run: 'shadow',
  seconds: 10,
  selection: SELECTION,
  changed: ['src/x.ts'],
  results: [
    { path: 'a.spec.ts', seconds: 4, outcome: a },
    { path: 'b.spec.ts', seconds: 6, outcome: b },
  ],
  ...more,
});
const quiet = (from: number, count: number) => Array.from({ length: count }, (_, at) => run(from + at, 'passed', 'passed'));

describe('the log of runs', () => {
  it('is read in the order of time, each run once, past half a line and the marks of a merge', () => {
    const [first, second] = [run(1, 'passed', 'passed'), run(2, 'failed', 'passed')];
    const text = `<<<<<<< ours\n${runLine(second)}=======\n${runLine(second)}${runLine(first)}>>>>>>> theirs\n{"format":1,"ti`;
    expect(readRunLog(text)).toEqual({ runs: [first, second], unreadable: 1 });
  });

  it('makes a failure a flake where the spec passed later on the same commit, and on no other', () => {
    const same = { sha: 'one' };
    const runs = [run(1, 'failed', 'failed', same), run(2, 'passed', 'failed', same), run(3, 'passed', 'passed')];
    expect(withFlakes(runs)[0]?.results.map(({ outcome }) => outcome)).toEqual(['flaky', 'failed']);
  });
});

describe('the shadow gate', () => {
  it('opens after 30 runs in 7 days without a miss', () => {
    expect(shadowGate(quiet(0, 29)).open).toBe(false);
    expect(shadowGate([...quiet(0, 29), run(29, 'failed', 'passed')])).toMatchObject({ open: true, runs: 30, failures: 1, missed: 0 });
  });

  it('stays closed where the days are too few, or more than 1 % of the failures were missed', () => {
    const fast = quiet(0, 40).map((one, at) => ({ ...one, time: new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString() }));
    expect(shadowGate(fast)).toMatchObject({ open: false, sentence: expect.stringContaining('of 7') });
    expect(shadowGate([run(0, 'failed', 'failed'), ...quiet(1, 40)])).toMatchObject({ open: false, missed: 1, failures: 2 });
  });

  it('is closed by a later miss, and counts again from there', () => {
    const missed = run(30, 'passed', 'failed');
    expect(shadowGate([...quiet(0, 30), missed, ...quiet(31, 29)])).toMatchObject({ open: false, runs: 29, closedBy: missed.time });
    expect(shadowGate([...quiet(0, 30), missed, ...quiet(31, 30)]).open).toBe(true);
  });

  it('takes an incomplete run for no proof', () => {
    expect(shadowGate(quiet(0, 40).map((one) => ({ ...one, incomplete: true as const })))).toMatchObject({ open: false, runs: 0 });
  });
});

describe('the report', () => {
  it('says what the selection kept, saved and missed, with the command that mends a miss', () => {
    const report = reportOf([run(1, 'failed', 'passed'), run(2, 'passed', 'failed')], { criteria: DEFAULT_CRITERIA });
    expect(report.selection).toMatchObject({ runs: 2, failures: 2, kept: 1, safety: 0.5, share: 0.5, savedSeconds: 12, savedShare: 0.6 });
    expect(report.misses).toMatchObject([
      {
        path: 'b.spec.ts',
        cause: 'Has nothing in common with what changed.',
        before: false,
        command: 'lintel tests link src/x.ts b.spec.ts',
      },
    ]);
    expect(report.full).toMatchObject({ runs: 2, p50: 10, p95: 10, errorRate: 0.5, flakeRate: 0, throughput: 12 });
  });
});

describe('reasons from runs and people', () => {
  it('names specs that failed when the same file had changed, and tells of others in its folder', () => {
    const reasons = failedBefore([run(1, 'passed', 'failed'), run(2, 'passed', 'passed')]);
    expect(reasons(['src/x.ts'])).toMatchObject([{ spec: 'b.spec.ts', must: true, evidence: { failures: 1, weight: 0.5 } }]);
    expect(reasons(['src/y.ts'])).toMatchObject([{ spec: 'b.spec.ts', must: false }]);
    expect(reasons(['lib/y.ts'])).toEqual([]);
  });

  it.each([
    ['// @covers src/cart/**', 'src/cart/**'],
    ['/* @covers src/cart.ts */', 'src/cart.ts'],
    ['@covers:src/cart', 'src/cart'],
    ["test('x', { tag: '@covers(src/cart.ts)' })", 'src/cart.ts'],
  ])('reads the tag in %s', (text, code) => {
    expect(coversTags('a.spec.ts', `\n${text}`)).toEqual([{ test: 'a.spec.ts', code, line: 2 }]);
  });

  it('takes the name of a class for no path', () => {
    expect(coversTags('a.spec.ts', '@covers \\App\\Cart::total')).toEqual([]);
  });

  it('selects a linked test when code changes that the link matches', () => {
    const declared = declaredFor([{ test: 'a.spec.ts', code: 'src/**' }], [], ['a.spec.ts', 'b.spec.ts']);
    expect(declared(['src/x/y.ts'])).toMatchObject([{ spec: 'a.spec.ts', must: true }]);
    expect(declared(['docs/y.md'])).toEqual([]);
  });
});
