import type { Commit } from '../model/commit.ts';
import { EngineError } from '../model/errors.ts';
import { isRevision, LOG_ARGUMENTS } from './log.ts';
import { logParser } from './log-parser.ts';
import { complaintOf, streamGit } from './process.ts';
import type { Repository } from './repository.ts';

export interface MessagesOptions {
  /** Leave out what is reachable from this commit: its sha or name. Default: nothing. */
  readonly from?: string;
  readonly signal?: AbortSignal;
}

const FORM = [...LOG_ARGUMENTS, '--no-patch'];

/** Commits by sha, without their paths, in one call. Those that are not in the repository are left out. */
export const readCommits = async (
  repository: Repository,
  shas: readonly string[],
  options: { readonly within?: number; readonly signal?: AbortSignal | undefined } = {},
): Promise<readonly Commit[]> => {
  const known = shas.filter((sha) => /^[0-9a-f]{40,64}$/.test(sha));
  if (known.length === 0) return [];
  const parser = logParser();
  const input = known.map((sha) => `${sha}\n`).join('');
  const git = streamGit(repository, [...FORM, '--diff-merges=off', '--no-walk=unsorted', '--stdin', '--ignore-missing'], {
    ...options,
    input,
  });
  const commits: Commit[] = [];
  for await (const bytes of git) commits.push(...parser.push(bytes).map(({ commit }) => commit));
  return [...commits, ...parser.finish().map(({ commit }) => commit)];
};

/** What git says of a name that it does not know. */
const UNKNOWN = /unknown revision|bad revision|not a valid object name|bad object/i;

/**
 * The commits up to HEAD that are no merges, newest first, as git prints them and without their paths, which makes it many times faster than the whole log.
 *
 * @throws EngineError `unknown-commit` for a `from` that the repository lacks, `git-refused` where git cannot read the log; else as `streamGit`.
 */
export async function* readMessages(repository: Repository, { from, signal }: MessagesOptions = {}): AsyncGenerator<readonly Commit[]> {
  if (repository.head === '') return;
  const unknown = (): EngineError => new EngineError('unknown-commit', `There is no commit "${from}" in this repository.`);
  if (from !== undefined && !isRevision(from)) throw unknown();
  const parser = logParser();
  const range = from === undefined ? [repository.head] : [repository.head, `^${from}`];
  const git = streamGit(repository, [...FORM, '--no-merges', ...range, '--'], { signal });
  try {
    for (let step = await git.next(); ; step = await git.next()) {
      if (step.done) {
        const { code, stderr } = step.value;
        if (code !== 0 && from !== undefined && UNKNOWN.test(stderr)) throw unknown();
        if (code !== 0) throw new EngineError('git-refused', `Git cannot read the log: ${complaintOf(stderr) || 'it gives no reason'}.`);
        yield parser.finish().map(({ commit }) => commit);
        return;
      }
      yield parser.push(step.value).map(({ commit }) => commit);
    }
  } finally {
    await git.return({ code: 0, stderr: '' });
  }
}
