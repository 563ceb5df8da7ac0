import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { GIT_ENVIRONMENT } from '../../lsp/sample-repository.ts';
import type { Outcome, RunOptions } from '../run.ts';

const CLI = process.env.LINTEL_TEST_CLI ?? join(import.meta.dirname, '../../../server/cli/main.ts');

/** Runs `lintel hook` in its own process with this on standard input. No helper is started unless the environment says so. */
export const askHook = (
  input: string | Buffer,
  { folder, cache, environment }: RunOptions,
  args: readonly string[] = [],
): Promise<Outcome> =>
  new Promise((done, failed) => {
    const child = spawn(process.execPath, [CLI, 'hook', ...args], {
      cwd: folder,
      env: {
        ...process.env,
        ...GIT_ENVIRONMENT,
        XDG_CACHE_HOME: cache,
        LOCALAPPDATA: cache,
        LINTEL_HOOK_HELPER: 'off',
        ...environment,
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
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
    // It may end before it read everything.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });

/** What an agent takes from an answer; empty texts where nothing was said. */
export function told(stdout: string): {
  readonly context: string;
  readonly decision: string;
  readonly reason: string;
  readonly event: string;
} {
  if (stdout === '') return { context: '', decision: '', reason: '', event: '' };
  const { hookSpecificOutput } = JSON.parse(stdout) as { readonly hookSpecificOutput: Readonly<Record<string, string>> };
  return {
    context: hookSpecificOutput.additionalContext ?? '',
    decision: hookSpecificOutput.permissionDecision ?? '',
    reason: hookSpecificOutput.permissionDecisionReason ?? '',
    event: hookSpecificOutput.hookEventName ?? '',
  };
}
