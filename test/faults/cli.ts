import { type ChildProcess, spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import type { Command } from '../support/disk.ts';
import { GIT_ENVIRONMENT } from '../support/git.ts';

const SOURCE = join(import.meta.dirname, '../../server/cli/main.ts');
/** From source, or the bundle that `LINTEL_TEST_CLI` names. */
const CLI = process.env.LINTEL_TEST_CLI ?? SOURCE;

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly folder: string;
  /** Made by `testIndexFolder`. */
  readonly indexFolder: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** For a test that changes a module of ours, which a bundle does not load. Default: false. */
  readonly fromSource?: boolean;
  /** How the program is started; default: as it is. */
  readonly command?: (program: string, args: readonly string[]) => Command;
}

/** Starts the command line with an index folder of its own. */
export const startLintel = (
  args: readonly string[],
  { folder, indexFolder, environment, fromSource, command }: CliOptions,
): ChildProcess => {
  const plain = [fromSource ? SOURCE : CLI, ...args];
  const [program, all] = command ? command(process.execPath, plain) : ([process.execPath, plain] as const);
  return spawn(program, [...all], {
    cwd: folder,
    env: { ...process.env, ...GIT_ENVIRONMENT, LINTEL_INDEX: dirname(indexFolder), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
};

/** Runs the command line to its end. */
export const lintel = (args: readonly string[], options: CliOptions): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const child = startLintel(args, options);
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
