/** Answers that are worked on at the same time. More would not be sooner, and each holds memory. */
const AT_ONCE = 8;

/** Lets some pieces of work run at a time; the others wait in the order in which they came. */
export class Turns {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  /** Runs the work when its turn comes. Rejects with the reason of the signal where that is aborted by then. */
  async take<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (this.#running >= AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      signal.throwIfAborted();
      return await work();
    } finally {
      // The place is handed on, so that nobody takes it in between.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
