import type { IndexProgress, IndexReport } from '../../model/answer.ts';
import type { IndexOptions } from '../../model/engine.ts';

/** One indexing run that several calls wait for. It is cancelled once all of them have given up. */
export class SharedRun {
  /** Whether the index is built from nothing. */
  readonly full: boolean;
  readonly patience: number | undefined;
  readonly #controller = new AbortController();
  readonly #listeners = new Set<(progress: IndexProgress) => void>();
  #callers = 0;

  constructor({ full = false, patience }: IndexOptions) {
    this.full = full;
    this.patience = patience;
  }

  /** Aborted with the reason of the last caller that gave up. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether a call with these options may wait for this run instead of one of its own. */
  accepts({ full = false, patience }: IndexOptions): boolean {
    return full === this.full && patience === this.patience && !this.signal.aborted;
  }

  /** Passes progress on to all callers. */
  report(progress: IndexProgress): void {
    for (const listener of this.#listeners) listener(progress);
  }

  /**
   * Adds a caller, who gets the run's outcome. One who gives up while others still wait gets a rejection with the signal's reason at once; the last one
   * to give up gets whatever the cancelled run ends with.
   */
  join(outcome: Promise<IndexReport>, { signal, onProgress }: IndexOptions): Promise<IndexReport> {
    this.#callers += 1;
    if (onProgress) this.#listeners.add(onProgress);
    if (!signal) return outcome;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#callers -= 1;
        if (onProgress) this.#listeners.delete(onProgress);
        if (this.#callers === 0) this.#controller.abort(signal.reason);
        else reject(signal.reason);
      };
      outcome.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
    });
  }
}
