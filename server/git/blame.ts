import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LineRange } from '../model/span.ts';
import { readQuotedPath } from '../text/patch-path.ts';
import { workTreeRefusal } from './files.ts';
import { isRevision } from './log.ts';
import { complaintOf, runGit } from './process.ts';
import type { Repository } from './repository.ts';

/** The commit that last changed a line. */
export interface BlameLine {
  /** Zero-based line in the current text. */
  readonly line: number;
  /** Sha of the commit; empty for a line that is not committed yet. */
  readonly sha: string;
  /** Zero-based line in that commit. */
  readonly originalLine: number;
  /** Path in that commit. */
  readonly originalPath: string;
  readonly author: string;
  /** Author time, in seconds since 1970. */
  readonly time: number;
  /** Subject of the commit message. */
  readonly summary: string;
  /** The parent to which the line was compared, and the path of the file there. Absent where the file begins, and where the clone ends. */
  readonly previous?: { readonly sha: string; readonly path: string };
}

type Details = Omit<BlameLine, 'line' | 'originalLine'>;

export interface BlameOptions {
  /** Text of the file in the editor, where it is not saved. Default: the file on disk; in a bare repository, the one of HEAD. */
  readonly contents?: string | undefined;
  /** Attribute lines past the commits in `.git-blame-ignore-revs` at the root of the work tree, and past changes of white space. Default false. */
  readonly ignoring?: boolean;
  /** Sha of a commit: the file as it was there, instead of the current one. */
  readonly at?: string;
  /** A folder of objects with a commit-graph that git may use. */
  readonly objects?: string | undefined;
  /** Milliseconds after which git is ended. Default: that of every call. */
  readonly within?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Blame {
  /** Empty where git cannot tell: an untracked file, a range beyond the end, missing objects. */
  readonly lines: readonly BlameLine[];
  /** What could not be used, such as a list of ignored commits, and what git said about it; a sentence without its full stop. */
  readonly badList?: string;
}

/** At the root of the work tree. GitHub and GitLab read the same file. */
const IGNORE_FILE = '.git-blame-ignore-revs';
const BAD_LIST = /object name(?: list)?:|ignorerevsfile|cannot find revision/i;

/** The file that lists commits to ignore, with a stamp that changes when the file does. Only a regular file, because reading a pipe might never end. */
export const ignoreList = async ({ root, bare }: Repository): Promise<{ readonly path: string; readonly stamp: string } | undefined> => {
  if (bare) return undefined;
  const path = join(root, IGNORE_FILE);
  const found = await lstat(path).catch(() => undefined);
  return found?.isFile() ? { path, stamp: `${found.mtimeMs} ${found.size}` } : undefined;
};

const blameRefusal = async (repository: Repository): Promise<string | undefined> =>
  (await repository.config.current()).guard.blameRefused ?? (repository.bare ? undefined : await workTreeRefusal(repository));

/** Finds the commits that last changed some lines. */
export const blame = async (repository: Repository, path: string, range: LineRange, options: BlameOptions = {}): Promise<Blame> => {
  if (range.last < range.first || repository.head === '') return { lines: [] };
  const { at, signal, within, objects } = options;
  if (at !== undefined && !isRevision(at)) return { lines: [] };
  const contents = at === undefined ? options.contents : undefined;
  const source = at !== undefined ? [at] : repository.bare ? [repository.head] : contents === undefined ? [] : ['--contents', '-'];
  const refused = await blameRefusal(repository);
  if (refused !== undefined) return { lines: [], badList: `Git cannot tell who changed these lines: ${refused}` };
  const run = async (skipping: readonly string[]) => {
    const lines = ['-L', `${range.first + 1},${range.last + 1}`];
    const args = ['blame', '--porcelain', '--no-textconv', ...skipping, ...lines, ...source, '--', path];
    const limit = within === undefined ? {} : { within };
    return runGit(repository, args, { signal, objects, ...limit, ...(contents === undefined ? {} : { input: contents }) });
  };
  const list = options.ignoring ? await ignoreList(repository) : undefined;
  // An empty name drops the lists that the configuration names.
  const noConfiguredLists = ['--ignore-revs-file', ''];
  const first = await run([...noConfiguredLists, ...(list ? ['--ignore-revs-file', list.path] : []), ...(options.ignoring ? ['-w'] : [])]);
  if (first.code === 0) return { lines: parsePorcelain(first.stdout.toString('utf8'), path) };
  if (!BAD_LIST.test(first.stderr)) return { lines: [] };
  const complaint = complaintOf(first.stderr);
  const second = list ? await run([...noConfiguredLists, '-w']) : undefined;
  if (second?.code === 0) {
    return { lines: parsePorcelain(second.stdout.toString('utf8'), path), badList: `${IGNORE_FILE} cannot be used: ${complaint}` };
  }
  return {
    lines: [],
    badList: `Git cannot tell who changed these lines, because blame.ignoreRevsFile in its configuration cannot be used: ${complaint}`,
  };
};

/** The lines of {@link blame}. `contents` is the text of an unsaved editor; without it, the file on disk is used. */
export const blameLines = async (
  repository: Repository,
  path: string,
  range: LineRange,
  contents?: string,
): Promise<readonly BlameLine[]> => (await blame(repository, path, range, { contents })).lines;

/** Porcelain format: `<sha> <original line> <line> [<count>]`, details (only at the first line of a commit), and the line itself after a tab. */
const parsePorcelain = (text: string, path: string): BlameLine[] => {
  const known = new Map<string, Details>();
  const result: BlameLine[] = [];
  let head: { sha: string; line: number; originalLine: number } | undefined;
  let details: Record<string, string> = {};
  for (const row of text.split('\n')) {
    if (head === undefined) {
      const [sha, originalLine, line] = row.split(' ');
      if (sha === undefined || originalLine === undefined || line === undefined) continue;
      head = { sha, line: Number(line) - 1, originalLine: Number(originalLine) - 1 };
      details = {};
    } else if (row.startsWith('\t')) {
      const commit = known.get(head.sha) ?? detailsOf(head.sha, details, path);
      known.set(head.sha, commit);
      result.push({
        ...commit,
        ...(details.filename === undefined ? {} : { originalPath: unquoted(details.filename) }),
        ...previousOf(details.previous),
        line: head.line,
        originalLine: head.originalLine,
      });
      head = undefined;
    } else {
      const space = row.indexOf(' ');
      if (space > 0) details[row.slice(0, space)] = row.slice(space + 1);
    }
  }
  return result;
};

const previousOf = (text: string | undefined): Pick<Details, 'previous'> => {
  const space = text?.indexOf(' ') ?? -1;
  return text === undefined || space < 0 ? {} : { previous: { sha: text.slice(0, space), path: unquoted(text.slice(space + 1)) } };
};

const unquoted = (path: string): string => readQuotedPath(path)?.path ?? path;

const detailsOf = (sha: string, details: Readonly<Record<string, string>>, path: string): Details => ({
  sha: /^0+$/.test(sha) ? '' : sha,
  originalPath: details.filename === undefined ? path : unquoted(details.filename),
  author: details.author ?? '',
  time: Number(details['author-time'] ?? 0),
  summary: details.summary ?? '',
  ...previousOf(details.previous),
});
