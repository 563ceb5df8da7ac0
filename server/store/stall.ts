import { EngineError } from '../model/errors.ts';

/** When a call counts as stalled. */
export interface StallLimits {
  /** Milliseconds between two looks at the calls that are running. */
  readonly tickMs: number;
  /** Looks without any computing after which a call that writes has stalled. */
  readonly idleTicks: number;
  /** Looks after which a call that reads has stalled, whatever the process computes meanwhile. */
  readonly readTicks: number;
}

/** Writing: 90 seconds, because a slow disk waits, but not that long for one block. Reading: 60 seconds; the slowest query measured took 0.5 s. */
const LIMITS: StallLimits = { tickMs: 5_000, idleTicks: 18, readTicks: 12 };
/** Share of a processor between two looks that counts as progress: what timers, heartbeats and messages of an idle process take is less. */
const PROGRESS_SHARE = 0.02;

/** Seconds without progress that the user allows (`LINTEL_STALL_SECONDS`, at least 1); `undefined` where the defaults hold. */
export function stallSeconds(): number | undefined {
  const given = Number(process.env.LINTEL_STALL_SECONDS);
  return Number.isFinite(given) && given >= 1 ? given : undefined;
}

/** A call is given up in half of the time in which the watchdog of the indexing process ends everything, so that the run can still say what stalled. */
function limitsHere(): StallLimits {
  const seconds = stallSeconds();
  return seconds === undefined ? LIMITS : { tickMs: (seconds * 1_000) / 8, idleTicks: 4, readTicks: 4 };
}

/** A call into the native library that does not come back. The library is of no use to this process from then on. */
export class Stalled extends EngineError {
  constructor(folder: string) {
    super(
      'store-failed',
      `The database of the index in ${folder} makes no progress and was given up. Nothing that was indexed is lost. Try again; if it happens again, ` +
        'delete that folder and run "lintel index".',
    );
    this.name = 'Stalled';
  }
}

interface Call {
  readonly reading: boolean;
  readonly giveUp: () => void;
  ticks: number;
}

/**
 * Watches the calls of one process into the native library, in every process: a language server has to answer on without the database, and an indexing
 * process to say what stalled and to go on without upkeep. It looks from the event loop, which such calls do not block; what blocks the event loop itself is
 * for the watchdog of the indexing process (`server/indexing/watchdog.ts`). Counts looks, not time: a computer that was asleep has looked once.
 */
export class StallWatch {
  /** Called at every look that finds a call computing: a long call is progress, too. */
  onProgress: () => void = () => undefined;
  readonly #computed: () => number;
  readonly #limits: StallLimits;
  readonly #calls = new Set<Call>();
  #timer: NodeJS.Timeout | undefined;
  #lastComputed = 0;
  #hasStalled = false;

  /** @param computed microseconds that this process has computed so far */
  constructor(computed: () => number, limits: StallLimits = LIMITS) {
    this.#computed = computed;
    this.#limits = limits;
  }

  /** True once a call was given up. Its threads still wait inside the library, so a process that can end should. */
  get hasStalled(): boolean {
    return this.#hasStalled;
  }

  /** Runs a call; rejects with `Stalled` where it makes no progress. `reading`: it is one that takes less than a minute wherever it works at all. */
  async run<T>(work: () => Promise<T>, folder: string, reading: boolean): Promise<T> {
    let giveUp = (): void => undefined;
    const stalled = new Promise<never>((_, reject) => {
      giveUp = () => reject(new Stalled(folder));
    });
    const call: Call = { reading, ticks: 0, giveUp: () => giveUp() };
    this.#calls.add(call);
    if (!this.#timer) {
      this.#lastComputed = this.#computed();
      // Keeps the process alive, which would otherwise end without a word where nothing else is left to do.
      this.#timer = setInterval(() => this.#look(), this.#limits.tickMs);
    }
    try {
      return await Promise.race([work(), stalled]);
    } finally {
      this.#calls.delete(call);
      if (this.#calls.size === 0) {
        clearInterval(this.#timer);
        this.#timer = undefined;
      }
    }
  }

  #look(): void {
    const computed = this.#computed();
    const { tickMs, idleTicks, readTicks } = this.#limits;
    const isIdle = computed - this.#lastComputed < PROGRESS_SHARE * tickMs * 1_000;
    this.#lastComputed = computed;
    if (!isIdle) this.onProgress();
    for (const call of this.#calls) {
      call.ticks = call.reading || isIdle ? call.ticks + 1 : 0;
      if (call.ticks < (call.reading ? readTicks : idleTicks)) continue;
      this.#hasStalled = true;
      call.giveUp();
    }
  }
}

/** Watches all calls of this process into the native library. */
export const stallWatch = new StallWatch(() => {
  const { user, system } = process.cpuUsage();
  return user + system;
}, limitsHere());
