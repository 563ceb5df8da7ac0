import { randomBytes } from 'node:crypto';
import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { unsettleChecksums } from '../checksums.ts';
import { StoreUnusable, translate } from '../failure.ts';
import { SegmentBuilder } from './builder.ts';
import { bytesIn, PagedFile } from './bytes.ts';
import type { CommitFact, StoredCommit, StoredMove } from './fact.ts';
import { Segment } from './segment.ts';

/** Commits from which a segment is left as it is: writing it anew takes half a second. */
const LARGE = 100_000;
/** A segment is merged with the one before it unless that has more than so many times its commits. */
const RATIO = 4;

const FILE = /^commits-[0-9a-f]{16}\.facts$/;

/**
 * What the commits of the index say, looked up where it is asked for: by sha, path, word and cue. Nothing is loaded, so that opening takes the same time
 * for any number of commits. Methods throw `StoreUnusable` where a file is gone or is not what was written.
 */
export class CommitFacts {
  readonly #segments: readonly Segment[];
  /** Equal keys mean equal commits. */
  readonly key: string;
  /** Number of commits. */
  readonly total: number;
  readonly messageWords: number;
  readonly pathWords: number;
  readonly changedWords: number;

  constructor(segments: readonly Segment[], key: string) {
    const sum = (of: (segment: Segment) => number): number => segments.reduce((all, segment) => all + of(segment), 0);
    this.#segments = segments;
    this.key = key;
    this.total = sum(({ size }) => size);
    this.messageWords = sum(({ directory }) => directory.messageWords);
    this.pathWords = sum(({ directory }) => directory.pathWords);
    this.changedWords = sum(({ directory }) => directory.changedWords);
  }

  /** A commit; one that is no evidence has no paths. */
  commit(sha: string): StoredCommit | undefined {
    for (const segment of this.#segments) {
      const index = segment.find(sha);
      if (index !== undefined) return segment.commit(index);
    }
    return undefined;
  }

  /** The commits that changed a path, in no particular order. */
  touching(path: string): StoredCommit[] {
    return this.#segments.flatMap((segment) => segment.commitsOf(path).map((index) => segment.commit(index)));
  }

  /** Moves of files to a path, in no particular order. The same move is the same object. */
  movesInto(path: string): StoredMove[] {
    return this.#segments.flatMap((segment) => segment.movesInto(path));
  }

  /** Moves of files away from a path, likewise. */
  movesOutOf(path: string): StoredMove[] {
    return this.#segments.flatMap((segment) => segment.movesOutOf(path));
  }

  /** How many commits hold a word. */
  frequency(word: string): number {
    return this.#segments.reduce((sum, segment) => sum + segment.frequency(word), 0);
  }

  /** Shas of the commits whose messages have a cue, ordered. */
  cueing(cue: string): string[] {
    return this.#segments.flatMap((segment) => segment.cueing(cue).map((index) => segment.sha(index))).sort();
  }

  /** Shas that begin with these digits, ordered; at most `most`. */
  startingWith(digits: string, most: number): string[] {
    const found = this.#segments.flatMap((segment) => {
      const shas: string[] = [];
      for (let index = segment.lowerBound(digits); index < segment.size && shas.length < most; index++) {
        const sha = segment.sha(index);
        if (!sha.startsWith(digits)) break;
        shas.push(sha);
      }
      return shas;
    });
    return found.sort().slice(0, most);
  }

  /** The sha that has so many before it in order; `undefined` where there are not as many. */
  nth(rank: number): string | undefined {
    for (const segment of this.#segments) {
      const others = this.#segments.filter((other) => other !== segment);
      let low = 0;
      let high = segment.size;
      while (low < high) {
        const middle = (low + high) >>> 1;
        const sha = segment.sha(middle);
        const before = others.reduce((sum, other) => sum + other.lowerBound(sha), middle);
        if (before === rank) return sha;
        if (before < rank) low = middle + 1;
        else high = middle;
      }
    }
    return undefined;
  }

  /** Time of the newest commit that counts; 0 where none does. */
  newest(counts: (sha: string) => boolean = () => true): number {
    return this.#segments.reduce((newest, segment) => {
      for (let rank = 0; rank < segment.size; rank++) {
        const index = segment.newest(rank);
        const time = segment.time(index);
        if (time <= newest) break;
        if (counts(segment.sha(index))) return time;
      }
      return newest;
    }, 0);
  }
}

