import { DidChangeWatchedFilesNotification, type DidChangeWatchedFilesParams, type FileSystemWatcher } from 'vscode-languageserver/node';
import { SOURCE_PATTERNS } from '../engine/sources.ts';
import { sentence } from './cancellation.ts';
import type { RequestContext } from './context.ts';
import { bringUpToDate } from './requests/index-request.ts';
import type { OpenRepository } from './workspaces.ts';

/**
 * What may be a record, a specification, a guide, configuration or code, and what tells that history moved. The engine decides what a
 * changed file is; a pattern too many costs one message, a pattern too few costs a stale answer.
 */
const WATCHED: readonly FileSystemWatcher[] = [
  '**/*.{md,mdx,markdown,rst,adoc,txt}',
  '**/*.{yaml,yml,json,proto,graphql,graphqls,gql,feature}',
  '**/{CODEOWNERS,.adr-dir,.log4brains.yml,.gitignore}',
  '**/.git/{HEAD,packed-refs}',
  '**/.git/refs/heads/**',
  ...SOURCE_PATTERNS,
].map((globPattern) => ({ globPattern }));

const QUIET_MILLISECONDS = 80;
/** More files than this at once are a checkout: a run over the repository is then cheaper than file by file. */
const MANY = 200;

/** Gathers changed files and hands them to their engines, a moment later and all at once. */
export interface ChangeGatherer {
  readonly files: (uris: readonly string[]) => void;
  /** History or anything else changed: compare the whole repository. */
  readonly repository: (repository: OpenRepository) => void;
  readonly stop: () => void;
}

export const createGatherer = (context: RequestContext, onIndexed: () => void): ChangeGatherer => {
  const waiting = new Map<OpenRepository, Set<string> | 'all'>();
  let timer: NodeJS.Timeout | undefined;

  const handOver = async (repository: OpenRepository, paths: Set<string> | 'all'): Promise<void> => {
    try {
      if (paths === 'all' || paths.size > MANY) await bringUpToDate(context, repository);
      else await repository.engine?.changed([...paths].sort());
    } catch (error) {
      context.log('warn', `Changed files of ${repository.root} could not be indexed: ${sentence(error)}`);
    }
    onIndexed();
  };

  const flush = (): void => {
    const batches = [...waiting];
    waiting.clear();
    for (const [repository, paths] of batches) void handOver(repository, paths);
  };

  const add = (repository: OpenRepository, path: string | undefined): void => {
    const known = waiting.get(repository);
    if (path === undefined) waiting.set(repository, 'all');
    else if (known === undefined) waiting.set(repository, new Set([path]));
    else if (known !== 'all') known.add(path);
    clearTimeout(timer);
    timer = setTimeout(flush, QUIET_MILLISECONDS);
  };

  return {
    files: (uris) => {
      for (const uri of uris) {
        const located = context.workspaces.locate(uri);
        if (located !== undefined) add(located.repository, /(^|\/)\.git\//.test(located.path) ? undefined : located.path);
      }
    },
    repository: (repository) => add(repository, undefined),
    stop: () => clearTimeout(timer),
  };
};

/** `workspace/didChangeWatchedFiles`. */
export const watchedFilesChanged = (gatherer: ChangeGatherer, { changes }: DidChangeWatchedFilesParams): void =>
  gatherer.files(changes.map(({ uri }) => uri));

/** Asks the client to watch the files that matter, where it can. */
export const registerWatchers = async (context: RequestContext): Promise<void> => {
  if (!context.client().registersWatchers) return;
  await context.connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [...WATCHED] });
};
