import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LineRange } from '../model/span.ts';
import { withoutFilters } from './files.ts';
import { complaintOf, runGit } from './process.ts';
import type { Repository } from './repository.ts';

/** The commit that last changed a line. */
export interface BlameLine {
  /** Zero-based line of the file as it is now. */
  readonly line: number;
  /** Empty for a line that is not committed yet. */
  readonly sha: string;
  /** Zero-based line in that commit. */
  readonly originalLine: number;
  /** Path in that commit. */
  readonly originalPath: string;
  readonly author: string;
  /** Seconds since 1970. */
  readonly time: number;
  /** Subject of the commit. */
  readonly summary: string;
}

type Details = Omit<BlameLine, 'line' | 'originalLine'>;

export interface BlameOptions {
  /** Text of the file in an unsaved editor; default: the file on disk, of HEAD when bare. */
  readonly contents?: string | undefined;
  /** Look behind the commits that `.git-blame-ignore-revs` at the root of the work tree lists, and behind changes of white space. Default false. */
  readonly ignoring?: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface Blame {
  /** Empty where git has nothing to say: an untracked file, a range behind the end, missing objects. */
  readonly lines: readonly BlameLine[];
  /** Which list of ignored commits could not be used and what git said of it, in a sentence without its end. */
  readonly badList?: string;
}

/** At the root of the work tree; forges read the same file. */
const IGNORE_FILE = '.git-blame-ignore-revs';
const BAD_LIST = /object name(?: list)?:|ignorerevsfile|cannot find revision/i;

/** The list of commits to look behind, and its stamp: changes with the file. Only a plain file: a pipe would never end. */
export const ignoreList = async ({ root, bare }: Repository): Promise<{ readonly path: string; readonly stamp: string } | undefined> => {
  if (bare) return undefined;
  const path = join(root, IGNORE_FILE);
  const found = await lstat(path).catch(() => undefined);
  return found?.isFile() ? { path, stamp: `${found.mtimeMs} ${found.size}` } : undefined;
};

/** Who last changed some lines. */
export const blame = async (repository: Repository, path: string, range: LineRange, options: BlameOptions = {}): Promise<Blame> => {
  if (range.last < range.first || repository.head === '') return { lines: [] };
  const { contents, signal } = options;
  const source = repository.bare ? ['HEAD'] : contents === undefined ? [] : ['--contents', '-'];
  const filters = repository.bare ? [] : await withoutFilters(repository);
  const run = async (skipping: readonly string[]) => {
    const lines = ['-L', `${range.first + 1},${range.last + 1}`];
    const args = [...filters, 'blame', '--porcelain', '--no-textconv', ...skipping, ...lines, ...source, '--', path];
    return runGit(repository.root, args, { signal, ...(contents === undefined ? {} : { input: contents }) });
  };
  const list = options.ignoring ? await ignoreList(repository) : undefined;
  // An empty name forgets the lists that the configuration names.
  const forget = ['--ignore-revs-file', ''];
  const first = await run([...forget, ...(list ? ['--ignore-revs-file', list.path] : []), ...(options.ignoring ? ['-w'] : [])]);
  if (first.code === 0) return { lines: parsePorcelain(first.stdout.toString('utf8'), path) };
  if (!BAD_LIST.test(first.stderr)) return { lines: [] };
  const complaint = complaintOf(first.stderr);
  const second = list ? await run([...forget, '-w']) : undefined;
  if (second?.code === 0) {
    return { lines: parsePorcelain(second.stdout.toString('utf8'), path), badList: `${IGNORE_FILE} cannot be used: ${complaint}` };
  }
  return { lines: [], badList: `blame.ignoreRevsFile of the git configuration keeps git from telling who changed lines: ${complaint}` };
};

/** The lines of {@link blame}; of `contents` where given (an unsaved editor), else of the file on disk. */
export const blameLines = async (
  repository: Repository,
  path: string,
  range: LineRange,
  contents?: string,
): Promise<readonly BlameLine[]> => (await blame(repository, path, range, { contents })).lines;

/** Porcelain: `<sha> <original line> <line> [<count>]`, then details (once for each commit), then the line itself behind a tab. */
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
        originalPath: details.filename ?? commit.originalPath,
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

const detailsOf = (sha: string, details: Readonly<Record<string, string>>, path: string): Details => ({
  sha: /^0+$/.test(sha) ? '' : sha,
  originalPath: details.filename ?? path,
  author: details.author ?? '',
  time: Number(details['author-time'] ?? 0),
  summary: details.summary ?? '',
});
