import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, rmSync, statSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readJson, replacePrivately } from './files.ts';

/** In the folder of hooks: how to reach the helper. */
const FILE = 'helper.json';
const MOST_BYTES = 10_000;
/** An answer is a few kilobytes, a question as long as the edit. */
const MOST_MESSAGE = 40_000_000;
/** Milliseconds to reach a helper on the same machine, and to wait for its answer. */
const CONNECT_MS = 500;
const ANSWER_MS = 4_000;
/** How often a helper looks whether it is still the one that is asked. */
const CHECK_MS = 30_000;

const SECRET = /^[0-9a-f]{32}$/;

interface Address {
  /** Names the socket: nobody can guess it, so nobody else can be there before the helper. */
  readonly secret: string;
  readonly pid: number;
  /** Of the program: a helper of another version is not asked. */
  readonly program: string;
}

/** The socket of a secret: in the folder for temporary files, because paths of sockets may not be long; on Windows a pipe. */
const socketOf = (secret: string): string =>
  process.platform === 'win32' ? `\\\\.\\pipe\\lintel-hook-${secret}` : join(tmpdir(), `lintel-hook-${secret}.sock`);

/** What changes whenever the program does. */
function stampOf(program: string): string {
  const found = statSync(program, { throwIfNoEntry: false });
  return createHash('sha256').update([program, found?.size, found?.mtimeMs, process.version].join('\0')).digest('hex').slice(0, 16);
}

async function readAddress(folder: string, file: string): Promise<Address | undefined> {
  const value = await readJson(join(folder, FILE), MOST_BYTES);
  if (typeof value !== 'object' || value === null) return undefined;
  const { secret, pid, program }: Partial<Record<keyof Address, unknown>> = value;
  if (typeof secret !== 'string' || !SECRET.test(secret) || typeof pid !== 'number' || program !== stampOf(file)) return undefined;
  return { secret, pid, program };
}

/** Reads a message to its line feed. Rejects when the other side ends before, or says too much. */
function readMessage(socket: Socket): Promise<string> {
  return new Promise((done, failed) => {
    const chunks: Buffer[] = [];
    let size = 0;
    socket.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MOST_MESSAGE) return void socket.destroy(new Error('The message is too long.'));
      chunks.push(chunk);
      if (chunk.at(-1) === 0x0a) done(Buffer.concat(chunks).toString('utf8').slice(0, -1));
    });
    socket.on('error', failed);
    socket.on('close', () => failed(new Error('The connection ended.')));
  });
}

/**
 * Asks the helper that keeps the index of a repository in memory. Never rejects.
 * @param message one line
 * @param program file of the program: a helper of another version is not asked
 * @returns `undefined` where there is no helper, or where it does not answer in time
 */
export async function askHelper(folder: string, message: string, program: string): Promise<string | undefined> {
  const address = await readAddress(folder, program);
  if (!address) return undefined;
  const socket = createConnection(socketOf(address.secret));
  const connecting = setTimeout(() => socket.destroy(), CONNECT_MS);
  socket.once('connect', () => {
    clearTimeout(connecting);
    setTimeout(() => socket.destroy(), ANSWER_MS).unref();
    socket.write(`${message}\n`);
  });
  try {
    return await readMessage(socket);
  } catch {
    return undefined;
  } finally {
    clearTimeout(connecting);
    socket.destroy();
  }
}

/** A helper that listens. */
export interface Listening {
  /** Resolves when nobody asked for `idle` milliseconds, or when `stop` was called. */
  readonly ended: Promise<void>;
  readonly stop: () => void;
}

/**
 * Answers questions about a repository on a socket that only this user can open, one after another, until nobody asks any more or the folder of hooks is gone.
 * @param program as in `askHelper`
 * @param idle milliseconds without a question
 */
export async function listen(
  folder: string,
  answer: (message: string) => Promise<string>,
  { program, idle }: { readonly program: string; readonly idle: number },
): Promise<Listening> {
  const secret = randomBytes(16).toString('hex');
  const path = socketOf(secret);
  let turn: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    timer?.refresh();
    readMessage(socket).then(
      (message) => {
        turn = turn.then(async () => socket.end(`${await answer(message)}\n`)).catch(() => socket.destroy());
      },
      () => socket.destroy(),
    );
  });
  const ended = new Promise<void>((done) => server.once('close', () => done()));
  await new Promise<void>((done, failed) => server.once('error', failed).listen(path, done));
  if (process.platform !== 'win32') chmodSync(path, 0o600);
  await replacePrivately(join(folder, FILE), JSON.stringify({ secret, pid: process.pid, program: stampOf(program) } satisfies Address));
  const stop = (): void => {
    clearTimeout(timer);
    server.close();
    if (process.platform !== 'win32') rmSync(path, { force: true });
  };
  timer = setTimeout(stop, idle);
  // Another helper took over, or nobody wants one any more: the folder was deleted, or the program replaced.
  const checking = setInterval(() => void readAddress(folder, program).then((found) => found?.secret !== secret && stop()), CHECK_MS);
  server.once('close', () => clearInterval(checking));
  return { ended, stop };
}

/** Whether a helper answers. */
export const hasHelper = async (folder: string, program: string): Promise<boolean> => (await askHelper(folder, '', program)) !== undefined;
