import { stat } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { discover } from '../knowledge/discovery.ts';
import type { IndexState } from '../store/state.ts';
import { type FilePlan, planFiles, stampOf } from './plan.ts';
import { readBounded } from './read.ts';
import { listWorkspace, type Workspace } from './workspace.ts';

const CONFIGURATION = /(?:^|\/)(?:lintel\.ya?ml|\.adr-dir|\.log4brains\.yml|\.gitignore)$/;
const PEEK_BYTES = 4_096;

/** True where a changed file decides which files are documents, so that everything must be looked at. */
export const touchesConfiguration = (paths: readonly string[]): boolean =>
  paths.some((path) => CONFIGURATION.test(path.replaceAll('\\', '/')));

/** True where a changed path is a folder now: one that was made, renamed or copied, with any number of documents in it. */
export async function touchesFolder(root: string, paths: readonly string[]): Promise<boolean> {
  const found = await Promise.all(paths.map((path) => stat(join(root, path)).catch(() => undefined)));
  return found.some((entry) => entry?.isDirectory());
}

/** Repository-relative path with forward slashes; `undefined` for a path outside. */
export function insideOf(root: string, path: string): string | undefined {
  const inner = (isAbsolute(path) ? relative(root, path) : path).replaceAll('\\', '/').replace(/^\.\//, '');
  return inner === '' || inner === '..' || inner.startsWith('../') || isAbsolute(inner) ? undefined : inner;
}

/** What saving, creating or deleting these paths means for the index. A deleted folder takes its documents with it. */
export async function planSaved(workspace: Workspace, paths: readonly string[], known: IndexState['files']): Promise<FilePlan> {
  const { root, loaded } = workspace;
  const inner = [...new Set(paths.flatMap((path) => insideOf(root, path) ?? []))];
  const stamps = await Promise.all(inner.map(async (path) => ({ path, there: (await stampOf(root, path)) !== undefined })));
  const present = stamps.filter(({ there }) => there).map(({ path }) => path);
  const absent = stamps.filter(({ there }) => !there).map(({ path }) => path);
  const found = await discover({
    root,
    files: present,
    config: loaded.config,
    readPeek: async (path) => (await readBounded(join(root, path), PEEK_BYTES)) ?? '',
  });
  // What is new must be among the files of the work tree: not ignored, not in a submodule or behind a symbolic link.
  const isNew = found.documents.some(({ path }) => !Object.hasOwn(known, path));
  const listed = isNew ? new Set((await listWorkspace(workspace)).files) : new Set<string>();
  const documents = found.documents.filter(({ path }) => Object.hasOwn(known, path) || listed.has(path));
  // Somebody says that they changed, so their stamps are not asked: two saves within one tick of the clock leave the same one.
  const plan = await planFiles(workspace, documents, {});
  const still = new Set(documents.map(({ path }) => path));
  const gone = Object.keys(known).filter(
    (path) => (present.includes(path) && !still.has(path)) || absent.some((lost) => path === lost || path.startsWith(`${lost}/`)),
  );
  return { ...plan, remove: gone };
}
