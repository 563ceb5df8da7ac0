import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { access, constants, realpath } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { EngineError } from '../model/errors.ts';

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
}

/** Git could not be started, because it is not installed or not on the PATH. */
export class GitMissingError extends EngineError {
  constructor() {
    super('git-missing', 'Git was not found. Install git and make sure that it is on the PATH, then reload.');
    this.name = 'GitMissingError';
  }
}

/**
 * Settings that a repository's configuration could use to run a program or to change the output that we parse, overridden in every call. The environment
 * forbids all protocols as well, so reading history never opens a connection.
 */
const SETTINGS = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.pager=cat',
  'core.longpaths=true',
  'core.warnAmbiguousRefs=false',
  'diff.external=',
  'log.showSignature=false',
  'log.showRoot=true',
  'log.follow=false',
  'status.submoduleSummary=false',
  'submodule.recurse=false',
  'i18n.logOutputEncoding=UTF-8',
  'color.ui=false',
  'gc.auto=0',
  'maintenance.auto=false',
].flatMap((setting) => ['-c', setting]);

/** Variables that say where git and the user's configuration are. Any other `GIT_*` variable that we inherit could redirect the calls. */
const KEPT = new Set(['GIT_EXEC_PATH', 'GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM', 'GIT_CONFIG_NOSYSTEM', 'GIT_CEILING_DIRECTORIES']);

const environment = (literal: boolean): NodeJS.ProcessEnv => {
  const kept = Object.entries(process.env).filter(([name]) => !name.toUpperCase().startsWith('GIT_') || KEPT.has(name.toUpperCase()));
  return {
    ...Object.fromEntries(kept),
    GIT_ALLOW_PROTOCOL: '',
    GIT_LITERAL_PATHSPECS: literal ? '1' : '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
    LANGUAGE: 'C',
  };
};

let executable: Promise<string | undefined> | undefined;

/**
 * Finds git in the absolute folders of the PATH. The lookup is not left to the system, because Windows searches the working folder first: that is the
 * repository, and a `git.exe` committed there would run.
 */
const findExecutable = async (): Promise<string | undefined> => {
  const name = process.platform === 'win32' ? 'git.exe' : 'git';
  const onPath = (process.env.PATH ?? process.env.Path ?? '').split(delimiter);
  const wellKnown: Partial<Record<NodeJS.Platform, readonly string[]>> = {
    win32: ['ProgramW6432', 'ProgramFiles', 'ProgramFiles(x86)'].map((variable) => join(process.env[variable] ?? '', 'Git', 'cmd')),
    darwin: ['/opt/homebrew/bin', '/usr/local/bin'],
  };
  for (const folder of [...onPath, ...(wellKnown[process.platform] ?? [])]) {
    if (!isAbsolute(folder)) continue;
    const candidate = join(folder, name);
    const runs = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs && (await hasDeveloperTools(candidate))) return candidate;
  }
  return undefined;
};

/** On macOS, `/usr/bin/git` is a stub that opens a dialog unless the developer tools are installed. */
const hasDeveloperTools = async (candidate: string): Promise<boolean> => {
  if (process.platform !== 'darwin' || (await realpath(candidate)) !== '/usr/bin/git') return true;
  return new Promise((resolve) => {
    const child = spawn('/usr/bin/xcode-select', ['-p'], { stdio: 'ignore' });
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
};

/** Absolute path of the git that all calls use, looked up once per process; `undefined` if there is none. */
export const gitExecutable = (): Promise<string | undefined> => {
  executable ??= findExecutable();
  return executable;
};

type GitChild = ChildProcessByStdio<Writable, Readable, Readable>;

interface StartedGit {
  readonly child: GitChild;
  /** Resolves when the process has ended and its streams are closed; rejects if it could not be started. */
  readonly ended: Promise<Pick<GitResult, 'code' | 'stderr'>>;
}

const start = async (folder: string, args: readonly string[], options: GitOptions): Promise<StartedGit> => {
  options.signal?.throwIfAborted();
  const git = await gitExecutable();
  if (git === undefined) throw new GitMissingError();
  const child = spawn(git, ['--no-pager', ...SETTINGS, '-C', folder, ...args], {
    cwd: folder,
    env: environment(options.literal ?? true),
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
  const ended = new Promise<Pick<GitResult, 'code' | 'stderr'>>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, stderr }));
  }).finally(() => options.signal?.removeEventListener('abort', abort));
  ended.catch(() => undefined);
  child.stdin.end(options.input ?? '');
  return { child, ended };
};

/**
 * Runs git in a folder and waits for it. Never rejects because of an exit code, which is for the caller to interpret.
 *
 * @throws GitMissingError where there is no git; the reason of `signal` when aborted; a system error where the folder is gone.
 */
export const runGit = async (folder: string, args: readonly string[], options: GitOptions = {}): Promise<GitResult> => {
  const { child, ended } = await start(folder, args, options);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const { code, stderr } = await ended;
  options.signal?.throwIfAborted();
  return { code, stderr, stdout: Buffer.concat(chunks) };
};

/**
 * Runs git and yields its output as it arrives; returns the exit code and the standard error. A consumer that stops early kills the process.
 *
 * @throws as `runGit`.
 */
export async function* streamGit(
  folder: string,
  args: readonly string[],
  options: GitOptions = {},
): AsyncGenerator<Buffer, Pick<GitResult, 'code' | 'stderr'>> {
  const { child, ended } = await start(folder, args, options);
  try {
    for await (const chunk of child.stdout) yield chunk as Buffer;
    const result = await ended;
    options.signal?.throwIfAborted();
    return result;
  } finally {
    child.kill();
  }
}

/** Output of git as text, without its last line ending; `undefined` if git failed. */
export const readGit = async (folder: string, args: readonly string[], options: GitOptions = {}): Promise<string | undefined> => {
  const { code, stdout } = await runGit(folder, args, options);
  return code === 0 ? stdout.toString('utf8').replace(/\r?\n$/, '') : undefined;
};

/** Items of NUL-terminated output; `undefined` if git failed. */
export const listGit = async (folder: string, args: readonly string[], options: GitOptions = {}): Promise<string[] | undefined> => {
  const { code, stdout } = await runGit(folder, args, options);
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
