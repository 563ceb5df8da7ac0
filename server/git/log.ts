import { join } from 'node:path';
import type { Commit } from '../model/commit.ts';
import { EngineError } from '../model/errors.ts';
import { readBounded } from '../text/read-file.ts';
import { failureNotice } from './log-failure.ts';
import { LOG_FORMAT, logParser, type TimedCommit } from './log-parser.ts';
import { complaintOf, readGit, streamGit } from './process.ts';
import type { Repository } from './repository.ts';

/** Commits reachable from `to` and not from `from`. */
export interface CommitRange {
  /** Sha or name. Default, and when empty: from the beginning. */
  readonly from?: string;
  /** Sha or name. */
  readonly to: string;
}

export interface LogOptions {
  /** Default: all of HEAD. */
  readonly range?: CommitRange;
  /** Exactly these commits, in this order, instead of a range. Those that are not in the repository are left out. */
  readonly commits?: readonly string[];
  /** Number of commits, newest first. Default: all. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
  /** Called once, with a sentence, if some commits had to be read without their paths or renames. */
  readonly onNotice?: (sentence: string) => void;
}

type Reading = Pick<LogOptions, 'signal' | 'onNotice'>;

const BATCH = 500;
/** 400,000 commits at which a clone is cut off. */
const MOST_SHALLOW_BYTES = 16 * 1024 * 1024;

/** Commits given by name are requested in slices, because git resolves all names before it prints the first commit. */
const SLICE = 1_000;
const MOST_FAILURES = 20;
/** Commits that git fails over one after the other, at any depth, before we believe that it reads none. */
const MOST_IN_VAIN = 100;

/** How much detail to request about changed paths: `renames` needs file contents, `exact` renames only need trees, `none` only the commit. */
type Depth = 'renames' | 'exact' | 'none';

const DEPTH_ARGUMENTS: Readonly<Record<Depth, readonly string[]>> = {
  renames: ['--name-status', '-M'],
  exact: ['--name-status', '-M100%'],
  none: ['--no-patch', '--diff-merges=off'],
};

/** Options of `git log` for changed paths, with as much detail as the clone has objects for. */
export const pathArguments = ({ partial }: Repository): readonly string[] => DEPTH_ARGUMENTS[partial ? 'exact' : 'renames'];

/** Options of every `git log`: output for `logParser`, no configured programs, no decoration, no signature check. */
export const LOG_ARGUMENTS: readonly string[] = [
  'log',
  '-z',
  LOG_FORMAT,
  '--diff-merges=first-parent',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--no-decorate',
  '--no-show-signature',
  '--no-notes',
  '--encoding=UTF-8',
];

/**
 * The two parts of the log: all commits that are not merges, and the merges on the first-parent line, where pull requests land. Merges inside side
 * branches repeat what other commits say.
 */
const PARTS: readonly (readonly string[])[] = [['--no-merges'], ['--merges', '--first-parent']];

/** Whether git cannot mistake a name for an option or a range. */
export const isRevision = (name: string): boolean =>
  name !== '' && !name.startsWith('-') && !name.startsWith('^') && !/[\s\0]|\.\./.test(name);

const rangeArguments = ({ from, to }: CommitRange): readonly string[] | undefined => {
  if (!isRevision(to) || (from && !isRevision(from))) return undefined;
  return from ? [`${to}^{commit}`, `^${from}`, '--'] : [`${to}^{commit}`, '--'];
};

const limitArguments = (limit: number | undefined): readonly string[] => (limit === undefined ? [] : [`--max-count=${limit}`]);

/** Shas of one part of a range, with their commit times in seconds. */
const listPart = async (
  repository: Repository,
  revisions: readonly string[],
  signal: AbortSignal | undefined,
): Promise<{ readonly sha: string; readonly time: number }[]> => {
  const text = await readGit(repository, ['rev-list', '--timestamp', ...revisions], { signal });
  return (text ? text.split('\n') : []).map((line) => ({ time: Number.parseInt(line, 10), sha: line.slice(line.indexOf(' ') + 1) }));
};

