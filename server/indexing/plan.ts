import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { commitDifference, listCommits } from '../git/index.ts';
import type { DiscoveredFile } from '../knowledge/discovery.ts';
import type { IndexState } from '../store/state.ts';
import type { Store } from '../store/store.ts';
import type { Workspace } from './workspace.ts';

export interface FileStamp {
  readonly size: number;
  readonly mtimeMs: number;
}

/** A file to read, with its stamp from before it is read: a change in between shows at the next run. */
export type FileToRead = DiscoveredFile & FileStamp;

export interface FilePlan {
  readonly read: readonly FileToRead[];
  /** Paths whose documents go. */
  readonly remove: readonly string[];
  readonly unchanged: number;
}

const STATS_AT_ONCE = 64;

async function inParallel<T, R>(items: readonly T[], most: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const out: R[] = new Array(items.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < items.length; i = next++) out[i] = await work(items[i] as T);
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  return out;
}

export async function stampOf(root: string, path: string): Promise<FileStamp | undefined> {
  const found = await stat(join(root, path)).catch(() => undefined);
  return found?.isFile() ? { size: found.size, mtimeMs: found.mtimeMs } : undefined;
}

/** A file of a bare repository changes only with HEAD: the sha's first digits stand in for the time of the last change. */
const stampOfCommit = (head: string): FileStamp => ({ size: 0, mtimeMs: Number.parseInt(head.slice(0, 12), 16) });

/** What to read again and what to drop, by size and time of the last change. */
export async function planFiles(
  { root, repository, head }: Pick<Workspace, 'root' | 'repository' | 'head'>,
  documents: readonly DiscoveredFile[],
  known: IndexState['files'],
): Promise<FilePlan> {
  const stamped = await inParallel(documents, STATS_AT_ONCE, async (document) => ({
    document,
    stamp: repository?.bare ? stampOfCommit(head) : await stampOf(root, document.path),
  }));
  const read: FileToRead[] = [];
  const kept = new Set<string>();
  for (const { document, stamp } of stamped) {
    if (!stamp) continue;
    kept.add(document.path);
    const before = known[document.path];
    const same =
      before &&
      before.size === stamp.size &&
      before.mtimeMs === stamp.mtimeMs &&
      before.kind === document.kind &&
      before.format === document.format;
    if (!same) read.push({ ...document, ...stamp });
  }
  return { read, remove: Object.keys(known).filter((path) => !kept.has(path)), unchanged: kept.size - read.length };
}

export interface CommitPlan {
  /** Newest first. */
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/**
 * Which commits come and go between the indexed HEAD and the present one. Where the index was left unfinished or no longer knows its
 * starting point, what the store holds is compared with the whole log.
 */
export async function planCommits(
  workspace: Workspace,
  state: IndexState | undefined,
  store: Store,
  signal?: AbortSignal,
): Promise<CommitPlan> {
  const { repository, head, loaded } = workspace;
  const limit = loaded.config.commits?.limit;
  if (!repository) return { add: [], remove: [] };
  const complete = state !== undefined && state.finishedAt !== '';
  const difference = complete ? await commitDifference(repository, state.head, head, signal) : undefined;
  if (difference && !difference.gone) return { add: difference.added, remove: difference.removed.map((sha) => `commit:${sha}`) };
  const wanted =
    head === ''
      ? []
      : await listCommits(repository, { to: head }, { ...(limit === undefined ? {} : { limit }), ...(signal ? { signal } : {}) });
  const held = new Set((await store.documents(['commit'])).map((row) => row.documentId));
  const all = new Set(wanted.map((sha) => `commit:${sha}`));
  return { add: wanted.filter((sha) => !held.has(`commit:${sha}`)), remove: [...held].filter((id) => !all.has(id)) };
}
