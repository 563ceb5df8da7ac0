import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from '../model/errors.ts';
import { translate } from './failure.ts';

/** The process that is writing to an index folder. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** When it started, ISO 8601. */
  readonly since: string;
}

export interface LockOptions {
  /** Ends the wait, not the work: the call rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called once if the lock is not free immediately. */
  readonly onWait?: (holder: LockHolder | undefined) => void;
  /** Milliseconds to wait before rejecting with `index-busy`. Default: no limit. */
  readonly patience?: number;
  /** Milliseconds without a heartbeat after which a holder counts as dead. Default 30,000. Holders send six heartbeats in that time. */
  readonly staleAfter?: number;
}

interface LockFile extends LockHolder {
  readonly token: string;
}

const STALE_AFTER = 30_000;
const FIRST_PAUSE = 25;
const LONGEST_PAUSE = 400;
/** Milliseconds after which a removal mark was left by a process that died: removing a dead holder's lock takes only a few. */
const STALE_REMOVAL = 5_000;

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
    // Absent, or created but not filled yet.
    return undefined;
  }
}

/** Creates a file; false if it exists already. */
async function create(path: string, content: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(content);
    } catch (error) {
      // A full disk may have room for the name but not for the content, and an empty lock would make everybody wait.
      await rm(path, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') return false;
    // Windows reports these while another process is deleting the file.
    if (process.platform === 'win32' && (code === 'EPERM' || code === 'EBUSY')) return false;
    throw error;
  }
}

/**
 * As {@link create}, but nobody ever sees the file without its content: an empty lock of a process that was killed says nothing about its holder, so
 * that everybody waited for as long as for another host's. Where the file system has no hard links, it is made as any other file.
 */
async function createWhole(path: string, content: string): Promise<boolean> {
  if ((await modifiedAt(path)) !== undefined) return false;
  const whole = `${path}.${randomUUID()}.tmp`;
  try {
    await create(whole, content);
    return await link(whole, path).then(
      () => true,
      (error: unknown) => (codeOf(error) === 'EEXIST' ? false : create(path, content)),
    );
  } finally {
    await rm(whole, { force: true });
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

/** A removal mark as this process first saw it: clocks that were set back, or of another host, say nothing about its age. */
interface SeenMark {
  readonly modified: number;
  readonly at: number;
}

/**
 * Removes a dead holder's lock. A second lock, the mark, ensures that only one process does so, and that no one removes a successor's lock.
 * Returns the mark of another process that is removing it.
 */
async function removeStale(path: string, seen: number, before: SeenMark | undefined): Promise<SeenMark | undefined> {
  const mark = `${path}.taking`;
  if (!(await create(mark, ''))) {
    const modified = (await modifiedAt(mark)) ?? 0;
    if (before?.modified !== modified) return { modified, at: performance.now() };
    if (performance.now() - before.at > STALE_REMOVAL) await rm(mark, { force: true });
    return before;
  }
  try {
    if ((await modifiedAt(path)) === seen) await rm(path, { force: true });
  } finally {
    await rm(mark, { force: true });
  }
  return undefined;
}

async function acquire(path: string, content: string, options: LockOptions): Promise<void> {
  const staleAfter = options.staleAfter ?? STALE_AFTER;
  const started = performance.now();
  // Measure heartbeats by our own clock, from when we first saw each one: clocks of hosts differ, and after a laptop wakes up every
  // heartbeat looks old.
  let heartbeat: number | undefined;
  let observedAt = started;
  let mark: SeenMark | undefined;
  for (let pause = FIRST_PAUSE, notified = false; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    options.signal?.throwIfAborted();
    if (await createWhole(path, content)) return;
    const modified = await modifiedAt(path);
    if (modified === undefined) continue;
    const holder = await readLock(path);
    if (modified !== heartbeat) {
      heartbeat = modified;
      observedAt = performance.now();
    }
    const dead = holder !== undefined && holder.host === hostname() && !isAlive(holder.pid);
    if (dead || performance.now() - observedAt > staleAfter) {
      mark = await removeStale(path, modified, mark);
      pause = FIRST_PAUSE;
      if (!mark) continue;
    }
    if (!notified) options.onWait?.(holder);
    notified = true;
    if (options.patience !== undefined && performance.now() - started > options.patience) {
      const who = holder ? `process ${holder.pid}${holder.host === hostname() ? '' : ` on ${holder.host}`}` : 'another process';
      throw new EngineError('index-busy', `The index is being updated by ${who}. Try again when it has finished.`);
    }
    await sleep(pause, undefined, options.signal ? { signal: options.signal } : {}).catch((error: unknown) => {
      options.signal?.throwIfAborted();
      throw error;
    });
  }
}

/**
 * Runs `work` as the only writer of an index folder among all processes. The lock is a file with the holder's process id, touched regularly while
 * the work runs. A holder that was killed is detected immediately on the same host, and after `staleAfter` on another.
 * `work` gets a signal that fires if the lock is lost anyway, because this process was suspended for longer than `staleAfter`.
 * Rejects with `index-read-only` or `disk-full` if the lock cannot be created, with `index-busy` if `patience` ran out, and as `work` does.
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
    else
      lost.abort(new EngineError('index-busy', `Another process took over updating the index in ${folder} while this one was suspended.`));
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

/** The current holder according to the lock file; `undefined` if there is none. */
export const lockHolder = (folder: string): Promise<LockHolder | undefined> => readLock(lockPath(folder));
