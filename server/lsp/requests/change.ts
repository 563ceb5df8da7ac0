import { basename } from 'node:path';
import { CHANGE, type ChangeParams, type ChangeResult, type RepositoryChange } from '../../../protocol/change.ts';
import type { ChangeRequest } from '../../model/change.ts';
import { EngineError } from '../../model/errors.ts';
import type { RequestContext } from '../context.ts';
import type { OpenRepository } from '../open-repositories.ts';
import { fileParam } from '../params.ts';
import { withProgress } from '../progress.ts';
import { lintelRequest } from '../request.ts';
import { wireHit } from '../wire.ts';

/** The first time, the findings of the whole repository are made. Seconds. */
const LONGEST = 300;

/** Failures that say something about the repository or the question. */
const TOLD = new Set(['not-a-repository', 'unknown-commit']);

const changeIn = async (
  { repositories }: RequestContext,
  repository: OpenRepository,
  request: ChangeRequest,
  signal: AbortSignal,
): Promise<RepositoryChange> => {
  const { root, engine, failure } = repository;
  const nothing = { name: basename(root), decisions: [], findings: [], files: 0, notices: [] };
  if (engine === undefined) return { ...nothing, failure: failure ?? 'The repository could not be opened.' };
  const uriOf = (path: string): string => repositories.uriOf(repository, path);
  try {
    const { decisions, findings, files, notices } = await engine.change(request, signal);
    return {
      ...nothing,
      files,
      notices,
      decisions: decisions.map(({ hit, places }) => ({
        hit: wireHit(repositories, repository, hit),
        places: places.map((place) => ({ ...place, uri: uriOf(place.path) })),
      })),
      findings: findings.flatMap(({ document, findings: found }) =>
        found.map(({ message, severity, rule, span }) => {
          const path = document.path ?? '';
          return { message, severity, rule, range: span, path, uri: uriOf(path) };
        }),
      ),
    };
  } catch (error) {
    if (error instanceof EngineError && TOLD.has(error.code)) return { ...nothing, failure: error.message };
    throw error;
  }
};

/** Asks every repository, or one. A repository that nothing can be said about does not keep the others from answering. */
export const changeRequest = lintelRequest<ChangeParams, ChangeResult>(
  CHANGE,
  async (context, { folderUri, ...request }, signal) => {
    await context.repositories.settled(folderUri);
    const asked = folderUri === undefined ? context.repositories.all() : [(await fileParam(context, folderUri)).repository];
    const progress = {
      title: 'Lintel: looking up the decisions of your changes',
      supported: context.client().workDoneProgress,
      endless: true,
      signal,
    };
    const repositories = await withProgress(context.connection, progress, async (running) => {
      const out: RepositoryChange[] = [];
      for (const repository of asked) {
        running.throwIfAborted();
        out.push(await changeIn(context, repository, request, running));
      }
      return out;
    });
    return { repositories };
  },
  { seconds: LONGEST, optional: true },
);
