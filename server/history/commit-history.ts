import { type CommitFacts, NO_FACTS } from '../store/commits/facts.ts';
import { type CoChange, coChangedFiles } from './co-change.ts';
import type { FileCommit } from './file-commit.ts';
import { touchingUnder } from './path-index.ts';
import { type PathName, type Renames, renamesOf } from './renames.ts';

/** What the commits of a repository say about its files: looked up in the facts of the index where somebody asks, so that making one takes no time. */
export class CommitHistory {
  readonly #facts: CommitFacts;
  readonly #renames: Renames;
  readonly #newestOf = new WeakMap<ReadonlySet<string>, number>();
  #newest: number | undefined;

  constructor(facts: CommitFacts) {
    this.#facts = facts;
    this.#renames = renamesOf({ into: (path) => facts.movesInto(path), outOf: (path) => facts.movesOutOf(path) });
  }

  /** The history of no commits. */
  static empty(): CommitHistory {
    return new CommitHistory(NO_FACTS);
  }

  /** The commit of a full sha; `undefined` where the index does not hold it, or it changed no file or more than 80. */
  commit(sha: string): FileCommit | undefined {
    const commit = this.#facts.commit(sha);
    return commit && commit.paths.length > 0 ? commit : undefined;
  }

  /**
   * The commits of at most 80 files that changed the file at `path`, under any name it had; newest first, commits of the same time by sha.
   * @param before only these commits count, by sha; default: all
   */
  touching(path: string, before?: ReadonlySet<string>): readonly FileCommit[] {
    return touchingUnder(this.#renames.namesOf(path), (name) => this.#facts.touching(name), before);
  }

  /**
   * The files that were changed in the same commits as the file at `path`, of all kinds, by the names that they have now; those that are gone by their last.
   * Heaviest first, equals by path. The formula is that of `CoChange.weight`.
   * @param before only these commits count, by sha, and age is measured from the newest of them; default: all
   */
  coChanged(path: string, before?: ReadonlySet<string>): readonly CoChange[] {
    return coChangedFiles(path, this.touching(path, before), this.#renames, this.newest(before));
  }

  /** The names of the file that is at `path` now, with the times at which it had them; newest first, beginning with `path`. */
  namesOf(path: string): readonly PathName[] {
    return this.#renames.namesOf(path);
  }

  /** The names that the file had before the one it has now, newest first. */
  formerPaths(path: string): readonly string[] {
    return this.namesOf(path)
      .slice(1)
      .map((name) => name.path);
  }

  /** Where a file is now that had this path once: the newest such file that `exists`. `undefined` where there is none. */
  renamed(path: string, exists: (path: string) => boolean): string | undefined {
    return this.#renames.current(path, exists);
  }

  /**
   * Time of the newest of all commits, also of those of more than 80 files; 0 without commits. Age is measured from it.
   * @param before only these commits count, by sha; default: all
   */
  newest(before?: ReadonlySet<string>): number {
    if (!before) {
      this.#newest ??= this.#facts.newest();
      return this.#newest;
    }
    let newest = this.#newestOf.get(before);
    if (newest === undefined) {
      newest = this.#facts.newest((sha) => before.has(sha));
      this.#newestOf.set(before, newest);
    }
    return newest;
  }
}
