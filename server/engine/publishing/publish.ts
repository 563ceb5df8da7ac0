import { join } from 'node:path';
import { changedPaths, shallowEdges, workingTreeChanges } from '../../git/index.ts';
import { CONFIG_FILE } from '../../model/configuration.ts';
import { EngineError } from '../../model/errors.ts';
import type { PublishOptions, PublishReport } from '../../model/published.ts';
import { CHECKSUMS_FILE, listFiles } from '../../store/checksums.ts';
import { CodeLogReader, codeLogFile } from '../../store/code-log.ts';
import { databaseName } from '../../store/leftovers.ts';
import { withWriterLock } from '../../store/lock.ts';
import { openPublished } from '../../store/published/database.ts';
import { encodeManifest, FORMAT, madeFromOf } from '../../store/published/manifest.ts';
import { publishedPlace } from '../../store/published/place.ts';
import { type FileToPublish, uploadFiles } from '../../store/published/upload.ts';
import { encodeState, type IndexState, readState } from '../../store/state.ts';
import { databaseFolder } from '../../store/table.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { nameOf } from './name.ts';

/** Paths that a refusal names. */
const PATHS_SHOWN = 5;

const refused = (why: string): EngineError => new EngineError('not-published', `Nothing was published: ${why}`);

/**
 * Publishes the index of a repository. It must be the index of HEAD and of nothing else, because others put their own work tree over it. Keeps other writers
 * out meanwhile; readers are not disturbed.
 */
export async function publishIndex(
  workspace: Workspace,
  indexFolder: string,
  place: string,
  base: string,
  { name, signal, onProgress, force = false }: PublishOptions = {},
): Promise<PublishReport> {
  const { repository } = workspace;
  if (!repository)
    throw new EngineError('not-a-repository', 'Only the index of a git repository can be published: it is found by its commits.');
  const to = publishedPlace(place, base);
  if ((await shallowEdges(repository)).size > 0)
    throw refused(
      'this clone is shallow, so that its index lacks most commits. Fetch all of them ("fetch-depth: 0", or "git fetch --unshallow").',
    );
  return withWriterLock(
    indexFolder,
    async () => {
      const read = await readState(indexFolder);
      if (read.status !== 'present') throw new EngineError('index-absent', 'There is no index yet. Run "lintel index".');
      const { state } = read;
      await refuseOtherThanHead(workspace, indexFolder, state, signal);
      const repositoryName = name ?? (await nameOf(workspace));
      const database = await openPublished(to, signal);
      try {
        const madeFrom = madeFromOf(state);
        const common = { place: to.shown, repository: repositoryName, commit: state.head };
        const before = (await database.snapshots(repositoryName)).find((snapshot) => snapshot.madeFrom === madeFrom);
        if (before && !force) return { ...common, snapshot: before.id, isNew: false, bytes: 0, newBytes: 0 };
        const { files, newBytes } = await uploadFiles(database, await filesOf(indexFolder, state), { onProgress, force });
        const { id, text } = encodeManifest({
          format: FORMAT,
          repository: repositoryName,
          commit: state.head,
          madeFrom,
          documents: Object.keys(state.files).length,
          commits: state.commitsIndexed,
          files,
        });
        const { schema, fingerprint } = state;
        const publishedAt = new Date().toISOString();
        await database.addSnapshot(
          { id, repository: repositoryName, commit: state.head, madeFrom, schema, fingerprint, publishedAt },
          text,
        );
        return { ...common, snapshot: id, isNew: true, bytes: files.reduce((sum, { size }) => sum + size, 0), newBytes };
      } finally {
        database.close();
      }
    },
    signal ? { signal } : {},
  );
}

async function refuseOtherThanHead(
  { repository, head }: Workspace,
  indexFolder: string,
  state: IndexState,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (!state.finishedAt || state.open || state.head !== head || head === '')
    throw refused('the index is not that of HEAD. Run "lintel index" and try again.');
  const changes = [...new Set(repository ? await workingTreeChanges(repository, signal) : [])];
  if (changes.length === 0) return;
  const sources = new Set((await new CodeLogReader(indexFolder).read())?.changes.map(({ path }) => path));
  const isIndexed = (path: string): boolean =>
    path === CONFIG_FILE || sources.has(path) || Object.hasOwn(state.files, path) || Object.hasOwn(state.tests ?? {}, path);
  // A path that HEAD has and the index does not may be a document that was deleted.
  const tracked = new Set(repository && (await changedPaths(repository, '', head)));
  const wrong = changes.filter((path) => isIndexed(path) || tracked.has(path));
  if (wrong.length === 0) return;
  const more = wrong.length > PATHS_SHOWN ? ` and ${wrong.length - PATHS_SHOWN} more` : '';
  throw refused(`the work tree differs from HEAD in ${wrong.slice(0, PATHS_SHOWN).join(', ')}${more}. Commit or undo these changes.`);
}

/** The files of an index that others can use; what is kept by the stamps of this work tree is not among them. */
async function filesOf(indexFolder: string, state: IndexState): Promise<FileToPublish[]> {
  const table = databaseFolder(indexFolder, databaseName(state));
  const inTable = [...(await listFiles(table)), CHECKSUMS_FILE].sort();
  const { database: _, ...rest } = state;
  return [
    { path: 'index.json', from: Buffer.from(encodeState(rest)) },
    { path: 'code.jsonl', from: codeLogFile(indexFolder) },
    ...inTable.map((path) => ({ path: `table/${path}`, from: join(table, path) })),
  ];
}
