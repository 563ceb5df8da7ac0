import { labelsOf, readSpec, type SpecLabels, type SuiteSpec } from '../../selection/index.ts';
import { resultStore } from '../../store/results.ts';

const isLabels = (value: unknown): value is SpecLabels =>
  typeof value === 'object' && value !== null && 'title' in value && 'tags' in value && 'tagsOfAll' in value;

/** A spec as it is on disk. */
export interface StampedSpec {
  readonly spec: SuiteSpec;
  readonly text: string;
  /** Differs once the file was replaced or written; empty where nobody can say. */
  readonly stamp: string;
}

/**
 * Titles and tags of specs, from their parsed texts. They are kept in the index folder, so that only specs that changed are parsed again.
 * @returns a function that gives them by path; `madeBy` differs once another version of the program reads
 */
export const labelKeeper = (indexFolder: string) => {
  const store = resultStore(indexFolder, 'labels', isLabels);
  return async (specs: readonly StampedSpec[], madeBy: string): Promise<ReadonlyMap<string, SpecLabels>> => {
    const kept = await store.read(madeBy);
    const labels = new Map<string, SpecLabels>();
    let hasChanged = kept.size !== specs.length;
    for (const { spec, text, stamp } of specs) {
      const { path, tags = [] } = spec;
      const full = `${stamp} ${tags.join(' ')}`;
      const before = kept.get(path);
      if (stamp !== '' && before?.stamp === full && before.result) {
        labels.set(path, before.result);
        continue;
      }
      hasChanged = true;
      labels.set(path, labelsOf(path, text, await readSpec(path, text), tags));
    }
    if (hasChanged) {
      const stamped = specs.map(({ spec: { path, tags = [] }, stamp }) => {
        const result = labels.get(path);
        return [path, { stamp: `${stamp} ${tags.join(' ')}`, ...(result ? { result } : {}) }] as const;
      });
      await store.write(madeBy, new Map(stamped));
    }
    return labels;
  };
};
