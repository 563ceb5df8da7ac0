import { randomUUID } from 'node:crypto';
import { appendFile, type FileHandle, mkdir, open, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { CitingLine, SourceFacts } from '../code/facts.ts';
import { translate } from './failure.ts';
import { replaceFile } from './replace-file.ts';

/** Version of the layout and of what counts as a name or a citing line. A log of another version is rebuilt from the files. */
const SCHEMA = 2;

/** The log's entry for one source file. */
export interface CodeEntry extends SourceFacts {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Time of the last change of content, name or permissions, in milliseconds since 1970. */
  readonly mtimeMs: number;
}

/** A line of the log: the current entry of a file, or that the file is gone. */
export type CodeChange = CodeEntry | { readonly path: string; readonly gone: true };

/** What `CodeLogReader` found since its last read. */
export interface CodeNews {
  /** The log was compacted or recreated: discard everything read before. */
  readonly restarted: boolean;
  /** In the order of the log; the last change of a path counts. */
  readonly changes: readonly CodeChange[];
}

export const codeLogFile = (folder: string): string => join(folder, 'code.jsonl');

const HEADER_BYTES = 200;
const NEWLINE = 10;

const headerOf = (id: string): string => `${JSON.stringify({ schema: SCHEMA, id })}\n`;

const isLittleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

function encodeNames(names: Uint32Array): string {
  const bytes = Buffer.alloc(names.length * 4);
  for (let at = 0; at < names.length; at++) bytes.writeUInt32LE(names[at] ?? 0, at * 4);
  return bytes.toString('base64');
}

function decodeNames(text: string): Uint32Array {
  const bytes = Buffer.from(text, 'base64');
  const count = bytes.length >> 2;
  if (isLittleEndian) return new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + 4 * count));
  return Uint32Array.from({ length: count }, (_, at) => bytes.readUInt32LE(4 * at));
}

/** JSON and its checksum, with a tab in between, which JSON escapes: a flipped bit may leave a line valid, and would be believed. */
export function lineOf(change: CodeChange): string {
  const json = JSON.stringify('gone' in change ? change : { ...change, names: encodeNames(change.names) });
  return `${json}\t${crc32(json).toString(36)}\n`;
}

const isCiting = (value: unknown): value is CitingLine => {
  const { line, character, text } = (value ?? {}) as Partial<CitingLine>;
  return typeof line === 'number' && typeof character === 'number' && typeof text === 'string';
};

/** Parses a line of the log; `undefined` if it is torn or damaged, so that its file is read again. */
function parseLine(line: string): CodeChange | undefined {
  const end = line.lastIndexOf('\t');
  const json = line.slice(0, end);
  if (end < 0 || crc32(json).toString(36) !== line.slice(end + 1)) return undefined;
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  const { path, gone, size, mtimeMs, names, citing } = value ?? {};
  if (typeof path !== 'string') return undefined;
  if (gone === true) return { path, gone };
  if (typeof size !== 'number' || typeof mtimeMs !== 'number' || typeof names !== 'string') return undefined;
  if (!Array.isArray(citing) || !citing.every(isCiting)) return undefined;
  return { path, size, mtimeMs, names: decodeNames(names), citing };
}

/** Id of the log; `undefined` if its first line is not a header of this version. */
function idOf(start: string): string | undefined {
  try {
    const { schema, id } = JSON.parse(start.slice(0, start.indexOf('\n'))) as { schema?: unknown; id?: unknown };
    return schema === SCHEMA && typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}

async function readAt(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const bytes = Buffer.alloc(Math.max(0, to - from));
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, from + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

function* linesOf(bytes: Buffer): Generator<string> {
  let from = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, from)) {
    yield bytes.toString('utf8', from, at);
    from = at + 1;
  }
}

/** Follows the log, which any process may write: reads all of it once, then only what was added, and notices if it was recreated. */
export class CodeLogReader {
  readonly #path: string;
  #id: string | undefined;
  #offset = 0;
  #stamp = '';

