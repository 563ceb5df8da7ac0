import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { listFiles, type Repository, readBlobs } from '../git/index.ts';
import { listFolder } from '../knowledge/discovery/discovery.ts';
import { readInside, resolveInside } from '../text/read-file.ts';

/** The files of a work tree that are not ignored, and sentences for people on what was left out. */
export interface FileListing {
  readonly files: readonly string[];
  readonly notices: readonly string[];
}

/**
 * The files of a workspace. Whoever judges code or records reads them through this, so that the judgement can be tested without a disk.
 * Paths are repository-relative with forward slashes. Nothing here rejects because of a file that is missing or cannot be read, and nothing is read through
 * a symbolic link that leads out.
 */
export interface WorkspaceFiles {
  /** All files that are not ignored. Rejects with the signal's reason. */
  list(signal?: AbortSignal): Promise<FileListing>;
  /**
   * The beginning of a file on disk as UTF-8; `undefined` where there is none that can be read, and in a bare repository.
   * @param mostBytes default 1,000,000
   */
  read(path: string, mostBytes?: number): Promise<string | undefined>;
  /** The beginnings of many files, in the order of the paths; of a bare repository, as they are at HEAD. */
  readMany(paths: readonly string[], mostBytes: number): Promise<readonly (string | undefined)[]>;
  /** Names of the files and folders in a folder, sorted; empty where there is no such folder. */
  namesIn(folder: string): Promise<readonly string[]>;
  /** True for a file and for a folder on disk. */
  exists(path: string): boolean;
  /** Differs once the file was replaced or written; the empty string where there is no such file. */
  stamp(path: string): Promise<string>;
}

const FILES_AT_ONCE = 20;

async function readAtHead(repository: Repository, paths: readonly string[], mostBytes: number): Promise<readonly (string | undefined)[]> {
  const blobs = await readBlobs(repository, 'HEAD', paths);
  const decoder = new TextDecoder();
  return paths.map((path) => {
    const bytes = blobs.get(path);
    return bytes && decoder.decode(bytes.subarray(0, mostBytes));
  });
}

/** The files below a folder on disk. */
export function filesOnDisk(root: string, repository: Repository | undefined): WorkspaceFiles {
  const read = (path: string, mostBytes?: number): Promise<string | undefined> => readInside(root, path, mostBytes);
  return {
    async list(signal) {
      if (!repository) return listFolder(root, signal ? { signal } : {});
      return { files: await listFiles(repository, signal), notices: [] };
    },
    read,
    async readMany(paths, mostBytes) {
      if (repository?.bare) return readAtHead(repository, paths, mostBytes);
      const texts: (string | undefined)[] = [];
      for (let at = 0; at < paths.length; at += FILES_AT_ONCE)
        texts.push(...(await Promise.all(paths.slice(at, at + FILES_AT_ONCE).map((path) => read(path, mostBytes)))));
      return texts;
    },
    async namesIn(folder) {
      const real = await resolveInside(root, folder).catch(() => undefined);
      return real === undefined ? [] : (await readdir(real).catch(() => [])).sort();
    },
    exists: (path) => existsSync(join(root, path)),
    async stamp(path) {
      const found = await stat(join(root, path), { bigint: true }).catch(() => undefined);
      return found?.isFile() ? `${found.ino} ${found.size} ${found.mtimeNs}` : '';
    },
  };
}
