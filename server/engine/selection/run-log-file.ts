import { lstat, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError, messageOf } from '../../model/errors.ts';
import type { RecordedRun } from '../../model/test-runs.ts';
import { RUN_LOG, type RunLog, readRunLog, runLine } from '../../selection/index.ts';

/** Of a larger log, the end is read: more than a thousand full runs of 500 specs. */
const MOST_BYTES = 64_000_000;
const LINE_FEED = 0x0a;

/** What was read of a log. */
export interface ReadRuns extends RunLog {
  /** Only its end was read. */
  readonly cut: boolean;
}

const NONE: ReadRuns = { runs: [], unreadable: 0, cut: false };

/** Reads the log in a folder; one that is not there, or is no regular file, has no runs. */
export async function readRuns(folder: string): Promise<ReadRuns> {
  const path = join(folder, RUN_LOG);
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isFile()) return NONE;
  const file = await open(path).catch(() => undefined);
  if (!file) return NONE;
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - MOST_BYTES);
    const bytes = Buffer.alloc(size - start);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
    const read = bytes.subarray(0, bytesRead);
    // The first line of the end is half of one.
    const whole = start === 0 ? read : read.subarray(read.indexOf(LINE_FEED) + 1);
    return { ...readRunLog(whole.toString('utf8')), cut: start > 0 };
  } finally {
    await file.close();
  }
}

/**
 * Appends a run to the log in a folder, and never touches what is there: where the last line was not finished, a new one begins. Rejects with `store-failed`.
 * @returns the path of the log
 */
export async function appendRun(folder: string, run: RecordedRun): Promise<string> {
  const path = join(folder, RUN_LOG);
  try {
    await mkdir(folder, { recursive: true });
    if ((await lstat(path).catch(() => undefined))?.isSymbolicLink()) throw new Error('it is a symbolic link');
    const file = await open(path, 'a+');
    try {
      const { size } = await file.stat();
      const last = Buffer.alloc(1);
      if (size > 0) await file.read(last, 0, 1, size - 1);
      await file.appendFile(`${size > 0 && last[0] !== LINE_FEED ? '\n' : ''}${runLine(run)}`);
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw new EngineError('store-failed', `The run cannot be recorded in ${path}: ${messageOf(cause)}.`, { cause });
  }
  return path;
}
