import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { discoverRepository, listFiles, type Repository, readBlobs, shallowEdges } from '../git/index.ts';
import { type Config, type ConfigFinding, loadConfig } from '../knowledge/discovery/config.ts';
import { type DiscoveredFile, discover, listFolder } from '../knowledge/discovery/discovery.ts';
import { EngineError } from '../model/errors.ts';
import { readBounded } from './read.ts';

/** A folder as the indexer sees it: with or without git. */
export interface Workspace {
  readonly root: string;
  readonly repository?: Repository;
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
  if (!repository?.bare) return readBounded(join(top, path), most);
  const bytes = (await readBlobs(repository, repository.head, [path])).get(path);
  return bytes === undefined ? undefined : Buffer.from(bytes.subarray(0, most)).toString('utf8');
}

/** Opens a folder, or the root of the repository that it lies in. Rejects with `not-a-folder`. */
export async function openWorkspace(root: string): Promise<Workspace> {
  const found = await stat(root).catch(() => undefined);
  if (!found?.isDirectory()) throw new EngineError('not-a-folder', `${root} is not a folder. Name an existing folder.`);
  const discovery = await discoverRepository(root);
  const { repository } = discovery;
  const top = repository?.root ?? root;
  const loaded = await loadConfig(top, (path) => textOf(top, repository, path));
  const notices = repository ? repository.notices : [`${discovery.notice} Only its files are indexed, no commits.`];
  const edges = repository ? [...(await shallowEdges(repository))].filter((sha) => sha !== '').sort() : [];
  const { limits, commits } = loaded.config;
  return {
    root: top,
    ...(repository ? { repository } : {}),
    head: repository?.head ?? '',
    loaded,
    notices,
    log: [commits.limit ?? 'all', ...edges].join(' '),
    reading: JSON.stringify(limits),
  };
}

/** All files of the work tree that are not ignored, repository-relative, and what was left out. */
export const listWorkspace = async (
  { root, repository }: Workspace,
  signal?: AbortSignal,
): Promise<{ readonly files: readonly string[]; readonly notices: readonly string[] }> =>
  repository ? { files: await listFiles(repository, signal), notices: [] } : listFolder(root, signal ? { signal } : {});

/** All documents of the work tree by path and kind, and what was left out. */
export async function discoverDocuments(
  workspace: Workspace,
  signal?: AbortSignal,
): Promise<{ documents: readonly DiscoveredFile[]; files: readonly string[]; notices: readonly string[] }> {
  const { root, repository, loaded } = workspace;
  const listing = await listWorkspace(workspace, signal);
  const found = await discover({
    root,
    files: listing.files,
    config: loaded.config,
    readPeek: async (path) => (await textOf(root, repository, path, PEEK_BYTES)) ?? '',
  });
  return { documents: found.documents, files: listing.files, notices: [...listing.notices, ...found.notices] };
}
