import type { IndexProgress } from '../model/answer.ts';
import type { Engine, EngineOptions } from '../model/engine.ts';
import { EngineError, messageOf } from '../model/errors.ts';
import { type ChosenFolder, noRepository } from './repository.ts';

/** How long what was found out about the index is good for. */
const CHECKED_FOR_MS = 2_000;
/** How long the index of source files is taken for current. */
const UPDATED_FOR_MS = 10_000;
/** Pause after an answer before they are looked for: agents ask several things in a row. */
const REST_MS = 500;
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
  /** When it was last known how far the index is behind. */
  #checkedAt: number | undefined;
  /** When an update last ended. */
  #updatedAt = Number.NEGATIVE_INFINITY;
  #run: Promise<void> | undefined;
  #failure: string | undefined;
  #percent = 0;
  #hadIndex = false;
  #later: NodeJS.Timeout | undefined;
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
   * @param sources whether source files that changed have to be in the index as well, which takes longer to find out. Otherwise they are looked for afterwards.
   */
  async ready(waiting: Waiting, sources = false): Promise<{ readonly engine: Engine; readonly notices: readonly string[] }> {
    const engine = await this.#open();
    waiting.signal.throwIfAborted();
    if (this.#checkedAt !== undefined && performance.now() - this.#checkedAt < CHECKED_FOR_MS) return { engine, notices: [] };
    const { state, position } = await engine.status({ load: false });
    if (state === 'ready' && position.behind === 0 && !sources) {
      this.#checkedAt = performance.now();
      this.#updateLater(engine);
      return { engine, notices: [] };
    }
    // While this process indexes, what was there before answers; an index that another one builds for the first time is no answer yet.
    const hasIndex = state === 'ready' || (state === 'indexing' && this.#hadIndex);
    const ended = await this.#wait(this.#update(engine), hasIndex ? UPDATE_PATIENCE_MS : BUILD_PATIENCE_MS, waiting);
    if (!hasIndex && (await engine.status({ load: false, measure: false })).state !== 'ready') throw this.#notBuilt(engine, ended);
    this.#hadIndex = true;
    if (!ended) return { engine, notices: ['The index is being updated; this answer is from before.'] };
    return { engine, notices: this.#failure === undefined ? [] : [`The index could not be updated: ${this.#failure}`] };
  }

  /** Ends the indexing process and closes the index. */
  async close(): Promise<void> {
    clearTimeout(this.#later);
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

  /** Looks for source files that changed, when the answers of now are given. */
  #updateLater(engine: Engine): void {
    this.#hadIndex = true;
    if (this.#run !== undefined || performance.now() - this.#updatedAt < UPDATED_FOR_MS) return;
    this.#later ??= setTimeout(() => {
      this.#later = undefined;
      void this.#update(engine);
    }, REST_MS).unref();
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
        this.#updatedAt = this.#checkedAt;
      });
    return this.#run;
  }

  /** Whether the run ended in time. Rejects with the reason of the signal once whoever waits has given up; the run goes on for the others. */
  async #wait(run: Promise<void>, patience: number, { signal, onProgress }: Waiting): Promise<boolean> {
    this.#listeners.add(onProgress);
    let timer: NodeJS.Timeout | undefined;
    let stop: () => void = () => undefined;
    try {
      return await new Promise<boolean>((resolve, reject) => {
        timer = setTimeout(() => resolve(false), patience).unref();
        stop = () => reject(signal.reason);
        signal.addEventListener('abort', stop);
        void run.then(() => resolve(true));
      });
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      this.#listeners.delete(onProgress);
    }
  }
}
