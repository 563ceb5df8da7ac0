import { ancestorsBefore, type Repository } from '../git/index.ts';
import { EngineError } from '../model/errors.ts';
import { memoise } from '../text/memoise.ts';

/** Sets of ancestors that are kept: some 100 bytes a commit each. */
const MOST_KEPT = 4;

/** Answers which commits were there before a commit, kept for the last few commits asked about. */
export type AsOf = (repository: Repository | undefined, sha: string) => Promise<ReadonlySet<string>>;

/** Rejects with `unknown-commit` where the repository holds no such commit. */
export function asOf(): AsOf {
  const ancestors = memoise<ReadonlySet<string>>(MOST_KEPT);
  return (repository, sha) =>
    ancestors(`${repository?.root ?? ''}\0${sha}`, async () => {
      const found = repository ? await ancestorsBefore(repository, sha) : undefined;
      if (found) return found;
      const where = repository
        ? `The repository ${repository.root} holds no commit ${sha}`
        : `There is no git repository to look up ${sha} in`;
      throw new EngineError('unknown-commit', `${where}. Name a commit by its sha, as "git log" prints it.`);
    });
}
