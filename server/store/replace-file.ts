import { rename, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** What Windows says while another process reads the file that is to be replaced, which takes it a moment. */
const BUSY = new Set(['EPERM', 'EACCES', 'EBUSY']);
/** What systems say where a folder is in the place of the file. */
const FOLDER = new Set(['EISDIR', 'ENOTEMPTY', 'EEXIST']);
const ATTEMPTS = 10;
/** Milliseconds. */
const PAUSE = 20;

/** Puts a finished file in the place of another one, atomically; in the place of a folder, after that was removed. Rejects as the file system does. */
export async function replaceFile(finished: string, target: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await rename(finished, target);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      const isBusy = process.platform === 'win32' && BUSY.has(code);
      if (attempt === ATTEMPTS || !(isBusy || FOLDER.has(code))) throw error;
      if (FOLDER.has(code)) await rm(target, { recursive: true, force: true });
      else await sleep(PAUSE * attempt);
    }
  }
}
