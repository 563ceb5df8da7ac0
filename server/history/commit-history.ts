import type { CommitLog, LoggedCommit } from '../retrieval/commit-log.ts';
import { forEachYielding } from '../text/yielding.ts';
import { type CoChange, coChangedFiles } from './co-change.ts';
import type { FileCommit } from './file-commit.ts';
import { PathIndex } from './path-index.ts';
import { type PathName, type Renames, renamesFrom, renamesOf, timeOf } from './renames.ts';

/** Larger commits are no evidence of anything: they reformat, move or import. */
const MOST_FILES = 80;

/**
 * What the commits of a repository say about its files. A snapshot: `next` makes the one of a later log and shares with it what stayed the same. Of 20,000
 * commits the first takes some 50 ms, in slices.
 */
export class CommitHistory {
  readonly #commits: ReadonlyMap<string, FileCommit>;
  readonly #renames: Renames;
  /** Times of all commits by sha, also of those that are too large to be kept. */
  readonly #times: ReadonlyMap<string, number>;
  readonly #newest: number;
  /** One string for equal paths, because a path occurs in many commits. */
  readonly #sharedPaths: Map<string, string>;
  readonly #newestOf = new WeakMap<ReadonlySet<string>, number>();
  /** Made when somebody first asks about all commits of a file: nobody who asks about records needs it. */
  #byPath: PathIndex<FileCommit> | undefined;

  private constructor(
    commits: ReadonlyMap<string, FileCommit>,
    renames: Renames,
    times: ReadonlyMap<string, number>,
    sharedPaths: Map<string, string>,
  ) {
    this.#commits = commits;
    this.#renames = renames;
    this.#times = times;
    this.#sharedPaths = sharedPaths;
    let newest = 0;
    for (const time of times.values()) newest = Math.max(newest, time);
    this.#newest = newest;
  }

  /** The history of no commits. */
  static empty(): CommitHistory {
    return new CommitHistory(new Map(), renamesFrom([]), new Map(), new Map());
  }

  /**
   * The history of a log.
   * @param rows the commits of `log`, as it reads them
   */
  async next(log: CommitLog, rows: readonly LoggedCommit[]): Promise<CommitHistory> {
    const times = new Map<string, number>();
    const commits = new Map<string, FileCommit>();
    await forEachYielding(rows, (row) => {
      const known = this.#commits.get(row.sha);
      const time = known?.time ?? timeOf(row.date);
      times.set(row.sha, time);
      const commit = known ?? this.#read(row, time, log);
      if (commit) commits.set(row.sha, commit);
    });
    return new CommitHistory(commits, renamesOf(log, rows), times, this.#sharedPaths);
  }

  #read({ sha, date, documentId, paths }: LoggedCommit, time: number, log: CommitLog): FileCommit | undefined {
    const changed = paths.split('\n').filter((path) => path !== '');
    if (changed.length === 0 || changed.length > MOST_FILES) return undefined;
    return { sha, date, time, merge: log.details.get(documentId)?.merge === true, paths: changed.map((path) => this.#share(path)) };
  }

  #share(path: string): string {
    const known = this.#sharedPaths.get(path);
    if (known !== undefined) return known;
    this.#sharedPaths.set(path, path);
    return path;
  }

  /** All commits that changed 1 to 80 files, in the order of the log. */
  commits(): Iterable<FileCommit> {
    return this.#commits.values();
  }

  /** The commit of a full sha; `undefined` where the index does not hold it, or it changed no file or more than 80. */
  commit(sha: string): FileCommit | undefined {
    return this.#commits.get(sha);
  }

  /**
   * The commits of at most 80 files that changed the file at `path`, under any name it had; newest first, commits of the same time by sha.
   * @param before only these commits count, by sha; default: all
   */
  touching(path: string, before?: ReadonlySet<string>): readonly FileCommit[] {
    return this.#index().touching(this.#renames.namesOf(path), before);
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
    if (!before) return this.#newest;
    let newest = this.#newestOf.get(before);
    if (newest === undefined) {
      newest = 0;
      for (const sha of before) newest = Math.max(newest, this.#times.get(sha) ?? 0);
      this.#newestOf.set(before, newest);
    }
    return newest;
  }

  #index(): PathIndex<FileCommit> {
    if (!this.#byPath) {
      this.#byPath = new PathIndex();
      for (const commit of this.#commits.values()) this.#byPath.add(commit, commit.paths);
    }
    return this.#byPath;
  }
}
