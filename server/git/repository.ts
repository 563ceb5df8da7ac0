import { createHash } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { messageOf } from '../model/errors.ts';
import { configStamp, followConfig, type RepositoryConfig, readSettings } from './configuration.ts';
import { gitExecutable } from './executable.ts';
import { findGitFolder, type GitFolder, isSamePlace, refusalOf } from './git-folder.ts';
import { complaintOf, GIT_LIMITS, GitMissingError, type GitPlace, readGit, runGit } from './process.ts';
import type { Setting } from './settings.ts';

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
  readonly config: RepositoryConfig;
  /** What every call of git overrides, so that nothing runs which the configuration names. */
  readonly overrides: () => Promise<readonly Setting[]>;
}

type Places = Pick<Repository, 'root' | 'gitDir' | 'commonDir'>;

/** `GIT_CONFIG_COUNT`, the only way to override a key with an equals sign in it, came with 2.31 (March 2021). */
export const LEAST_GIT = { major: 2, minor: 31 } as const;

/** A repository, or a sentence that says why there is none. */
export type Discovery = { readonly repository: Repository } | { readonly repository?: never; readonly notice: string };

/** The git that is installed. */
interface InstalledGit {
  /** Such as `2.39.5`. */
  readonly version: string;
  /** Whether it is at least {@link LEAST_GIT}. */
  readonly sufficient: boolean;
}

let version: Promise<InstalledGit | undefined> | undefined;

