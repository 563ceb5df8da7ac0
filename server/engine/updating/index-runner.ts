import type { Job } from '../../indexing/job.ts';
import type { Indexer } from '../../indexing/process.ts';
import { type IndexProgress, type IndexReport, NO_CHANGE } from '../../model/answer.ts';
import type { IndexOptions } from '../../model/engine.ts';
import { messageOf } from '../../model/errors.ts';
import type { Views } from '../view.ts';
import { SharedRun } from './shared-run.ts';

export interface IndexRunnerOptions {
  /** What every job of this index has in common. */
  readonly job: Pick<Job, 'root' | 'indexFolder' | 'model'>;
  readonly indexer: Pick<Indexer, 'run'>;
  readonly views: Pick<Views, 'broken' | 'reopen'>;
  /** The turn of a full update has come. A report that it returns is the outcome: there is nothing to do. */
  readonly beforeUpdate: (full: boolean) => Promise<IndexReport | undefined>;
  /** The turn of some saved files has come. */
  readonly beforeSave: (paths: readonly string[]) => Promise<void>;
  /** The indexing process starts to bring everything up to date. */
  readonly onStart: () => Promise<void>;
  /** The indexing process ended, however it did. `paths`: it had looked only at these. */
  readonly onEnd: (paths: readonly string[] | undefined) => Promise<void>;
  readonly onProgress: (progress: IndexProgress) => void;
  readonly log: (level: 'warn', message: string) => void;
}

/** Runs the indexing process, one job after another, and remembers how the last one ended. */
export class IndexRunner {
  readonly #options: IndexRunnerOptions;
  #turn: Promise<unknown> = Promise.resolve();
  #next: { readonly run: SharedRun; readonly outcome: Promise<IndexReport> } | undefined;
  #isRunning = false;
  #failure: string | undefined;
  #rebuilt: string | undefined;
  #triedToHeal = false;
  #isClosed = false;

  constructor(options: IndexRunnerOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Why the last run failed, in a sentence for people; `undefined` after one that succeeded. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Why the index was last built from nothing, in words that fit "because ..."; `undefined` where it was not. */
  get rebuilt(): string | undefined {
    return this.#rebuilt;
  }

  /**
   * Brings everything up to date once the jobs before it are done. A call that finds another one with the same options waiting for its turn
   * joins it: both see what is on disk when the run starts.
   */
  update(options: IndexOptions = {}): Promise<IndexReport> {
    if (this.#next?.run.accepts(options)) return this.#next.run.join(this.#next.outcome, options);
    const run = new SharedRun(options);
    const outcome = this.#inTurn(async () => {
      if (this.#next?.run === run) this.#next = undefined;
      run.signal.throwIfAborted();
      return (await this.#options.beforeUpdate(run.full)) ?? this.#run(undefined, run);
    });
    this.#next = { run, outcome };
    return run.join(outcome, options);
  }

  /** Indexes some files once the jobs before it are done. */
  save(paths: readonly string[]): Promise<IndexReport> {
    return this.#inTurn(async () => {
      await this.#options.beforeSave(paths);
      return this.#run(paths, new SharedRun({}));
    });
  }

  /**
   * To be called whenever the index was to be read. Where it is there but cannot be, it is rebuilt in the background: once, until it could be read
   * again, so that a disk that damages every index is not worn out.
   */
  noteReadable(isReadable: boolean): void {
    const { views, job, log } = this.#options;
    if (isReadable) this.#triedToHeal = false;
    else if (views.broken && !this.#triedToHeal && !this.#isRunning && !this.#isClosed) {
      this.#triedToHeal = true;
      log('warn', `The index in ${job.indexFolder} is being rebuilt because ${views.broken}.`);
      this.#inTurn(() => this.#run(undefined, new SharedRun({}))).catch((error: unknown) => log('warn', messageOf(error)));
    }
  }

  /** No more healing; jobs that wait end as cancelled. */
  close(): void {
    this.#isClosed = true;
  }

  #inTurn(work: () => Promise<IndexReport>): Promise<IndexReport> {
    const outcome = this.#turn.then(() => (this.#isClosed ? { ...NO_CHANGE, cancelled: true } : work()));
    this.#turn = outcome.catch(() => undefined);
    return outcome;
  }

  async #run(paths: readonly string[] | undefined, run: SharedRun): Promise<IndexReport> {
    const { views, indexer, onStart, onEnd } = this.#options;
    this.#isRunning = true;
    try {
      if (!paths) await onStart();
      const onProgress = (progress: IndexProgress): void => {
        run.report(progress);
        this.#options.onProgress(progress);
      };
      const report = await indexer.run(this.#jobOf(paths, run), { onProgress, signal: run.signal });
      this.#failure = undefined;
      if (report.rebuilt) {
        this.#rebuilt = report.rebuilt;
        await views.reopen();
      }
      return report;
    } catch (error) {
      this.#failure = messageOf(error);
      throw error;
    } finally {
      this.#isRunning = false;
      await onEnd(paths);
    }
  }

  #jobOf(paths: readonly string[] | undefined, { full, patience }: SharedRun): Job {
    return {
      ...this.#options.job,
      ...(full ? { full } : {}),
      ...(this.#options.views.broken ? { suspect: true } : {}),
      ...(paths ? { paths } : {}),
      ...(patience === undefined ? {} : { patience }),
    };
  }
}
