import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { EngineError } from '../model/errors.ts';
import { gitEnvironment } from './environment.ts';
import { gitExecutable } from './executable.ts';
import { releasePipes } from './named-pipes.ts';
import { FIXED_SETTINGS, type Setting } from './settings.ts';

/** Result of a finished git process. */
export interface GitResult {
  /** Exit code; -1 if the process was ended by a signal. */
  readonly code: number;
  readonly stdout: Buffer;
  /** The first 16 KiB of the standard error. */
  readonly stderr: string;
}

export interface GitOptions {
  /** Standard input. Default: empty. */
  readonly input?: string | Uint8Array;
  /** Kills the process; the call rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Take paths literally, without wildcards and pathspec magic. Default true; `check-ignore` only works with false. */
  readonly literal?: boolean;
  /** A folder of objects beside those of the repository, of our own: only a commit-graph is in it. */
  readonly objects?: string | undefined;
  /** Milliseconds after which the call is ended. Default {@link GIT_LIMITS}: `call` where the output is collected, `stream` where it is streamed. */
  readonly within?: number;
}

/** Where git runs: a folder, or a repository whose configuration brings programs that have to be switched off. */
export type GitPlace = string | { readonly root: string; readonly overrides: () => Promise<readonly Setting[]> };

/** Limits of every call of git: a setting, an attribute or a damaged object may make it read for ever or print without end. */
export const GIT_LIMITS = {
  /** Milliseconds for finding out what a repository is. */
  opening: 20_000,
  /** Milliseconds for a call whose output is collected. */
  call: 180_000,
  /** Milliseconds for a call that walks the work tree. Walking a million files takes seconds. */
  workTree: 60_000,
  /** Milliseconds for a call whose output is streamed: the whole log of the largest repositories. */
  stream: 2 * 3_600_000,
  /** Milliseconds for which a stream may be silent. */
  silence: 180_000,
  /** Bytes of output that is collected. */
  output: 256 * 1024 * 1024,
  /** Bytes of output that is streamed. */
  streamed: 64 * 1024 ** 3,
} as const;

/** Git was ended because it took too long or printed too much. */
export class GitLimitError extends EngineError {
  constructor(args: readonly string[], what: string) {
    const command = args.find((arg) => !arg.startsWith('-')) ?? '';
    super(
      'git-limit',
      `"git ${command}" ${what} and was stopped. Run it by hand to see why: a setting, an attributes file or an ignore file of the repository may name something that cannot be read, or the repository is damaged.`,
    );
    this.name = 'GitLimitError';
  }
}

/** Git could not be started, because it is not installed or not on the PATH. */
export class GitMissingError extends EngineError {
  constructor() {
    super('git-missing', 'Git was not found. Install git and make sure that it is on the PATH, then reload.');
    this.name = 'GitMissingError';
  }
}

type GitChild = ChildProcessByStdio<Writable, Readable, Readable>;

interface StartedGit {
  readonly child: GitChild;
  /** Resolves when the process has ended and its streams are closed; rejects if it could not be started or was stopped. */
  readonly ended: Promise<Pick<GitResult, 'code' | 'stderr'>>;
  /** Ends the process; `ended` rejects with the reason, at once. */
  readonly stop: (reason: Error) => void;
}

const KILL_AFTER_MS = 2_000;
/** Milliseconds after which a call may be waiting for a named pipe. */
const SLOW_MS = 1_000;

const start = async (place: GitPlace, args: readonly string[], options: GitOptions): Promise<StartedGit> => {
  options.signal?.throwIfAborted();
  const git = await gitExecutable();
  if (git === undefined) throw new GitMissingError();
  const folder = typeof place === 'string' ? place : place.root;
  const overrides = typeof place === 'string' ? [] : await place.overrides();
  const fixed = FIXED_SETTINGS.flatMap(({ key, value }) => ['-c', `${key}=${value}`]);
  const child = spawn(git, ['--no-pager', ...fixed, '-C', folder, ...args], {
    cwd: folder,
    env: {
      ...gitEnvironment(overrides, options.literal ?? true),
      ...(options.objects ? { GIT_ALTERNATE_OBJECT_DIRECTORIES: options.objects } : {}),
    },
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const abort = () => child.kill();
  options.signal?.addEventListener('abort', abort, { once: true });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (stderr.length < 16_384) stderr += text;
  });
  // If git exits early, its exit code matters and not that our write failed.
  child.stdin.on('error', () => undefined);
  const finished = new AbortController();
  const slow = setTimeout(() => void releasePipes(folder, finished.signal), SLOW_MS).unref();
  let reject: (reason: Error) => void = () => undefined;
  const ended = new Promise<Pick<GitResult, 'code' | 'stderr'>>((resolve, rejected) => {
    reject = rejected;
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, stderr }));
  }).finally(() => {
    clearTimeout(slow);
    finished.abort();
    options.signal?.removeEventListener('abort', abort);
  });
  ended.catch(() => undefined);
  const stop = (reason: Error) => {
    reject(reason);
    child.kill();
    const kill = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
    child.once('exit', () => clearTimeout(kill));
    // Git may have started a program of the user's own configuration, which holds the pipes open.
    child.stdout.destroy();
    child.stderr.destroy();
  };
  child.stdin.end(options.input ?? '');
  return { child, ended, stop };
};

