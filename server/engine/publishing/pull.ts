import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Embedder } from '../../embedding/embedder.ts';
import { changedPaths, type Repository, workingTreeChanges } from '../../git/index.ts';
import { EngineError } from '../../model/errors.ts';
import type { PublishOptions, PullReport } from '../../model/published.ts';
import { type CodeEntry, CodeLogReader, compactCode } from '../../store/code-log.ts';
import { databaseName, removeLeftovers } from '../../store/leftovers.ts';
import { withWriterLock } from '../../store/lock.ts';
import { openPublished, type PublishedDatabase } from '../../store/published/database.ts';
import { downloadFiles, sizeOf } from '../../store/published/download.ts';
import { decodeManifest, type Manifest } from '../../store/published/manifest.ts';
import { publishedPlace } from '../../store/published/place.ts';
import { deleteState, type IndexState, parseState, readState, writeState } from '../../store/state.ts';
import { openStore } from '../../store/store.ts';
import { databaseFolder, newDatabase } from '../../store/table.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { chooseSnapshot, distanceTo, usableSnapshots } from './choose.ts';
import { nameOf } from './name.ts';
import { restampCode, restampState } from './restamp.ts';

/** Files of a published index that are not of its table. */
const OF_THE_INDEX = ['index.json', 'code.jsonl'];

/** What pulling needs of an engine. */
export interface Pulling {
  readonly workspace: Workspace;
  readonly indexFolder: string;
  readonly embedder: Pick<Embedder, 'fingerprint' | 'dimensions'>;
}

/**
 * Puts a published index in the place of the local one. Until its state is written, in one rename at the end, the local one answers; a pull that ends early
 * leaves it as it was.
 */
export async function pullIndex(
  { workspace, indexFolder, embedder }: Pulling,
  place: string,
  base: string,
  { name, force = false, signal, onProgress }: PublishOptions = {},
): Promise<PullReport> {
  const { repository, head } = workspace;
  if (!repository)
    throw new EngineError('not-a-repository', 'An index can only be pulled for a git repository: it is found by its commits.');
  const from = publishedPlace(place, base);
  const repositoryName = name ?? (await nameOf(workspace));
  const database = await openPublished(from, signal);
  try {
    const rows = await database.snapshots();
    const usable = usableSnapshots(
      rows.filter((row) => row.repository === repositoryName),
      embedder.fingerprint,
      { repository: repositoryName, place: from.shown, others: rows.map((row) => row.repository) },
    );
    const { snapshot, distance } = await chooseSnapshot(repository, head, usable);
    const common = { place: from.shown, repository: repositoryName };
    const local = force ? undefined : await localDistance(repository, indexFolder, head, embedder);
    if (local && local.distance <= (distance ?? Number.POSITIVE_INFINITY))
      return { ...common, outcome: 'current', commit: local.commit, publishedAt: '', distance: local.distance, bytes: 0 };
    const manifest = decodeManifest(snapshot.id, await database.manifestOf(snapshot.id), from.shown);
    await withWriterLock(indexFolder, () => install({ workspace, indexFolder, embedder }, database, manifest, signal, onProgress), {
      ...(signal ? { signal } : {}),
    });
    const { commit, publishedAt } = snapshot;
    return { ...common, outcome: 'pulled', commit, publishedAt, ...(distance === undefined ? {} : { distance }), bytes: sizeOf(manifest) };
  } finally {
    database.close();
  }
}

/** How far a local index is from HEAD; `undefined` where there is none that can be used. */
async function localDistance(
  repository: Repository,
  indexFolder: string,
  head: string,
  { fingerprint }: Pick<Embedder, 'fingerprint'>,
): Promise<{ readonly commit: string; readonly distance: number } | undefined> {
  const read = await readState(indexFolder);
  if (read.status !== 'present' || read.state.open || !read.state.finishedAt || read.state.fingerprint !== fingerprint) return undefined;
  const distance = await distanceTo(repository, read.state.head, head);
  return distance === undefined ? undefined : { commit: read.state.head, distance };
}

async function install(
  { workspace, indexFolder, embedder }: Pulling,
  database: PublishedDatabase,
  manifest: Manifest,
  signal: AbortSignal | undefined,
  onProgress: PublishOptions['onProgress'],
): Promise<void> {
  const before = await readState(indexFolder);
  await removeLeftovers(indexFolder, before.status === 'present' ? [databaseName(before.state)] : []);
  const name = newDatabase();
  const table = databaseFolder(indexFolder, name);
  // Whatever is left of a pull that was killed goes with the folder of its table.
  const aside = join(table, 'pulled');
  const target = (path: string): string | undefined =>
    path.startsWith('table/') ? join(table, path.slice('table/'.length)) : OF_THE_INDEX.includes(path) ? join(aside, path) : undefined;
  try {
    await downloadFiles(database, manifest, target, onProgress);
    signal?.throwIfAborted();
    const state = await publishedState(join(aside, 'index.json'), database, manifest);
    const { fingerprint, dimensions } = embedder;
    // Opening compares the checksums of the table's files.
    const store = await openStore(indexFolder, { fingerprint, dimensions, database: name, readOnly: true });
    await store.close();
    const copied = { root: workspace.root, files: workspace.files, changed: await changedSince(workspace, state.head, signal) };
    const code = await restampCode(await entriesOf(aside), copied);
    const restamped = await restampState(state, copied);
    signal?.throwIfAborted();
    await rm(aside, { recursive: true, force: true });
    await compactCode(indexFolder, code);
    await writeState(indexFolder, { ...restamped, database: name });
    await deleteState(indexFolder, 'next.json');
    await removeLeftovers(indexFolder, [name]);
  } catch (error) {
    await rm(table, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}

async function publishedState(path: string, { place }: PublishedDatabase, manifest: Manifest): Promise<IndexState> {
  const read = parseState(await readFile(path, 'utf8').catch(() => ''));
  if (read.status === 'present' && read.state.head === manifest.commit) return read.state;
  throw new EngineError(
    'published-damaged',
    `The index published at ${place.shown} cannot be used: its state is not that of its commit. Publish it again with --force.`,
  );
}

async function entriesOf(folder: string): Promise<CodeEntry[]> {
  const entries = new Map<string, CodeEntry>();
  for (const change of (await new CodeLogReader(folder).read())?.changes ?? []) {
    if ('gone' in change) entries.delete(change.path);
    else entries.set(change.path, change);
  }
  return [...entries.values()];
}

/** Paths of the work tree that differ from a commit; `undefined` where that cannot be told. */
async function changedSince(
  { repository, head }: Workspace,
  commit: string,
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<string> | undefined> {
  if (!repository) return undefined;
  const committed = await changedPaths(repository, commit, head);
  return committed && new Set([...committed, ...(await workingTreeChanges(repository, signal))]);
}
