import { discover } from '../knowledge/discovery/discovery.ts';
import type { IndexState } from '../store/state.ts';
import { readInside } from '../text/read-file.ts';
import { insideOf } from '../workspace/paths.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type FilePlan, planFiles, stampOf } from './plan.ts';

const PEEK_BYTES = 4_096;

/** Plans what to read and remove after these paths were saved, created or deleted. Deleting a folder removes its documents. */
export async function planSaved(workspace: Workspace, paths: readonly string[], known: IndexState['files']): Promise<FilePlan> {
  const { root, loaded } = workspace;
  const inside = [...new Set(paths.flatMap((path) => insideOf(root, path) ?? []))];
  const checked = await Promise.all(inside.map(async (path) => ({ path, exists: (await stampOf(root, path)) !== undefined })));
  const present = checked.filter(({ exists }) => exists).map(({ path }) => path);
  const absent = checked.filter(({ exists }) => !exists).map(({ path }) => path);
  const found = await discover({
    root,
    files: present,
    config: loaded.config,
    readPeek: async (path) => (await readInside(root, path, PEEK_BYTES)) ?? '',
  });
  // A new document must be a file of the work tree: not ignored, not in a submodule, not behind a symbolic link.
  const isNew = found.documents.some(({ path }) => !Object.hasOwn(known, path));
  const listed = isNew ? new Set((await workspace.files.list()).files) : new Set<string>();
  const documents = found.documents.filter(({ path }) => Object.hasOwn(known, path) || listed.has(path));
  // A specification whose parts were saved is read again.
  const again = Object.entries(known).flatMap(([path, { kind, format, reads }]) =>
    reads && inside.some((saved) => Object.hasOwn(reads, saved)) && !documents.some((one) => one.path === path)
      ? [{ path, kind, format }]
      : [],
  );
  // Known stamps are ignored, because two saves within one tick of the clock have the same stamp.
  const plan = await planFiles(workspace, [...documents, ...again], {});
  const remaining = new Set(documents.map(({ path }) => path));
  const gone = Object.keys(known).filter(
    (path) => (present.includes(path) && !remaining.has(path)) || absent.some((lost) => path === lost || path.startsWith(`${lost}/`)),
  );
  return { ...plan, remove: gone };
}
