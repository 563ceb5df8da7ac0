import { chmod, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readBounded } from '../../text/read-file.ts';

/** Reads JSON that Lintel wrote; `undefined` where there is none, or where it is damaged: what hooks keep can be lost without harm. */
export async function readJson(path: string, mostBytes: number): Promise<unknown> {
  try {
    return JSON.parse((await readBounded(path, mostBytes)) ?? '');
  } catch {
    return undefined;
  }
}

/** Writes a file for this user alone, in one rename. A failure is no failure of the hook: it is left out. */
export async function replacePrivately(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(temporary, text, { mode: 0o600 });
    await rename(temporary, path);
  } catch {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** Appends a line. Above `mostBytes` the first half of the file goes. A failure is left out. */
export async function appendBounded(path: string, line: string, mostBytes: number): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const size = (await stat(path).catch(() => undefined))?.size ?? 0;
    if (size > mostBytes) {
      const text = (await readBounded(path, 2 * mostBytes)) ?? '';
      await replacePrivately(path, text.slice(text.indexOf('\n', text.length / 2) + 1));
    }
    const file = await open(path, 'a', 0o600);
    try {
      await file.appendFile(line);
    } finally {
      await file.close();
    }
    if (size === 0) await chmod(path, 0o600);
  } catch {
    // A log that cannot be written is no reason to fail.
  }
}
