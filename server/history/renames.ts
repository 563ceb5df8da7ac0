import type { StoredMove } from '../store/commits/fact.ts';

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

/** A file that was moved more often than this is followed no further. */
const LONGEST_CHAIN = 50;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The moves of a history, by the paths that files came to and left. Each list in any order; the same move is the same object in both. */
export interface Moves {
  readonly into: (path: string) => readonly StoredMove[];
  readonly outOf: (path: string) => readonly StoredMove[];
}

const inOrder = (moves: readonly StoredMove[]): readonly StoredMove[] =>
  [...moves].sort((a, b) => a.time - b.time || compare(a.from, b.from) || compare(a.to, b.to));

/** Remembers what is asked, because following a file asks the same again and again. */
function remembered(of: (path: string) => readonly StoredMove[]): (path: string) => readonly StoredMove[] {
  const known = new Map<string, readonly StoredMove[]>();
  return (path) => {
    const before = known.get(path);
    if (before) return before;
    const moves = inOrder(of(path));
    known.set(path, moves);
    return moves;
  };
}

/** The renames of moves. Moves of the same time are ordered by their paths, so that the answer is the same in every run. */
export function renamesOf(moves: Moves): Renames {
  const into = remembered(moves.into);
  const outOf = remembered(moves.outOf);

  const namesOf = (path: string): readonly PathName[] => {
    const names: PathName[] = [];
    const used = new Set<StoredMove>();
    let name = path;
    let until = Number.POSITIVE_INFINITY;
    while (names.length < LONGEST_CHAIN) {
      const bound = until;
      const move = into(name).findLast((candidate) => candidate.time <= bound && !used.has(candidate));
      // Author dates are not in order, so an older commit belongs to another file only where that file is known to have left the name before.
      const reused = move !== undefined && outOf(name).some((other) => other !== move && other.time <= move.time);
      names.push({ path: name, since: reused ? move.time : Number.NEGATIVE_INFINITY, until });
      if (!move) break;
      used.add(move);
      name = move.from;
      until = move.time;
    }
    return names;
  };

  const follow = (first: StoredMove): string => {
    const used = new Set<StoredMove>([first]);
    let last = first;
    for (let steps = 1; steps < LONGEST_CHAIN; steps++) {
      const { to, time } = last;
      const next = outOf(to).find((candidate) => candidate.time >= time && !used.has(candidate));
      if (!next) break;
      used.add(next);
      last = next;
    }
    return last.to;
  };

  return {
    namesOf,
    nameAfter: (path, time) => {
      const first = outOf(path).find((move) => move.time > time);
      return first ? follow(first) : path;
    },
    current: (path, exists) => {
      for (const move of outOf(path).toReversed()) {
        const end = follow(move);
        if (end !== path && exists(end)) return end;
      }
      return undefined;
    },
  };
}
