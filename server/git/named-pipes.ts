import { constants, type Dirent } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The files of a work tree that git reads in every folder. */
const READ_BY_GIT = new Set(['.gitignore', '.gitattributes']);
const PAUSE_MS = 50;

/**
 * Lets go whoever waits to read a named pipe, who then reads an empty file: opened for writing and closed at once, with nothing written. Does nothing
 * where nobody waits.
 */
async function release(path: string): Promise<void> {
  const pipe = await open(path, constants.O_WRONLY | constants.O_NONBLOCK).catch(() => undefined);
  await pipe?.close();
}

/**
 * Keeps git from waiting for ever for a named pipe in the place of a `.gitignore` or `.gitattributes`, in whatever folder of a work tree: git takes it
 * for an empty one. Works until `signal` is aborted, and ends early where there is no such pipe. Never rejects. Windows has no such pipes.
 */
export async function releasePipes(root: string, signal: AbortSignal): Promise<void> {
  if (process.platform === 'win32') return;
  const pipes: string[] = [];
  const releaseAll = async (): Promise<void> => {
    for (const path of pipes) await release(path);
  };
  const folders = [root];
  for (let folder = folders.shift(); folder !== undefined && !signal.aborted; folder = folders.shift()) {
    const entries: Dirent[] = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (entry.isDirectory() && entry.name !== '.git') folders.push(join(folder, entry.name));
      if (entry.isFIFO() && READ_BY_GIT.has(entry.name)) pipes.push(join(folder, entry.name));
    }
    await releaseAll();
  }
  while (pipes.length > 0 && !signal.aborted) {
    await releaseAll();
    await sleep(PAUSE_MS);
  }
}
