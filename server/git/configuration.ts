import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { EngineError } from '../model/errors.ts';
import { resolveInside } from '../text/read-file.ts';
import { complaintOf, GIT_LIMITS, runGit, splitNul } from './process.ts';
import { overridesByName, type Setting } from './settings.ts';

/** A setting with where it comes from: `local` and `worktree` are the repository's own files and what they include. */
export interface ScopedSetting extends Setting {
  readonly scope: string;
}

/** What the configuration of a repository needs before git may read its work tree. */
export interface Guard {
  /** Settings that every call overrides. */
  readonly overrides: readonly Setting[];
  /** Why git must not read the work tree, where something cannot be switched off; a sentence without its full stop. */
  readonly refused?: string;
  /** Why git must not blame; likewise. */
  readonly blameRefused?: string;
}

/** The configuration of a repository, followed as its files change. */
export interface RepositoryConfig {
  /**
   * As the files are now.
   *
   * @throws EngineError `git-refused` where git cannot read them, or answers with what is no configuration.
   */
  readonly current: () => Promise<{ readonly settings: readonly ScopedSetting[]; readonly guard: Guard }>;
}

const SCOPES: ReadonlySet<string> = new Set(['system', 'global', 'local', 'worktree', 'command']);

/** Above this, programs could not be told to git one by one: Windows takes 32,767 characters for all variables together. */
const MOST_OVERRIDES = 500;
const MOST_OVERRIDE_CHARACTERS = 20_000;

const isForeign = ({ scope }: ScopedSetting): boolean => scope === 'local' || scope === 'worktree';

/**
 * All settings that git would use in a folder.
 *
 * @throws EngineError `git-refused`.
 */
export const readSettings = async (folder: string): Promise<readonly ScopedSetting[]> => {
  const { code, stdout, stderr } = await runGit(folder, ['config', '--list', '-z', '--show-scope'], { within: GIT_LIMITS.opening });
  if (code !== 0)
    throw new EngineError('git-refused', `Git could not read the configuration of ${folder}: ${complaintOf(stderr) || 'unknown error'}.`);
  const fields = splitNul(stdout);
  const settings: ScopedSetting[] = [];
  for (let index = 0; index < fields.length; index += 2) {
    const [scope = '', entry] = [fields[index], fields[index + 1]];
    if (!SCOPES.has(scope) || entry === undefined)
      throw new EngineError('git-refused', `Git answered with something that is no configuration, so ${folder} is not read. Update git.`);
    const end = entry.indexOf('\n');
    settings.push({ scope, key: end < 0 ? entry : entry.slice(0, end), value: end < 0 ? 'true' : entry.slice(end + 1) });
  }
  return settings;
};

/** The last value of a key, in lower case, among some settings. */
const valueAt = (settings: readonly Setting[], key: string): string | undefined =>
  settings.findLast((setting) => setting.key === key)?.value;

/** Files that a user names for all repositories, and where git looks without a setting. */
const YOURS = [
  { key: 'core.attributesfile', file: 'attributes' },
  { key: 'core.excludesfile', file: 'ignore' },
];

const defaultFile = (name: string): string => join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'git', name);

/** Decides what a configuration needs. `root` is the work tree, `gitDir` its git folder. */
export const guardAgainst = async (settings: readonly ScopedSetting[], root: string, gitDir: string): Promise<Guard> => {
  const foreign = settings.filter(isForeign);
  const own = settings.filter((setting) => !isForeign(setting));
  const yours = YOURS.filter(({ key }) => valueAt(foreign, key) !== undefined).map(({ key, file }) => ({
    key,
    value: valueAt(own, key) ?? defaultFile(file),
  }));
  const overrides = [...yours, ...overridesByName(foreign.map(({ key }) => key))];
  const blameRefused = await blameRefusal(foreign, root, gitDir);
  const blame = blameRefused === undefined ? {} : { blameRefused };
  const characters = overrides.reduce((sum, { key, value }) => sum + key.length + value.length, 0);
  if (overrides.length <= MOST_OVERRIDES && characters <= MOST_OVERRIDE_CHARACTERS) return { overrides, ...blame };
  const refused =
    'its git configuration names so many programs that they cannot be switched off one by one, so git does not read the work tree';
  return { overrides: yours, refused, ...blame };
};

/** Git opens every list of ignored commits that any configuration names, even where a later one takes it back. */
const blameRefusal = async (foreign: readonly ScopedSetting[], root: string, gitDir: string): Promise<string | undefined> => {
  for (const { key, value } of foreign) {
    if (key !== 'blame.ignorerevsfile' || value === '') continue;
    // Git would make another path of these: of the home folder, of its own folder, of a file that need not be there.
    const special = /^(?:~|:\(|%\()/.test(value);
    const found = special ? undefined : await stat(resolve(root, value)).catch(() => undefined);
    // Git says itself that a file is missing.
    if (!special && found === undefined) continue;
    if (!found?.isFile() || !((await isInside(root, resolve(root, value))) || (await isInside(gitDir, resolve(root, value)))))
      return `blame.ignoreRevsFile in its git configuration names ${value}, which is not a file of this repository`;
  }
  return undefined;
};

const isInside = async (folder: string, path: string): Promise<boolean> => {
  const inner = relative(folder, path);
  return !isAbsolute(inner) && (await resolveInside(folder, inner).catch(() => undefined)) !== undefined;
};

/** Stamps of the files that hold the configuration; it changes with them. */
const stampOf = async (files: readonly string[]): Promise<string> => {
  const found = await Promise.all(files.map((file) => stat(file, { bigint: true }).catch(() => undefined)));
  return found.map((each) => (each ? `${each.ino} ${each.size} ${each.mtimeNs}` : '')).join('\n');
};

/** Follows the configuration of a work tree: git is asked again only when a file has changed, or where files include others. */
export const followConfig = (
  { root, gitDir, commonDir }: { readonly root: string; readonly gitDir: string; readonly commonDir: string },
  known: readonly ScopedSetting[],
  stamp: string,
): RepositoryConfig => {
  const files = configFiles(gitDir, commonDir);
  const judge = async (settings: readonly ScopedSetting[]) => ({ settings, guard: await guardAgainst(settings, root, gitDir) });
  const includes = (settings: readonly ScopedSetting[]): boolean =>
    settings.some((setting) => isForeign(setting) && /^include(?:if)?\./.test(setting.key));
  let readAt = includes(known) ? undefined : stamp;
  let reading = judge(known);
  return {
    async current() {
      const now = await stampOf(files);
      if (readAt === now) return reading;
      const settings = await readSettings(root);
      readAt = includes(settings) ? undefined : now;
      reading = judge(settings);
      return reading;
    },
  };
};

/** Where the configuration of a work tree is written. */
export const configFiles = (gitDir: string, commonDir: string): readonly string[] => [
  join(commonDir, 'config'),
  join(commonDir, 'config.worktree'),
  join(gitDir, 'config.worktree'),
];

/** The stamp of a configuration for {@link followConfig}, taken before it is read. */
export const configStamp = (gitDir: string, commonDir: string): Promise<string> => stampOf(configFiles(gitDir, commonDir));
