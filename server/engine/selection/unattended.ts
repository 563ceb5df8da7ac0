import { createHash } from 'node:crypto';
import type { UnattendedTest } from '../../model/selection.ts';
import { type Suite, unattendedSpecs } from '../../selection/index.ts';
import type { WorkspaceFiles } from '../../workspace/files.ts';
import { MOST_TEXT_BYTES } from './known-suite.ts';

/** Finds specs that no pipeline runs on changes, and keeps them in memory as long as no file changes that says so. */
export function unattendedKeeper(): (
  suite: Suite,
  texts: ReadonlyMap<string, string>,
  paths: readonly string[],
  files: WorkspaceFiles,
  key: string,
) => Promise<readonly UnattendedTest[]> {
  let last: { readonly key: string; readonly read: readonly string[]; readonly found: readonly UnattendedTest[] } | undefined;
  const keyOf = async (read: readonly string[], files: WorkspaceFiles, paths: readonly string[], key: string): Promise<string> => {
    const stamps = await Promise.all(read.map((path) => files.stamp(path)));
    return createHash('sha256')
      .update(JSON.stringify([key, paths, read, stamps]))
      .digest('hex');
  };
  return async (suite, texts, paths, files, key) => {
    if (last && last.key === (await keyOf(last.read, files, paths, key))) return last.found;
    const read = new Set<string>();
    const found = await unattendedSpecs(suite.specs, paths, texts, (path) => {
      read.add(path);
      return files.read(path, MOST_TEXT_BYTES);
    });
    const all = [...read].sort();
    last = { key: await keyOf(all, files, paths, key), read: all, found };
    return found;
  };
}
