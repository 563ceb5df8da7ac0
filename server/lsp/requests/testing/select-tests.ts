import { basename } from 'node:path';
import { type RepositoryTests, SELECT_TESTS, type SelectTestsParams, type SelectTestsResult } from '../../../../protocol/tests.ts';
import { EngineError } from '../../../model/errors.ts';
import type { SelectionRequest } from '../../../model/selection.ts';
import type { RequestContext } from '../../context.ts';
import type { OpenRepository } from '../../open-repositories.ts';
import { fileParam } from '../../params.ts';
import { withProgress } from '../../progress.ts';
import { lintelRequest } from '../../request.ts';

/** A first run reads the suite and replays commits. Seconds. */
const LONGEST = 600;

/** Failures that say something about the repository or the question. */
const TOLD = new Set(['not-a-repository', 'unknown-commit']);

const testsIn = async (
  { repositories }: RequestContext,
  repository: OpenRepository,
  request: SelectionRequest,
  signal: AbortSignal,
): Promise<RepositoryTests> => {
  const { root, engine, failure } = repository;
  const said = { uri: repositories.uriOf(repository, ''), name: basename(root) };
  if (engine === undefined) return { ...said, failure: { code: 'not-open', message: failure ?? 'The repository could not be opened.' } };
  try {
    const { selected, remainder, ...rest } = await engine.selectTests(request, signal);
    const uriOf = (path: string): string => repositories.uriOf(repository, path);
    return {
      ...said,
      selection: {
        ...rest,
        selected: selected.map((test) => ({ ...test, uri: uriOf(test.item.path) })),
        remainder: remainder.map((test) => ({ ...test, uri: uriOf(test.item.path) })),
      },
    };
  } catch (error) {
    if (error instanceof EngineError && TOLD.has(error.code)) return { ...said, failure: { code: error.code, message: error.message } };
    throw error;
  }
};

/** Asks every repository, or one. A repository that nothing can be said about does not keep the others from answering. */
export const selectTestsRequest = lintelRequest<SelectTestsParams, SelectTestsResult>(
  SELECT_TESTS,
  async (context, { folderUri, diff = { of: 'work-tree' }, ...options }, signal) => {
    await context.repositories.settled(folderUri);
    const asked = folderUri === undefined ? context.repositories.all() : [(await fileParam(context, folderUri)).repository];
    const progress = {
      title: 'Lintel: selecting end-to-end tests',
      supported: context.client().workDoneProgress,
      // Nobody knows beforehand how much there is to read.
      endless: true,
      signal,
    };
    const found = await withProgress(context.connection, progress, async (running) => {
      const out: RepositoryTests[] = [];
      for (const repository of asked) {
        running.throwIfAborted();
        out.push(await testsIn(context, repository, { ...options, diff }, running));
      }
      return out;
    });
    return { repositories: found };
  },
  { seconds: LONGEST, optional: true },
);
