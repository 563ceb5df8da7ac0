import { open, readdir, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { createMatcher } from '../../knowledge/discovery/globs.ts';

const MOST_FILES = 2_000;
const MOST_ENTRIES = 200_000;
const MOST_BYTES = 64_000_000;
const WILDCARD = /[*?[\]{}!]/;
const REPORT = /\.(?:xml|json)$/i;
const SKIPPED = new Set(['node_modules', '.git']);

/** The files in a folder and below it, in the order of their names; links are not followed. */
async function* filesBelow(folder: string, budget: { left: number }): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    budget.left -= 1;
    if (budget.left < 0) return;
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !SKIPPED.has(entry.name)) yield* filesBelow(path, budget);
    else if (entry.isFile()) yield path;
  }
}

/**
 * The files that paths, folders and patterns name, each once, in their order. A folder stands for the `.xml` and `.json` files below it.
 * @param from absolute folder that they are relative to
 * @param inFolders which files of a folder are meant
 */
export async function reportFiles(from: string, named: readonly string[], inFolders = REPORT): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const written of named) {
    const path = resolve(from, written);
    const entry = await stat(path).catch(() => undefined);
    if (entry?.isFile()) found.add(path);
    else if (entry?.isDirectory()) {
      for await (const file of filesBelow(path, { left: MOST_ENTRIES })) if (inFolders.test(file)) found.add(file);
    } else if (WILDCARD.test(written)) {
      const parts = path.split(sep);
      const first = parts.findIndex((part) => WILDCARD.test(part));
      const top = parts.slice(0, first).join(sep) || sep;
      const matcher = createMatcher([`/${parts.slice(first).join('/')}`], { braces: true });
      for await (const file of filesBelow(top, { left: MOST_ENTRIES }))
        if (matcher.match(relative(top, file).replaceAll('\\', '/')) !== undefined) found.add(file);
    }
  }
  return [...found].slice(0, MOST_FILES);
}

/** The beginning of a file, and whether there is more; `undefined` where it cannot be read. */
export async function beginningOf(
  path: string,
  mostBytes = MOST_BYTES,
): Promise<{ readonly bytes: Uint8Array; readonly cut: boolean } | undefined> {
  const file = await open(path).catch(() => undefined);
  if (!file) return undefined;
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.min(size, mostBytes));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
    return { bytes: bytes.subarray(0, bytesRead), cut: size > mostBytes };
  } catch {
    return undefined;
  } finally {
    await file.close();
  }
}
