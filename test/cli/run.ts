import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { GIT_ENVIRONMENT } from '../lsp/sample-repository.ts';

/** The CLI under test: from source, or the bundle that `LINTEL_TEST_CLI` names. */
const CLI = process.env.LINTEL_TEST_CLI ?? join(import.meta.dirname, '../../server/cli/main.ts');

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly folder: string;
  /** The user's cache folder, where the indexes are. */
  readonly cache: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts the CLI in its own process. */
export const startCli = (args: readonly string[], { folder, cache, environment }: RunOptions) =>
  spawn(process.execPath, [CLI, ...args], {
    cwd: folder,
    env: { ...process.env, ...GIT_ENVIRONMENT, XDG_CACHE_HOME: cache, LOCALAPPDATA: cache, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** Runs the CLI to its end. */
export const lintel = (args: readonly string[], options: RunOptions): Promise<Outcome> =>
  new Promise((done, failed) => {
    const child = startCli(args, options);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (data) => {
      stdout += data;
    });
    child.stderr.setEncoding('utf8').on('data', (data) => {
      stderr += data;
    });
    child.on('error', failed);
    child.on('close', (code) => done({ code, stdout, stderr }));
  });
