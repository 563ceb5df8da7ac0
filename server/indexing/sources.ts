import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { factsOf, isRead, LARGEST_SOURCE, NO_FACTS } from '../code/facts.ts';
import { isSource } from '../code/sources.ts';
import { streamBlobs } from '../git/index.ts';
import { appendCode, type CodeChange, type CodeEntry, CodeLogReader, compactCode, deleteCode } from '../store/code-log.ts';
import { insideOf } from '../workspace/paths.ts';
import { readBounded } from '../workspace/read.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** Size and time of the last change of a source file, as the log keeps them. */
export interface SourceStamp {
  readonly size: number;
  readonly mtimeMs: number;
}

/** A source file to read, with its stamp from before it is read. */
export type SourceToRead = SourceStamp & { readonly path: string };

export interface SourcePlan {
  readonly read: readonly SourceToRead[];
  /** Paths that are in the log and no longer there. */
  readonly gone: readonly string[];
}

/** What these functions need of a workspace. */
type Place = Pick<Workspace, 'root' | 'repository' | 'head'>;

/** Looking at a file takes 5 microseconds; the process answers others in between. */
const STATS_BETWEEN_BREATHS = 500;
const FILES_AT_ONCE = 50;
/** Lines that no longer count, above which the log is written anew: half of all, and enough to be worth it. */
const LEAST_STALE = 200;

/**
 * Size and time of the last change of a source file; `undefined` where there is none. A symbolic link is none: what it names has a path of its own,
 * or lies outside.
 */
function stampOf(root: string, path: string): SourceStamp | undefined {
  try {
    const found = lstatSync(join(root, path), { throwIfNoEntry: false });
    return found?.isFile() ? { size: found.size, mtimeMs: Math.max(found.mtimeMs, found.ctimeMs) } : undefined;
  } catch {
    return undefined;
  }
}

/** A file of a bare repository changes only with HEAD: the sha's first digits stand in for the time of the last change. */
const stampOfCommit = (head: string): SourceStamp => ({ size: 0, mtimeMs: Number.parseInt(head.slice(0, 12), 16) });

/**
 * Which source files differ from what is known of them, by size and time of the last change. Of a tree of 10,000 source files about 60 ms.
 * @param files all files of the work tree
 * @param told files and folders that are said to have changed: they are read whatever their stamp
 */
export async function planSources(
  { root, repository, head }: Place,
  files: readonly string[],
  known: ReadonlyMap<string, SourceStamp>,
  told: readonly string[] = [],
): Promise<SourcePlan> {
  const read: SourceToRead[] = [];
  const there = new Set<string>();
  const doubted = (path: string): boolean => told.some((changed) => path === changed || path.startsWith(`${changed}/`));
  let looked = 0;
  for (const path of files) {
    if (!isSource(path)) continue;
    if (++looked % STATS_BETWEEN_BREATHS === 0) await breathe();
    const stamp = repository?.bare ? stampOfCommit(head) : stampOf(root, path);
    if (!stamp) continue;
    there.add(path);
    const before = known.get(path);
    if (before?.size !== stamp.size || before.mtimeMs !== stamp.mtimeMs || doubted(path)) read.push({ path, ...stamp });
  }
  return { read, gone: [...known.keys()].filter((path) => !there.has(path)) };
}

/** The writer's side of the log of source files: what it holds, and how to bring it up to date. Use under the writer's lock. */
export class SourceLog {
  readonly folder: string;
  readonly #reader: CodeLogReader;
  readonly #stamps = new Map<string, SourceStamp>();
  #lines = 0;

  constructor(folder: string) {
    this.folder = folder;
    this.#reader = new CodeLogReader(folder);
  }

  /** Size and time of the last change by path. */
  get stamps(): ReadonlyMap<string, SourceStamp> {
    return this.#stamps;
  }

  /** Reads what was added since, by whichever process. */
  async follow(): Promise<void> {
    const news = await this.#reader.read();
    if (!news) return;
    if (news.restarted) {
      this.#stamps.clear();
      this.#lines = 0;
    }
    this.#lines += news.changes.length;
    for (const change of news.changes) {
      if ('gone' in change) this.#stamps.delete(change.path);
      else this.#stamps.set(change.path, { size: change.size, mtimeMs: change.mtimeMs });
    }
  }

