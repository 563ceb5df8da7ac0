import { describe, expect, it, vi } from 'vitest';
import { NO_CHANGE } from '../../server/model/answer.ts';
import { settled, testRunner } from './runner-support.ts';

describe('the runner of the indexing process', () => {
  it('runs one job after another in the order of the calls, with the hooks of each around it', async () => {
    const { runner, events, jobs, started } = testRunner();
    const first = runner.update();
    const second = runner.save(['a.md', 'b.md']);
    (await started(0)).finish({ added: 1 });
    expect((await first).added).toBe(1);
    (await started(1)).finish({ updated: 2 });
    expect((await second).updated).toBe(2);
    expect(events).toEqual(['before update', 'start', 'run', 'end', 'before save', 'run a.md b.md', 'end of save']);
    expect(jobs.length).toBe(2);
  });

  it('is running only while the process works', async () => {
    const { runner, started } = testRunner();
    expect(runner.isRunning).toBe(false);
    const update = runner.update();
    const job = await started(0);
    expect(runner.isRunning).toBe(true);
    job.finish();
    await update;
    expect(runner.isRunning).toBe(false);
  });

  it('starts no process where there is nothing to do', async () => {
    const unchanged = { ...NO_CHANGE, unchanged: 9 };
    const { runner, jobs } = testRunner({ beforeUpdate: async () => unchanged });
    expect(await runner.update()).toBe(unchanged);
    expect(jobs).toEqual([]);
  });

  it('says whether the whole index is to be rebuilt before it asks whether there is anything to do', async () => {
    const asked: boolean[] = [];
    const { runner, started } = testRunner({ beforeUpdate: async (full) => void asked.push(full) });
    const update = runner.update({ full: true });
    (await started(0)).finish();
    await update;
    expect(asked).toEqual([true]);
  });

  it('passes on what the job needs, and leaves out what nobody asked for', async () => {
    const { runner, views, started } = testRunner({ job: { root: '/r', indexFolder: '/i', model: 'org/model' } });
    const plain = runner.update();
    const first = await started(0);
    expect(first.job).toEqual({ root: '/r', indexFolder: '/i', model: 'org/model' });
    first.finish();
    await plain;
    views.broken = 'its files are damaged';
    const all = runner.update({ full: true, patience: 3_000 });
    const second = await started(1);
    expect(second.job).toEqual({ root: '/r', indexFolder: '/i', model: 'org/model', full: true, patience: 3_000, suspect: true });
    second.finish();
    await all;
  });

  it('remembers why the last run failed until one succeeds, and runs the jobs behind it', async () => {
    const { runner, started, events } = testRunner();
    const first = runner.update();
    const second = runner.save(['a.md']);
    (await started(0)).fail(new Error('The disk is full.'));
    await expect(first).rejects.toThrow('The disk is full.');
    expect(runner.failure).toBe('The disk is full.');
    (await started(1)).finish();
    await second;
    expect(runner.failure).toBeUndefined();
    expect(events.filter((event) => event.startsWith('end'))).toEqual(['end', 'end of save']);
  });

  it('is not running any more where a hook failed before the process was started', async () => {
    const { runner, jobs } = testRunner({ onStart: () => Promise.reject(new Error('the folder is gone')) });
    await expect(runner.update()).rejects.toThrow('the folder is gone');
    expect([runner.isRunning, jobs.length]).toEqual([false, 0]);
  });

  it('lets go of the old index once it was rebuilt, and remembers why', async () => {
    const { runner, events, started } = testRunner();
    const update = runner.update();
    (await started(0)).finish({ rebuilt: 'you asked for it' });
    await update;
    expect(runner.rebuilt).toBe('you asked for it');
    expect(events).toEqual(['before update', 'start', 'run', 'reopen', 'end']);
  });

  it('reports progress to the caller and to the engine', async () => {
    const { runner, onProgress, started } = testRunner();
    const own = vi.fn();
    const update = runner.update({ onProgress: own });
    const job = await started(0);
    job.progress(10);
    job.finish();
    await update;
    expect(own.mock.calls).toEqual(onProgress.mock.calls);
    expect(own).toHaveBeenCalledWith({ phase: 'read', done: 10, total: 100, percent: 10 });
  });
});

