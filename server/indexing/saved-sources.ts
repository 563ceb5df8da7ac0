import { isSource } from '../code/sources.ts';
import { mayBeDocument } from '../knowledge/discovery/classify.ts';
import type { IndexReport } from '../model/answer.ts';
import { withWriterLock } from '../store/lock.ts';
import { readState } from '../store/state.ts';
import { touchesFolder } from '../workspace/paths.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Job } from './job.ts';
import { planSavedSources, type SourceLog } from './sources.ts';
import type { RunTools } from './steps.ts';

/** True if the index is complete and every saved path is a source file without a document in the table, and no test. */
async function concernsOnlySources(
  job: Job,
  root: string,
  paths: readonly string[],
  mayBeTest: (path: string) => boolean,
): Promise<boolean> {
  if (!paths.every((path) => isSource(path) && !mayBeDocument(path) && !mayBeTest(path))) return false;
  const read = await readState(job.indexFolder);
  if (read.status !== 'present' || read.state.finishedAt === '' || read.state.open) return false;
  const { files, tests: known = {} } = read.state;
  return paths.every((path) => !Object.hasOwn(files, path) && !Object.hasOwn(known, path)) && !(await touchesFolder(root, paths));
}

/**
 * Handles saves of source files without opening the table, which takes longer than all the rest. Returns `undefined` if the table is needed.
 * Rejects like `runJob`.
 */
export async function saveOnlySources(
  job: Job,
  workspace: Workspace,
  log: SourceLog,
  { signal: cancelled, tests }: Pick<RunTools, 'signal' | 'tests'>,
): Promise<IndexReport | undefined> {
  const started = performance.now();
  const { paths } = job;
  const mayBeTest = (path: string): boolean => tests?.mayConcern(path, !log.stamps.has(path)) ?? false;
  if (!paths || job.suspect || workspace.repository?.bare || !(await concernsOnlySources(job, workspace.root, paths, mayBeTest)))
    return undefined;
  return withWriterLock(
    job.indexFolder,
    async (lost) => {
      const signal = AbortSignal.any([cancelled, lost]);
      await log.follow();
      await log.update(workspace, await planSavedSources(workspace, paths, log.stamps, signal), signal);
      const milliseconds = Math.round(performance.now() - started);
      return { added: 0, updated: 0, removed: 0, unchanged: 0, milliseconds, cancelled: false };
    },
    { signal: cancelled },
  );
}
