import { type ChildProcess, fork } from 'node:child_process';
import type { EventEmitter } from 'node:events';
import { type IndexProgress, type IndexReport, NO_CHANGE } from '../model/answer.ts';
import { EngineError } from '../model/errors.ts';
import type { FromIndexer, Job, ToIndexer } from './job.ts';
import { doingOf, type Stall, stallIn } from './watchdog.ts';

export interface IndexerHooks {
  readonly log: (level: 'error' | 'warn' | 'info' | 'debug', message: string) => void;
  readonly consent: (question: { readonly model: string; readonly host: string }) => Promise<boolean>;
}

export interface Indexer {
  /**
   * Runs a job in the indexing process, starting it if needed. A cancelled job resolves with `cancelled: true`. A file on which a run stalls is left out,
   * up to three of them, until it is saved.
   */
  run(job: Job, options?: { readonly signal?: AbortSignal; readonly onProgress?: (progress: IndexProgress) => void }): Promise<IndexReport>;
  /** Cancels the current job and ends the process. A later job is cancelled at once. */
  dispose(): Promise<void>;
}

interface Pending {
  readonly child: ChildProcess;
  readonly resolve: (report: IndexReport) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress?: ((progress: IndexProgress) => void) | undefined;
}

/** An idle indexing process exits after this time to free its memory; starting a new one takes half a second. */
const IDLE_MS = 10 * 60_000;
const END_GRACE_MS = 3_000;
const MOST_STALLED_FILES = 3;
const CANCELLED: IndexReport = { ...NO_CHANGE, cancelled: true };

/** Indexing made no progress, and its watchdog ended the process. */
class StalledError extends EngineError {
  readonly stall: Stall;

  constructor(stall: Stall) {
    const doing = doingOf(stall);
    super(
      'store-failed',
      `Indexing made no progress for ${stall.seconds} s while ${doing}, so it was ended. What was written before is kept and searched; run "Lintel: Update Index" or \`lintel index\` to go on.`,
    );
    this.stall = stall;
  }
}

const happened = (emitter: EventEmitter, event: string): Promise<void> => new Promise((resolve) => emitter.once(event, () => resolve()));

/**
 * Resolves with how a process ended, in words that follow its name, once its last words and messages were read. Not on `exit`, which may come before
 * them, and not on `close`, which never comes where `disconnect()` was called on this side.
 */
async function endOf(child: ChildProcess): Promise<string> {
  await Promise.all([happened(child, 'exit'), happened(child, 'disconnect'), child.stderr && happened(child.stderr, 'close')]);
  return child.signalCode ? `was ended by ${child.signalCode}` : `ended with code ${child.exitCode}`;
}

/** Starts nothing until the first job. `program` is the script of the indexing process. */
export function createIndexer(hooks: IndexerHooks, program: string): Indexer {
  const pending = new Map<number, Pending>();
  let child: ChildProcess | undefined;
  /** Files on which a run stalled, by root. */
  const stalled = new Map<string, Set<string>>();
  let nextRun = 1;
  let isDisposed = false;
  let idle: NodeJS.Timeout | undefined;

  const post = (to: ChildProcess, message: ToIndexer): void => {
    if (to.connected) to.send(message);
  };

  const receive = (from: ChildProcess, message: FromIndexer): void => {
    if (message.type === 'log') {
      hooks.log(message.level, message.message);
      return;
    }
    if (message.type === 'consent') {
      const answer = (granted: boolean): void => post(from, { type: 'consent', question: message.question, granted });
      hooks.consent({ model: message.model, host: message.host }).then(answer, () => answer(false));
      return;
    }
    const waiting = pending.get(message.run);
    if (message.type === 'progress') {
      waiting?.onProgress?.(message.progress);
      return;
    }
    pending.delete(message.run);
    if (pending.size === 0) idle = setTimeout(() => end(), IDLE_MS).unref();
    if (message.type === 'done') waiting?.resolve(message.report);
    else
      waiting?.reject(
        message.code
          ? new EngineError(message.code, message.message)
          : new EngineError('store-failed', `Indexing failed: ${message.message}`),
      );
  };

  const start = (): ChildProcess => {
    const started = fork(program, [], {
      execArgv: [],
      // Two malloc arenas instead of eight per core, which would double the memory of LanceDB's threads.
      env: { MALLOC_ARENA_MAX: '2', ...process.env, LANCEDB_LOG: 'error', ELECTRON_RUN_AS_NODE: '1', NODE_NO_WARNINGS: '1' },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let stderr = '';
    started.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-2_000);
    });
    started.on('message', (message) => receive(started, message as FromIndexer));
    const giveUp = (error: EngineError): void => {
      if (child === started) child = undefined;
      for (const [run, waiting] of pending) {
        if (waiting.child !== started) continue;
        pending.delete(run);
        if (isDisposed) waiting.resolve(CANCELLED);
        else waiting.reject(error);
      }
    };
    started.on('error', (error) => {
      hooks.log('error', `The indexing process failed: ${error.message}`);
      // Without a process id it never started, and there will be no `exit` event.
      if (started.pid === undefined) giveUp(new EngineError('store-failed', `The indexing process could not be started: ${error.message}`));
    });
    void endOf(started).then((how) => {
      const stall = stallIn(stderr);
      if (stall) return giveUp(new StalledError(stall));
      if (stderr) hooks.log('warn', stderr.trim());
      giveUp(
        new EngineError(
          'store-failed',
          `The indexing process ${how}. What it had written is kept; run "Lintel: Update Index" or \`lintel index\` to go on.`,
        ),
      );
    });
    return started;
  };

  const end = (): void => {
    const ending = child;
    child = undefined;
    clearTimeout(idle);
    if (ending?.connected) ending.disconnect();
  };

  const runOnce: Indexer['run'] = (job, { signal, onProgress } = {}) => {
    clearTimeout(idle);
    // A process that died disconnects before its `exit` event.
    if (!child?.connected) child = start();
    const to = child;
    const run = nextRun++;
    return new Promise<IndexReport>((resolve, reject) => {
      const cancel = (): void => post(to, { type: 'cancel', run });
      const settle =
        <T>(then: (value: T) => void) =>
        (value: T): void => {
          signal?.removeEventListener('abort', cancel);
          then(value);
        };
      signal?.addEventListener('abort', cancel, { once: true });
      pending.set(run, { child: to, resolve: settle(resolve), reject: settle(reject), onProgress });
      post(to, { type: 'run', run, job });
    });
  };

  return {
    async run(job, options = {}) {
      const skipped = stalled.get(job.root) ?? new Set();
      stalled.set(job.root, skipped);
      // Somebody may have mended the file.
      for (const path of job.paths ?? []) skipped.delete(path);
      if (job.full) skipped.clear();
      for (;;) {
        if (isDisposed || options.signal?.aborted) return CANCELLED;
        try {
          return await runOnce(skipped.size === 0 ? job : { ...job, skip: [...skipped] }, options);
        } catch (error) {
          if (!(error instanceof StalledError)) throw error;
          hooks.log('error', error.message);
          const { file } = error.stall;
          if (file === '' || skipped.has(file) || skipped.size >= MOST_STALLED_FILES) throw error;
          skipped.add(file);
        }
      }
    },

    async dispose() {
      isDisposed = true;
      const ending = child;
      end();
      if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => ending.kill('SIGKILL'), END_GRACE_MS);
        ending.once('exit', () => {
          clearTimeout(timer);
          resolve();
        });
      });
    },
  };
}
