import path from 'node:path';
import { root } from './boot.cjs';

/** Folder of everything that is fetched or made once and can be deleted at any time: `LINTEL_CACHE`, or `.cache` in the checkout. */
export function cacheFolder(): string {
  const named = process.env.LINTEL_CACHE;
  return named === undefined || named === '' ? path.join(root, '.cache') : path.resolve(named);
}
