import { createReadStream } from 'node:fs';
import type { PublishedDatabase } from './database.ts';
import { hashOf, type Manifest, PART_BYTES } from './manifest.ts';

/** Parts that are added in one write. */
const PARTS_AT_ONCE = 8;

/** A file to publish: where it is, or what it contains, and its path in the manifest. */
export interface FileToPublish {
  readonly path: string;
  readonly from: string | Buffer;
}

export interface Upload {
  readonly files: Manifest['files'];
  /** Parts, and bytes of those that were not there yet. */
  readonly parts: number;
  readonly newBytes: number;
}

async function* partsOf({ from }: FileToPublish): AsyncGenerator<Buffer> {
  if (typeof from !== 'string') for (let at = 0; at < from.length; at += PART_BYTES) yield from.subarray(at, at + PART_BYTES);
  else {
    let pieces: Buffer[] = [];
    let size = 0;
    // Pieces have at most 1 MB, which divides a part, so that only the last one of a file is short.
    for await (const piece of createReadStream(from, { highWaterMark: PART_BYTES / 4 })) {
      pieces.push(piece as Buffer);
      size += (piece as Buffer).length;
      while (size >= PART_BYTES) {
        const whole = Buffer.concat(pieces);
        yield whole.subarray(0, PART_BYTES);
        pieces = whole.length > PART_BYTES ? [whole.subarray(PART_BYTES)] : [];
        size = whole.length - PART_BYTES;
      }
    }
    if (size > 0) yield Buffer.concat(pieces);
  }
}

/**
 * Adds the parts of files that are not published yet; with `force`, all of them, because a part may be damaged where it is. Call it where the files do not change. Reads them twice: what is there already is asked for all files
 * together, because each question costs a round trip.
 */
export async function uploadFiles(
  database: PublishedDatabase,
  files: readonly FileToPublish[],
  {
    onProgress,
    force = false,
  }: { readonly onProgress?: ((done: number, total: number) => void) | undefined; readonly force?: boolean } = {},
): Promise<Upload> {
  const listed: { path: string; size: number; parts: string[] }[] = [];
  for (const file of files) {
    const entry = { path: file.path, size: 0, parts: [] as string[] };
    for await (const part of partsOf(file)) {
      entry.parts.push(hashOf(part));
      entry.size += part.length;
    }
    listed.push(entry);
  }
  const all = [...new Set(listed.flatMap(({ parts }) => parts))];
  const there = force ? new Set<string>() : await database.present(all);
  const total = all.length;
  let waiting: Buffer[] = [];
  let newBytes = 0;
  const flush = async (): Promise<void> => {
    await database.addParts(waiting);
    waiting = [];
    onProgress?.(there.size, total);
  };
  for (const [index, file] of files.entries()) {
    if (listed[index]?.parts.every((hash) => there.has(hash))) continue;
    for await (const part of partsOf(file)) {
      const hash = hashOf(part);
      if (there.has(hash)) continue;
      there.add(hash);
      waiting.push(part);
      newBytes += part.length;
      if (waiting.length === PARTS_AT_ONCE) await flush();
    }
  }
  if (waiting.length > 0) await flush();
  return { files: listed, parts: total, newBytes };
}
