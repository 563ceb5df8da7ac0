import { describe, expect, it, vi } from 'vitest';
import { SharedRun } from '../../server/engine/updating/shared-run.ts';
import type { IndexReport } from '../../server/model/answer.ts';
import { NO_CHANGE } from '../../server/model/answer.ts';
import { settled, testRunner } from './runner-support.ts';

const never = new Promise<IndexReport>(() => undefined);
const PROGRESS = { phase: 'read', done: 1, total: 2, percent: 50 } as const;

describe('a run that several calls wait for', () => {
  it('goes on when one of two callers gives up, whose call rejects at once', async () => {
    const run = new SharedRun({});
    const leaver = new AbortController();
    const left = run.join(never, { signal: leaver.signal });
    run.join(never, { signal: new AbortController().signal });
    leaver.abort(new Error('enough'));
    await expect(left).rejects.toThrow('enough');
    expect(run.signal.aborted).toBe(false);
  });

  it('is cancelled with the reason of the last caller once all of them gave up', async () => {
    const run = new SharedRun({});
    const [one, two] = [new AbortController(), new AbortController()];
    run.join(never, { signal: one.signal }).catch(() => undefined);
    run.join(never, { signal: two.signal });
    one.abort(new Error('first'));
    two.abort(new Error('second'));
    expect(run.signal.reason).toEqual(new Error('second'));
  });

  it('is never cancelled where one caller cannot give up', async () => {
    const run = new SharedRun({});
    const leaver = new AbortController();
    run.join(never, {});
    run.join(never, { signal: leaver.signal }).catch(() => undefined);
    leaver.abort();
    expect(run.signal.aborted).toBe(false);
  });

  it('is cancelled at once where its only caller had given up before the call', async () => {
    const run = new SharedRun({});
    run.join(never, { signal: AbortSignal.abort(new Error('too late')) });
    expect(run.signal.reason).toEqual(new Error('too late'));
  });

  it('takes no further caller once it was cancelled', () => {
    const run = new SharedRun({});
    run.join(never, { signal: AbortSignal.abort() });
    expect(run.accepts({})).toBe(false);
  });

  it('takes callers with the same options, however they write the default', () => {
    expect(new SharedRun({}).accepts({ full: false })).toBe(true);
    expect(new SharedRun({ full: true }).accepts({})).toBe(false);
    expect(new SharedRun({ patience: 10 }).accepts({ patience: 10 })).toBe(true);
    expect(new SharedRun({ patience: 10 }).accepts({})).toBe(false);
  });

  it('reports progress to all callers but those who gave up', async () => {
    const run = new SharedRun({});
    const [stays, leaves] = [vi.fn(), vi.fn()];
    const leaver = new AbortController();
    run.join(never, { onProgress: stays });
    run.join(never, { onProgress: leaves, signal: leaver.signal }).catch(() => undefined);
    run.report(PROGRESS);
    leaver.abort();
    run.report(PROGRESS);
    expect([stays.mock.calls.length, leaves.mock.calls.length]).toEqual([2, 1]);
  });

  it('is not cancelled by a signal that fires after it ended', async () => {
    const run = new SharedRun({});
    const late = new AbortController();
    await run.join(Promise.resolve(NO_CHANGE), { signal: late.signal });
    await settled();
    late.abort();
    expect(run.signal.aborted).toBe(false);
  });
});

describe('a cancelled update', () => {
  it('ends with a report that says so where the process was at work', async () => {
    const { runner, started } = testRunner();
    const controller = new AbortController();
    const update = runner.update({ signal: controller.signal });
    await started(0);
    controller.abort();
    expect(await update).toEqual({ ...NO_CHANGE, cancelled: true });
  });

  it('is rejected with its reason, and starts nothing, where its turn had not come', async () => {
    const { runner, jobs, started } = testRunner();
    const first = runner.update();
    const running = await started(0);
    const controller = new AbortController();
    const second = runner.update({ signal: controller.signal });
    controller.abort(new Error('enough'));
    running.finish();
    await first;
    await expect(second).rejects.toThrow('enough');
    expect(jobs.length).toBe(1);
  });

  it('does not take the run away from the call that joined it', async () => {
    const { runner, started } = testRunner();
    const controller = new AbortController();
    const leaves = runner.update({ signal: controller.signal });
    const stays = runner.update({ signal: new AbortController().signal });
    const job = await started(0);
    controller.abort(new Error('enough'));
    await expect(leaves).rejects.toThrow('enough');
    expect(job.signal.aborted).toBe(false);
    job.finish({ added: 3 });
    expect((await stays).added).toBe(3);
  });
});
