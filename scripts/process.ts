import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { constants } from 'node:os';
import { root } from './boot.cjs';

/** How a finished process ended, with everything it printed (stdout and stderr as they came). */
export interface Ended {
  readonly code: number;
  readonly output: string;
}

export interface RunOptions {
  /** Default: the checkout. */
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** File that receives all output. */
  readonly log?: string;
  readonly shell?: boolean;
  /** Milliseconds after which the process and its children are ended; the code is then 124. Default: none. */
  readonly timeout?: number;
}

const live = new Set<ChildProcess>();

/** Starts a process as the head of its own group, so that {@link endAll} ends its children too. */
export function start(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
  live.add(child);
  child.once('exit', () => live.delete(child));
  child.once('error', () => live.delete(child));
  return child;
}

/** Runs a process to its end. Never rejects: a command that cannot be started ends with 127 and the reason as output. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = start(command, args, {
      cwd: options.cwd ?? root,
      env: options.env ?? process.env,
      shell: options.shell ?? false,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const log = options.log === undefined ? undefined : createWriteStream(options.log);
    const chunks: Buffer[] = [];
    const take = (chunk: Buffer) => {
      chunks.push(chunk);
      log?.write(chunk);
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    let late = false;
    const timer =
      options.timeout === undefined
        ? undefined
        : setTimeout(() => {
            late = true;
            void end(child);
          }, options.timeout);
    const finish = (code: number, note: string) => {
      clearTimeout(timer);
      if (note !== '') take(Buffer.from(`${note}\n`));
      log?.end();
      resolve({ code, output: Buffer.concat(chunks).toString('utf8') });
    };
    child.once('error', (error) => finish(127, error.message));
    child.once('close', (code, signal) => {
      if (late) finish(124, `not finished after ${(options.timeout ?? 0) / 1000} s`);
      else if (signal !== null) finish(128 + constants.signals[signal], `ended by ${signal}`);
      else finish(code ?? 1, '');
    });
  });
}

/** Ends a process group: politely, and after two seconds without asking. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  signalGroup(child.pid, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child.pid ?? 0, 'SIGKILL'), 2000);
  await gone;
  clearTimeout(timer);
  signalGroup(child.pid, 'SIGKILL');
}

/** Ends everything that {@link start} started and that still runs. */
export async function endAll(): Promise<void> {
  await Promise.all([...live].map(end));
}

/**
 * Calls `stop` once when a person or the system ends us: Ctrl-C, SIGTERM, SIGHUP, or the death of the process that started us
 * (npm does not hand every signal on).
 */
export function onEnd(stop: (code: number) => void): void {
  let stopping = false;
  const once = (code: number) => {
    if (stopping) return;
    stopping = true;
    stop(code);
  };
  process.on('SIGINT', () => once(130));
  process.on('SIGTERM', () => once(143));
  process.on('SIGHUP', () => once(129));
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) once(129);
  }, 1000).unref();
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  if (pid <= 0) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F']);
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // The whole group is gone already.
  }
}