/** The installed git; `undefined` if there is none. Looked up once per process. */
export const findGit = (): Promise<InstalledGit | undefined> => {
  version ??= (async () => {
    const executable = await gitExecutable();
    if (executable === undefined) return undefined;
    const answer = await readGit(dirname(executable), ['version']).catch(() => undefined);
    const found = answer?.match(/\d+(\.\d+)+/)?.[0];
    return found === undefined ? undefined : { version: found, sufficient: isNewEnough(found) };
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

/** What git says of a folder in one call; the paths are asked for by {@link inspect}, because they may hold line breaks. */
const FLAGS = ['--is-bare-repository', '--is-inside-work-tree', '--is-shallow-repository'];

const inspect = async (folder: string): Promise<Discovery> => {
  const place = await findGitFolder(folder);
  const refused = place && (await refusalOf(place));
  if (refused !== undefined) return { notice: `Git does not read ${folder}: ${refused}.` };
  const limited = { within: GIT_LIMITS.opening };
  const [git, flags] = await Promise.all([findGit(), runGit(folder, ['rev-parse', ...FLAGS], limited)]);
  if (!git?.sufficient) return { notice: tooOld(git?.version) };
  if (flags.code !== 0) return { notice: refusal(folder, flags.stderr) };
  const [isBare, isInside, isShallow, ...others] = flags.stdout.toString('utf8').trimEnd().split(/\r?\n/);
  const stamp = place ? await configStamp(place.gitDir, place.commonDir) : '';
  const [gitDir, commonDir, topLevel, head, branch, settings] = await Promise.all([
    readGit(folder, ['rev-parse', '--absolute-git-dir'], limited),
    readGit(folder, ['rev-parse', '--git-common-dir'], limited),
    isInside === 'true' ? readGit(folder, ['rev-parse', '--show-toplevel'], limited) : undefined,
    resolveHead(folder),
    readGit(folder, ['symbolic-ref', '--quiet', '--short', 'HEAD'], limited),
    readSettings(folder),
  ]);
  if (gitDir === undefined || others.length > 0) return { notice: `Git could not read the repository of ${folder}.` };
  const bare = topLevel === undefined;
  const found = {
    root: await realpath(topLevel ?? gitDir),
    gitDir: await realpath(gitDir),
    commonDir: await realpath(resolve(folder, commonDir ?? gitDir)),
  };
  if (bare && isBare !== 'true' && (!place || place.bare))
    return { notice: `${folder} lies inside a git folder; open the work tree instead.` };
  const elsewhere = await leadsElsewhere(place, found, bare && isBare !== 'true');
  if (elsewhere !== undefined) return { notice: `Git does not read ${folder}: ${elsewhere}.` };
  const shallow = isShallow === 'true';
  const partial = settings.some(({ key }) => /^(?:remote\..*\.(?:promisor|partialclonefilter)|extensions\.partialclone)$/s.test(key));
  const config = followConfig(found, settings, stamp);
  const notices = [
    ...(shallow ? ['The clone is shallow: older commits are missing. Run "git fetch --unshallow" to get them.'] : []),
    ...(partial ? ['The clone is partial: renames with changed content are not recognised, and missing files are skipped.'] : []),
    ...(bare ? ['The repository is bare: files are read from HEAD.'] : []),
    ...(head === '' ? ['The repository has no commits yet.'] : []),
  ];
  return {
    repository: {
      ...found,
      bare,
      shallow,
      partial,
      head,
      ...(branch === undefined ? {} : { branch }),
      key: createHash('sha256').update(found.root).digest('hex').slice(0, 16),
      notices,
      config,
      overrides: async () => (await config.current()).guard.overrides,
    },
  };
};

/** Where git found a repository, against where it has to be: at the folder that was opened or above, by the `.git` there. */
const leadsElsewhere = async (place: GitFolder | undefined, found: Places, outside: boolean): Promise<string | undefined> => {
  if (place === undefined) return `git takes ${found.gitDir} for its repository, which is neither there nor above`;
  if (outside || !(await isSamePlace(place.top, found.root)))
    return `core.worktree in its git configuration names another folder as the work tree than ${place.top}. If that is meant, open the other folder with a ".git" file in it that says "gitdir: ${found.gitDir}"`;
  const same = (await isSamePlace(place.gitDir, found.gitDir)) && (await isSamePlace(place.commonDir, found.commonDir));
  return same ? undefined : `git takes ${found.gitDir} for its repository instead of ${place.gitDir}`;
};

const isNewEnough = (found: string): boolean => {
  const [major = 0, minor = 0] = found.split('.').map(Number);
  return major > LEAST_GIT.major || (major === LEAST_GIT.major && minor >= LEAST_GIT.minor);
};

/** The sentence for people with an older git than Lintel needs, or with one that does not tell its version. */
export const tooOld = (found: string | undefined): string =>
  `Git ${found ?? 'of an unknown version'} is too old: Lintel needs git ${LEAST_GIT.major}.${LEAST_GIT.minor} or newer, because an older one cannot be kept from running programs that a repository names. Update git, then reload.`;

const refusal = (folder: string, complaint: string): string => {
  if (/dubious ownership/.test(complaint)) {
    const owned = complaint.match(/in repository at '(.*)'/)?.[1] ?? folder;
    return `Git refuses to read ${owned} because it belongs to another user. If you trust it, run: git config --global --add safe.directory "${owned}"`;
  }
  if (/not a git repository/.test(complaint)) return `${folder} is not in a git repository.`;
  return `Git could not read ${folder}: ${complaintOf(complaint) || 'unknown error'}`;
};

const resolveHead = async (place: GitPlace): Promise<string> =>
  (await readGit(place, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'])) ?? '';

/** Current sha of HEAD; empty before the first commit. */
export const headOf = (repository: Repository): Promise<string> => resolveHead(repository);

/** URL of `origin`, or else of the first remote, without user name and password; `undefined` if there is no remote. */
export const remoteUrl = async ({ config }: Repository): Promise<string | undefined> => {
  const { settings } = await config.current();
  const remotes = settings.filter(({ key, value }) => /^remote\..*\.url$/s.test(key) && value !== '');
  const remote = remotes.find(({ key }) => key === 'remote.origin.url') ?? remotes[0];
  return remote?.value.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, '$1');
};
