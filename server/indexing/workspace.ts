import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { discoverRepository, listFiles, type Repository, readBlobs } from '../git/index.ts';
import { type Config, type ConfigProblem, loadConfig } from '../knowledge/config.ts';
import { type DiscoveredFile, discover, listFolder } from '../knowledge/discovery.ts';
import { EngineError } from '../model/errors.ts';
import { readBounded } from './read.ts';

/** A folder as the indexer sees it: with or without git. */
export interface Workspace {
  readonly root: string;
  readonly repository?: Repository;
  /** Sha of HEAD; empty outside git and before the first commit. */
  readonly head: string;
  readonly loaded: { readonly config: Config; readonly problems: readonly ConfigProblem[] };
  readonly notices: readonly string[];
}

const PEEK_BYTES = 4_096;

/** The beginning of a file of the work tree; of a bare repository, of the file at HEAD. */
async function textOf(top: string, repository: Repository | undefined, path: string, most?: number): Promise<string | undefined> {
  if (!repository?.bare) return readBounded(join(top, path), most);
  const bytes = (await readBlobs(repository, repository.head, [path])).get(path);
  return bytes === undefined ? undefined : Buffer.from(bytes.subarray(0, most)).toString('utf8');
}

export async function openWorkspace(root: string): Promise<Workspace> {
  const found = await stat(root).catch(() => undefined);
  if (!found?.isDirectory()) throw new EngineError('not-a-folder', `${root} is not a folder. Name an existing folder.`);
  const discovery = await discoverRepository(root);
  const { repository } = discovery;
  const top = repository?.root ?? root;
  const loaded = await loadConfig(top, (path) => textOf(top, repository, path));
  const notices = repository ? repository.notices : [`${discovery.notice} Only its files are indexed, no commits.`];
  return { root: top, ...(repository ? { repository } : {}), head: repository?.head ?? '', loaded, notices };
}

/** All documents of the work tree by path and kind, and what was left out. */
export async function discoverDocuments(
  { root, repository, loaded }: Workspace,
  signal?: AbortSignal,
): Promise<{ documents: readonly DiscoveredFile[]; files: readonly string[]; notices: readonly string[] }> {
  const listing = repository
    ? { files: await listFiles(repository, signal), notices: [] }
    : await listFolder(root, signal ? { signal } : {});
  const found = await discover({
    root,
    files: listing.files,
    config: loaded.config,
    readPeek: async (path) => (await textOf(root, repository, path, PEEK_BYTES)) ?? '',
  });
  return { documents: found.documents, files: listing.files, notices: [...listing.notices, ...found.notices] };
}
