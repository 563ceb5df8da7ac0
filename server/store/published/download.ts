import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EngineError } from '../../model/errors.ts';
import { translate } from '../failure.ts';
import type { PublishedDatabase } from './database.ts';
import type { Manifest } from './manifest.ts';

/** Parts that are asked for at once: 32 MB. */
const PARTS_AT_ONCE = 8;

/** A part, and the file that it belongs to. */
interface Piece {
  readonly hash: string;
  readonly file: number;
}

/**
 * Writes the files of a snapshot. A part that is missing or is not what was published makes it reject with `published-damaged`, and what was written so far is
 * the caller's to remove. Rejects with `disk-full` or `index-read-only` where it cannot write.
 * @param target where a file goes, by its path in the manifest; `undefined`: nowhere
 */
export async function downloadFiles(
  database: PublishedDatabase,
  { files }: Manifest,
  target: (path: string) => string | undefined,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<void> {
  const wanted = files.flatMap((file) => target(file.path) ?? []);
  const pieces: Piece[] = files.flatMap(({ path, parts }, file) =>
    target(path) === undefined ? [] : parts.map((hash) => ({ hash, file })),
  );
  const onDisk = async <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw translate(error, dirname(wanted[0] ?? ''));
    });
  let open: { readonly file: number; readonly handle: FileHandle } | undefined;
  const close = async (): Promise<void> => {
    const handle = open?.handle;
    open = undefined;
    await handle?.close();
  };
  try {
    for (const { path, size } of files) {
      const place = target(path);
      if (place !== undefined && size === 0) await onDisk(createFile(place).then((file) => file.close()));
    }
    for (let at = 0; at < pieces.length; at += PARTS_AT_ONCE) {
      const some = pieces.slice(at, at + PARTS_AT_ONCE);
      const parts = await database.parts([...new Set(some.map(({ hash }) => hash))]);
      for (const { hash, file } of some) {
        const data = parts.get(hash);
        const path = files[file]?.path ?? '';
        if (!data) {
          const why = `a part of ${path} is missing or damaged`;
          throw new EngineError(
            'published-damaged',
            `The index published at ${database.place.shown} cannot be used: ${why}. Publish it again with --force.`,
          );
        }
        if (open?.file !== file) {
          await close();
          open = { file, handle: await onDisk(createFile(target(path) ?? '')) };
        }
        await onDisk(open.handle.writeFile(data));
      }
      onProgress(Math.min(at + PARTS_AT_ONCE, pieces.length), pieces.length);
    }
  } finally {
    await close();
  }
}

async function createFile(path: string): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true });
  return open(join(path), 'w');
}

/** Bytes of the files of a snapshot. */
export const sizeOf = ({ files }: Manifest): number => files.reduce((sum, { size }) => sum + size, 0);
