import { createSupportFinder, type ReadFile, type Suite } from '../../selection/index.ts';

/** Specs that need a file, by its path: each with the files from the spec to that file, both included. */
export type Importers = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

const SPECS_AT_ONCE = 20;

/**
 * Follows all specs to what they import, name or have carried out for them. Reads and parses every spec, so it is asked for only where a supporting file
 * changed.
 * @param paths all files of the repository
 */
export async function importersIn(suite: Suite, paths: readonly string[], read: ReadFile, signal?: AbortSignal): Promise<Importers> {
  const finder = createSupportFinder(suite, paths, read);
  const importers = new Map<string, Map<string, readonly string[]>>();
  for (let at = 0; at < suite.specs.length; at += SPECS_AT_ONCE) {
    signal?.throwIfAborted();
    const some = suite.specs.slice(at, at + SPECS_AT_ONCE);
    const found = await Promise.all(some.map(({ path }) => finder.supportsOf(path)));
    for (const [index, supports] of found.entries()) {
      const spec = some[index]?.path ?? '';
      const chains = new Map<string, readonly string[]>([[spec, [spec]]]);
      // The finder gives what is near first, so the chain to what brings a file in is known before.
      for (const { path, through } of supports) {
        chains.set(path, [...(chains.get(through) ?? [spec]), path]);
        const known = importers.get(path) ?? new Map<string, readonly string[]>();
        importers.set(path, known.set(spec, chains.get(path) ?? []));
      }
    }
  }
  return importers;
}