  /**
   * Reads files and writes down what is in them. What was read is kept where the signal fires in between.
   * Rejects with its reason, `disk-full` or `index-read-only`.
   */
  async update(place: Place, plan: SourcePlan, signal: AbortSignal, onRead: (files: number) => void = () => undefined): Promise<void> {
    await this.#append(plan.gone.map((path) => ({ path, gone: true })));
    for (let at = 0; at < plan.read.length; at += FILES_AT_ONCE) {
      signal.throwIfAborted();
      const batch = plan.read.slice(at, at + FILES_AT_ONCE);
      await this.#append(place.repository?.bare ? await readFromHead(place, batch, signal) : await readFromDisk(place.root, batch));
      onRead(batch.length);
    }
    await this.follow();
  }

  /** Writes the log without the lines that no longer count, where they are more than those that do. */
  async tidy(): Promise<void> {
    await this.follow();
    const stale = this.#lines - this.#stamps.size;
    if (stale < LEAST_STALE || stale < this.#stamps.size) return;
    const entries = new Map<string, CodeEntry>();
    for (const change of (await new CodeLogReader(this.folder).read())?.changes ?? []) {
      if ('gone' in change) entries.delete(change.path);
      else entries.set(change.path, change);
    }
    await compactCode(this.folder, entries.values());
    await this.follow();
  }

  /** Forgets everything. */
  async clear(): Promise<void> {
    await deleteCode(this.folder);
    await this.follow();
  }

  async #append(changes: readonly CodeChange[]): Promise<void> {
    await appendCode(this.folder, changes);
  }
}

async function readFromDisk(root: string, files: readonly SourceToRead[]): Promise<CodeChange[]> {
  return Promise.all(
    files.map(async (file): Promise<CodeChange> => {
      if (!isRead(file.path, file.size)) return { ...file, ...NO_FACTS };
      const text = await readBounded(join(root, file.path), Math.min(file.size, LARGEST_SOURCE));
      return { ...file, ...(text === undefined ? NO_FACTS : factsOf(file.path, text)) };
    }),
  );
}

async function readFromHead({ repository, head }: Place, files: readonly SourceToRead[], signal: AbortSignal): Promise<CodeChange[]> {
  const found = new Map<string, CodeChange>(files.map((file) => [file.path, { ...file, ...NO_FACTS }]));
  if (!repository) return [...found.values()];
  const wanted = files.filter((file) => isRead(file.path, 0));
  const stamps = new Map(wanted.map((file) => [file.path, file]));
  const options = { mostBytes: LARGEST_SOURCE, signal };
  for await (const { path, bytes } of streamBlobs(repository, head, [...stamps.keys()], options)) {
    const stamp = stamps.get(path);
    if (stamp) found.set(path, { ...stamp, ...factsOf(path, Buffer.from(bytes).toString('utf8')) });
  }
  return [...found.values()];
}

/**
 * What saving, creating or deleting these paths means for the log; files that are new must be among those of the work tree (not ignored, not in
 * a submodule). A deleted folder takes its files with it.
 */
export async function planSavedSources(
  workspace: Workspace,
  paths: readonly string[],
  known: ReadonlyMap<string, SourceStamp>,
  signal?: AbortSignal,
): Promise<SourcePlan> {
  const read: SourceToRead[] = [];
  const gone: string[] = [];
  for (const path of new Set(paths.flatMap((each) => insideOf(workspace.root, each) ?? []))) {
    const stamp = isSource(path) ? stampOf(workspace.root, path) : undefined;
    if (stamp) read.push({ path, ...stamp });
    else if (known.has(path)) gone.push(path);
    else for (const inner of known.keys()) if (inner.startsWith(`${path}/`)) gone.push(inner);
  }
  const isNew = read.some(({ path }) => !known.has(path));
  const listed = isNew ? new Set((await workspace.files.list(signal)).files) : undefined;
  return { read: listed ? read.filter(({ path }) => known.has(path) || listed.has(path)) : read, gone };
}
