import type { Commit } from '../model/commit.ts';
import { isRevision, LOG_ARGUMENTS, pathArguments, readLog, shallowEdges } from './log.ts';
import { logParser, type TimedCommit } from './log-parser.ts';
import { readGit, streamGit } from './process.ts';
import type { Repository } from './repository.ts';

/**
 * The newest commits that changed a file, without merges, each with that file as its only path. `follow` continues past renames; `before` starts at the
 * first parent of a commit instead of at HEAD, `at` at a commit itself. `limit` is 50 by default.
 */
export const logOfFile = async (
  repository: Repository,
  path: string,
  options: {
    readonly limit?: number;
    readonly follow?: boolean;
    readonly before?: string;
    readonly at?: string;
    readonly signal?: AbortSignal;
  } = {},
): Promise<readonly Commit[]> => {
  const { limit = 50, follow = false, before, at = 'HEAD' } = options;
  if (path === '' || path.includes('\0') || repository.head === '' || !isRevision(before ?? at)) return [];
  const start = before === undefined ? at : `${before}^1`;
  const selection = ['--no-merges', `--max-count=${limit}`, ...(follow ? ['--follow'] : [])];
  const parser = logParser();
  const commits: Commit[] = [];
  const keep = (timed: readonly TimedCommit[]) => commits.push(...timed.map(({ commit }) => commit));
  const git = streamGit(repository, [...LOG_ARGUMENTS, ...pathArguments(repository), ...selection, start, '--', path], options);
  for await (const bytes of git) keep(parser.push(bytes));
  keep(parser.finish());
  const edges = await shallowEdges(repository);
  return commits.filter(({ sha }) => !edges.has(sha));
};

/** A commit as text for people: sha, author, date, message and changed paths. `undefined` if it is not in the repository. */
export const showCommit = async (repository: Repository, sha: string): Promise<string | undefined> => {
  if (!/^[0-9a-f]{4,64}$/i.test(sha)) return undefined;
  const full = await readGit(repository, ['rev-parse', '--verify', '--quiet', `${sha}^{commit}`]);
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
