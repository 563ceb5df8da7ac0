import { join } from 'node:path';
import { discover } from '../knowledge/discovery/discovery.ts';
import type { IndexState } from '../store/state.ts';
import { insideOf } from '../workspace/paths.ts';
import { readBounded } from '../workspace/read.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type FilePlan, planFiles, stampOf } from './plan.ts';

const PEEK_BYTES = 4_096;

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
  const listed = isNew ? new Set((await workspace.files.list()).files) : new Set<string>();
  const documents = found.documents.filter(({ path }) => Object.hasOwn(known, path) || listed.has(path));
  // Somebody says that they changed, so their stamps are not asked: two saves within one tick of the clock leave the same one.
  const plan = await planFiles(workspace, documents, {});
  const still = new Set(documents.map(({ path }) => path));
  const gone = Object.keys(known).filter(
    (path) => (present.includes(path) && !still.has(path)) || absent.some((lost) => path === lost || path.startsWith(`${lost}/`)),
  );
  return { ...plan, remove: gone };
}
