import { basename } from 'node:path';
import { INDEX, type IndexOutcome, type IndexParams, type IndexResult } from '../../../protocol/index.ts';
import { NO_CHANGE, PHASE_NAMES } from '../../model/answer.ts';
import { messageOf } from '../../model/errors.ts';
import type { RequestContext } from '../context.ts';
import type { OpenRepository } from '../open-repositories.ts';
import { withProgress } from '../progress.ts';
import { lintelRequest } from '../request.ts';

const logged = ({ root, added, updated, removed, unchanged, milliseconds, rebuilt, cancelled }: IndexOutcome): string =>
  cancelled
    ? `Indexing ${root} was canceled. What is indexed stays; the next run continues from there.`
    : `Indexed ${root} in ${Math.round(milliseconds)} ms: ${added} added, ${updated} updated, ${removed} removed, ${unchanged} unchanged${rebuilt ? `; rebuilt because ${rebuilt}` : ''}.`;

/** Brings the index of one repository up to date, with progress that can be canceled. Never rejects: a failure is the outcome's `error`. */
export const bringUpToDate = async (
  context: RequestContext,
  { root, engine, failure }: OpenRepository,
  full = false,
  signal?: AbortSignal,
): Promise<IndexOutcome> => {
  if (engine === undefined) return { root, ...NO_CHANGE, error: failure ?? 'The repository could not be opened.' };
  const options = {
    title: `Lintel: indexing ${basename(root)}`,
    supported: context.client().workDoneProgress,
    ...(signal === undefined ? {} : { signal }),
  };
  let run: AbortSignal | undefined;
  try {
    const report = await withProgress(context.connection, options, (running, show) => {
      run = running;
      return engine.index({
        full,
        signal: running,
        onProgress: ({ percent, phase, done, total }) => show(percent, `${PHASE_NAMES[phase]} (${done} of ${total})`),
      });
    });
    const outcome = { root, ...report };
    context.log('info', logged(outcome));
    return outcome;
  } catch (error) {
    if (run?.aborted) return { root, ...NO_CHANGE, cancelled: true };
    context.log('warn', `The index of ${root} could not be brought up to date: ${messageOf(error)}`);
    return { root, ...NO_CHANGE, error: messageOf(error) };
  }
};

/** Tries again to open what failed to open, then brings every index of the workspace up to date, one after the other. */
export const indexRequest = lintelRequest<IndexParams | null, IndexResult>(
  INDEX,
  async (context, params, signal) => {
    await context.repositories.settled();
    await context.repositories.retry();
    const outcomes: IndexOutcome[] = [];
    for (const repository of context.repositories.all()) {
      signal.throwIfAborted();
      outcomes.push(await bringUpToDate(context, repository, params?.full === true, signal));
    }
    context.sendStatus();
    context.refresh();
    return { repositories: outcomes };
  },
  { seconds: Number.POSITIVE_INFINITY, optional: true },
);
