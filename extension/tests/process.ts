import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { SpecOutcome, WireTestCommand } from '../../protocol/tests.ts';

/** Stands for the path of the report, as `REPORT_FILE` of the server does. */
const REPORT_FILE = '{report}';
/** How long a runner that was asked to end may take. */
const GRACE_MS = 5_000;

/** A program of a package that is installed around the folder, so that `npx` need not be asked, which may download. Without one: what was asked for. */
export function installedProgram(
  command: string,
  args: readonly string[],
  folder: string,
): { readonly command: string; readonly args: readonly string[] } {
  const [name, ...rest] = args;
  if (command !== 'npx' || name === undefined) return { command, args };
  for (let at = folder; ; at = dirname(at)) {
    const file = join(at, 'node_modules/.bin', name);
    if (existsSync(file)) {
      if (process.platform !== 'win32') return { command: file, args: rest };
      // What npm puts there for Windows is a script of a shell; it names the program.
      const program = /"\$basedir\/([^"]+\.[cm]?js)"/.exec(readFileSync(file, 'utf8'))?.[1];
      if (program !== undefined) return { command: 'node', args: [resolve(dirname(file), program), ...rest] };
    }
    if (dirname(at) === at) return { command, args };
  }
}

/** The environment of the editor without what steers its own processes. A missing package is an error, never a download. */
const environmentFor = (own: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:VSCODE_|ELECTRON_)/.test(name))),
  FORCE_COLOR: '1',
  npm_config_yes: 'false',
  ...own,
});

export interface RunOutcome {
  /** Exit code; undefined where the process did not start or was ended. */
  readonly code: number | undefined;
  /** Why it did not start. */
  readonly error?: string;
  /** By path of the spec, where the runner wrote a report. */
  readonly results: ReadonlyMap<string, SpecOutcome>;
}

const endTree = (pid: number, signal: NodeJS.Signals): void => {
  try {
    if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(pid), '/t', '/f']);
    else process.kill(-pid, signal);
  } catch {
    // It has ended by itself.
  }
};

/** Reads the files that a runner wrote. */
type ReadReports = (files: readonly string[]) => Promise<readonly SpecOutcome[]>;

/** Runs a command without a shell, and has what it reports read. Rejects only where `read` does. */
export async function runCommand(
  command: WireTestCommand,
  signal: AbortSignal,
  onOutput: (text: string) => void,
  read: ReadReports,
): Promise<RunOutcome> {
  const scratch = await mkdtemp(join(tmpdir(), 'lintel-tests-'));
  const file = join(scratch, 'report');
  const filled = (value: string): string => value.replaceAll(REPORT_FILE, () => file);
  try {
    const { report } = command;
    const variables = Object.entries(report?.environment ?? {}).map(([name, value]) => [name, filled(value)]);
    const program = installedProgram(command.command, (report?.args ?? command.args).map(filled), command.folder);
    const ended = await new Promise<Pick<RunOutcome, 'code' | 'error'>>((done) => {
      const child = spawn(program.command, program.args, {
        cwd: command.folder,
        env: environmentFor({ ...command.environment, ...Object.fromEntries(variables) }),
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: process.platform !== 'win32',
        windowsHide: true,
      });
      let timer: NodeJS.Timeout | undefined;
      const stop = (): void => {
        const { pid } = child;
        if (pid === undefined) return;
        endTree(pid, 'SIGTERM');
        timer = setTimeout(() => endTree(pid, 'SIGKILL'), GRACE_MS);
      };
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8');
        stream.on('data', (text: string) => onOutput(text));
      }
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
      const finish = (outcome: Pick<RunOutcome, 'code' | 'error'>): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        done(outcome);
      };
      child.once('error', ({ message }) => finish({ code: undefined, error: message }));
      child.once('close', (code) => finish({ code: code ?? undefined }));
    });
    const written = report === undefined ? [] : (await readdir(scratch)).sort().map((name) => join(scratch, name));
    const results = written.length === 0 ? [] : await read(written);
    return { ...ended, results: new Map(results.map((result) => [result.path, result])) };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
