import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Commit } from '../model/commit.ts';
import { LOG_FORMAT, logParser } from './log-parser.ts';
import { readGit, streamGit } from './process.ts';
import type { Repository } from './repository.ts';

/** Commits reachable from `to` and not from `from`. */
export interface CommitRange {
  /** Sha or name; absent or empty: from the beginning. */
  readonly from?: string;
  /** Sha or name. */
  readonly to: string;
}

export interface LogOptions {
  /** Default: all of HEAD. */
  readonly range?: CommitRange;
  /** Exactly these commits, in this order, instead of a range. Those that the repository does not hold are left out. */
  readonly commits?: readonly string[];
  /** At most so many, the newest ones; default: all. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
  /** Told once, in a sentence, where some commits had to be read without their paths or renames. */
  readonly onNotice?: (sentence: string) => void;
}

const BATCH = 500;
const MOST_FAILURES = 20;

/** How much of the changed paths is asked for: inexact renames need the contents, exact ones the trees, none nothing but the commit. */
type Depth = 'renames' | 'exact' | 'none';

const DEPTH_ARGUMENTS: Readonly<Record<Depth, readonly string[]>> = {
  renames: ['--name-status', '-M'],
  exact: ['--name-status', '-M100%'],
  none: ['--no-patch'],
};

/** True for a name that git cannot take for an option. */
export const isRevision = (name: string): boolean => name !== '' && !name.startsWith('-') && !/[\s\0]/.test(name);

const rangeArguments = ({ from, to }: CommitRange): readonly string[] | undefined => {
  if (!isRevision(to) || (from && !isRevision(from))) return undefined;
  return from ? [`${to}^{commit}`, `^${from}`, '--'] : [`${to}^{commit}`, '--'];
};

/**
 * Shas of the commits that make up the log, newest first by commit date: all that are no merges, and the merges on the first-parent line
 * (a pull request's landing; merges inside side branches repeat what is told already). Empty where a name of the range is unknown.
 */
export const listCommits = async (
  repository: Repository,
  range: CommitRange,
  options: { readonly limit?: number; readonly signal?: AbortSignal } = {},
): Promise<string[]> => {
  const revisions = rangeArguments(range);
  if (!revisions) return [];
  const limit = options.limit === undefined ? [] : [`--max-count=${options.limit}`];
  const list = async (selection: readonly string[]): Promise<string[]> => {
    const text = await readGit(repository.root, ['rev-list', '--timestamp', ...limit, ...selection, ...revisions], options);
    return text ? text.split('\n') : [];
  };
  const [plain, merges] = await Promise.all([list(['--no-merges']), list(['--merges', '--first-parent'])]);
  const all = mergeByTime(plain, merges);
  return options.limit === undefined ? all : all.slice(0, options.limit);
};

/** Merges two lists of `<seconds> <sha>`, each newest first. */
const mergeByTime = (left: readonly string[], right: readonly string[]): string[] => {
  const merged: string[] = [];
  const shaOf = (line: string): string => line.slice(line.indexOf(' ') + 1);
  let taken = 0;
  for (const line of left) {
    for (let other = right[taken]; other !== undefined && Number.parseInt(other, 10) > Number.parseInt(line, 10); other = right[taken]) {
      merged.push(shaOf(other));
      taken++;
    }
    merged.push(shaOf(line));
  }
  for (const line of right.slice(taken)) merged.push(shaOf(line));
  return merged;
};

/**
 * The log in batches of about 500 commits, newest first. Commits whose objects are missing (partial clones) come with exact renames only
 * or without paths; the log itself goes on.
 *
 * @throws GitMissingError where there is no git; the reason of `signal` when aborted.
 */
