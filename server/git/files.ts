import { listGit, runGit, splitNul } from './process.ts';
import type { Repository } from './repository.ts';

const SUBMODULE = '160000';

/** Path behind the tab of a line such as `100644 <object> 0\t<path>`, unless it is a submodule. */
const fileOf = (line: string): string[] => (line.startsWith(SUBMODULE) ? [] : [line.slice(line.indexOf('\t') + 1)]);

/**
 * All files that are tracked, or untracked and not ignored: repository-relative, forward slashes, sorted. Of a bare repository, those of
 * HEAD. Without submodules' contents and nested repositories. A tracked file may be absent from the disk (deleted, sparse checkout).
 */
export const listFiles = async (repository: Repository, signal?: AbortSignal): Promise<string[]> => {
  const { root, bare, head } = repository;
  if (bare) {
    const lines = head === '' ? [] : await listGit(root, ['ls-tree', '-r', '-z', '--full-tree', 'HEAD'], { signal });
    return (lines ?? []).flatMap(fileOf).sort();
  }
  const [tracked, others] = await Promise.all([
    listGit(root, ['ls-files', '-z', '--stage'], { signal }),
    listGit(root, ['ls-files', '-z', '--others', '--exclude-standard'], { signal }),
  ]);
  const untracked = (others ?? []).filter((path) => !path.endsWith('/'));
  return [...new Set([...(tracked ?? []).flatMap(fileOf), ...untracked])].sort();
};

/**
 * Clean and process filters that the repository's own configuration declares (`filter.<name>.clean`): git would run them to compare a file
 * with the index. Answered as options that switch them off; the user's own filters (Git LFS) stay.
 */
export const withoutFilters = async (repository: Repository): Promise<readonly string[]> => {
  const { code, stdout } = await runGit(repository.root, ['config', '-z', '--show-scope', '--name-only', '--get-regexp', '^filter\\.']);
  if (code !== 0) return [];
  const fields = splitNul(stdout);
  const names = new Set<string>();
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const name = /^filter\.(.*)\.[^.]+$/s.exec(fields[index + 1] ?? '')?.[1];
    if (name !== undefined && (fields[index] === 'local' || fields[index] === 'worktree')) names.add(name);
  }
  return [...names].flatMap((name) =>
    ['clean=', 'smudge=', 'process=', 'required=false'].flatMap((setting) => ['-c', `filter.${name}.${setting}`]),
  );
};

/** Paths that differ from HEAD or from the index, untracked ones included, ignored ones and submodules not; sorted. */
export const workingTreeChanges = async (repository: Repository, signal?: AbortSignal): Promise<string[]> => {
  if (repository.bare) return [];
  const status = ['status', '--porcelain=v2', '-z', '--untracked-files=all', '--ignore-submodules=all', '--no-renames'];
  const entries = await listGit(repository.root, [...(await withoutFilters(repository)), ...status], { signal });
  return (entries ?? []).flatMap(changedPath).sort();
};

/** Number of space-separated fields before the path, by the kind of entry. */
const FIELDS_BEFORE_PATH: Readonly<Record<string, number>> = { '1': 8, u: 10, '?': 1 };

const changedPath = (entry: string): string[] => {
  const fields = FIELDS_BEFORE_PATH[entry.charAt(0)];
  if (fields === undefined || entry.endsWith('/')) return [];
  let start = 0;
  for (let field = 0; field < fields; field++) start = entry.indexOf(' ', start) + 1;
  return [entry.slice(start)];
};

/** True for a repository-relative path that cannot lead out of the work tree. */
export const isInside = (path: string): boolean =>
  path !== '' && !path.startsWith('/') && !path.includes('\0') && !path.split('/').includes('..');

/** Those of the given paths that `.gitignore` and its like exclude. Tracked files never are. Paths outside the work tree are not asked about. */
export const isIgnored = async (repository: Repository, paths: readonly string[]): Promise<ReadonlySet<string>> =>
  repository.bare ? new Set() : new Set(await askIgnored(repository, paths.filter(isInside)));

/** Git refuses a whole list for one path beyond a symbolic link or in a submodule: the list is then halved until that path is alone. */
const askIgnored = async (repository: Repository, paths: readonly string[]): Promise<string[]> => {
  if (paths.length === 0) return [];
  // Behind `./`, nothing that a path starts with is pathspec magic.
  const input = paths.map((path) => `./${path}\0`).join('');
  const { code, stdout } = await runGit(repository.root, ['check-ignore', '-z', '--stdin'], { input, literal: false });
  if (code <= 1) return splitNul(stdout).map((path) => path.slice(2));
  if (paths.length === 1) return [];
  const middle = paths.length >> 1;
  return [...(await askIgnored(repository, paths.slice(0, middle))), ...(await askIgnored(repository, paths.slice(middle)))];
};
