import { vi } from 'vitest';
import { IndexRunner, type IndexRunnerOptions } from '../../server/engine/updating/index-runner.ts';
import type { Job } from '../../server/indexing/job.ts';
import type { IndexProgress, IndexReport } from '../../server/model/answer.ts';
import { NO_CHANGE } from '../../server/model/answer.ts';

/** A job that the runner gave to the indexing process, which ends when the test says so. */
export interface StartedJob {
  readonly job: Job;
  readonly signal: AbortSignal;
  readonly progress: (percent: number) => void;
  readonly finish: (report?: Partial<IndexReport>) => void;
  readonly fail: (error: Error) => void;
}

export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A runner whose indexing process is in the hands of the test. A job that is cancelled ends as the real one does. */
export const testRunner = (more: Partial<IndexRunnerOptions> = {}) => {
  const jobs: StartedJob[] = [];
  const events: string[] = [];
  const views: { broken: string | undefined; reopen: () => Promise<void> } = {
    broken: undefined,
    reopen: async () => void events.push('reopen'),
  };
  const log = vi.fn();
  const onProgress = vi.fn<(progress: IndexProgress) => void>();
  const runner = new IndexRunner({
    job: { root: '/repository', indexFolder: '/index' },
    indexer: {
      run: (job, { signal = new AbortController().signal, onProgress: report } = {}) =>
        new Promise((resolve, reject) => {
          events.push(job.paths ? `run ${job.paths.join(' ')}` : 'run');
          signal.addEventListener('abort', () => resolve({ ...NO_CHANGE, cancelled: true }));
          jobs.push({
            job,
            signal,
            progress: (percent) => report?.({ phase: 'read', done: percent, total: 100, percent }),
            finish: (part = {}) => resolve({ ...NO_CHANGE, ...part }),
            fail: reject,
          });
        }),
    },
    views,
    beforeUpdate: async () => {
      events.push('before update');
      return undefined;
    },
    beforeSave: async () => void events.push('before save'),
    onStart: async () => void events.push('start'),
    onEnd: async (paths) => void events.push(paths ? 'end of save' : 'end'),
    onProgress,
    log,
    ...more,
  });
  /** The n-th job once it was started. */
  const started = async (at: number): Promise<StartedJob> => {
    for (let turns = 0; turns < 20 && !jobs[at]; turns++) await settled();
    const job = jobs[at];
    if (!job) throw new Error(`job ${at} was not started`);
    return job;
  };
  return { runner, jobs, events, views, log, onProgress, started };
};
