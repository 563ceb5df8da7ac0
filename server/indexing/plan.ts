import { access, lstat, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { commitDifference, listCommits } from '../git/index.ts';
import type { DiscoveredFile } from '../knowledge/discovery/discovery.ts';
import { commitId } from '../model/commit.ts';
import type { IndexState } from '../store/state.ts';
import type { Store } from '../store/store.ts';
import type { Workspace } from '../workspace/workspace.ts';

export interface FileStamp {
  readonly size: number;
  /** The later of the modification and status-change times: a file moved into place may have the size and modification time of the one it replaced. */
  readonly mtimeMs: number;
}

/** A file to read, with its stamp from before the read, so that the next run notices a change in between. */
export type FileToRead = DiscoveredFile & FileStamp;

export interface FilePlan {
  readonly read: readonly FileToRead[];
  /** Paths whose documents are removed. */
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

/**
 * Size and time of the last change; `undefined` for a folder and for a path that does not exist. Anything else that is not a regular file (a circular
 * symbolic link, a named pipe) has a stamp too, because its document says what is wrong.
 */
export async function stampOf(root: string, path: string): Promise<FileStamp | undefined> {
  const place = join(root, path);
  const found = await stat(place).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' || error.code === 'ENOTDIR' ? undefined : lstat(place).catch(() => undefined),
  );
  return found && !found.isDirectory() ? { size: found.size, mtimeMs: Math.max(found.mtimeMs, found.ctimeMs) } : undefined;
}

/** Stamps of other files that a document was read from, as the state keeps them. */
export async function stampsOf(root: string, paths: readonly string[]): Promise<Record<string, string>> {
  const stamps = await inParallel(paths, STATS_AT_ONCE, async (path) => [path, await stampOf(root, path)] as const);
  return Object.fromEntries(stamps.map(([path, stamp]) => [path, stamp ? `${stamp.size} ${stamp.mtimeMs}` : '']));
}

/** Whether none of the other files that a document was read from changed. */
async function areUnchanged(root: string, reads: Readonly<Record<string, string>> | undefined): Promise<boolean> {
  if (!reads) return true;
  const now = await stampsOf(root, Object.keys(reads));
  return Object.entries(reads).every(([path, stamp]) => now[path] === stamp);
}

/** A file of a bare repository changes only with HEAD, so the first digits of the sha serve as the time of the last change. */
const stampOfCommit = (head: string): FileStamp => ({ size: 0, mtimeMs: Number.parseInt(head.slice(0, 12), 16) });

/**
 * The files of the index. Those that were read under other limits or that somebody reported as changed lose their stamp, so that they are read again:
 * after a folder was renamed, its files may have the same stamps as the files they replaced.
 * @param reported files and folders
 */
export function knownFiles(
  { reading }: Pick<Workspace, 'reading'>,
  state: IndexState | undefined,
  reported: readonly string[] = [],
): IndexState['files'] {
  const files = state?.files ?? {};
  const all = state?.reading !== undefined && state.reading !== reading;
  if (!all && reported.length === 0) return files;
  const isDoubted = (path: string): boolean => all || reported.some((changed) => path === changed || path.startsWith(`${changed}/`));
  return Object.fromEntries(Object.entries(files).map(([path, file]) => [path, isDoubted(path) ? { ...file, size: -1 } : file]));
}

/** Compares stamps to decide which files to read and which documents to remove. */
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
    if (!same || !(await areUnchanged(root, before.reads))) read.push({ ...document, ...stamp });
  }
  return { read, remove: Object.keys(known).filter((path) => !kept.has(path)), unchanged: kept.size - read.length };
}

export interface CommitPlan {
  /** Newest first. */
  readonly add: readonly string[];
  /** Ids of documents. */
  readonly remove: readonly string[];
  /** True if git is missing or refuses to run. The commits in the index are then kept. */
  readonly unseen?: boolean;
}

/** Tells a repository that cannot be read at the moment, whose commits are kept, from a plain folder, which has none. */
const hasGitFolder = (root: string): Promise<boolean> =>
  access(join(root, '.git')).then(
    () => true,
    () => false,
  );

/**
 * Plans which commits to add and remove to get from the indexed HEAD to the current one. Compares the store with the whole log after an interrupted
 * run, if the indexed HEAD no longer exists, or if the number of commits is limited. Reads all commits again if the log changed (`IndexState.log`).
 */
export async function planCommits(
  workspace: Workspace,
  state: IndexState | undefined,
  store: Store,
  signal?: AbortSignal,
): Promise<CommitPlan> {
  const { repository, head, loaded } = workspace;
  const limit = loaded.config.commits?.limit;
  const indexedCommits = async (): Promise<string[]> => (await store.documents(['commit'])).map((row) => row.documentId);
  if (!repository) {
    if (await hasGitFolder(workspace.root)) return { add: [], remove: [], unseen: true };
    return { add: [], remove: state && state.commitsIndexed > 0 ? await indexedCommits() : [] };
  }
  const sameLog = state?.log === undefined || state.log === workspace.log;
  const complete = state !== undefined && state.finishedAt !== '' && !state.open && sameLog;
  if (complete && state.head === head) return { add: [], remove: [] };
  const difference = complete && limit === undefined ? await commitDifference(repository, state.head, head, signal) : undefined;
  if (difference && !difference.gone) return { add: difference.added, remove: difference.removed.map((sha) => commitId(sha)) };
  const wanted =
    head === ''
      ? []
      : await listCommits(repository, { to: head }, { ...(limit === undefined ? {} : { limit }), ...(signal ? { signal } : {}) });
  const indexed = new Set(state === undefined ? [] : await indexedCommits());
  if (!sameLog) return { add: wanted, remove: [...indexed] };
  const all = new Set(wanted.map((sha) => commitId(sha)));
  return { add: wanted.filter((sha) => !indexed.has(commitId(sha))), remove: [...indexed].filter((id) => !all.has(id)) };
}
