import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { factsOf, isRead, LARGEST_SOURCE, NO_FACTS } from '../code/facts.ts';
import { isSource } from '../code/sources.ts';
import { streamBlobs } from '../git/index.ts';
import { appendCode, type CodeChange, type CodeEntry, CodeLogReader, compactCode, startCode } from '../store/code-log.ts';
import { readInside } from '../text/read-file.ts';
import { insideOf } from '../workspace/paths.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { noteStep } from './watchdog.ts';

/** Size and time of the last change of a source file, as the log keeps them. */
export interface SourceStamp {
  readonly size: number;
  readonly mtimeMs: number;
}

/** A source file to read, with its stamp from before it is read. */
export type SourceToRead = SourceStamp & { readonly path: string };

export interface SourcePlan {
  readonly read: readonly SourceToRead[];
  /** Paths in the log whose files no longer exist. */
  readonly gone: readonly string[];
}

/** The part of a workspace that these functions need. */
type Place = Pick<Workspace, 'root' | 'repository' | 'head'>;

/** Files to stat before yielding to the event loop; each takes about 5 microseconds. */
const STATS_BETWEEN_YIELDS = 500;
const FILES_AT_ONCE = 50;
/** The log is compacted once at least this many lines are stale, and at least half of all lines. */
const LEAST_STALE = 200;

/**
 * Size and time of the last change of a source file; `undefined` if there is no such file. Symbolic links are skipped, because their target either
 * has a path of its own or is outside the repository.
 */
function stampOf(root: string, path: string): SourceStamp | undefined {
  try {
    const found = lstatSync(join(root, path), { throwIfNoEntry: false });
    return found?.isFile() ? { size: found.size, mtimeMs: Math.max(found.mtimeMs, found.ctimeMs) } : undefined;
  } catch {
    return undefined;
  }
}

/** A file of a bare repository changes only with HEAD, so the first digits of the sha serve as the time of the last change. */
const stampOfCommit = (head: string): SourceStamp => ({ size: 0, mtimeMs: Number.parseInt(head.slice(0, 12), 16) });

/**
 * Finds the source files whose size or time of the last change differs from the log. Takes about 60 ms for 10,000 source files.
 * @param files all files of the work tree
 * @param reported files and folders that somebody reported as changed; they are read even if their stamp is the same
 */
export async function planSources(
  { root, repository, head }: Place,
  files: readonly string[],
  known: ReadonlyMap<string, SourceStamp>,
  reported: readonly string[] = [],
): Promise<SourcePlan> {
  const read: SourceToRead[] = [];
  const present = new Set<string>();
  const isReported = (path: string): boolean => reported.some((changed) => path === changed || path.startsWith(`${changed}/`));
  let checked = 0;
  for (const path of files) {
    if (!isSource(path)) continue;
    if (++checked % STATS_BETWEEN_YIELDS === 0) await yieldToOthers();
    const stamp = repository?.bare ? stampOfCommit(head) : stampOf(root, path);
    if (!stamp) continue;
    present.add(path);
    const before = known.get(path);
    if (before?.size !== stamp.size || before.mtimeMs !== stamp.mtimeMs || isReported(path)) read.push({ path, ...stamp });
  }
  return { read, gone: [...known.keys()].filter((path) => !present.has(path)) };
}

/** The log of source files as its writer sees it. Call everything that writes while holding the writer lock. */
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

  /** Reads what any process has added since the last call. */
  async follow(): Promise<void> {
    const added = await this.#reader.read();
    if (!added) return;
    if (added.restarted) {
      this.#stamps.clear();
      this.#lines = 0;
    }
    this.#lines += added.changes.length;
    for (const change of added.changes) {
      if ('gone' in change) this.#stamps.delete(change.path);
      else this.#stamps.set(change.path, { size: change.size, mtimeMs: change.mtimeMs });
    }
  }

  /**
   * Reads files and logs what they contain. Rejects with the signal's reason, `disk-full` or `index-read-only`; what was logged before that is kept.
   */
  async update(place: Place, plan: SourcePlan, signal: AbortSignal, onRead: (files: number) => void = () => undefined): Promise<void> {
    await appendCode(
      this.folder,
      plan.gone.map((path) => ({ path, gone: true })),
    );
    for await (const changes of readSources(place, plan, signal)) {
      await appendCode(this.folder, changes);
      onRead(changes.length);
    }
    await this.follow();
  }

  /** As `update`, but into a new log, which replaces the old one when it is complete. */
  async replace(place: Place, plan: SourcePlan, signal: AbortSignal, onRead: (files: number) => void = () => undefined): Promise<void> {
    const log = await startCode(this.folder);
    for await (const changes of readSources(place, plan, signal)) {
      await log.append(changes);
      onRead(changes.length);
    }
    await log.publish();
    await this.follow();
  }

  /** Compacts the log if most of its lines are stale. */
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
}

/** What the planned files contain, some at a time. */
async function* readSources(place: Place, plan: SourcePlan, signal: AbortSignal): AsyncGenerator<CodeChange[]> {
  for (let at = 0; at < plan.read.length; at += FILES_AT_ONCE) {
    signal.throwIfAborted();
    const batch = plan.read.slice(at, at + FILES_AT_ONCE);
    yield place.repository?.bare ? await readFromHead(place, batch, signal) : await readFromDisk(place.root, batch);
  }
}

async function readFromDisk(root: string, files: readonly SourceToRead[]): Promise<CodeChange[]> {
  return Promise.all(
    files.map(async (file): Promise<CodeChange> => {
      if (!isRead(file.path, file.size)) return { ...file, ...NO_FACTS };
      const text = await readInside(root, file.path, Math.min(file.size, LARGEST_SOURCE));
      noteStep('read', file.path);
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
    noteStep('read', path);
    if (stamp) found.set(path, { ...stamp, ...factsOf(path, Buffer.from(bytes).toString('utf8')) });
  }
  return [...found.values()];
}

/**
 * Plans what to read and remove after these paths were saved, created or deleted. A new file must belong to the work tree (not ignored, not in a
 * submodule). Deleting a folder removes its files.
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
