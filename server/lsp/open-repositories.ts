import { setTimeout as sleep } from 'node:timers/promises';
import type { IndexStatus } from '../model/answer.ts';
import type { Engine, EngineOptions } from '../model/engine.ts';
import { messageOf } from '../model/errors.ts';
import { below, forwardSlashes, nativePath, pathOfUri, realPath, uriOfPath } from './files.ts';

/** A repository of the workspace. If its engine could not be opened, `engine` is undefined and `failure` says why. */
export interface OpenRepository {
  readonly root: string;
  readonly engine: Engine | undefined;
  readonly failure: string | undefined;
  /** The last status that the engine reported, if any. */
  status: IndexStatus | undefined;
  /** Progress of the current indexing run in percent. */
  percent: number | undefined;
  /** Workspace folders inside this repository, as the editor spells them. */
  readonly folders: Set<string>;
}

/** A file of an open repository. */
export interface Located {
  readonly repository: OpenRepository;
  readonly engine: Engine;
  /** Repository-relative, forward slashes. */
  readonly path: string;
}

export interface OpenRepositoriesOptions {
  readonly openEngine: (options: EngineOptions) => Promise<Engine>;
  /** Options that depend on settings. Read each time an engine is opened. */
  readonly engineOptions: () => Omit<EngineOptions, 'folder' | 'onProgress' | 'onStatus'>;
  /** The list of repositories, or the status or progress of one of them, changed. */
  readonly onChange: () => void;
  /** An engine was opened. Its index may be outdated. */
  readonly onOpened: (repository: OpenRepository) => void;
}

/** The open repositories. Each has one engine, no matter how many of its folders are open. */
export interface OpenRepositories {
  readonly all: () => readonly OpenRepository[];
  /** Opens and closes folders, once `after` is resolved. Takes URIs; calls run one after the other. */
  readonly change: (added: readonly string[], removed: readonly string[], after?: Promise<void>) => Promise<void>;
  /** Closes every engine and opens it with the current options. */
  readonly reopen: () => Promise<void>;
  /** Tries to open the repositories whose engine could not be opened. */
  readonly retry: () => Promise<void>;
  /**
   * Resolves once a request can be answered. For a file: its repository is open, or no folder is being opened or closed. Without one: the folders that were
   * open at the start are, and later ones had half a second.
   */
  readonly settled: (uri?: string) => Promise<void>;
  /** The file of a URI in the innermost repository that contains it. `undefined` if no open repository does. */
  readonly locate: (uri: string) => Located | undefined;
  /** URI of a file as the editor spells it: symbolic links on the way to a workspace folder are kept. */
  readonly uriOf: (repository: OpenRepository, path: string) => string;
  readonly dispose: () => Promise<void>;
}

/** Whoever opens and closes folders in a row must not make those wait who ask about others. */
const LATE_FOLDERS_MS = 500;

export const createOpenRepositories = (options: OpenRepositoriesOptions): OpenRepositories => {
  /** Workspace folders as the editor spells them, and with symbolic links resolved. */
  const folders = new Map<string, string>();
  const repositories = new Map<string, OpenRepository>();
  let queue: Promise<void> = Promise.resolve();
  /** The folders of the start. */
  let first: Promise<void> | undefined;

  const enqueue = (work: () => Promise<void>): Promise<void> => {
    const done = queue.then(work);
    queue = done.catch(() => undefined);
    first ??= queue;
    return done;
  };

  const open = async (folder: string): Promise<void> => {
    let repository: OpenRepository | undefined;
    let firstStatus: IndexStatus | undefined;
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
          firstStatus = status;
          if (repository === undefined) return;
          repository.status = status;
          if (status.state !== 'indexing') repository.percent = undefined;
          options.onChange();
        },
      });
      const sameRoot = repositories.get(engine.root);
      if (sameRoot?.engine !== undefined) {
        sameRoot.folders.add(folder);
        await engine.dispose();
        return;
      }
      repository = { root: engine.root, engine, failure: undefined, status: firstStatus, percent: undefined, folders: new Set([folder]) };
      repository.status ??= await engine.status();
    } catch (error) {
      repository = {
        root: folder,
        engine: undefined,
        failure: messageOf(error),
        status: firstStatus,
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

  const reopen = (which: (repository: OpenRepository) => boolean): Promise<void> =>
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
    all: () => [...repositories.values()],
    change,
    reopen: () => reopen(() => true),
    retry: () => reopen((repository) => repository.engine === undefined),
    settled: async (uri) => {
      await first;
      if (uri !== undefined && locate(uri) !== undefined) return;
      const isOpen = [...repositories.values()].some(({ engine }) => engine !== undefined);
      await (uri === undefined && isOpen ? Promise.race([queue, sleep(LATE_FOLDERS_MS, undefined, { ref: false })]) : queue);
    },
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