export async function* readLog(repository: Repository, options: LogOptions = {}): AsyncGenerator<readonly Commit[]> {
  const shas =
    options.commits?.filter((sha) => /^[0-9a-f]{40,64}$/.test(sha)) ??
    (await listCommits(repository, options.range ?? { to: 'HEAD' }, options));
  const cut = options.limit === undefined ? shas : shas.slice(0, options.limit);
  const edges = await shallowEdges(repository);
  let batch: Commit[] = [];
  for await (const commits of tolerantLog(repository, cut, options)) {
    for (const commit of commits) batch.push(edges.has(commit.sha) ? { ...commit, parents: [], paths: [] } : commit);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Commits at which a shallow clone is cut: against nothing, they would seem to add every file. */
const shallowEdges = async ({ shallow, commonDir }: Repository): Promise<ReadonlySet<string>> => {
  if (!shallow) return new Set();
  const text = await readFile(join(commonDir, 'shallow'), 'utf8').catch(() => '');
  return new Set(text.split('\n'));
};

/**
 * Git ends at the first commit for which an object is missing. That commit is then read alone with less depth, and the log goes on behind
 * it; after a number of such failures the rest is read with less depth at once.
 */
async function* tolerantLog(repository: Repository, shas: readonly string[], options: LogOptions): AsyncGenerator<Commit[]> {
  const position = new Map(shas.map((sha, index) => [sha, index]));
  let depth: Depth = repository.partial ? 'exact' : 'renames';
  let failures = 0;
  let next = 0;
  while (next < shas.length) {
    const well: boolean = yield* trackedLog(shas.slice(next), depth);
    if (well || next >= shas.length) break;
    if (failures === 0)
      options.onNotice?.('Some objects are missing in this clone: the commits that need them are read with fewer changed paths.');
    failures++;
    const failed = shas.slice(next, next + 1);
    if (depth === 'none') next++;
    else if (depth === 'exact' || !(yield* logOnce(repository, failed, 'exact', options)))
      yield* logOnce(repository, failed, 'none', options);
    if (depth !== 'none') next++;
    if (failures >= MOST_FAILURES && depth !== 'none') {
      depth = depth === 'renames' ? 'exact' : 'none';
      failures = 1;
    }
  }

  async function* trackedLog(rest: readonly string[], at: Depth): AsyncGenerator<Commit[], boolean> {
    const log = logOnce(repository, rest, at, options);
    for (let step = await log.next(); ; step = await log.next()) {
      if (step.done) return step.value;
      const last = step.value.at(-1);
      if (last) next = (position.get(last.sha) ?? next) + 1;
      yield step.value;
    }
  }
}

/** One run of git over given commits. Returns whether it came to a good end; what was yielded is complete in any case. */
async function* logOnce(
  repository: Repository,
  shas: readonly string[],
  depth: Depth,
  { signal }: Pick<LogOptions, 'signal'>,
): AsyncGenerator<Commit[], boolean> {
  const parser = logParser();
  const git = streamGit(
    repository.root,
    [
      'log',
      '-z',
      '--no-walk=unsorted',
      '--stdin',
      '--ignore-missing',
      '--diff-merges=first-parent',
      ...LOG_SAFETY,
      ...DEPTH_ARGUMENTS[depth],
      LOG_FORMAT,
    ],
    { input: shas.map((sha) => `${sha}\n`).join(''), signal },
  );
  try {
    for (let step = await git.next(); ; step = await git.next()) {
      if (step.done) {
        if (step.value.code !== 0) return false;
        const last = parser.finish();
        if (last.length > 0) yield last;
        return true;
      }
      const commits = parser.push(step.value);
      if (commits.length > 0) yield commits;
    }
  } finally {
    await git.return({ code: 0, stderr: '' });
  }
}

/** No program of the configuration, no decoration, no signature check. */
const LOG_SAFETY = [
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--no-decorate',
  '--no-show-signature',
  '--no-notes',
  '--encoding=UTF-8',
] as const;

/** The newest commits that changed a file, merges left out, each with that file alone as its path. `follow` goes on behind renames. */
export const logOfFile = async (
  repository: Repository,
  path: string,
  options: { readonly limit?: number; readonly follow?: boolean; readonly signal?: AbortSignal } = {},
): Promise<readonly Commit[]> => {
  if (path === '' || path.includes('\0') || repository.head === '') return [];
  const { limit = 50, follow = false } = options;
  const renames = repository.partial ? DEPTH_ARGUMENTS.exact : DEPTH_ARGUMENTS.renames;
  const selection = ['log', '-z', '--no-merges', `--max-count=${limit}`, ...(follow ? ['--follow'] : [])];
  const parser = logParser();
  const commits: Commit[] = [];
  const git = streamGit(repository.root, [...selection, ...LOG_SAFETY, ...renames, LOG_FORMAT, 'HEAD', '--', path], options);
  for await (const bytes of git) commits.push(...parser.push(bytes));
  commits.push(...parser.finish());
  const edges = await shallowEdges(repository);
  return commits.filter(({ sha }) => !edges.has(sha));
};

/** A commit as text for people: sha, author, date, the message and the changed paths. `undefined` where the repository does not hold it. */
export const showCommit = async (repository: Repository, sha: string): Promise<string | undefined> => {
  if (!/^[0-9a-f]{4,64}$/i.test(sha)) return undefined;
  const full = await readGit(repository.root, ['rev-parse', '--verify', '--quiet', `${sha}^{commit}`]);
  if (full === undefined) return undefined;
  for await (const [commit] of readLog(repository, { commits: [full] })) {
    if (commit) return render(commit);
  }
  return undefined;
};

const render = ({ sha, author, date, parents, subject, body, paths, merge }: Commit): string => {
  const changed = paths.map(({ status, path, from }) => `${status}  ${from === undefined ? path : `${from} -> ${path}`}`);
  const head = [`commit ${sha}`, ...(merge ? [`Merge:  ${parents.join(' ')}`] : []), `Author: ${author}`, `Date:   ${date}`];
  const blocks = [head.join('\n'), subject, body, ...(changed.length > 0 ? [`Changed paths\n${changed.join('\n')}`] : [])];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
};
