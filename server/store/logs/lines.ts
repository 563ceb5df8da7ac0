import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { translate } from '../failure.ts';

const lineOf = (value: unknown): string => {
  const json = JSON.stringify(value);
  return `${crc32(json).toString(16).padStart(8, '0')}\t${json}\n`;
};

/** The value of a line; `undefined` where it is not what was written. */
function parsedLine(line: string): unknown {
  const json = line.slice(9);
  if (line[8] !== '\t' || crc32(json).toString(16).padStart(8, '0') !== line.slice(0, 8)) return undefined;
  return JSON.parse(json);
}

/** What a log says. */
export interface LogRead {
  /** In the order in which they were written. */
  readonly values: readonly unknown[];
  /** Length of what is whole. Behind it may be a torn line, of a writer that was killed. */
  readonly bytes: number;
}

/** The first line: which file the log belongs to, by a checksum of that. */
const headOf = (of: string): string => lineOf({ of });

/**
 * Reads the log that belongs to a file.
 * @param of checksum of the file; the log of another one, which it replaced, says nothing
 * @param from bytes that were read before, of the same log. Default: none
 * @returns `undefined` if there is none; `damaged` where a line in it is not what was written, but for a torn one at the end
 */
export async function readLines(folder: string, name: string, of: string, from = 0): Promise<LogRead | 'damaged' | undefined> {
  let text: Buffer;
  try {
    text = await readFile(join(folder, name));
  } catch (error) {
    return ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '') ? undefined : 'damaged';
  }
  const head = Buffer.from(headOf(of));
  if (!text.subarray(0, head.length).equals(head)) return undefined;
  const values: unknown[] = [];
  let at = Math.max(from, head.length);
  for (let end = text.indexOf(10, at); end >= 0; end = text.indexOf(10, at)) {
    const value = parsedLine(text.toString('utf8', at, end));
    if (value === undefined) return 'damaged';
    values.push(value);
    at = end + 1;
  }
  return { values, bytes: at };
}

/**
 * Appends a line, flushed to the disk. Needs the writer's lock. Rejects with `disk-full` or `index-read-only`.
 * @param of checksum of the file that the log belongs to
 * @param bytes length of what is whole, `LogRead.bytes`; 0 begins a new log
 * @returns the new length
 */
export async function appendLine(folder: string, name: string, of: string, bytes: number, value: unknown): Promise<number> {
  const line = Buffer.from(`${bytes === 0 ? headOf(of) : ''}${lineOf(value)}`);
  try {
    const file = await open(join(folder, name), bytes === 0 ? 'w' : 'r+');
    try {
      if (bytes > 0) await file.truncate(bytes);
      await file.write(line, 0, line.length, bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw translate(error, folder);
  }
  return bytes + line.length;
}

export const removeLog = (folder: string, name: string): Promise<void> => rm(join(folder, name), { recursive: true, force: true });
