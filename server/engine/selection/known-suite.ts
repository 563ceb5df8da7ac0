import { createHash } from 'node:crypto';
import { testSuites } from '../../knowledge/discovery/test-settings.ts';
import { discoverSuite, type Suite } from '../../selection/index.ts';
import { resultStore } from '../../store/results.ts';
import type { WorkspaceFiles } from '../../workspace/files.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { programStamp } from '../identifiers/program-stamp.ts';

/** How much of a file is read to find and rank tests. In bytes. */
export const MOST_TEXT_BYTES = 500_000;
const STAMPS_AT_ONCE = 200;

/** A suite, and the files that were read to find it. */
interface FoundSuite {
  readonly suite: Suite;
  readonly read: readonly string[];
}

const isFound = (value: unknown): value is FoundSuite =>
  typeof value === 'object' && value !== null && 'suite' in value && 'read' in value && Array.isArray(value.read);

/** One stamp for many files: differs once any of them was replaced or written. */
export const stampOf = async (paths: readonly string[], files: WorkspaceFiles): Promise<string> => {
  const hash = createHash('sha256');
  for (let at = 0; at < paths.length; at += STAMPS_AT_ONCE) {
    const stamps = await Promise.all(paths.slice(at, at + STAMPS_AT_ONCE).map((path) => files.stamp(path)));
    hash.update(`${stamps.join('\n')}\n`);
  }
  return hash.digest('hex');
};

/** Finds the suite of a repository, and keeps it in the index folder as long as no file changes that was read to find it, and none comes or goes. */
export const suiteKeeper = (indexFolder: string): ((workspace: Workspace, paths: readonly string[]) => Promise<Suite>) => {
  const store = resultStore(indexFolder, 'suite', isFound);
  let last: { readonly key: string; readonly stamp: string; readonly found: FoundSuite } | undefined;
  return async ({ files, loaded, repository }, paths) => {
    const settings = testSuites(loaded.config.tests);
    const key = createHash('sha256')
      .update(JSON.stringify([await programStamp(), settings, paths]))
      .digest('hex');
    const kept = last?.key === key ? last : (await store.read(key)).get('suite');
    const found = kept && ('found' in kept ? kept.found : kept.result);
    // Files of a bare repository have no stamps: their paths and the commit say what they are.
    if (kept && found && !repository?.bare && (await stampOf(found.read, files)) === kept.stamp) {
      last = { key, stamp: kept.stamp, found };
      return found.suite;
    }
    const read = new Set<string>();
    const suite = await discoverSuite(
      paths,
      (path) => {
        read.add(path);
        return files.read(path, MOST_TEXT_BYTES);
      },
      { settings },
    );
    const fresh: FoundSuite = { suite, read: [...read].sort() };
    const stamp = await stampOf(fresh.read, files);
    last = { key, stamp, found: fresh };
    await store.write(key, new Map([['suite', { stamp, result: fresh }]]));
    return suite;
  };
};
