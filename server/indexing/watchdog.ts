import { Worker } from 'node:worker_threads';
import { stallSeconds } from '../store/stall.ts';

/**
 * Ends the indexing process when its parent is gone or when it makes no progress, even if its event loop never turns again: it looks from a thread of its
 * own. What was written is kept, and the lock of a dead process is taken at once. A call into the database that does not come back is given up before
 * that, by `server/store/stall.ts`, which every process has; one that computes counts as progress here (`noteProgress`).
 */

/** What the process is doing. Told on stderr when it has stalled. */
export interface Stall {
  /** Such as `read`. */
  readonly step: string;
  /** Repository-relative path, or empty. */
  readonly file: string;
  readonly seconds: number;
}

const MARK = 'lintel-stalled ';
const TEXT_BYTES = 4_096;

/** Seconds without progress. A step on a file takes milliseconds; a long call into the database is progress as long as it computes. */
const STALLED_AFTER = 600;
/**
 * Seconds of computing in which the event loop did not turn once. Of computing, because on a busy machine a reader that takes 20 seconds waits for a processor
 * for minutes.
 */
const STUCK_AFTER = 60;

const shared = new SharedArrayBuffer(12 + TEXT_BYTES);
/** Counts notes; 1 while there is work; length of the text in bytes. */
const [NOTES, BUSY, LENGTH] = [0, 1, 2];
const numbers = new Int32Array(shared, 0, 3);
const text = new Uint8Array(shared, 12);
const encoder = new TextEncoder();

/** Notes what happens now, which counts as progress. Costs a microsecond. */
export function noteStep(step: string, file = ''): void {
  // The text decoder of the thread takes no shared memory, so it copies; a text half written is told wrong, nothing else.
  Atomics.store(numbers, LENGTH, encoder.encodeInto(`${step}\n${file}`, text).written);
  Atomics.store(numbers, BUSY, 1);
  Atomics.add(numbers, NOTES, 1);
}

/** Notes that what was noted last goes on. */
export function noteProgress(): void {
  Atomics.add(numbers, NOTES, 1);
}

/** Notes that the process waits for a job, a person or another process, which may take as long as it likes. */
export function noteIdle(): void {
  Atomics.store(numbers, BUSY, 0);
  Atomics.add(numbers, NOTES, 1);
}

// Plain JavaScript, because a bundle has no second file for a thread. Counts its own ticks, so that a computer that slept does not look like a stall.
const THREAD = `
const { workerData } = require('node:worker_threads');
const { writeSync } = require('node:fs');
const { shared, beats, mark, parent, stalledAfter, stuckAfter } = workerData;
const numbers = new Int32Array(shared, 0, 3), text = new Uint8Array(shared, 12), beat = new Int32Array(beats);
const end = () => process.kill(process.pid, 'SIGKILL');
const isParentGone = () => {
  try { process.kill(parent, 0); return false; } catch (error) { return error.code === 'ESRCH'; }
};
const computed = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6; };
let notes = -1, still = 0, turn = -1, since = 0, ticks = 0, alone = 0;
setInterval(() => {
  // The process gets three seconds to end in an orderly way.
  alone = isParentGone() ? alone + 1 : 0;
  if (alone > 3) end();
  still = Atomics.load(numbers, 0) === notes ? still + 1 : 0;
  notes = Atomics.load(numbers, 0);
  ticks += 1;
  if (Atomics.load(beat, 0) !== turn) { since = computed(); ticks = 0; }
  turn = Atomics.load(beat, 0);
  // Several threads may compute at once, so it is never more than what has passed.
  const stuck = Math.min(ticks, Math.round(computed() - since));
  if (Atomics.load(numbers, 1) === 0 || (still < stalledAfter && stuck < stuckAfter)) return;
  const [step, file] = Buffer.from(text.slice(0, Atomics.load(numbers, 2))).toString('utf8').split('\\n');
  try { writeSync(2, mark + JSON.stringify({ step, file, seconds: Math.max(still, stuck) }) + '\\n'); } catch {}
  end();
}, 1000);
`;

/** Starts watching this process. `LINTEL_STALL_SECONDS` replaces both limits. */
export function startWatchdog(): void {
  const limit = stallSeconds();
  const beats = new SharedArrayBuffer(4);
  const beat = new Int32Array(beats);
  setInterval(() => Atomics.add(beat, 0, 1), 500).unref();
  const worker = new Worker(THREAD, {
    eval: true,
    // Read here and now: once the parent is gone, it is the process that adopts orphans.
    workerData: { shared, beats, mark: MARK, parent: process.ppid, stalledAfter: limit ?? STALLED_AFTER, stuckAfter: limit ?? STUCK_AFTER },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4, codeRangeSizeMb: 8 },
  });
  // Indexing without a watchdog is better than none.
  worker.on('error', () => undefined);
  worker.unref();
}

/** Finds what the watchdog told in the standard error of the process. */
export function stallIn(stderr: string): Stall | undefined {
  const at = stderr.lastIndexOf(MARK);
  if (at < 0) return undefined;
  try {
    const { step, file, seconds } = JSON.parse(stderr.slice(at + MARK.length).split('\n')[0] ?? '') as Partial<Stall>;
    return typeof step === 'string' && typeof file === 'string' && typeof seconds === 'number' ? { step, file, seconds } : undefined;
  } catch {
    return undefined;
  }
}

const DOING: Readonly<Record<string, string>> = {
  look: 'looking for documents',
  read: 'reading',
  embed: 'embedding',
  commits: 'reading commits',
  write: 'writing the index',
  upkeep: 'tidying the index',
};

/** For people: what a process that stalled was doing, such as `reading docs/guide.md`. */
export const doingOf = ({ step, file }: Stall): string => [DOING[step] ?? step, file].filter((part) => part !== '').join(' ');
