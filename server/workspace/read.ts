import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

const DEFAULT_MOST_BYTES = 1_000_000;

/**
 * Reads the beginning of a file as UTF-8. Never blocks: a named pipe does not count as a file.
 * @param mostBytes a longer file is cut there
 * @returns `undefined` where there is no regular file that can be read
 */
export async function readBounded(path: string, mostBytes = DEFAULT_MOST_BYTES): Promise<string | undefined> {
  try {
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const found = await file.stat();
      if (!found.isFile()) return undefined;
      // By the file's size: most files are small, and callers allow up to 10 MB.
      const bytes = Buffer.allocUnsafe(Math.min(found.size, mostBytes));
      let length = 0;
      while (length < bytes.length) {
        const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      return bytes.toString('utf8', 0, length);
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}
