import { DidChangeWatchedFilesNotification, type FileSystemWatcher } from 'vscode-languageserver/node';
import { SOURCE_PATTERNS } from '../engine/source-patterns.ts';
import { messageOf } from '../model/errors.ts';
import type { RequestContext } from './context.ts';
import type { OpenRepository } from './open-repositories.ts';
import { bringUpToDate } from './requests/index-request.ts';

/**
 * Files that may be a record, a specification, a guide, configuration or code, and files of git that change with its history. The engine
 * decides what a changed file is: a needless pattern costs one message, a missing one leads to an outdated answer.
 */
const WATCHED: readonly FileSystemWatcher[] = [
  '**/*.{md,mdx,markdown,rst,adoc,txt}',
  '**/*.{yaml,yml,json,proto,graphql,graphqls,gql,feature}',
  '**/{CODEOWNERS,.adr-dir,.log4brains.yml,.gitignore}',
  '**/.git/{HEAD,packed-refs}',
  '**/.git/refs/heads/**',
  ...SOURCE_PATTERNS,
].map((globPattern) => ({ globPattern }));

/** Changes within this time are indexed together. */
const BATCH_MILLISECONDS = 80;
/** More files at once are probably a checkout. Comparing the whole repository is then cheaper than indexing file by file. */
const MOST_SINGLE_FILES = 200;

/** Collects changed files, and passes them to their engines in batches. */
export interface ChangeGatherer {
  readonly files: (uris: readonly string[]) => void;
  /** Compares the whole repository with its index, because its history or anything else may have changed. */
  readonly repository: (repository: OpenRepository) => void;
  readonly stop: () => void;
}

export const createGatherer = (context: RequestContext, onIndexed: () => void): ChangeGatherer => {
  const waiting = new Map<OpenRepository, Set<string> | 'all'>();
  let timer: NodeJS.Timeout | undefined;

  const indexBatch = async (repository: OpenRepository, paths: Set<string> | 'all'): Promise<void> => {
    try {
      if (paths === 'all' || paths.size > MOST_SINGLE_FILES) await bringUpToDate(context, repository);
      else await repository.engine?.changed([...paths].sort());
    } catch (error) {
      context.log('warn', `Changed files of ${repository.root} could not be indexed: ${messageOf(error)}`);
    }
    onIndexed();
  };

  const flush = (): void => {
    const batches = [...waiting];
    waiting.clear();
    for (const [repository, paths] of batches) void indexBatch(repository, paths);
  };

  const add = (repository: OpenRepository, path: string | undefined): void => {
    const paths = waiting.get(repository);
    if (path === undefined) waiting.set(repository, 'all');
    else if (paths === undefined) waiting.set(repository, new Set([path]));
    else if (paths !== 'all') paths.add(path);
    clearTimeout(timer);
    timer = setTimeout(flush, BATCH_MILLISECONDS);
  };

  return {
    files: (uris) => {
      for (const uri of uris) {
        const located = context.repositories.locate(uri);
        if (located !== undefined) add(located.repository, /(^|\/)\.git\//.test(located.path) ? undefined : located.path);
      }
    },
    repository: (repository) => add(repository, undefined),
    stop: () => clearTimeout(timer),
  };
};

/** Asks the client to watch files, if it can. */
export const registerWatchers = async (context: RequestContext): Promise<void> => {
  if (!context.client().registersWatchers) return;
  await context.connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [...WATCHED] });
};
