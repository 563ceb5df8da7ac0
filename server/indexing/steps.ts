import type { Embedder } from '../embedding/embedder.ts';
import { readBlobs, readLog } from '../git/index.ts';
import { commitDocument } from '../knowledge/commit.ts';
import { type Related, readBytesDocument, readFileDocument, readRelated } from '../knowledge/read.ts';
import type { IndexProgress } from '../model/answer.ts';
import type { Document } from '../model/document.ts';
import type { FileState } from '../store/state.ts';
import type { Store } from '../store/store.ts';
import { contentHash } from '../text/hash.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { withChangedWords } from './changed-words.ts';
import type { CommitFactsWriter } from './commit-facts.ts';
import type { Job } from './job.ts';
import { type FileChanges, PendingChanges } from './pending.ts';
import { type FileToRead, stampsOf } from './plan.ts';
import type { ProgressMeter } from './progress.ts';
import { rowsOf } from './rows.ts';
import type { SourceLog, SourcePlan } from './sources.ts';
import type { StateWriter } from './state-writer.ts';
import type { TestReading } from './test-reading.ts';
import { noteStep } from './watchdog.ts';

export interface RunTools {
  readonly onProgress: (progress: IndexProgress) => void;
  readonly log: (level: 'warn' | 'info' | 'debug', message: string) => void;
  /** The embedder for a model name; kept by the caller between runs. */
  readonly embedder: (model: string) => Promise<Embedder>;
  readonly signal: AbortSignal;
  /** How end-to-end tests are found and read. Default: none are indexed. */
  readonly tests?: TestReading;
  /** Lives as long as the indexing process. */
  readonly memory: RunMemory;
}

/** Kept between runs, so that saving a file does not mean looking at the whole repository and the whole table. */
export interface RunMemory {
  workspace?: Workspace;
  /** Index folder whose table passed its last check. */
  sound?: string;
  /** Log of source files in the index folder that was used last. */
  sources?: SourceLog;
}

const FILES_AT_ONCE = 40;
/** Bytes of the files that are read at once, unless one alone is larger. Passages and vectors of a text take many times its size. */
const BYTES_AT_ONCE = 8_000_000;
/** Cost of a file, in commits: it is read from disk and has several passages. */
export const UNITS_OF_A_FILE = 6;
/** Parts of this cost; the rest is for writing. */
const [UNITS_OF_READING, UNITS_OF_EMBEDDING] = [2, 3];
/** Cost of a source file, in commits: it is scanned and becomes one line of the log, without an embedding. */
const UNITS_OF_A_SOURCE = 0.2;

/** A run in progress: its inputs, and what it has done so far. */
export interface Run {
  readonly job: Job;
  readonly tools: RunTools;
  readonly workspace: Workspace;
  readonly embedder: Embedder;
  readonly store: Store;
  readonly meter: ProgressMeter;
  /** True if the table started empty, so that rows can be added without looking for older ones. */
  readonly fresh: boolean;
  readonly stateWriter: StateWriter;
  readonly sources: SourceLog;
  readonly facts: CommitFactsWriter;
  added: number;
  updated: number;
  removed: number;
  unchanged: number;
}

const hashOf = (documents: readonly Document[]): string => contentHash(JSON.stringify(documents.map(({ sha, ...content }) => content)));

const noteRead = (path: string): void => noteStep('read', path);

/** Reads files from disk, or from HEAD in a bare repository. */
async function readBatch(
  workspace: Workspace,
  files: readonly FileToRead[],
): Promise<{ file: FileToRead; document: Document | undefined; related?: Related }[]> {
  const { root, repository, head, loaded } = workspace;
  const { limits } = loaded.config;
  if (!repository?.bare) {
    const read = await Promise.all(
      files.map(async (file) => ({ file, document: await readFileDocument(root, file, head, limits, noteRead) })),
    );
    const all = [];
    // One after another: the file that was noted last is the one that is being read, and not one that was opened meanwhile.
    for (const each of read) all.push({ ...each, related: await readRelated(root, each.file, head, limits, noteRead) });
    return all;
  }
  const blobs = await readBlobs(
    repository,
    head,
    files.map((file) => file.path),
  );
  return files.map((file) => {
    const bytes = blobs.get(file.path);
    noteRead(file.path);
    return { file, document: bytes ? readBytesDocument(file, head, bytes, limits) : undefined };
  });
}

