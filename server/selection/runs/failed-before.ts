import type { RecordedRun } from '../../model/test-runs.ts';
import type { OwnReason } from './own-reason.ts';

/** A run of more changes says little of each. */
const MOST_CHANGES = 60;
/** A file with which a spec failed in fewer of its runs is no reason of its own: it changes with everything. */
const LEAST_SHARE = 0.1;

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

const runsWith = (
  runs: readonly RecordedRun[],
  keysOf: (changed: readonly string[]) => readonly string[],
): ReadonlyMap<string, readonly RecordedRun[]> => {
  const found = new Map<string, RecordedRun[]>();
  for (const run of runs)
    for (const key of new Set(keysOf(run.changed ?? []))) {
      const known = found.get(key);
      if (known) known.push(run);
      else found.set(key, [run]);
    }
  return found;
};

/** How often each spec failed in some runs, and in how many of them it ran. */
const countsOf = (runs: readonly RecordedRun[]): ReadonlyMap<string, { failed: number; ran: number }> => {
  const counts = new Map<string, { failed: number; ran: number }>();
  for (const { results } of runs)
    for (const { path, outcome } of results) {
      if (outcome === 'skipped') continue;
      const count = counts.get(path) ?? { failed: 0, ran: 0 };
      count.ran += 1;
      count.failed += outcome === 'failed' ? 1 : 0;
      counts.set(path, count);
    }
  return counts;
};

const times = (count: number): string => (count === 1 ? 'a recorded run' : `${count} recorded runs`);

/**
 * Specs that failed in recorded runs when the same files had changed, which is a reason to run them, or others of the same folder, which is only told.
 * @param runs with their flakes, the oldest first
 */
export function failedBefore(runs: readonly RecordedRun[]): (changed: readonly string[]) => readonly OwnReason[] {
  const telling = runs.filter(({ changed, changes }) => changed && changed.length > 0 && (changes ?? changed.length) <= MOST_CHANGES);
  const byFile = runsWith(telling, (changed) => changed);
  const byFolder = runsWith(telling, (changed) => changed.map(folderOf).filter((folder) => folder !== ''));
  return (changed) => {
    const best = new Map<string, OwnReason & { readonly failures: number }>();
    const look = (key: string, found: readonly RecordedRun[] | undefined, of: 'file' | 'folder'): void => {
      for (const [spec, { failed, ran }] of countsOf(found ?? [])) {
        const share = failed / ran;
        const known = best.get(spec);
        if (failed === 0 || (of === 'folder' && known) || (known && known.failures >= failed)) continue;
        const what = of === 'file' ? `${key} had changed` : `files in ${key} had changed`;
        best.set(spec, {
          spec,
          failures: failed,
          must: of === 'file' && share >= LEAST_SHARE,
          evidence: {
            kind: 'failed-before',
            weight: of === 'file' ? share : share / 2,
            failures: failed,
            explanation: `failed in ${times(failed)} when ${what}`,
          },
        });
      }
    };
    for (const path of changed) look(path, byFile.get(path), 'file');
    for (const folder of new Set(changed.map(folderOf))) look(folder, byFolder.get(folder), 'folder');
    return [...best.values()];
  };
}