const seconds = (ms: number): string => `${ms / 1000} seconds`;

/**
 * Runs git in a folder and waits for it. Never rejects because of an exit code, which is for the caller to interpret.
 *
 * @throws GitMissingError where there is no git; GitLimitError where it exceeds {@link GIT_LIMITS}; the reason of `signal` when aborted; a system error
 *   where the folder is gone.
 */
export const runGit = async (place: GitPlace, args: readonly string[], options: GitOptions = {}): Promise<GitResult> => {
  const { child, ended, stop } = await start(place, args, options);
  const { within = GIT_LIMITS.call } = options;
  const timer = setTimeout(() => stop(new GitLimitError(args, `took more than ${seconds(within)}`)), within);
  const chunks: Buffer[] = [];
  let size = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > GIT_LIMITS.output) stop(new GitLimitError(args, `printed more than ${GIT_LIMITS.output} bytes`));
    else chunks.push(chunk);
  });
  try {
    const { code, stderr } = await ended;
    options.signal?.throwIfAborted();
    return { code, stderr, stdout: Buffer.concat(chunks) };
  } finally {
    clearTimeout(timer);
  }
};

/**
 * Runs git and yields its output as it arrives; returns the exit code and the standard error. A consumer that stops early kills the process. The limits
 * count only the time for which the consumer waits.
 *
 * @throws as `runGit`.
 */
export async function* streamGit(
  place: GitPlace,
  args: readonly string[],
  options: GitOptions = {},
): AsyncGenerator<Buffer, Pick<GitResult, 'code' | 'stderr'>> {
  const { child, ended, stop } = await start(place, args, options);
  const chunks = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let left: number = options.within ?? GIT_LIMITS.stream;
  let size = 0;
  // A stream that was closed early says only that; why it was, the process knows.
  const failed = async (error: unknown): Promise<never> => {
    await ended;
    throw error;
  };
  try {
    while (true) {
      const since = performance.now();
      const within = Math.min(left, GIT_LIMITS.silence);
      const timer = setTimeout(() => stop(new GitLimitError(args, `printed nothing for ${seconds(within)}`)), within);
      const step = await chunks
        .next()
        .catch(failed)
        .finally(() => clearTimeout(timer));
      if (step.done) break;
      left -= performance.now() - since;
      size += step.value.length;
      if (size > GIT_LIMITS.streamed) throw new GitLimitError(args, `printed more than ${GIT_LIMITS.streamed} bytes`);
      yield step.value;
    }
    const result = await ended;
    options.signal?.throwIfAborted();
    return result;
  } finally {
    child.kill();
  }
}

/** Output of git as text, without its last line ending; `undefined` if git failed. */
export const readGit = async (place: GitPlace, args: readonly string[], options: GitOptions = {}): Promise<string | undefined> => {
  const { code, stdout } = await runGit(place, args, options);
  return code === 0 ? stdout.toString('utf8').replace(/\r?\n$/, '') : undefined;
};

/** Items of NUL-terminated output; `undefined` if git failed. */
export const listGit = async (place: GitPlace, args: readonly string[], options: GitOptions = {}): Promise<string[] | undefined> => {
  const { code, stdout } = await runGit(place, args, options);
  return code === 0 ? splitNul(stdout) : undefined;
};

/** The last line of git's standard error, which names the cause; empty if there is none. */
export const complaintOf = (stderr: string): string => {
  const last = stderr.trim().split('\n').at(-1) ?? '';
  return last.replace(/^(?:fatal|error): /, '');
};

/** Splits NUL-terminated output. */
export const splitNul = (bytes: Buffer): string[] => {
  if (bytes.length === 0) return [];
  const items = bytes.toString('utf8').split('\0');
  if (items.at(-1) === '') items.pop();
  return items;
};
