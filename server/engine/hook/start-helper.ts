import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultIndexFolder } from '../../store/folder.ts';

const MARK = 'starting';
/** Milliseconds in which a helper that was started is waited for before another one is. */
const PATIENCE = 120_000;

/** The name of the variable that keeps hooks from starting a helper, with the value `off`. */
const HELPER_VARIABLE = 'LINTEL_HOOK_HELPER';

const isAlive = (pid: number): boolean => {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Whether a repository has an index in the place that is looked at without its configuration. */
export const hasIndex = (root: string): boolean => existsSync(join(defaultIndexFolder(root), 'index.json'));

/** Whether a helper was started and is still on its way: it answers once it has loaded the index. */
export function isStarting(folder: string): boolean {
  try {
    const mark = join(folder, MARK);
    return Date.now() - statSync(mark).mtimeMs < PATIENCE && isAlive(Number(readFileSync(mark, 'utf8')));
  } catch {
    return false;
  }
}

/**
 * Starts `lintel hook serve` for a repository, which lives on by itself, unless one is starting. Never throws: without a helper an answer takes longer, and no
 * more.
 * @param program the script of the command line
 */
export function startHelper(folder: string, root: string, program: string): void {
  if (process.env[HELPER_VARIABLE] === 'off' || isStarting(folder)) return;
  const mark = join(folder, MARK);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // It runs in its own folder, so that it keeps nobody from deleting the repository.
    const child = spawn(process.execPath, [program, 'hook', 'serve', '--repo', root], {
      cwd: folder,
      detached: true,
      stdio: 'ignore',
      windowsHide: true,
    });
    child.on('error', () => undefined);
    child.on('exit', () => rmSync(mark, { force: true }));
    child.unref();
    writeFileSync(mark, String(child.pid ?? 0), { mode: 0o600 });
  } catch {
    // The next answer tries again.
  }
}
