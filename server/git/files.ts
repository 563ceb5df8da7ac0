import { EngineError } from '../model/errors.ts';
import { GIT_LIMITS, listGit, runGit, splitNul } from './process.ts';
import type { Repository } from './repository.ts';

const SUBMODULE = '160000';

/** Path after the tab of a line such as `100644 <object> 0\t<path>`; nothing for a submodule. */
const fileOf = (line: string): string[] => (line.startsWith(SUBMODULE) ? [] : [line.slice(line.indexOf('\t') + 1)]);

/**
 * All tracked files, and untracked ones that are not ignored: repository-relative, forward slashes, sorted. For a bare repository, the files of HEAD.
 * The contents of submodules and nested repositories are left out. A tracked file may be missing on disk (deleted, or a sparse checkout).
 */
export const listFiles = async (repository: Repository, signal?: AbortSignal): Promise<string[]> => {
  const { bare, head } = repository;
  if (bare) {
    const lines = head === '' ? [] : await listGit(repository, ['ls-tree', '-r', '-z', '--full-tree', 'HEAD'], { signal });
    return (lines ?? []).flatMap(fileOf).sort();
  }
  const [tracked, others] = await Promise.all([
    listGit(repository, ['ls-files', '-z', '--stage'], { signal }),
    listGit(repository, ['ls-files', '-z', '--others', '--exclude-standard'], { signal, within: GIT_LIMITS.workTree }),
  ]);
  const untracked = (others ?? []).filter((path) => !path.endsWith('/'));
  return [...new Set([...(tracked ?? []).flatMap(fileOf), ...untracked])].sort();
};

/**
 * Why git must not compare the work tree of a repository with its index; `undefined` where it may. Git runs the filters of the files for that
 * (`filter.<name>.clean`): those that the repository's own configuration names are switched off, those of the user's, such as Git LFS, stay on.
 */
export const workTreeRefusal = async ({ config }: Repository): Promise<string | undefined> => (await config.current()).guard.refused;

/**
 * Paths that differ from HEAD or from the index, sorted. Includes untracked files, but neither ignored ones nor submodules.
 *
 * @throws EngineError `git-refused` where git must not read the work tree.
 */
export const workingTreeChanges = async (repository: Repository, signal?: AbortSignal): Promise<string[]> => {
  if (repository.bare) return [];
  const refused = await workTreeRefusal(repository);
  if (refused !== undefined) throw new EngineError('git-refused', `The changes in ${repository.root} cannot be told: ${refused}.`);
  const status = ['status', '--porcelain=v2', '-z', '--untracked-files=all', '--ignore-submodules=all', '--no-renames'];
  const entries = await listGit(repository, status, { signal, within: GIT_LIMITS.workTree });
  return (entries ?? []).flatMap(changedPath).sort();
};

/** Number of space-separated fields before the path, by type of entry. */
const FIELDS_BEFORE_PATH: Readonly<Record<string, number>> = { '1': 8, u: 10, '?': 1 };

const changedPath = (entry: string): string[] => {
  const fields = FIELDS_BEFORE_PATH[entry.charAt(0)];
  if (fields === undefined || entry.endsWith('/')) return [];
  let start = 0;
  for (let field = 0; field < fields; field++) start = entry.indexOf(' ', start) + 1;
  return [entry.slice(start)];
};

/** Whether a path is repository-relative and cannot lead out of the work tree. */
export const isInside = (path: string): boolean =>
  path !== '' && !path.startsWith('/') && !path.includes('\0') && !path.split('/').includes('..');

/** The given paths that `.gitignore` and similar files exclude. Never includes tracked files or paths outside the work tree. */
export const isIgnored = async (repository: Repository, paths: readonly string[]): Promise<ReadonlySet<string>> =>
  repository.bare ? new Set() : new Set(await askIgnored(repository, paths.filter(isInside)));

/** One path behind a symbolic link or in a submodule makes git refuse the whole list, so a refused list is halved until that path is alone. */
const askIgnored = async (repository: Repository, paths: readonly string[]): Promise<string[]> => {
  if (paths.length === 0) return [];
  // After `./`, nothing that a path starts with can be pathspec magic.
  const input = paths.map((path) => `./${path}\0`).join('');
  const { code, stdout } = await runGit(repository, ['check-ignore', '-z', '--stdin'], {
    input,
    literal: false,
    within: GIT_LIMITS.workTree,
  });
  if (code <= 1) return splitNul(stdout).map((path) => path.slice(2));
  if (paths.length === 1) return [];
  const middle = paths.length >> 1;
  return [...(await askIgnored(repository, paths.slice(0, middle))), ...(await askIgnored(repository, paths.slice(middle)))];
};
