import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isUnfinishedImage } from './image.ts';
import type { IndexState, StateName } from './state.ts';
import { databaseFolder, isDatabase } from './table.ts';

/** Name of the database folder of a state. */
export const databaseName = ({ database }: Pick<IndexState, 'database'>): string => database ?? 'lance';

/** What a writer that was killed leaves beside the file that it was replacing. */
const isTemporary = (name: string): boolean => /^(index|next|identifiers)\.json\.\d+\.tmp$|^code\.jsonl(\.\d+)?\.(tmp|next)$/.test(name);

/** The same in the folder of a database: LanceDB's own, of the checksums, or of an image. */
const isUnfinished = (name: string): boolean =>
  name.startsWith('.tmp') || /^checksums\.json\.\d+\.tmp$/.test(name) || isUnfinishedImage(name);

/**
 * Removes databases that no state names, unfinished files, and `next.json` unless it is kept: there are at most two databases, the one in use and the one
 * that is built. Needs the writer's lock. What cannot be removed, because a reader on Windows has it open, is left to the next run.
 */
export async function removeLeftovers(folder: string, databases: readonly string[], keep?: StateName): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const stale = names.filter(
    (name) =>
      (isDatabase(name) && !databases.includes(name)) || isTemporary(name) || (/^next\.(?:json|log)$/.test(name) && keep !== 'next.json'),
  );
  const remove = (path: string): Promise<void> => rm(path, { recursive: true, force: true }).catch(() => undefined);
  for (const name of stale) await remove(join(folder, name));
  for (const database of databases) {
    const inside = await readdir(databaseFolder(folder, database), { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of inside) if (entry.isFile() && isUnfinished(entry.name)) await remove(join(entry.parentPath, entry.name));
  }
}
