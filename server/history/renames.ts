import type { CommitLog, LoggedCommit } from '../retrieval/commit-log.ts';
import { groupBy } from '../text/group-by.ts';

/** A path that a file had, and when: milliseconds since 1970, both ends included. */
export interface PathName {
  readonly path: string;
  readonly since: number;
  readonly until: number;
}

/** The renames of a history, without copies. */
export interface Renames {
  /** The names of the file that is at `path` now, newest first, beginning with `path` itself. Follows chains of renames, and ends where they run in a circle. */
  readonly namesOf: (path: string) => readonly PathName[];
  /** The last name of the file that was at `path` just after the given time: `path` itself where nothing was moved from there later. */
  readonly nameAfter: (path: string, time: number) => string;
  /** Where a file is now that was once at `path`: the newest such file that `exists`. `undefined` where there is none. */
  readonly current: (path: string, exists: (path: string) => boolean) => string | undefined;
}

interface Move {
  readonly from: string;
  readonly to: string;
  readonly time: number;
}

/** A file that was moved more often than this is followed no further. */
const LONGEST_CHAIN = 50;

/** Milliseconds since 1970 of an author date; 0 for one that cannot be read. */
export const timeOf = (date: string): number => Date.parse(date) || 0;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The renames of the commits of a log.
 * @param commits as the log reads them
 */
export function renamesOf(log: CommitLog, commits: readonly LoggedCommit[]): Renames {
  const moves: Move[] = [];
  for (const { documentId, date } of commits) {
    const renames = log.details.get(documentId)?.renames;
    if (!renames) continue;
    const time = timeOf(date);
    for (const { from, to } of renames) moves.push({ from, to, time });
  }
  return renamesFrom(moves);
}

/** The renames of moves in any order. Moves of the same time are ordered by their paths, so that the answer is the same in every run. */
export function renamesFrom(moves: readonly Move[]): Renames {
  const ordered = [...moves].sort((a, b) => a.time - b.time || compare(a.from, b.from) || compare(a.to, b.to));
  const into = groupBy(ordered, ({ to }) => to);
  const outOf = groupBy(ordered, ({ from }) => from);

  const namesOf = (path: string): readonly PathName[] => {
    const names: PathName[] = [];
    const used = new Set<Move>();
    let name = path;
    let until = Number.POSITIVE_INFINITY;
    while (names.length < LONGEST_CHAIN) {
      const bound = until;
      const move = into.get(name)?.findLast((candidate) => candidate.time <= bound && !used.has(candidate));
      // Author dates are not in order, so an older commit belongs to another file only where that file is known to have left the name before.
      const reused = move !== undefined && (outOf.get(name) ?? []).some((other) => other !== move && other.time <= move.time);
      names.push({ path: name, since: reused ? move.time : Number.NEGATIVE_INFINITY, until });
      if (!move) break;
      used.add(move);
      name = move.from;
      until = move.time;
    }
    return names;
  };

  const follow = (first: Move): string => {
    const used = new Set<Move>([first]);
    let last = first;
    for (let steps = 1; steps < LONGEST_CHAIN; steps++) {
      const { to, time } = last;
      const next = outOf.get(to)?.find((candidate) => candidate.time >= time && !used.has(candidate));
      if (!next) break;
      used.add(next);
      last = next;
    }
    return last.to;
  };

  return {
    namesOf,
    nameAfter: (path, time) => {
      const first = outOf.get(path)?.find((move) => move.time > time);
      return first ? follow(first) : path;
    },
    current: (path, exists) => {
      for (const move of (outOf.get(path) ?? []).toReversed()) {
        const end = follow(move);
        if (end !== path && exists(end)) return end;
      }
      return undefined;
    },
  };
}
