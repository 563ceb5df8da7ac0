import type { IndexStatus } from '../model/answer.ts';
import type { Engine, EngineOptions } from '../model/engine.ts';
import { sentence } from './cancellation.ts';
import { below, forwardSlashes, nativePath, pathOfUri, realPath, uriOfPath } from './files.ts';

/** One repository of the workspace. Where its engine could not be opened, `engine` is absent and `failure` says why. */
export interface OpenRepository {
  readonly root: string;
  readonly engine: Engine | undefined;
  readonly failure: string | undefined;
  /** Last state the engine told; absent until it told one. */
  status: IndexStatus | undefined;
  /** Percentage of the indexing run under way. */
  percent: number | undefined;
  /** Folders of the editor that lie in this repository, as the editor spells them. */
  readonly folders: Set<string>;
}

/** A file of the workspace: whose it is, and its repository-relative path. */
export interface Located {
  readonly repository: OpenRepository;
  readonly engine: Engine;
  readonly path: string;
}

export interface OpenRepositoriesOptions {
  readonly openEngine: (options: EngineOptions) => Promise<Engine>;
  /** Options that depend on settings, asked at every opening. */
  readonly engineOptions: () => Omit<EngineOptions, 'folder' | 'onProgress' | 'onStatus'>;
  /** State, percentage or the list of repositories changed. */
  readonly onChange: () => void;
  /** An engine was opened and wants its index brought up to date. */
  readonly onOpened: (repository: OpenRepository) => void;
}

/** The engines of the open folders: one for each repository, however many folders of it are open. */
export interface OpenRepositories {
  readonly repositories: () => readonly OpenRepository[];
  /** Opens or closes folders given by address, once `after` resolved; resolves when done. Calls are carried out one after the other. */
  readonly change: (added: readonly string[], removed: readonly string[], after?: Promise<void>) => Promise<void>;
  /** Closes every engine and opens it again with the options of now. */
  readonly reopen: () => Promise<void>;
  /** Tries again to open the repositories that failed. */
  readonly retry: () => Promise<void>;
  /** Resolves when no folder is being opened or closed. */
  readonly settled: () => Promise<void>;
  readonly locate: (uri: string) => Located | undefined;
  /** Address of a file of a repository in the editor's own spelling (symbolic links above the folder kept). */
  readonly uriOf: (repository: OpenRepository, path: string) => string;
  readonly dispose: () => Promise<void>;
}

export const createOpenRepositories = (options: OpenRepositoriesOptions): OpenRepositories => {
  /** Editor's path of a folder -> the same with symbolic links resolved. */
  const folders = new Map<string, string>();
  const repositories = new Map<string, OpenRepository>();
  let queue: Promise<void> = Promise.resolve();

  const enqueue = (work: () => Promise<void>): Promise<void> => {
    const done = queue.then(work);
    queue = done.catch(() => undefined);
    return done;
  };

  const open = async (folder: string): Promise<void> => {
    let repository: OpenRepository | undefined;
    let early: IndexStatus | undefined;
    try {
      const engine = await options.openEngine({
        ...options.engineOptions(),
        folder,
        onProgress: ({ percent }) => {
          if (repository === undefined || repository.percent === percent) return;
          repository.percent = percent;
          options.onChange();
        },
        onStatus: (status) => {
          early = status;
          if (repository === undefined) return;
          repository.status = status;
          if (status.state !== 'indexing') repository.percent = undefined;
          options.onChange();
        },
      });
      const known = repositories.get(engine.root);
      if (known?.engine !== undefined) {
        known.folders.add(folder);
        await engine.dispose();
        return;
      }
      repository = { root: engine.root, engine, failure: undefined, status: early, percent: undefined, folders: new Set([folder]) };
      repository.status ??= await engine.status();
    } catch (error) {
      repository = {
        root: folder,
        engine: undefined,
        failure: sentence(error),
        status: early,
        percent: undefined,
        folders: new Set([folder]),
      };
    }
    repositories.set(repository.root, repository);
    options.onChange();
    if (repository.engine !== undefined) options.onOpened(repository);
  };

  const close = async (folder: string): Promise<void> => {
    for (const [root, repository] of repositories) {
      if (!repository.folders.delete(folder) || repository.folders.size > 0) continue;
      repositories.delete(root);
      await repository.engine?.dispose().catch(() => undefined);
    }
    options.onChange();
  };

  const change = (added: readonly string[], removed: readonly string[], after?: Promise<void>): Promise<void> =>
    enqueue(async () => {
      await after;
      for (const uri of removed) {
        const folder = pathOfUri(uri);
        if (folder !== undefined && folders.delete(folder)) await close(folder);
      }
      for (const uri of added) {
        const folder = pathOfUri(uri);
        if (folder === undefined || folders.has(folder)) continue;
        folders.set(folder, realPath(folder));
        await open(folder);
      }
    });

  const again = (which: (repository: OpenRepository) => boolean): Promise<void> =>
    enqueue(async () => {
      const chosen = [...repositories.values()].filter(which).flatMap((repository) => [...repository.folders]);
      for (const folder of chosen) await close(folder);
      for (const folder of chosen) await open(folder);
    });

  const locate = (uri: string): Located | undefined => {
    const path = pathOfUri(uri);
    if (path === undefined) return undefined;
    const spellings = new Set([path]);
    for (const [folder, real] of folders) {
      const rest = folder === real ? undefined : below(folder, path);
      if (rest !== undefined) spellings.add(nativePath(real, forwardSlashes(rest)));
    }
    let best: Located | undefined;
    for (const repository of repositories.values()) {
      if (repository.engine === undefined) continue;
      for (const spelling of spellings) {
        const rest = below(repository.root, spelling);
        if (rest === undefined || (best !== undefined && best.repository.root.length >= repository.root.length)) continue;
        best = { repository, engine: repository.engine, path: forwardSlashes(rest) };
      }
    }
    return best;
  };

  const uriOf = (repository: OpenRepository, path: string): string => {
    const absolute = nativePath(repository.root, path);
    for (const folder of repository.folders) {
      const real = folders.get(folder) ?? folder;
      const rest = real === folder ? undefined : below(real, absolute);
      if (rest !== undefined) return uriOfPath(nativePath(folder, forwardSlashes(rest)));
    }
    return uriOfPath(absolute);
  };

  return {
    repositories: () => [...repositories.values()],
    change,
    reopen: () => again(() => true),
    retry: () => again((repository) => repository.engine === undefined),
    settled: () => queue,
    locate,
    uriOf,
    dispose: () =>
      enqueue(async () => {
        folders.clear();
        await Promise.allSettled([...repositories.values()].map((repository) => repository.engine?.dispose()));
        repositories.clear();
      }),
  };
};
