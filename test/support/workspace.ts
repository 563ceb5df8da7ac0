import { createHash } from 'node:crypto';
import { defaultConfig } from '../../server/knowledge/discovery/config.ts';
import type { WorkspaceFiles } from '../../server/workspace/files.ts';
import type { Workspace } from '../../server/workspace/workspace.ts';

/** Texts by repository-relative path. */
export type FilesInMemory = Readonly<Record<string, string>>;

/** The first so many bytes of a text, decoded as a read from disk decodes them. */
const firstBytes = (text: string, mostBytes: number): string => {
  const bytes = Buffer.from(text, 'utf8');
  return bytes.length <= mostBytes ? text : bytes.toString('utf8', 0, mostBytes);
};

/** The twin of `filesOnDisk` without a disk. Reads the object at every call, so that a test may write to its own copy in between. */
export const filesInMemory = (files: FilesInMemory): WorkspaceFiles => {
  const read = async (path: string, mostBytes = 1_000_000): Promise<string | undefined> => {
    const text = Object.hasOwn(files, path) ? files[path] : undefined;
    return text === undefined ? undefined : firstBytes(text, mostBytes);
  };
  const isBelow = (path: string, folder: string): boolean => folder === '' || path.startsWith(`${folder}/`);
  return {
    list: async (signal) => {
      signal?.throwIfAborted();
      return { files: Object.keys(files).sort(), notices: [] };
    },
    read,
    readMany: (paths, mostBytes) => Promise.all(paths.map((path) => read(path, mostBytes))),
    namesIn: async (folder) => {
      const inside = Object.keys(files).filter((path) => isBelow(path, folder));
      const names = inside.map((path) => path.slice(folder === '' ? 0 : folder.length + 1).split('/')[0] ?? '');
      return [...new Set(names)].sort();
    },
    exists: (path) => Object.hasOwn(files, path) || Object.keys(files).some((file) => isBelow(file, path)),
    stamp: async (path) =>
      Object.hasOwn(files, path)
        ? createHash('sha1')
            .update(files[path] ?? '')
            .digest('hex')
        : '',
  };
};

/** A workspace outside git with these files and the default configuration, unless named. */
export const memoryWorkspace = (files: FilesInMemory, more: Partial<Workspace> = {}): Workspace => ({
  root: '/repository',
  files: filesInMemory(files),
  head: '',
  loaded: { config: defaultConfig(), findings: [] },
  notices: [],
  log: 'all',
  reading: '',
  ...more,
});
