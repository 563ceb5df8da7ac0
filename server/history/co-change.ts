import type { FileCommit } from './file-commit.ts';
import type { Renames } from './renames.ts';

/** A file that was changed in the same commits as another. */
export interface CoChange {
  /** The name that the file has now; of a deleted file the last that it had. */
  readonly path: string;
  /** Commits that changed both files. Merges count only where there is nothing else: they repeat what their commits say. */
  readonly commits: number;
  /** Sum over these commits and the merges of `commitWeight`, halved for every four years that a commit is older than the newest of all. Above 0. */
  readonly weight: number;
  /** Sha of the newest of the counted commits. */
  readonly newest: string;
}

const MERGE_WEIGHT = 0.5;
const HALF_LIFE_MS = 4 * 365.25 * 24 * 3_600_000;

/**
 * How much a commit says about which of its files belong together: 1 / log2(2 + files), and half of that for a merge. The measured `msg` of
 * docs/ranking.md.
 * @param files how many files it changed
 */
export const commitWeight = (files: number, merge: boolean): number => (merge ? MERGE_WEIGHT : 1) / Math.log2(2 + files);

/** The share of its weight that a commit keeps after so many milliseconds: half after four years; 1 for a negative age. */
export const ageFactor = (age: number): number => 0.5 ** (Math.max(0, age) / HALF_LIFE_MS);

interface Tally {
  plain: number;
  merges: number;
  weight: number;
  newestPlain: string;
  newestMerge: string;
}

/**
 * The files that these commits changed beside the one at `path`; heaviest first, equals by path.
 * @param commits those of the file at `path`, newest first
 * @param newest the time from which age is measured, in milliseconds since 1970
 */
export function coChangedFiles(
  path: string,
  commits: readonly FileCommit[],
  renames: Pick<Renames, 'nameAfter'>,
  newest: number,
): readonly CoChange[] {
  const tallies = new Map<string, Tally>();
  for (const { sha, time, merge, paths } of commits) {
    const weight = commitWeight(paths.length, merge) * ageFactor(newest - time);
    for (const file of new Set(paths.map((changed) => renames.nameAfter(changed, time)))) {
      if (file === path) continue;
      const tally = tallies.get(file) ?? { plain: 0, merges: 0, weight: 0, newestPlain: '', newestMerge: '' };
      tallies.set(file, tally);
      tally.weight += weight;
      if (merge) {
        tally.merges += 1;
        tally.newestMerge ||= sha;
      } else {
        tally.plain += 1;
        tally.newestPlain ||= sha;
      }
    }
  }
  return [...tallies]
    .map(([file, { plain, merges, weight, newestPlain, newestMerge }]) => ({
      path: file,
      commits: plain || merges,
      weight,
      newest: newestPlain || newestMerge,
    }))
    .sort((a, b) => b.weight - a.weight || (a.path < b.path ? -1 : 1));
}
