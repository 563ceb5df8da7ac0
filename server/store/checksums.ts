import { createReadStream } from 'node:fs';
import { open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { replaceFile } from './replace-file.ts';

/** Where the checksums of a database folder are, inside of it. */
export const CHECKSUMS_FILE = 'checksums.json';
/** The one file that LanceDB writes again under the same name. It is only a hint. */
const HINT = 'latest_version_hint.json';
/** A copy for readers, which any process may replace at any time, and which has a checksum of its own. */
const COPY = '.image';
/** LanceDB writes a file under such a name and renames it when it is complete. */
const UNFINISHED = '.tmp';
const FILES_AT_ONCE = 16;
/** Times to look again where files are missing, because a writer may be replacing them at the moment. */
const LOOKS = 3;

const recorded = z.object({
  /** False while upkeep deletes files: one that is missing then is no damage. */
  settled: z.boolean(),
  /** Bytes and CRC-32 of each file, by its path in the database folder. */
  files: z.record(z.string(), z.tuple([z.number(), z.number()])),
});

type Checksums = z.infer<typeof recorded>;

const NONE: Checksums = { settled: false, files: {} };

async function readChecksums(database: string): Promise<Checksums> {
  try {
    const text = await readFile(join(database, CHECKSUMS_FILE), 'utf8');
    const end = text.lastIndexOf('\n');
    if (crc32(text.slice(0, end)) !== Number(text.slice(end + 1))) return NONE;
    return recorded.parse(JSON.parse(text.slice(0, end)));
  } catch {
    // Absent, of an earlier version or itself damaged: nothing can be compared, and the next run records them anew.
    return NONE;
  }
}

async function writeChecksums(database: string, checksums: Checksums): Promise<void> {
  const target = join(database, CHECKSUMS_FILE);
  const temporary = `${target}.${process.pid}.tmp`;
  const json = JSON.stringify(checksums);
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(`${json}\n${crc32(json)}`);
    } finally {
      await file.close();
    }
    await replaceFile(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function crcOf(path: string): Promise<number> {
  let crc = 0;
  for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 })) crc = crc32(bytes as Buffer, crc);
  return crc;
}

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += FILES_AT_ONCE) await Promise.all(items.slice(at, at + FILES_AT_ONCE).map(work));
}

/** Paths of LanceDB's files below a database folder, with `/`. */
export async function listFiles(database: string): Promise<string[]> {
  const entries = await readdir(database, { recursive: true, withFileTypes: true });
  return entries
    .filter(({ name }) => name !== HINT && !name.startsWith(CHECKSUMS_FILE) && !name.includes(COPY) && !name.includes(UNFINISHED))
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(database.length + 1)
        .replaceAll('\\', '/'),
    );
}

/**
 * Records the checksums of all files: reads those that are new. LanceDB never changes a file, it only adds and deletes, and it notices hardly any damage to
 * one: an emptied index of a filter finds nothing, and a flipped bit finds something else. Needs the writer's lock.
 */
export async function recordChecksums(database: string): Promise<void> {
  const before = await readChecksums(database);
  const files: Checksums['files'] = {};
  await inTurns(await listFiles(database), async (path) => {
    files[path] = before.files[path] ?? [(await stat(join(database, path))).size, await crcOf(join(database, path))];
  });
  const names = Object.keys(files).sort();
  const same = before.settled && names.length === Object.keys(before.files).length && names.every((name) => before.files[name]);
  if (!same) await writeChecksums(database, { settled: true, files });
}

/** Call it before files are deleted, and `recordChecksums` afterwards: a run that is killed in between leaves no damage. Needs the writer's lock. */
export async function unsettleChecksums(database: string): Promise<void> {
  const before = await readChecksums(database);
  if (before.settled) await writeChecksums(database, { ...before, settled: false });
}

/**
 * Compares the files with their checksums. Says what is damaged, in words that fit "because ...".
 * @param mostBytes how much to read; the smallest files first, because a wrong byte in an index or a manifest does the most harm. Of the others only the
 *   sizes are compared. A gigabyte takes about half a second.
 */
export async function findDamage(database: string, mostBytes: number): Promise<string | undefined> {
  for (let look = 1; ; look++) {
    const { settled, files } = await readChecksums(database);
    const missing: string[] = [];
    let left = mostBytes;
    let changed: string | undefined;
    const ordered = Object.entries(files).sort(([, [a]], [, [b]]) => a - b);
    await inTurns(ordered, async ([path, [size, crc]]) => {
      if (changed !== undefined) return;
      const whole = join(database, path);
      try {
        left -= size;
        if ((await stat(whole)).size !== size || (left >= 0 && (await crcOf(whole)) !== crc)) changed ??= path;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        missing.push(path);
      }
    });
    if (changed !== undefined) return `its files are damaged (${changed} is not what was written)`;
    if (missing.length === 0 || !settled) return undefined;
    // A writer's upkeep announces itself before it deletes, so a second look tells it from damage.
    if (look === LOOKS) return `its files are damaged (${missing[0]} is missing)`;
  }
}
