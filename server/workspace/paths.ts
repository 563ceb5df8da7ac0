import { stat } from 'node:fs/promises';
import { isAbsolute, join, posix, relative } from 'node:path';

const CONFIGURATION = /(?:^|\/)(?:lintel\.ya?ml|\.adr-dir|\.log4brains\.yml|\.gitignore)$/;

/** True if a changed file decides which files are documents, so that everything must be looked at. */
export const touchesConfiguration = (paths: readonly string[]): boolean =>
  paths.some((path) => CONFIGURATION.test(path.replaceAll('\\', '/')));

/** True if a changed path is a folder now: one that was made, renamed or copied, with any number of documents in it. */
export async function touchesFolder(root: string, paths: readonly string[]): Promise<boolean> {
  const found = await Promise.all(paths.map((path) => stat(join(root, path)).catch(() => undefined)));
  return found.some((entry) => entry?.isDirectory());
}

/** Repository-relative path with forward slashes; `undefined` for a path outside. */
export function insideOf(root: string, path: string): string | undefined {
  const written = (isAbsolute(path) ? relative(root, path) : path).replaceAll('\\', '/');
  // `docs/../../elsewhere` leads out as well.
  const inner = written === '' ? '' : posix.normalize(written).replace(/\/$/, '');
  return inner === '' || inner === '.' || inner === '..' || inner.startsWith('../') || isAbsolute(inner) ? undefined : inner;
}
