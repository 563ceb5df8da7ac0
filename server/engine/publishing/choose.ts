import { countCommits, holdsCommit, type Repository } from '../../git/index.ts';
import { EngineError } from '../../model/errors.ts';
import type { SnapshotRow } from '../../store/published/database.ts';
import { INDEX_SCHEMA } from '../../store/state.ts';

/** Newest snapshots that are compared with HEAD: two calls of git for each. */
const SNAPSHOTS_COMPARED = 30;
/** Names of other repositories that a message lists. */
const NAMES_SHOWN = 5;

export interface Chosen {
  readonly snapshot: SnapshotRow;
  /** Commits between it and HEAD, both ways; `undefined` where the clone does not have the commit. */
  readonly distance: number | undefined;
}

/** Commits between two states, both ways; `undefined` where the clone does not have the first. */
export async function distanceTo(repository: Repository, commit: string, head: string): Promise<number | undefined> {
  if (commit === head) return 0;
  if (!(await holdsCommit(repository, commit))) return undefined;
  const [behind, ahead] = await Promise.all([countCommits(repository, commit, head), countCommits(repository, head, commit)]);
  return behind + ahead;
}

/** Those that this version of Lintel can use with this model. Throws `published-absent` where there are none, and says why. */
export function usableSnapshots(
  rows: readonly SnapshotRow[],
  fingerprint: string,
  { repository, place, others }: { readonly repository: string; readonly place: string; readonly others: readonly string[] },
): SnapshotRow[] {
  const usable = rows.filter((row) => row.schema === INDEX_SCHEMA && row.fingerprint === fingerprint);
  if (usable.length > 0) return usable;
  const absent = (why: string): EngineError =>
    new EngineError('published-absent', `There is no index of ${repository} at ${place} that can be used: ${why}`);
  const [newest] = rows;
  if (!newest) {
    const names = [...new Set(others)].sort();
    const listed =
      names.length === 0
        ? 'nothing is published there'
        : `only ${names.slice(0, NAMES_SHOWN).join(', ')}${names.length > NAMES_SHOWN ? ' and others are' : names.length === 1 ? ' is' : ' are'}`;
    throw absent(`${listed}. Publish one with "lintel publish", or name the repository with --name.`);
  }
  if (newest.schema > INDEX_SCHEMA) throw absent('it was made by a newer version of Lintel. Update Lintel.');
  if (newest.schema < INDEX_SCHEMA) throw absent('it was made by an older version of Lintel. Publish it again with this one.');
  throw absent('it was made with another embedding model. Use the same "embedding" in lintel.yaml.');
}

/** The snapshot nearest to HEAD; among equals, and where the clone has none of the commits, the newest. */
export async function chooseSnapshot(repository: Repository, head: string, usable: readonly SnapshotRow[]): Promise<Chosen> {
  const [newest] = usable;
  if (!newest) throw new RangeError('There is nothing to choose from');
  let best: Chosen = { snapshot: newest, distance: undefined };
  for (const snapshot of usable.slice(0, SNAPSHOTS_COMPARED)) {
    const distance = await distanceTo(repository, snapshot.commit, head);
    if (distance !== undefined && (best.distance === undefined || distance < best.distance)) best = { snapshot, distance };
    if (distance === 0) break;
  }
  return best;
}