describe('an update while another one runs', () => {
  it('joins the one that waits for its turn, so that three calls make two runs', async () => {
    const { runner, jobs, started } = testRunner();
    const first = runner.update();
    const running = await started(0);
    const [second, third] = [runner.update(), runner.update()];
    running.finish({ added: 1 });
    await first;
    (await started(1)).finish({ updated: 1 });
    expect((await second).updated).toBe(1);
    expect(await third).toBe(await second);
    expect(jobs.length).toBe(2);
  });

  it('does not join the one that runs, which may have looked before the change', async () => {
    const { runner, started } = testRunner();
    const first = runner.update();
    const running = await started(0);
    const second = runner.update();
    running.finish({ added: 1 });
    expect((await first).added).toBe(1);
    (await started(1)).finish({ added: 2 });
    expect((await second).added).toBe(2);
  });

  it.each([
    ['full', { full: true }],
    ['patience', { patience: 100 }],
  ])('has a run of its own where its options differ: %s', async (_, options) => {
    const { runner, jobs, started } = testRunner();
    const all = [runner.update(), runner.update(options), runner.update(options), runner.update({ full: false })];
    for (let at = 0; at < 3; at++) (await started(at)).finish();
    await Promise.all(all);
    expect(jobs.map(({ job }) => ({ ...(job.full ? { full: true } : {}), ...(job.patience ? { patience: 100 } : {}) }))).toEqual([
      {},
      options,
      {},
    ]);
  });

  it('shares the failure of the run that it joined', async () => {
    const { runner, started } = testRunner();
    const both = [runner.update(), runner.update()];
    (await started(0)).fail(new Error('The disk is full.'));
    for (const update of both) await expect(update).rejects.toThrow('The disk is full.');
  });
});

describe('an index that cannot be read', () => {
  it('is rebuilt once in the background, as a suspect, and the log says why', async () => {
    const { runner, views, jobs, log, started } = testRunner();
    views.broken = 'its table is missing';
    runner.noteReadable(false);
    runner.noteReadable(false);
    const job = await started(0);
    expect(job.job.suspect).toBe(true);
    runner.noteReadable(false);
    job.finish();
    await settled();
    runner.noteReadable(false);
    await settled();
    expect(jobs.length).toBe(1);
    expect(log.mock.calls).toEqual([['warn', 'The index in /index is being rebuilt because its table is missing.']]);
  });

  it('is rebuilt again once it could be read in between', async () => {
    const { runner, views, started } = testRunner();
    views.broken = 'its table is missing';
    runner.noteReadable(false);
    (await started(0)).finish();
    await settled();
    runner.noteReadable(true);
    runner.noteReadable(false);
    (await started(1)).finish();
  });

  it('is not rebuilt where there is none yet, while a run is under way, or after the engine was closed', async () => {
    const { runner, views, jobs, started } = testRunner();
    runner.noteReadable(false);
    const update = runner.update();
    const job = await started(0);
    views.broken = 'its table is missing';
    runner.noteReadable(false);
    job.finish();
    await update;
    runner.close();
    runner.noteReadable(false);
    await settled();
    expect(jobs.length).toBe(1);
  });

  it('ends the jobs that wait as cancelled once it is closed', async () => {
    const { runner, jobs, events, started } = testRunner();
    const first = runner.update();
    const job = await started(0);
    const waiting = [runner.update(), runner.save(['a.md'])];
    runner.close();
    job.finish({ added: 1 });
    expect((await first).added).toBe(1);
    expect(await Promise.all(waiting)).toEqual([
      { ...NO_CHANGE, cancelled: true },
      { ...NO_CHANGE, cancelled: true },
    ]);
    expect(jobs.length).toBe(1);
    expect(events).not.toContain('before save');
  });

  it('leaves a failure of the rebuild in the log and in the status, and rejects nobody', async () => {
    const { runner, views, log, started } = testRunner();
    views.broken = 'its table is missing';
    runner.noteReadable(false);
    (await started(0)).fail(new Error('The disk is full.'));
    await settled();
    expect(log).toHaveBeenLastCalledWith('warn', 'The disk is full.');
    expect(runner.failure).toBe('The disk is full.');
  });
});
