import { spawn } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MARK = 'starting';
/** Milliseconds in which a helper that was started is waited for before another one is. */
const PATIENCE = 60_000;

/** The name of the variable that keeps hooks from starting a helper, with the value `off`. */
const HELPER_VARIABLE = 'LINTEL_HOOK_HELPER';

/**
 * Starts `lintel hook serve` for a repository, which lives on by itself, unless one was started just now. Never throws: without a helper the next answer
 * takes longer, and no more.
 * @param program the script of the command line
 */
export function startHelper(folder: string, root: string, program: string): void {
  if (process.env[HELPER_VARIABLE] === 'off') return;
  try {
    const mark = join(folder, MARK);
    const found = statSync(mark, { throwIfNoEntry: false });
    if (found && Date.now() - found.mtimeMs < PATIENCE) return;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(mark, '', { mode: 0o600 });
    // It runs in its own folder, so that it keeps nobody from deleting the repository.
    const child = spawn(process.execPath, [program, 'hook', 'serve', '--repo', root], {
      cwd: folder,
      detached: true,
      stdio: 'ignore',
      windowsHide: true,
    });
    child.on('error', () => undefined);
    child.unref();
  } catch {
    // The next answer tries again.
  }
}
