import type { FileCommit } from './file-commit.ts';
import type { PathName } from './renames.ts';

/** What puts commits in order. */
type Dated = Pick<FileCommit, 'sha' | 'time'>;

/** Newest first; commits of the same time by sha, so that the order is the same in every run. */
const newestFirst = (a: Dated, b: Dated): number => b.time - a.time || (a.sha < b.sha ? -1 : a.sha > b.sha ? 1 : 0);

/**
 * The commits that changed a file while it had one of these names, each once; newest first, commits of the same time by sha.
 * @param touching the commits of a path
 * @param before only these commits count, by sha; default: all
 */
export function touchingUnder<T extends Dated>(
  names: readonly PathName[],
  touching: (path: string) => readonly T[],
  before?: ReadonlySet<string>,
): T[] {
  const found = new Map<string, T>();
  for (const { path, since, until } of names) {
    for (const commit of touching(path)) {
      if (commit.time < since || commit.time > until || (before && !before.has(commit.sha))) continue;
      found.set(commit.sha, commit);
    }
  }
  return [...found.values()].sort(newestFirst);
}

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

  /** As `touchingUnder`. */
  touching(names: readonly PathName[], before?: ReadonlySet<string>): T[] {
    return touchingUnder(names, (path) => this.#byPath.get(path) ?? [], before);
  }
}
