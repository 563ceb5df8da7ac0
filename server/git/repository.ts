import { createHash } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { messageOf } from '../model/errors.ts';
import { complaintOf, GitMissingError, gitExecutable, readGit, runGit } from './process.ts';

/** A git repository, as it was on disk when it was opened. */
export interface Repository {
  /** Real path of the root of the work tree; for a bare repository, of the git folder. */
  readonly root: string;
  readonly gitDir: string;
  /** The git folder that all linked work trees share. */
  readonly commonDir: string;
  readonly bare: boolean;
  /** The clone has only part of the history (`clone --depth`). */
  readonly shallow: boolean;
  /** Objects may be missing (`clone --filter`). We never fetch them. */
  readonly partial: boolean;
  /** Sha of HEAD; empty before the first commit. */
  readonly head: string;
  /** Name of the current branch; absent if HEAD is detached. */
  readonly branch?: string;
  /** Identifies this work tree: the first 16 hex digits of the SHA-256 of `root`. */
  readonly key: string;
  /** Limitations of this clone, in sentences for people. */
  readonly notices: readonly string[];
}

/** A repository, or a sentence that says why there is none. */
export type Discovery = { readonly repository: Repository } | { readonly repository?: never; readonly notice: string };

let version: Promise<{ readonly version: string } | undefined> | undefined;

/** Version of the installed git, such as `2.39.5`; `undefined` if there is none. Looked up once per process. */
export const findGit = (): Promise<{ readonly version: string } | undefined> => {
  version ??= (async () => {
    const executable = await gitExecutable();
    if (executable === undefined) return undefined;
    const answer = await readGit(dirname(executable), ['version']).catch(() => undefined);
    const found = answer?.match(/\d+(\.\d+)+/)?.[0];
    return found === undefined ? undefined : { version: found };
  })();
  return version;
};

/**
 * Finds the repository that a folder belongs to. Submodules and linked work trees are repositories of their own. Never rejects: if there is no
 * repository, the result says why.
 */
export const discoverRepository = async (folder: string): Promise<Discovery> => {
  const start = resolve(folder);
  const found = await stat(start).catch(() => undefined);
  if (!found?.isDirectory()) return { notice: `${start} is not a folder.` };
  try {
    return await inspect(start);
  } catch (error) {
    if (error instanceof GitMissingError) return { notice: error.message };
    return { notice: `Git could not read ${start}: ${messageOf(error)}` };
  }
};

/** The repository that a folder belongs to; `undefined` if there is none that git can read ({@link discoverRepository} says why). */
export const openRepository = async (folder: string): Promise<Repository | undefined> => (await discoverRepository(folder)).repository;

const inspect = async (folder: string): Promise<Discovery> => {
  const flags = await runGit(folder, ['rev-parse', '--is-bare-repository', '--is-inside-work-tree', '--is-shallow-repository']);
  if (flags.code !== 0) return { notice: refusal(folder, flags.stderr) };
  const [isBare, isInside, isShallow] = flags.stdout.toString('utf8').split(/\r?\n/);
  const [gitDir, commonDir, topLevel, head, branch, promisor] = await Promise.all([
    readGit(folder, ['rev-parse', '--absolute-git-dir']),
    readGit(folder, ['rev-parse', '--git-common-dir']),
    isInside === 'true' ? readGit(folder, ['rev-parse', '--show-toplevel']) : undefined,
    resolveHead(folder),
    readGit(folder, ['symbolic-ref', '--quiet', '--short', 'HEAD']),
    readGit(folder, ['config', '--get-regexp', '^(remote\\..*\\.(promisor|partialclonefilter)|extensions\\.partialclone)$']),
  ]);
  if (gitDir === undefined) return { notice: `Git could not read the repository of ${folder}.` };
  const bare = topLevel === undefined;
  if (bare && isBare !== 'true') return { notice: `${folder} lies inside a git folder; open the work tree instead.` };
  const root = await realpath(topLevel ?? gitDir);
  const shallow = isShallow === 'true';
  const partial = promisor !== undefined;
  const notices = [
    ...(shallow ? ['The clone is shallow: older commits are missing. Run "git fetch --unshallow" to get them.'] : []),
    ...(partial ? ['The clone is partial: renames with changed content are not recognised, and missing files are skipped.'] : []),
    ...(bare ? ['The repository is bare: files are read from HEAD.'] : []),
    ...(head === '' ? ['The repository has no commits yet.'] : []),
  ];
  return {
    repository: {
      root,
      gitDir: await realpath(gitDir),
      commonDir: await realpath(resolve(folder, commonDir ?? gitDir)),
      bare,
      shallow,
      partial,
      head,
      ...(branch === undefined ? {} : { branch }),
      key: createHash('sha256').update(root).digest('hex').slice(0, 16),
      notices,
    },
  };
};

const refusal = (folder: string, complaint: string): string => {
  if (/dubious ownership/.test(complaint)) {
    const owned = complaint.match(/in repository at '(.*)'/)?.[1] ?? folder;
    return `Git refuses to read ${owned} because it belongs to another user. If you trust it, run: git config --global --add safe.directory "${owned}"`;
  }
  if (/not a git repository/.test(complaint)) return `${folder} is not in a git repository.`;
  return `Git could not read ${folder}: ${complaintOf(complaint) || 'unknown error'}`;
};

const resolveHead = async (folder: string): Promise<string> =>
  (await readGit(folder, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'])) ?? '';

/** Current sha of HEAD; empty before the first commit. */
export const headOf = (repository: Repository): Promise<string> => resolveHead(repository.root);

/** URL of `origin`, or else of the first remote, without user name and password; `undefined` if there is no remote. */
export const remoteUrl = async (repository: Repository): Promise<string | undefined> => {
  const { code, stdout } = await runGit(repository.root, ['config', '-z', '--get-regexp', '^remote\\..*\\.url$']);
  if (code !== 0) return undefined;
  const remotes = stdout
    .toString('utf8')
    .split('\0')
    .map((entry) => entry.split('\n'))
    .flatMap(([name, url]) => (name !== undefined && url ? [{ name, url }] : []));
  const remote = remotes.find(({ name }) => name === 'remote.origin.url') ?? remotes[0];
  return remote?.url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, '$1');
};
