import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from '../model/errors.ts';
import { translate } from './failure.ts';

/** Who writes into an index folder. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** When it began, ISO 8601. */
  readonly since: string;
}

export interface LockOptions {
  /** Ends the waiting (not the work): the call rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told once, when the lock is not free at once. */
  readonly onWait?: (holder: LockHolder | undefined) => void;
  /** Milliseconds to wait at most; then `index-busy`. Default: for ever. */
  readonly patience?: number;
  /** Milliseconds without a sign of life after which a holder counts as gone. Default 30,000. Holders give a sign six times as often. */
  readonly staleAfter?: number;
}

interface LockFile extends LockHolder {
  readonly token: string;
}

const STALE_AFTER = 30_000;
const FIRST_PAUSE = 25;
const LONGEST_PAUSE = 400;
/** Taking a dead holder's lock away takes milliseconds; a mark older than this was left by a process that died while doing it. */
const TAKING_AWAY = 5_000;

const lockPath = (folder: string): string => join(folder, 'writer.lock');
const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | undefined)?.code;

async function readLock(path: string): Promise<LockFile | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof value !== 'object' || value === null) return undefined;
    const { pid, host, since, token } = value as Partial<Record<keyof LockFile, unknown>>;
    if (typeof pid !== 'number' || typeof host !== 'string' || typeof since !== 'string' || typeof token !== 'string') return undefined;
    return { pid, host, since, token };
  } catch {
    // Absent, or its writer is between creating and filling it.
    return undefined;
  }
}

/** Creates a file that must not exist; false where it does. */
async function create(path: string, content: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(content);
    } catch (error) {
      // On a full disk there is room for a name but not for the content: an empty lock would keep everybody waiting.
      await rm(path, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') return false;
    // Windows answers so while another process is deleting the file.
    if (process.platform === 'win32' && (code === 'EPERM' || code === 'EBUSY')) return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

const modifiedAt = async (path: string): Promise<number | undefined> => {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return undefined;
  }
};

/** Removes a dead holder's lock. Under a second lock, so that of two who saw it dead only one removes it and neither removes a successor's. */
async function takeAway(path: string, seen: number): Promise<void> {
  const mark = `${path}.taking`;
  if (!(await create(mark, ''))) {
    const age = Date.now() - ((await modifiedAt(mark)) ?? Date.now());
    if (age > TAKING_AWAY) await rm(mark, { force: true });
    return;
  }
  try {
    if ((await modifiedAt(path)) === seen) await rm(path, { force: true });
  } finally {
    await rm(mark, { force: true });
  }
}

async function acquire(path: string, content: string, options: LockOptions): Promise<void> {
  const staleAfter = options.staleAfter ?? STALE_AFTER;
  const started = performance.now();
  // Signs of life are judged by our own clock, from when we first saw the last one: clocks of hosts differ, and a laptop that wakes up
  // finds every heartbeat old.
  let heartbeat: number | undefined;
  let observedAt = started;
  for (let pause = FIRST_PAUSE, told = false; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    options.signal?.throwIfAborted();
    if (await create(path, content)) return;
    const modified = await modifiedAt(path);
    if (modified === undefined) continue;
    const holder = await readLock(path);
    if (modified !== heartbeat) {
      heartbeat = modified;
      observedAt = performance.now();
    }
    const dead = holder !== undefined && holder.host === hostname() && !isAlive(holder.pid);
    if (dead || performance.now() - observedAt > staleAfter) {
      await takeAway(path, modified);
      pause = FIRST_PAUSE;
      continue;
    }
    if (!told) options.onWait?.(holder);
    told = true;
    if (options.patience !== undefined && performance.now() - started > options.patience) {
      const who = holder ? `process ${holder.pid}${holder.host === hostname() ? '' : ` on ${holder.host}`}` : 'another process';
      throw new EngineError('index-busy', `The index is being written by ${who}. Try again when it is done.`);
    }
    await sleep(pause, undefined, options.signal ? { signal: options.signal } : {}).catch((error: unknown) => {
      options.signal?.throwIfAborted();
      throw error;
    });
  }
}

/**
 * Runs `work` as the only writer of an index folder among all processes. The lock is a file with the holder's process id, freshened while the
 * work runs; a holder that was killed is noticed at once on the same host, else after `staleAfter`.
 * `work` gets a signal that fires where the lock was lost nevertheless (the process was stopped for longer than `staleAfter`).
 * Rejects with `index-read-only` or `disk-full` where the lock cannot be made, with `index-busy` where patience ran out, and as `work` does.
 */
export async function withWriterLock<T>(folder: string, work: (lost: AbortSignal) => Promise<T>, options: LockOptions = {}): Promise<T> {
  const path = lockPath(folder);
  const file: LockFile = { pid: process.pid, host: hostname(), since: new Date().toISOString(), token: randomUUID() };
  try {
    await mkdir(folder, { recursive: true });
    await acquire(path, JSON.stringify(file), options);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw codeOf(error) === undefined ? error : translate(error, folder);
  }
  const lost = new AbortController();
  const beat = async (): Promise<void> => {
    const now = await readLock(path);
    if (now?.token === file.token) await utimes(path, new Date(), new Date());
    else lost.abort(new EngineError('index-busy', `Another process took over the writing of ${folder} while this one was stopped.`));
  };
  const timer = setInterval(() => void beat().catch(() => undefined), (options.staleAfter ?? STALE_AFTER) / 6);
  timer.unref();
  try {
    return await work(lost.signal);
  } finally {
    clearInterval(timer);
    if ((await readLock(path))?.token === file.token) await rm(path, { force: true });
  }
}

/** Who holds the lock now, as far as its file says; `undefined` where nobody does. */
export const lockHolder = (folder: string): Promise<LockHolder | undefined> => readLock(lockPath(folder));
