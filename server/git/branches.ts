import { readGit } from './process.ts';
import type { Repository } from './repository.ts';

/** Where changes are merged to, where the clone does not say it. */
const USUAL = ['origin/main', 'origin/master', 'upstream/main', 'upstream/master', 'main', 'master', 'trunk', 'develop'] as const;

/**
 * The branch that changes are merged to: that of `origin`, as the clone recorded it, else the first of the usual names that exists. `undefined` where there is none,
 * and without commits.
 */
export async function defaultBranch(repository: Repository, signal?: AbortSignal): Promise<string | undefined> {
  const options = signal ? { signal } : {};
  const recorded = await readGit(repository, ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD'], options);
  if (recorded !== undefined && recorded !== '') return recorded;
  const wanted = USUAL.map((name) => `refs/${name.includes('/') ? 'remotes' : 'heads'}/${name}`);
  const found = new Set((await readGit(repository, ['for-each-ref', '--format=%(refname)', ...wanted], options))?.split(/\r?\n/));
  return USUAL.find((_, at) => found.has(wanted[at] ?? ''));
}
