import { onTestFinished } from 'vitest';
import { type CommitSpec, importCommits } from './fast-import.ts';
import { temporaryFolder } from './folder.ts';
import { git } from './git.ts';

export interface RepositoryOptions {
  /** Commits after the first one, oldest first. */
  readonly commits?: readonly CommitSpec[];
  /** Message of the first commit, which adds `files`. Default `Start the project`. */
  readonly message?: string;
  /** Date of the first commit; default 2024-01-01. */
  readonly date?: string;
  /** Start of the folder's name. */
  readonly name?: string;
}

/** A repository on disk, with `main` checked out and a clean work tree. */
export interface MadeRepository {
  /** Real path of the work tree. */
  readonly root: string;
  /** Shas of all commits in the order given; the first commit is at 0. */
  readonly shas: readonly string[];
  /** Sha of HEAD. */
  readonly head: string;
  /** Removes the repository; may be called again. */
  readonly remove: () => void;
}

/**
 * Makes a repository with given files in its first commit, and any further commits, by one `git fast-import` (about 30 ms).
 * Without files and further commits it is a repository without commits. The caller removes it; inside one test use `testRepository`.
 */
export const makeRepository = (
  files: Readonly<Record<string, string | Uint8Array>> = {},
  options: RepositoryOptions = {},
): MadeRepository => {
  const { commits = [], message = 'Start the project', date, name = 'lintel-repository' } = options;
  const folder = temporaryFolder(name);
  git(folder.path, ['init', '--quiet']);
  const first: CommitSpec[] = Object.keys(files).length === 0 ? [] : [{ message, files, ...(date === undefined ? {} : { date }) }];
  const all = [...first, ...commits];
  const shas = all.length === 0 ? [] : importCommits(folder.path, all);
  const head = all.length === 0 ? '' : git(folder.path, ['rev-parse', 'HEAD']);
  return { root: folder.path, shas, head, remove: folder.remove };
};

/** As `makeRepository`; removed when the running test has ended. */
export const testRepository = (...made: Parameters<typeof makeRepository>): MadeRepository => {
  const repository = makeRepository(...made);
  onTestFinished(repository.remove);
  return repository;
};
