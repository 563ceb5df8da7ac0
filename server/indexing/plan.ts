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
  /** When content, name or rights changed last: another file that was moved here may be as old and as long as the one before. */
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

/**
 * Size and time of what a path names; `undefined` where there is nothing, or a folder. What is there but no regular file (a circle of
 * symbolic links, a named pipe) has a stamp too: its document says what is wrong.
 */
export async function stampOf(root: string, path: string): Promise<FileStamp | undefined> {
  const place = join(root, path);
  const found = await stat(place).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' || error.code === 'ENOTDIR' ? undefined : lstat(place).catch(() => undefined),
  );
  return found && !found.isDirectory() ? { size: found.size, mtimeMs: Math.max(found.mtimeMs, found.ctimeMs) } : undefined;
}

/** A file of a bare repository changes only with HEAD: the sha's first digits stand in for the time of the last change. */
const stampOfCommit = (head: string): FileStamp => ({ size: 0, mtimeMs: Number.parseInt(head.slice(0, 12), 16) });

/**
 * What the index says of its files; without stamps, so that they are read again, where they were read under other limits or somebody says that
 * they changed (`told`: files and folders). A renamed folder brings files whose stamps may be those of the files that were there.
 */
export function knownFiles(
  { reading }: Pick<Workspace, 'reading'>,
  state: IndexState | undefined,
  told: readonly string[] = [],
): IndexState['files'] {
  const files = state?.files ?? {};
  const all = state?.reading !== undefined && state.reading !== reading;
  if (!all && told.length === 0) return files;
  const doubted = (path: string): boolean => all || told.some((changed) => path === changed || path.startsWith(`${changed}/`));
  return Object.fromEntries(Object.entries(files).map(([path, file]) => [path, doubted(path) ? { ...file, size: -1 } : file]));
}

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
  /** Ids of documents. */
  readonly remove: readonly string[];
  /** True where the commits cannot be seen now (git is missing, or refuses): those in the index stay as they are. */
  readonly unseen?: boolean;
}

/** A git folder that cannot be read now is no reason to forget the commits; a folder without one has none. */
const hasGitFolder = (root: string): Promise<boolean> =>
  access(join(root, '.git')).then(
    () => true,
    () => false,
  );

/**
 * Which commits come and go between the indexed HEAD and the present one. Where the last run was cut off, where the index no longer knows its
 * starting point, and where only so many commits are wanted, what the store holds is compared with the whole log; where the log itself is
 * another one (`IndexState.log`), all are read again.
 */
export async function planCommits(
  workspace: Workspace,
  state: IndexState | undefined,
  store: Store,
  signal?: AbortSignal,
): Promise<CommitPlan> {
  const { repository, head, loaded } = workspace;
  const limit = loaded.config.commits?.limit;
  const heldCommits = async (): Promise<string[]> => (await store.documents(['commit'])).map((row) => row.documentId);
  if (!repository) {
    if (await hasGitFolder(workspace.root)) return { add: [], remove: [], unseen: true };
    return { add: [], remove: state && state.commitsIndexed > 0 ? await heldCommits() : [] };
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
  const held = new Set(state === undefined ? [] : await heldCommits());
  if (!sameLog) return { add: wanted, remove: [...held] };
  const all = new Set(wanted.map((sha) => commitId(sha)));
  return { add: wanted.filter((sha) => !held.has(commitId(sha))), remove: [...held].filter((id) => !all.has(id)) };
}