  constructor(folder: string) {
    this.#path = codeLogFile(folder);
  }

  /** Changes since the last call; `undefined` if there are none. An unreadable log counts as empty. */
  async read(): Promise<CodeNews | undefined> {
    const file = await open(this.#path, 'r').catch(() => undefined);
    if (!file) return this.#forget();
    try {
      const { size, mtimeMs, ino } = await file.stat();
      const stamp = `${ino} ${mtimeMs} ${size}`;
      if (stamp === this.#stamp) return undefined;
      const start = (await readAt(file, 0, Math.min(size, HEADER_BYTES))).toString('utf8');
      const id = idOf(start);
      if (id === undefined) return this.#forget();
      const restarted = id !== this.#id || size < this.#offset;
      const from = restarted ? start.indexOf('\n') + 1 : this.#offset;
      const bytes = await readAt(file, from, size);
      const whole = bytes.subarray(0, bytes.lastIndexOf(NEWLINE) + 1);
      this.#id = id;
      this.#stamp = stamp;
      this.#offset = from + whole.length;
      return { restarted, changes: [...linesOf(whole)].flatMap((line) => parseLine(line) ?? []) };
    } catch {
      return this.#forget();
    } finally {
      await file.close().catch(() => undefined);
    }
  }

  #forget(): CodeNews | undefined {
    const known = this.#id !== undefined;
    this.#id = undefined;
    this.#offset = 0;
    this.#stamp = '';
    return known ? { restarted: true, changes: [] } : undefined;
  }
}

/** Appends to the log; creates it if it is missing or of another version. Needs the writer's lock. Rejects with `disk-full` or `index-read-only`. */
export async function appendCode(folder: string, changes: readonly CodeChange[]): Promise<void> {
  if (changes.length === 0) return;
  try {
    const file = await open(codeLogFile(folder), 'r+').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'EISDIR') return undefined;
      throw error;
    });
    const text = changes.map(lineOf).join('');
    if (!file) return await replaceLog(folder, text);
    try {
      const { size } = await file.stat();
      const usable = idOf((await readAt(file, 0, Math.min(size, HEADER_BYTES))).toString('utf8')) !== undefined;
      if (!usable) return await replaceLog(folder, text);
      // End the torn line of a writer that was killed, so that it does not swallow the next one.
      const torn = (await readAt(file, size - 1, size))[0] !== NEWLINE;
      await file.write(`${torn ? '\n' : ''}${text}`, size);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw translate(error, folder);
  }
}

/** Replaces the log by one with only these entries, atomically. Needs the writer's lock. Rejects like `appendCode`. */
export async function compactCode(folder: string, entries: Iterable<CodeEntry>): Promise<void> {
  try {
    await replaceLog(folder, [...entries].map(lineOf).join(''));
  } catch (error) {
    throw translate(error, folder);
  }
}

/** A log that is written beside the one in use. */
export interface NewCodeLog {
  append(changes: readonly CodeChange[]): Promise<void>;
  /** Puts it in the place of the one in use, atomically. */
  publish(): Promise<void>;
}

/** Starts a new log. Needs the writer's lock. It and its methods reject like `appendCode`. */
export async function startCode(folder: string): Promise<NewCodeLog> {
  const next = `${codeLogFile(folder)}.next`;
  const translated = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw translate(error, folder);
    });
  await translated(writeFile(next, headerOf(randomUUID())));
  return {
    append: (changes) => translated(appendFile(next, changes.map(lineOf).join(''))),
    publish: () => translated(replaceFile(next, codeLogFile(folder))),
  };
}

async function replaceLog(folder: string, text: string): Promise<void> {
  const target = codeLogFile(folder);
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(target), { recursive: true });
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(headerOf(randomUUID()) + text);
    } finally {
      await file.close();
    }
    await replaceFile(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}
