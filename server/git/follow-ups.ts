import type { Commit } from '../model/commit.ts';
import { LOG_ARGUMENTS } from './log.ts';
import { logParser } from './log-parser.ts';
import { streamGit } from './process.ts';
import type { Repository } from './repository.ts';

/** Commits that are read at most. */
const MOST = 20_000;
/** Git looks at every message. */
const WITHIN = 30_000;

/**
 * The commits up to HEAD whose messages say that they revert or fix another, newest first, without their paths.
 * @param from a sha: only those that are not reachable from it
 * @param within milliseconds that git may take
 */
export const readFollowUps = async (repository: Repository, from?: string, within = WITHIN): Promise<readonly Commit[]> => {
  if (repository.head === '') return [];
  const parser = logParser();
  const found: Commit[] = [];
  const patterns = ['--grep=[Rr]evert.* [0-9a-f]\\{7,40\\}', '--grep=^[Ff]ixes:\\{0,1\\} .*[0-9a-f]\\{7,40\\}'];
  const args = [
    ...LOG_ARGUMENTS,
    '--no-patch',
    '--basic-regexp',
    `--max-count=${MOST}`,
    ...patterns,
    repository.head,
    ...(from === undefined ? [] : [`^${from}`]),
    '--',
  ];
  for await (const bytes of streamGit(repository, args, { within })) found.push(...parser.push(bytes).map(({ commit }) => commit));
  found.push(...parser.finish().map(({ commit }) => commit));
  return found;
};
