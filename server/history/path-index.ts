import type { FileCommit } from './file-commit.ts';
import type { PathName } from './renames.ts';

/** What puts commits in order. */
type Dated = Pick<FileCommit, 'sha' | 'time'>;

/** Newest first; commits of the same time by sha, so that the order is the same in every run. */
const newestFirst = (a: Dated, b: Dated): number => b.time - a.time || (a.sha < b.sha ? -1 : a.sha > b.sha ? 1 : 0);

/** Commits by the paths that they changed. */
export class PathIndex<T extends Dated> {
  readonly #byPath = new Map<string, T[]>();

  add(commit: T, paths: readonly string[]): void {
    for (const path of paths) {
      const commits = this.#byPath.get(path);
      if (commits) commits.push(commit);
      else this.#byPath.set(path, [commit]);
    }
  }

  /**
   * The commits that changed a file while it had one of these names, each once; newest first, commits of the same time by sha.
   * @param before only these commits count, by sha; default: all
   */
  touching(names: readonly PathName[], before?: ReadonlySet<string>): T[] {
    const found = new Map<string, T>();
    for (const { path, since, until } of names) {
      for (const commit of this.#byPath.get(path) ?? []) {
        if (commit.time < since || commit.time > until || (before && !before.has(commit.sha))) continue;
        found.set(commit.sha, commit);
      }
    }
    return [...found.values()].sort(newestFirst);
  }
}
