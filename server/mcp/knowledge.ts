import { setTimeout as sleep } from 'node:timers/promises';
import type { IndexProgress } from '../model/answer.ts';
import type { Engine, EngineOptions } from '../model/engine.ts';
import { EngineError, messageOf } from '../model/errors.ts';
import { type ChosenFolder, noRepository } from './repository.ts';

/** How long what was found out about the index is good for. */
const CHECKED_FOR_MS = 2_000;
/** How long an answer waits for an index that is there to be brought up to date. */
const UPDATE_PATIENCE_MS = 1_500;
/** How long an answer waits for the first index. Clients give up after 60 s. */
const BUILD_PATIENCE_MS = 20_000;
/** How long an update waits for another process that writes the index. */
const WRITER_PATIENCE_MS = 3_000;

/** Who waits, and how they are told. */
export interface Waiting {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: IndexProgress) => void;
}

export interface KnowledgeOptions {
  readonly chosen: ChosenFolder;
  readonly openEngine: (options: EngineOptions) => Promise<Engine>;
  readonly log: (message: string) => void;
}

/** The engine with the index as fresh as an answer needs it. Nobody watches files here: an agent asks now and then, so what changed is looked up when it asks. */
export class Knowledge {
  readonly #options: KnowledgeOptions;
  #engine: Promise<Engine> | undefined;
  #checkedAt: number | undefined;
  #run: Promise<void> | undefined;
  #failure: string | undefined;
  #percent = 0;
  readonly #listeners = new Set<Waiting['onProgress']>();

  constructor(options: KnowledgeOptions) {
    this.#options = options;
  }

  /** Opens the repository and loads its index, so that the first question finds it there. Failures are told to whoever asks. */
  warm(): void {
    void this.#open()
      .then((engine) => engine.status())
      .catch((error: unknown) => this.#options.log(messageOf(error)));
  }

  /**
   * The engine, once its index was looked at, with sentences on what an answer lacks. Rejects with an `EngineError` that says what to do where there is no
   * repository, or no index yet.
   */
  async ready(waiting: Waiting): Promise<{ readonly engine: Engine; readonly notices: readonly string[] }> {
    const engine = await this.#open();
    waiting.signal.throwIfAborted();
    if (this.#checkedAt !== undefined && performance.now() - this.#checkedAt < CHECKED_FOR_MS) return { engine, notices: [] };
    const { state } = await engine.status({ load: false, measure: false });
    const hasIndex = state === 'ready' || (state === 'indexing' && this.#checkedAt !== undefined);
    const ended = await this.#wait(this.#update(engine), hasIndex ? UPDATE_PATIENCE_MS : BUILD_PATIENCE_MS, waiting);
    if (!hasIndex && (await engine.status({ load: false, measure: false })).state !== 'ready') throw this.#notBuilt(engine, ended);
    if (!ended) return { engine, notices: ['The index is being updated; this answer is from before.'] };
    return { engine, notices: this.#failure === undefined ? [] : [`The index could not be updated: ${this.#failure}`] };
  }

  /** Ends the indexing process and closes the index. */
  async close(): Promise<void> {
    const engine = await this.#engine?.catch(() => undefined);
    await engine?.dispose();
  }

  #notBuilt(engine: Engine, ended: boolean): EngineError {
    if (ended && this.#failure !== undefined)
      return new EngineError('index-absent', `There is no index of ${engine.root} yet: ${this.#failure}`);
    return new EngineError(
      'index-absent',
      `The index of ${engine.root} is being built for the first time (${this.#percent} %). Ask again in a moment; "lintel status" says how far it is.`,
    );
  }

  /** Opened once; where that fails, again for the next question: the folder may be there by then. */
  #open(): Promise<Engine> {
    this.#engine ??= this.#opened().catch((error: unknown) => {
      this.#engine = undefined;
      throw error;
    });
    return this.#engine;
  }

  async #opened(): Promise<Engine> {
    const { chosen, openEngine, log } = this.#options;
    const { folder, by } = chosen;
    const engine = await openEngine({ folder, log: (level, message) => level !== 'debug' && log(message) });
    if (by !== 'current folder' || (await engine.status({ load: false, measure: false })).git) return engine;
    await engine.dispose();
    throw new EngineError('not-a-repository', noRepository(folder));
  }

  /** Brings the index up to date; those who ask meanwhile share one run. */
  #update(engine: Engine): Promise<void> {
    this.#run ??= engine
      .index({
        patience: WRITER_PATIENCE_MS,
        onProgress: (progress) => {
          this.#percent = progress.percent;
          for (const listener of this.#listeners) listener(progress);
        },
      })
      .then(
        () => {
          this.#failure = undefined;
        },
        (error: unknown) => {
          this.#failure = messageOf(error);
          this.#options.log(this.#failure);
        },
      )
      .finally(() => {
        this.#run = undefined;
        this.#checkedAt = performance.now();
      });
    return this.#run;
  }

  /** Whether the run ended in time. Rejects with the reason of the signal once whoever waits has given up; the run goes on for the others. */
  async #wait(run: Promise<void>, patience: number, { signal, onProgress }: Waiting): Promise<boolean> {
    this.#listeners.add(onProgress);
    const timer = new AbortController();
    try {
      const stop = AbortSignal.any([signal, timer.signal]);
      const late = sleep(patience, false, { signal: stop, ref: false });
      return await Promise.race([run.then(() => true), late]);
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      timer.abort();
      this.#listeners.delete(onProgress);
    }
  }
}
