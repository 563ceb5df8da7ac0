import { lstat, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { readBounded } from '../text/read-file.ts';

/** The git folder of a work tree, found without git. */
export interface GitFolder {
  /** Real path of the folder that holds `.git`, or that is the git folder. */
  readonly top: string;
  /** There is no work tree: the folder itself is the git folder. */
  readonly bare: boolean;
  /** Real path of the git folder, which `.git` is or names. */
  readonly gitDir: string;
  /** Real path of the git folder that linked work trees share. */
  readonly commonDir: string;
}

/** Files of a git folder that git reads without asking what they are. */
const FILES = ['HEAD', 'index', 'config', 'config.worktree', 'packed-refs', 'shallow', 'commondir', 'gitdir', 'sharedindex'];
const INFO_FILES = ['attributes', 'exclude', 'grafts', 'sparse-checkout'].map((name) => `info/${name}`);
const OBJECT_FILES = ['alternates', 'http-alternates', 'commit-graph', 'packs'].map((name) => `objects/info/${name}`);

/** Bytes; git reads these files whole, for every call. */
const LARGEST_CONFIG = 4 * 1024 * 1024;
const LARGEST_INFO = 64 * 1024 * 1024;
const MOST_POINTER_BYTES = 10_000;
const MOST_INCLUDES = 50;

const real = (path: string): Promise<string> => realpath(path).catch(() => resolve(path));

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

/** What git asks of a folder that is to be a git folder. */
const isGitFolder = async (folder: string): Promise<boolean> =>
  (await Promise.all(['HEAD', 'objects', 'refs'].map((name) => isThere(join(folder, name))))).every(Boolean);

/** What a file with one path in it points to, such as `.git` of a linked work tree (`gitdir: PATH`) and `commondir`. */
const pointsTo = async (file: string): Promise<string | undefined> => {
  const text = await readBounded(file, MOST_POINTER_BYTES);
  const path = text?.replace(/^gitdir: /, '').replace(/[\r\n]+$/, '');
  return path === undefined || path === '' ? undefined : isAbsolute(path) ? path : join(dirname(file), path);
};

/**
 * Finds the git folder of a folder as git does, so that it can be looked at before git reads it. `undefined` for a plain folder.
 */
export const findGitFolder = async (folder: string): Promise<GitFolder | undefined> => {
  for (let top = await real(folder); ; top = dirname(top)) {
    const gitDir = await gitDirIn(top);
    if (gitDir !== undefined) {
      const path = await real(gitDir);
      const common = await pointsTo(join(path, 'commondir'));
      return { top, bare: gitDir === top, gitDir: path, commonDir: common === undefined ? path : await real(common) };
    }
    if (dirname(top) === top) return undefined;
  }
};

/** The git folder that git would find in a folder, before it looks above. */
const gitDirIn = async (folder: string): Promise<string | undefined> => {
  const entry = join(folder, '.git');
  const found = await stat(entry).catch(() => undefined);
  if (found?.isFile()) return (await pointsTo(entry)) ?? entry;
  if (found && !found.isDirectory()) return entry;
  if (found && (await isGitFolder(entry))) return entry;
  return (await isGitFolder(folder)) ? folder : undefined;
};

/** Whether two paths name the same file or folder. */
export const isSamePlace = async (one: string, other: string): Promise<boolean> => {
  const [a, b] = await Promise.all([one, other].map((path) => stat(path, { bigint: true }).catch(() => undefined)));
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
};

/** A file that git would read, if it is something else than a file of a sensible size. */
const unreadable = async (path: string, mostBytes: number): Promise<string | undefined> => {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || (found.isFile() && found.size <= mostBytes)) return undefined;
  return found.isFile() ? `${path} is larger than ${mostBytes} bytes` : `${path} is not a regular file`;
};

/**
 * Paths that a configuration file includes. Only a hint, because git's own reading decides: what this overlooks runs into the time limit.
 */
const includesOf = async (config: string): Promise<readonly string[]> => {
  const text = (await readBounded(config, LARGEST_CONFIG)) ?? '';
  const paths: string[] = [];
  let including = false;
  for (const line of text.split('\n')) {
    const section = /^\s*\[\s*([^\s"\]]+)/.exec(line)?.[1];
    if (section !== undefined) including = /^include(?:if)?$/i.test(section);
    const value = including ? /(?:^|\]|\s)path\s*=\s*(.*?)\s*$/i.exec(line)?.[1]?.replaceAll('"', '') : undefined;
    if (!value) continue;
    const path = value.startsWith('~/') ? join(homedir(), value.slice(2)) : value;
    paths.push(isAbsolute(path) ? path : join(dirname(config), path));
  }
  return paths;
};

/** The first file, among a configuration and all that it includes, that git could not finish reading. */
const badInclude = async (configs: readonly string[]): Promise<string | undefined> => {
  const seen = new Set(configs);
  for (const config of seen) {
    for (const path of await includesOf(config)) {
      const problem = await unreadable(path, LARGEST_CONFIG);
      if (problem !== undefined) return `${problem}, and ${config} includes it`;
      if (seen.size < MOST_INCLUDES) seen.add(path);
    }
  }
  return undefined;
};

/** Whose work tree a git folder is, by what it says itself; `undefined` where it does not say. */
const owned = async ({ gitDir, commonDir }: GitFolder): Promise<string | undefined> => {
  if (gitDir !== commonDir) {
    const back = await pointsTo(join(gitDir, 'gitdir'));
    return back === undefined || (await stat(back).catch(() => undefined)) === undefined ? undefined : dirname(back);
  }
  return basename(gitDir) === '.git' ? dirname(gitDir) : undefined;
};

/**
 * Looks at a git folder before git does: it has to be the one of this work tree, and its files have to be files.
 *
 * @returns the sentence that says why git must not read it; `undefined` if it may.
 */
export const refusalOf = async (folder: GitFolder): Promise<string | undefined> => {
  const { top, bare, gitDir, commonDir } = folder;
  if (!(await isThere(gitDir)) || basename(gitDir) === '') return undefined;
  const linked = gitDir !== commonDir;
  if (linked && (basename(dirname(gitDir)) !== 'worktrees' || !(await isSamePlace(dirname(dirname(gitDir)), commonDir))))
    return `${gitDir} takes its objects and settings from ${commonDir}, which is not the repository that it is a work tree of`;
  const owner = bare ? undefined : await owned(folder);
  if (owner !== undefined && !(await isSamePlace(owner, top)))
    return `${join(top, '.git')} leads to ${gitDir}, which is the repository of ${owner}`;
  const configs = [...new Set([join(commonDir, 'config'), join(commonDir, 'config.worktree'), join(gitDir, 'config.worktree')])];
  const files = [
    ...configs.map((path) => ({ path, most: LARGEST_CONFIG })),
    ...FILES.map((name) => ({ path: join(gitDir, name), most: Number.POSITIVE_INFINITY })),
    ...[...FILES, ...OBJECT_FILES].map((name) => ({ path: join(commonDir, name), most: Number.POSITIVE_INFINITY })),
    ...INFO_FILES.map((name) => ({ path: join(commonDir, name), most: LARGEST_INFO })),
  ];
  const problems = await Promise.all(files.map(({ path, most }) => unreadable(path, most)));
  return problems.find((problem) => problem !== undefined) ?? (await badInclude(configs));
};