/** Batches of at most 40 files and 8 MB. */
function* batchesOf(files: readonly FileToRead[]): Generator<readonly FileToRead[]> {
  let batch: FileToRead[] = [];
  let bytes = 0;
  for (const file of files) {
    if (batch.length > 0 && (batch.length === FILES_AT_ONCE || bytes + file.size > BYTES_AT_ONCE)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(file);
    bytes += file.size;
  }
  if (batch.length > 0) yield batch;
}

/** Reads files, and says what changes in the index. Files whose content is unchanged change nothing. */
async function readChanges(run: Run, batch: readonly FileToRead[]): Promise<FileChanges> {
  const { workspace, tools, meter, stateWriter } = run;
  const read = await readBatch(workspace, batch);
  const changed: Document[] = [];
  // A file may be called `__proto__`.
  const states: Record<string, FileState> = Object.create(null);
  const lost: string[] = [];
  const stale: string[] = [];
  for (const { file, document, related } of read) {
    const { files: known } = stateWriter.state;
    const before = Object.hasOwn(known, file.path) ? known[file.path] : undefined;
    if (!document) {
      if (!run.fresh) lost.push(file.path);
      continue;
    }
    const documents = [document, ...(related?.documents ?? [])];
    const parts = related?.documents.map(({ id }) => id) ?? [];
    const reads = related?.reads.length ? { reads: await stampsOf(workspace.root, related.reads) } : {};
    noteRead(file.path);
    const hash = hashOf(documents);
    states[file.path] = {
      size: file.size,
      mtimeMs: file.mtimeMs,
      hash,
      kind: file.kind,
      format: file.format,
      ...(parts.length > 0 ? { parts } : {}),
      ...reads,
    };
    stale.push(...(before?.parts ?? []).filter((id) => !parts.includes(id)));
    if (before?.hash === hash && before.kind === file.kind) run.unchanged += 1;
    else {
      changed.push(...documents);
      if (before) run.updated += 1;
      else run.added += 1;
    }
  }
  meter.advance('read', batch.length * UNITS_OF_READING);
  const rows = await rowsOf(changed, run.embedder, tools.signal);
  meter.advance('embed', batch.length * UNITS_OF_EMBEDDING);
  return { count: batch.length, rows, states, lost, stale };
}

async function writeChanges(run: Run, { count, rows, states, lost, stale }: FileChanges): Promise<void> {
  const { store, stateWriter } = run;
  noteStep('write');
  if (stale.length > 0) await store.remove(stale);
  await (run.fresh ? store.append(rows) : store.put(rows));
  stateWriter.settle(states);
  await removeDocuments(run, [], lost);
  await stateWriter.writeNowAndThen();
  run.meter.advance('write', count * (UNITS_OF_A_FILE - UNITS_OF_READING - UNITS_OF_EMBEDDING));
}

/** Reads files and writes their rows and states. Skips those whose content is unchanged. */
export async function indexFiles(run: Run, files: readonly FileToRead[]): Promise<void> {
  const pending = new PendingChanges();
  for (const batch of batchesOf(files)) {
    run.tools.signal.throwIfAborted();
    pending.add(await readChanges(run, batch));
    if (pending.isDue) await writeChanges(run, pending.take());
  }
  if (pending.count > 0) await writeChanges(run, pending.take());
}

/** Writes the rows of commits. */
export async function indexCommits(run: Run, shas: readonly string[]): Promise<void> {
  const { workspace, tools, store, meter, stateWriter } = run;
  if (!workspace.repository || shas.length === 0) return;
  const whole = run.fresh && workspace.head !== '' && workspace.loaded.config.commits?.limit === undefined;
  const options = whole ? { range: { to: workspace.head } } : { commits: shas };
  const notices: string[] = [];
  const log = readLog(workspace.repository, { ...options, signal: tools.signal, onNotice: (sentence) => notices.push(sentence) });
  for await (const { commits, words } of withChangedWords(workspace.repository, log, tools.signal)) {
    noteStep('commits');
    const documents = commits.map(commitDocument);
    const rows = await rowsOf(documents, run.embedder, tools.signal, words);
    // An interrupted run may already have written some of these commits.
    await (run.fresh ? store.append(rows) : store.put(rows));
    run.added += commits.length;
    await run.facts.add(rows, documents);
    // Until the first run ends, what is there can be found.
    const facts = run.fresh ? { commitFacts: [...run.facts.names] } : {};
    stateWriter.change({ commitsIndexed: stateWriter.state.commitsIndexed + commits.length, ...facts });
    await stateWriter.writeNowAndThen();
    meter.advance('write', commits.length);
  }
  if (notices.length > 0) stateWriter.change({ notices: [...stateWriter.state.notices, ...notices] });
}

/** Removes the rows of documents: of commits and orphans by id, of files by path. */
export async function removeDocuments(run: Run, ids: readonly string[], paths: readonly string[]): Promise<void> {
  const parts = paths.flatMap((path) => run.stateWriter.state.files[path]?.parts ?? []);
  const all = [...ids, ...paths, ...parts];
  if (all.length === 0) return;
  await run.store.remove(all);
  run.removed += ids.length + paths.filter((path) => Object.hasOwn(run.stateWriter.state.files, path)).length;
  run.stateWriter.forget(paths);
  await run.stateWriter.writeNowAndThen();
}

/** Expected cost of a plan, in units of progress. */
export const unitsOf = (plan: SourcePlan): number => Math.ceil(plan.read.length * UNITS_OF_A_SOURCE);

/** Brings the log of source files up to date. `anew`: by a new log, which replaces the old one when it is complete. */
export async function indexSources(run: Run, plan: SourcePlan, anew = false): Promise<void> {
  const total = unitsOf(plan);
  let read = 0;
  let unitsReported = 0;
  const onRead = (files: number): void => {
    read += files;
    const units = Math.floor((total * read) / plan.read.length) - unitsReported;
    unitsReported += units;
    run.meter.advance('read', units);
  };
  await (anew
    ? run.sources.replace(run.workspace, plan, run.tools.signal, onRead)
    : run.sources.update(run.workspace, plan, run.tools.signal, onRead));
}
