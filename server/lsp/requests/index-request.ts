import { basename } from 'node:path';
import type { IndexParams, IndexResult } from '../../../protocol/index.ts';
import type { IndexProgress } from '../../model/answer.ts';
import { sentence } from '../cancellation.ts';
import type { RequestContext } from '../context.ts';
import { withProgress } from '../progress.ts';
import type { OpenRepository } from '../workspaces.ts';

const PHASES: Readonly<Record<IndexProgress['phase'], string>> = {
  plan: 'looking for changes',
  read: 'reading',
  embed: 'embedding',
  write: 'writing',
  upkeep: 'tidying up',
};

type Outcome = IndexResult['repositories'][number];

const nothing = { added: 0, updated: 0, removed: 0, unchanged: 0, milliseconds: 0 };

/** Brings the index of one repository up to date, with progress and cancel. Never rejects: a failure is the outcome's `error`. */
export const bringUpToDate = async (
  context: RequestContext,
  repository: OpenRepository,
  full = false,
  signal?: AbortSignal,
): Promise<Outcome> => {
  const { root, engine, failure } = repository;
  if (engine === undefined) return { root, ...nothing, cancelled: false, error: failure ?? 'The repository could not be opened.' };
  const options = {
    title: `Lintel: indexing ${basename(root)}`,
    supported: context.client().workDoneProgress,
    ...(signal === undefined ? {} : { signal }),
  };
  let stopped: AbortSignal | undefined;
  try {
    const report = await withProgress(context.connection, options, (running, show) => {
      stopped = running;
      return engine.index({
        full,
        signal: running,
        onProgress: ({ percent, phase, done, total }) => show(percent, `${PHASES[phase]} (${done} of ${total})`),
      });
    });
    context.log(
      'info',
      report.cancelled
        ? `Indexing of ${root} was cancelled; what is there stays, the rest follows with the next run.`
        : `Indexed ${root} in ${Math.round(report.milliseconds)} ms: ${report.added} added, ${report.updated} updated, ${report.removed} removed, ${report.unchanged} unchanged${report.rebuilt ? `; built anew because ${report.rebuilt}` : ''}.`,
    );
    return { root, ...report };
  } catch (error) {
    if (stopped?.aborted) return { root, ...nothing, cancelled: true };
    context.log('warn', `The index of ${root} could not be brought up to date: ${sentence(error)}`);
    return { root, ...nothing, cancelled: false, error: sentence(error) };
  }
};

/** `lintel/index`: opens again what failed to open, and brings every index of the workspace up to date. */
export const index = async (context: RequestContext, params: IndexParams | null, signal: AbortSignal): Promise<IndexResult> => {
  await context.workspaces.settled();
  await context.workspaces.retry();
  const outcomes: Outcome[] = [];
  for (const repository of context.workspaces.repositories()) {
    signal.throwIfAborted();
    outcomes.push(await bringUpToDate(context, repository, params?.full === true, signal));
  }
  return { repositories: outcomes };
};
