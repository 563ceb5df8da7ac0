import { lstat, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { discoverRepository, type Repository, readBlobs, shallowEdges } from '../git/index.ts';
import { COMMIT_READERS } from '../knowledge/commit.ts';
import { type Config, type ConfigFinding, loadConfig } from '../knowledge/discovery/config.ts';
import { type DiscoveredFile, discover } from '../knowledge/discovery/discovery.ts';
import { findUntaken } from '../knowledge/discovery/untaken.ts';
import { LINKS_FILE } from '../knowledge/links/links.ts';
import { READERS } from '../knowledge/read.ts';
import type { UntakenRecords } from '../model/answer.ts';
import { CONFIG_FILE } from '../model/configuration.ts';
import { EngineError } from '../model/errors.ts';
import { readInside, resolveInside } from '../text/read-file.ts';
import { type FileListing, filesOnDisk, type WorkspaceFiles } from './files.ts';

/** A folder as the indexer sees it: with or without git. */
export interface Workspace {
  readonly root: string;
  readonly repository?: Repository;
  readonly files: WorkspaceFiles;
  /** Sha of HEAD; empty outside git and before the first commit. */
  readonly head: string;
  readonly loaded: { readonly config: Config; readonly findings: readonly ConfigFinding[] };
  readonly notices: readonly string[];
  /** Changes when the same HEAD means other commits: history was fetched or cut off, or another number of commits is wanted. */
  readonly log: string;
  /** Changes when the same file means another document. */
  readonly reading: string;
}

const PEEK_BYTES = 4_096;

/** The beginning of a file of the work tree; of a bare repository, of the file at HEAD. */
async function textOf(top: string, repository: Repository | undefined, path: string, most?: number): Promise<string | undefined> {
  if (!repository?.bare) return readInside(top, path, most);
  const bytes = (await readBlobs(repository, repository.head, [path])).get(path);
  return bytes === undefined ? undefined : Buffer.from(bytes.subarray(0, most)).toString('utf8');
}

/** Names the files that people would expect to be read, and that are symbolic links out of the folder. */
async function linkNotices(top: string): Promise<string[]> {
  const notices = await Promise.all(
    [CONFIG_FILE, LINKS_FILE].map(async (path) => {
      if (!(await lstat(join(top, path)).catch(() => undefined))) return undefined;
      if ((await resolveInside(top, path).catch(() => undefined)) !== undefined) return undefined;
      return `${path} is not read, because a symbolic link leads out of the repository or nowhere. Replace the link with what it leads to.`;
    }),
  );
  return notices.filter((notice) => notice !== undefined);
}

/** Opens a folder, or the root of the repository that it lies in. Rejects with `not-a-folder`. */
export async function openWorkspace(root: string): Promise<Workspace> {
  const found = await stat(root).catch(() => undefined);
  if (!found?.isDirectory()) throw new EngineError('not-a-folder', `${root} is not a folder. Name an existing folder.`);
  const discovery = await discoverRepository(root);
  const { repository } = discovery;
  const top = repository?.root ?? root;
  const loaded = await loadConfig(top, (path) => textOf(top, repository, path));
  const notices = [
    ...(repository ? repository.notices : [`${discovery.notice} Only its files are indexed, no commits.`]),
    ...(await linkNotices(top)),
  ];
  const edges = repository ? [...(await shallowEdges(repository))].filter((sha) => sha !== '').sort() : [];
  const { limits, commits } = loaded.config;
  return {
    root: top,
    ...(repository ? { repository } : {}),
    files: filesOnDisk(top, repository),
    head: repository?.head ?? '',
    loaded,
    notices,
    log: [`v${COMMIT_READERS}`, commits.limit ?? 'all', ...edges].join(' '),
    reading: JSON.stringify({ ...limits, readers: READERS }),
  };
}

/** As `FileListing`, with the documents among the files by path and kind. */
export interface DocumentListing extends FileListing {
  readonly documents: readonly DiscoveredFile[];
}

/** Lists the files of the work tree and finds the documents among them. Rejects with the signal's reason. */
export async function discoverDocuments(workspace: Workspace, signal?: AbortSignal): Promise<DocumentListing> {
  const { root, repository, loaded } = workspace;
  const listing = await workspace.files.list(signal);
  const found = await discover({
    root,
    files: listing.files,
    config: loaded.config,
    readPeek: async (path) => (await textOf(root, repository, path, PEEK_BYTES)) ?? '',
  });
  return { documents: found.documents, files: listing.files, notices: [...listing.notices, ...found.notices] };
}

/** Names the folders that look like records and are not taken, and the line of `lintel.yaml` that takes them. Reads the start of every text. */
export async function untakenRecords(workspace: Workspace): Promise<UntakenRecords> {
  const { root, repository, loaded } = workspace;
  const { files } = await workspace.files.list();
  return findUntaken({
    files,
    config: loaded.config,
    readPeek: (path) => textOf(root, repository, path, PEEK_BYTES),
    written: await textOf(root, repository, CONFIG_FILE),
  });
}
