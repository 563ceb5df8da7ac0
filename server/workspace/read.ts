import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** The first bytes of a file as UTF-8; `undefined` where there is no such readable regular file. Never waits: a named pipe is no file. */
export async function readBounded(path: string, most = 1_000_000): Promise<string | undefined> {
  try {
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      if (!(await file.stat()).isFile()) return undefined;
      const { buffer, bytesRead } = await file.read(Buffer.alloc(most), 0, most, 0);
      return buffer.subarray(0, bytesRead).toString('utf8');
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}
