import path from 'node:path';
import { root } from './boot.cjs';

/** Folder of what this checkout made and can make again: the sample workspace, the editor's home, notes about packages. */
export const localFolder: string = path.join(root, '.cache');

/** Folder of what is fetched once (the editor, LanceDB's binaries): `LINTEL_CACHE`, which checkouts may share, or {@link localFolder}. */
export function cacheFolder(): string {
  const named = process.env.LINTEL_CACHE;
  return named === undefined || named === '' ? localFolder : path.resolve(named);
}