/**
 * Shas of the log, newest first by commit date: all commits that are not merges, and the merges on the first-parent line. Empty where a name of the
 * range is unknown.
 */
export const listCommits = async (
  repository: Repository,
  range: CommitRange,
  options: Pick<LogOptions, 'limit' | 'signal'> = {},
): Promise<string[]> => {
  const revisions = rangeArguments(range);
  if (!revisions) return [];
  const selection = [...limitArguments(options.limit), ...revisions];
  const [plain = [], merges = []] = await Promise.all(PARTS.map((part) => listPart(repository, [...part, ...selection], options.signal)));
  const shas: string[] = [];
  let taken = 0;
  for (const { sha, time } of plain) {
    for (let merge = merges[taken]; merge !== undefined && merge.time > time; merge = merges[++taken]) shas.push(merge.sha);
    shas.push(sha);
  }
  for (const { sha } of merges.slice(taken)) shas.push(sha);
  return shas.slice(0, options.limit);
};

/**
 * Reads the log in batches of 500 commits, in the order of {@link listCommits}. Commits whose objects are missing in a partial clone come with exact
 * renames only, or without paths, and the log goes on.
 *
 * @throws GitMissingError where there is no git; the reason of `signal` when aborted.
 */
export async function* readLog(repository: Repository, options: LogOptions = {}): AsyncGenerator<readonly Commit[]> {
  const edges = await shallowEdges(repository);
  const reading = { ...options, onNotice: once(options.onNotice) };
  const { limit = Number.POSITIVE_INFINITY } = options;
  let batch: Commit[] = [];
  let count = 0;
  for await (const { commit } of options.commits ? named(repository, options.commits, reading) : ranged(repository, reading)) {
    if (count >= limit) break;
    count++;
    batch.push(edges.has(commit.sha) ? { ...commit, parents: [], paths: [] } : commit);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

const once = (listener: ((sentence: string) => void) | undefined): ((sentence: string) => void) => {
  let called = false;
  return (sentence) => {
    if (!called) listener?.(sentence);
    called = true;
  };
};

/** Commits where a shallow clone is cut off. Compared with nothing, they would seem to add every file. */
export const shallowEdges = async ({ shallow, commonDir }: Repository): Promise<ReadonlySet<string>> => {
  if (!shallow) return new Set();
  const text = (await readBounded(join(commonDir, 'shallow'), MOST_SHALLOW_BYTES)) ?? '';
  return new Set(text.split('\n'));
};

async function* named(repository: Repository, shas: readonly string[], reading: Reading): AsyncGenerator<TimedCommit> {
  const known = shas.filter((sha) => /^[0-9a-f]{40,64}$/.test(sha));
  for await (const commits of tolerantLog(repository, known, reading)) yield* commits;
}

/** Both parts of a range, read by two processes in parallel and merged by commit time. */
async function* ranged(repository: Repository, options: LogOptions): AsyncGenerator<TimedCommit> {
  const revisions = rangeArguments(options.range ?? { to: 'HEAD' });
  if (!revisions) return;
  const parts = PARTS.map((part) => {
    const source = readPart(repository, [...part, ...limitArguments(options.limit), ...revisions], options);
    return { source, pending: source.next(), commits: [] as readonly TimedCommit[], at: 0 };
  });
  for (const { pending } of parts) pending.catch(() => undefined);
  try {
    while (true) {
      for (const part of parts) {
        while (part.at >= part.commits.length) {
          const step = await part.pending;
          if (step.done) break;
          Object.assign(part, { commits: step.value, at: 0, pending: part.source.next() });
          part.pending.catch(() => undefined);
        }
      }
      const [plain, merges] = parts;
      const left = plain?.commits[plain.at];
      const right = merges?.commits[merges.at];
      const part = right !== undefined && (left === undefined || right.time > left.time) ? merges : plain;
      const next = part?.commits[part.at];
      if (!part || !next) return;
      part.at++;
      yield next;
    }
  } finally {
    await Promise.all(parts.map(({ source }) => source.return(undefined)));
  }
}

/** Reads one part of a range. Where git fails over a missing object, the rest is read by name. */
async function* readPart(repository: Repository, revisions: readonly string[], reading: Reading): AsyncGenerator<readonly TimedCommit[]> {
  const run = logOnce(repository, [...pathArguments(repository), ...revisions], undefined, reading.signal);
  let count = 0;
  for (let step = await run.next(); ; step = await run.next()) {
    if (step.done) {
      if (step.value === undefined) return;
      break;
    }
    count += step.value.length;
    yield step.value;
  }
  const rest = (await listPart(repository, revisions, reading.signal)).slice(count);
  yield* tolerantLog(
    repository,
    rest.map(({ sha }) => sha),
    reading,
  );
}

/**
 * Reads commits by name. Git exits at the first commit with a missing object; that one is then read alone with less depth, and the log goes on after it.
 * After every {@link MOST_FAILURES} failures, all the rest is read with less depth.
 */
async function* tolerantLog(repository: Repository, shas: readonly string[], reading: Reading): AsyncGenerator<readonly TimedCommit[]> {
  let depth: Depth = repository.partial ? 'exact' : 'renames';
  let failures = 0;
  let inVain = 0;
  let next = 0;
  while (next < shas.length) {
    const slice = shas.slice(next, next + SLICE);
    const run = logOnce(repository, [...DEPTH_ARGUMENTS[depth], ...BY_NAME], slice, reading.signal);
    let last: string | undefined;
    let stderr: string | undefined;
    for (let step = await run.next(); ; step = await run.next()) {
      if (step.done) {
        stderr = step.value;
        break;
      }
      last = step.value.at(-1)?.commit.sha;
      yield step.value;
    }
    if (stderr === undefined) {
      next += slice.length;
      continue;
    }
    reading.onNotice?.(failureNotice(stderr));
    if (last !== undefined) next = shas.indexOf(last, next) + 1;
    const read = yield* alone(repository, shas.slice(next, next + 1), depth, reading.signal);
    next++;
    failures++;
    inVain = last !== undefined || read ? 0 : inVain + 1;
    if (inVain >= MOST_IN_VAIN)
      throw new EngineError('git-refused', `Git cannot read the log: ${complaintOf(stderr) || 'it gives no reason'}.`);
    if (failures % MOST_FAILURES === 0) depth = depth === 'renames' ? 'exact' : 'none';
  }
}

const BY_NAME = ['--no-walk=unsorted', '--stdin', '--ignore-missing'];

/** Reads one commit with as much depth as works, and answers whether it could; nothing if even the commit cannot be read. */
async function* alone(
  repository: Repository,
  sha: readonly string[],
  failed: Depth,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly TimedCommit[], boolean> {
  const depths: readonly Depth[] = failed === 'renames' ? ['exact', 'none'] : failed === 'exact' ? ['none'] : [];
  for (const depth of depths) {
    if ((yield* logOnce(repository, [...DEPTH_ARGUMENTS[depth], ...BY_NAME], sha, signal)) === undefined) return true;
  }
  return false;
}

/** One run of git. Returns its standard error where it failed, else nothing; every commit that it yields is complete either way. */
async function* logOnce(
  repository: Repository,
  revisions: readonly string[],
  shas: readonly string[] | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly TimedCommit[], string | undefined> {
  const parser = logParser();
  const input = shas?.map((sha) => `${sha}\n`).join('') ?? '';
  const git = streamGit(repository, [...LOG_ARGUMENTS, ...revisions], { input, signal });
  try {
    for (let step = await git.next(); ; step = await git.next()) {
      if (step.done) {
        if (step.value.code !== 0) return step.value.stderr;
        const last = parser.finish();
        if (last.length > 0) yield last;
        return undefined;
      }
      const commits = parser.push(step.value);
      if (commits.length > 0) yield commits;
    }
  } finally {
    await git.return({ code: 0, stderr: '' });
  }
}
