import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commitGraphReader, countCommits, headOf, takesCommitGraph, writeCommitGraph } from '../git/index.ts';
import type { Repository } from '../git/repository.ts';
import { graphFolder } from '../store/folder.ts';

/** Below this many commits git blames a line at once anyway. */
const LEAST_COMMITS = 10_000;
/** Commits after the graph was written that make it worth writing again. */
const MOST_BEHIND = 2_000;

const usable = commitGraphReader();
/** The HEAD that a graph was written for. */
const stampFile = (folder: string): string => join(folder, 'head');

/**
 * Writes a commit-graph of a large repository into its index folder, where there is none that can be used, or history has moved on. It takes seconds of a
 * processor, and blame takes half the time afterwards. Answers whether one was written.
 */
export async function keepCommitGraph(
  opened: Repository,
  indexFolder: string,
  {
    signal,
    least = LEAST_COMMITS,
    most = MOST_BEHIND,
  }: { readonly signal?: AbortSignal; readonly least?: number; readonly most?: number } = {},
): Promise<boolean> {
  const repository = { ...opened, head: await headOf(opened) };
  if (!takesCommitGraph(repository)) return false;
  const folder = graphFolder(indexFolder);
  const stamp = (await usable(folder)) === undefined ? '' : (await readFile(stampFile(folder), 'utf8').catch(() => '')).trim();
  if (stamp === repository.head) return false;
  if ((await countCommits(repository, stamp, repository.head)) < (stamp === '' ? least : most)) return false;
  signal?.throwIfAborted();
  await mkdir(folder, { recursive: true });
  // Some versions of git succeed and write nothing where commits are replaced or grafted.
  if (!(await writeCommitGraph(repository, folder, signal)) || (await usable(folder)) === undefined) return false;
  const unfinished = `${stampFile(folder)}.${process.pid}.tmp`;
  await writeFile(unfinished, `${repository.head}\n`);
  await rename(unfinished, stampFile(folder));
  return true;
}
