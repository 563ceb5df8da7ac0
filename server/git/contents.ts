import { isInside } from './files.ts';
import { isRevision } from './log.ts';
import { runGit } from './process.ts';
import type { Repository } from './repository.ts';

/** A path in a commit. */
export interface PathAt {
  readonly sha: string;
  readonly path: string;
}

/**
 * The objects of files in commits, in the order of the questions; `undefined` where the commit has no such file, or the clone lacks what it takes to tell.
 * One process for all of them.
 */
export async function objectsAt(
  repository: Repository,
  places: readonly PathAt[],
  signal?: AbortSignal,
): Promise<readonly (string | undefined)[]> {
  const asked = places.map(({ sha, path }) => (isRevision(sha) && isInside(path) && !/[\n\r]/.test(path) ? `${sha}:${path}` : ''));
  const input = asked
    .filter((name) => name !== '')
    .map((name) => `${name}\n`)
    .join('');
  if (input === '') return places.map(() => undefined);
  const { stdout } = await runGit(repository, ['cat-file', '--batch-check=%(objecttype) %(objectname)'], { input, signal });
  const answers = stdout.toString('utf8').split('\n');
  let next = 0;
  return asked.map((name) => (name === '' ? undefined : /^blob ([0-9a-f]{40,64})$/.exec(answers[next++] ?? '')?.[1]));
}
