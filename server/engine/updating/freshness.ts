import type { IndexPosition } from '../../model/answer.ts';
import { messageOf } from '../../model/errors.ts';

/** Age from which a measured position is refreshed in the background of an answer. */
const MAX_AGE_MS = 5_000;
/** Pause after the last save of a burst before the position is measured again. Starting git is what costs. */
const SAVE_PAUSE_MS = 500;

const UNKNOWN: IndexPosition = { sha: '', behind: 0 };

export interface FreshnessOptions {
  /** Looks at the work tree and at git: some 50 ms in a repository of 10,000 files. */
  readonly measure: () => Promise<IndexPosition>;
  /** While true, an old position is not refreshed: it is about to change anyway. */
  readonly isPaused: () => boolean;
  /** Called after a measurement that nobody waits for: after a burst of saves, and where it changed whether measuring fails. */
  readonly onRefreshed: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** Knows how far the index is behind the work tree, without measuring it for every answer. */
export class Freshness {
  readonly #options: FreshnessOptions;
  #position = UNKNOWN;
  /** By the clock of this process, which nobody can set back; `undefined` before the first measurement. */
  #measuredAt: number | undefined;
  #measuring: Promise<IndexPosition> | undefined;
  #failure: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: FreshnessOptions) {
    this.#options = options;
  }

  /** False before the first measurement and after `expire`. */
  get isKnown(): boolean {
    return this.#measuredAt !== undefined;
  }

  /** Why the last measurement failed, in a sentence for people: the root is gone, or git cannot read it. `undefined` after one that succeeded. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Measures now; calls at the same time share one measurement. */
  measure(): Promise<IndexPosition> {
    this.#measuring ??= this.#measure();
    return this.#measuring;
  }

  /** The position as last measured. The first call waits for a measurement; an old position is refreshed in the background. */
  async current(): Promise<IndexPosition> {
    if (this.#measuredAt === undefined) await this.measure();
    else if (performance.now() - this.#measuredAt > MAX_AGE_MS && !this.#options.isPaused()) void this.#measureBehind(false);
    return this.#position;
  }

  /** The next call of `current` measures: the index was brought up to date. */
  expire(): void {
    this.#measuredAt = undefined;
  }

  /** Measures once a burst of saves is over, each of which changes the position only a little, and reports it. */
  refreshAfterSaves(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (!this.#isClosed) void this.#measureBehind(true);
    }, SAVE_PAUSE_MS).unref();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  /** Measures while nobody waits; tells of it if `always`, or if measuring fails since now, or no longer does. */
  async #measureBehind(always: boolean): Promise<void> {
    const before = this.#failure;
    await this.measure().catch(this.#options.onError);
    if (always || this.#failure !== before) await this.#options.onRefreshed().catch(this.#options.onError);
  }

  async #measure(): Promise<IndexPosition> {
    try {
      this.#position = await this.#options.measure();
      this.#failure = undefined;
      this.#measuredAt = performance.now();
      return this.#position;
    } catch (error) {
      this.#failure = messageOf(error);
      // Not again at once, for whoever asks in the background.
      if (this.#measuredAt !== undefined) this.#measuredAt = performance.now();
      throw error;
    } finally {
      this.#measuring = undefined;
    }
  }
}
