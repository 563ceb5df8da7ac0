import type { ParseState } from 'web-tree-sitter';

/** Milliseconds of work that every text may take. */
const SHORT = 400;
/** Milliseconds of work for each UTF-16 unit that was read: ten times what most grammars take, so that neither a cold nor a loaded machine costs symbols. */
const PER_UNIT = 0.004;
/** Milliseconds of work that no text takes longer than: the process does nothing else meanwhile. */
const LONGEST = 6_000;
/** Milliseconds between two looks at the time on the processor, which is a call into the system. */
const BETWEEN_LOOKS = 5;
/** The parser counts bytes of UTF-16. */
const BYTES_PER_UNIT = 2;

/** How long the parse of one text and the work with its tree may go on. */
export interface Patience {
  /** Whether the parser, which asks from time to time, is to stop where it is. */
  readonly parsing: (state: Pick<ParseState, 'currentOffset'>) => boolean;
  /** Whether whoever works with the tree is to stop. */
  readonly working: () => boolean;
}

/**
 * Milliseconds of work since the call. Time on the wall and time on the processor both count what this thread did and something else (waiting for a
 * processor, other threads), so the shorter one is nearer to it.
 */
function workTime(): () => number {
  const start = performance.now();
  const used = process.cpuUsage();
  let looked = 0;
  let spent = 0;
  return () => {
    const wall = performance.now() - start;
    if (wall <= SHORT) return wall;
    if (wall - looked >= BETWEEN_LOOKS) {
      const { user, system } = process.cpuUsage(used);
      spent = (user + system) / 1_000;
      looked = wall;
    }
    return Math.min(wall, spent);
  };
}

const limit = (units: number): number => Math.min(LONGEST, Math.max(SHORT, units * PER_UNIT));

/**
 * The patience with one text. It grows with what the parser has read, so a long text of ordinary code is read to its end, and one in which the parser makes
 * no way is given up after 0.4 seconds.
 *
 * @param length of the text in UTF-16 units
 * @param time milliseconds of work so far. Default: of this process.
 */
export const patienceWith = (length: number, time: () => number = workTime()): Patience => ({
  parsing: ({ currentOffset }) => time() > limit(currentOffset / BYTES_PER_UNIT),
  working: () => time() > limit(length),
});