/** The facts of no commits. */
export const NO_FACTS = new CommitFacts([], '');

const segmentOf = (builder: SegmentBuilder): Segment => new Segment(bytesIn(builder.encode()));

/** Facts in memory. */
export const factsInMemory = (builder: SegmentBuilder, key: string): CommitFacts => new CommitFacts([segmentOf(builder)], key);

const openSegment = async (database: string, name: string): Promise<Segment> => {
  const path = join(database, name);
  try {
    return new Segment(new PagedFile(path, (await stat(path)).size, database));
  } catch (error) {
    throw new StoreUnusable('damaged', `its files are damaged (${name} is missing or not what was written)`, database, { cause: error });
  }
};

/**
 * The facts in some files of a database folder. Rejects with `StoreUnusable` where one is missing or cannot be read.
 * @param names as the state has them
 */
export async function openFacts(database: string, names: readonly string[]): Promise<CommitFacts> {
  return new CommitFacts(await Promise.all(names.map((name) => openSegment(database, name))), names.join(' '));
}

async function writeSegment(database: string, builder: SegmentBuilder): Promise<string> {
  const name = `commits-${randomBytes(8).toString('hex')}.facts`;
  try {
    const file = await open(join(database, name), 'wx');
    try {
      await file.writeFile(builder.encode());
      await file.sync();
    } finally {
      await file.close();
    }
    return name;
  } catch (error) {
    await rm(join(database, name), { force: true }).catch(() => undefined);
    throw translate(error, database);
  }
}

/** What a run does to the commits of an index. */
export interface CommitChanges {
  readonly added: SegmentBuilder;
  /** Facts of the commits that are no longer there, as they were when they were added. */
  readonly removed?: readonly CommitFact[];
}

/**
 * Writes the files of the changed facts and says which they are. The files before stay: remove them with `removeStaleFacts` once the state names the new ones.
 * Takes time for what changed, and now and then for the segments that it is merged with. Needs the writer's lock; rejects like a store that is written.
 */
export async function changeFacts(
  database: string,
  names: readonly string[],
  { added, removed = [] }: CommitChanges,
): Promise<readonly string[]> {
  const kept: { readonly name?: string; readonly segment: Segment | SegmentBuilder; readonly size: number }[] = [];
  const gone = new Set(removed.map(({ sha }) => sha));
  for (const name of names) {
    const segment = await openSegment(database, name);
    const here = removed.filter(({ sha }) => segment.find(sha) !== undefined);
    if (here.length === 0) {
      kept.push({ name, segment, size: segment.size });
      continue;
    }
    const builder = new SegmentBuilder();
    builder.addSegment(segment, gone);
    builder.subtract(here);
    kept.push({ segment: builder, size: builder.size });
  }
  kept.push({ segment: added, size: added.size });
  const left = kept.filter(({ size }) => size > 0);
  for (;;) {
    const [before, last] = left.slice(-2);
    if (!before || !last || before.size >= LARGE || before.size > RATIO * last.size) break;
    const builder = new SegmentBuilder();
    for (const { segment } of [before, last]) builder.addSegment(segment instanceof Segment ? segment : segmentOf(segment));
    left.splice(-2, 2, { segment: builder, size: builder.size });
  }
  const out: string[] = [];
  for (const { name, segment } of left) {
    if (name !== undefined) out.push(name);
    else if (segment instanceof SegmentBuilder) out.push(await writeSegment(database, segment));
  }
  return out;
}

/** Writes what was collected as a file of its own, so that a long run need not keep it. */
export const addFacts = (database: string, builder: SegmentBuilder): Promise<string> => writeSegment(database, builder);

/**
 * Removes the files of facts that the state does not name: those that were replaced, and those of a run that was killed. Needs the writer's lock.
 * @returns whether there were some. Record the checksums then (`Store.settle`).
 */
export async function removeStaleFacts(database: string, names: readonly string[]): Promise<boolean> {
  const stale = (await readdir(database).catch(() => [])).filter((name) => FILE.test(name) && !names.includes(name));
  if (stale.length === 0) return false;
  await unsettleChecksums(database);
  // On Windows, what somebody reads at the moment is left to the next run.
  for (const name of stale) await rm(join(database, name), { force: true }).catch(() => undefined);
  return true;
}
