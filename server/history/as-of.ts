import { ancestorsBefore, type Repository } from '../git/index.ts';
import { EngineError } from '../model/errors.ts';
import { memoise } from '../text/memoise.ts';

/** Limit on memoised sets of ancestors: some 100 bytes a commit each. */
const MOST_KEPT = 4;

/** Finds the commits that existed before a commit; memoised for the last few. */
export type AsOf = (repository: Repository | undefined, sha: string) => Promise<ReadonlySet<string>>;

/** An `AsOf` that rejects with `unknown-commit` where the repository has no such commit, or there is no repository. */
export function asOf(): AsOf {
  const ancestors = memoise<ReadonlySet<string>>(MOST_KEPT);
  return (repository, sha) =>
    ancestors(`${repository?.root ?? ''}\0${sha}`, async () => {
      const found = repository ? await ancestorsBefore(repository, sha) : undefined;
      if (found) return found;
      const where = repository
        ? `The repository ${repository.root} has no commit ${sha}`
        : `There is no git repository to look up ${sha} in`;
      throw new EngineError('unknown-commit', `${where}. Use the sha of a commit, as "git log" prints it.`);
    });
}
