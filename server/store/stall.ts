import { EngineError } from '../model/errors.ts';

/** Milliseconds between two looks at the calls that are running. */
const TICK_MS = 5_000;
/** Looks without any computing after which a call that writes has stalled: 90 seconds. A slow disk waits, but not that long for one block. */
const IDLE_TICKS = 18;
/** Looks after which a call that reads has stalled, whatever the process computes meanwhile: 60 seconds. The slowest query measured took 0.5 s. */
const READ_TICKS = 12;
/** Microseconds of computing between two looks that count as progress: what timers, heartbeats and messages of an idle process take is less. */
const PROGRESS_MICROSECONDS = 100_000;

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

/** Counts looks, not time: a computer that was asleep has looked once. */
export class StallWatch {
  readonly #computed: () => number;
  readonly #calls = new Set<Call>();
  #timer: NodeJS.Timeout | undefined;
  #lastComputed = 0;
  #hasStalled = false;

  /** @param computed microseconds that this process has computed so far */
  constructor(computed: () => number) {
    this.#computed = computed;
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
      this.#timer = setInterval(() => this.#look(), TICK_MS).unref();
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
    const isIdle = computed - this.#lastComputed < PROGRESS_MICROSECONDS;
    this.#lastComputed = computed;
    for (const call of this.#calls) {
      call.ticks = call.reading || isIdle ? call.ticks + 1 : 0;
      if (call.ticks < (call.reading ? READ_TICKS : IDLE_TICKS)) continue;
      this.#hasStalled = true;
      call.giveUp();
    }
  }
}

/** Watches all calls of this process into the native library. */
export const stallWatch = new StallWatch(() => {
  const { user, system } = process.cpuUsage();
  return user + system;
});
