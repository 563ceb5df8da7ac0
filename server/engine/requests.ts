import { createSourceFiles, type SourceFile } from '../code/source-file.ts';
import type { Place } from '../model/answer.ts';
import { StoreUnusable } from '../store/failure.ts';
import type { WorkspaceFiles } from '../workspace/files.ts';
import { insideOf } from '../workspace/paths.ts';
import type { IndexRunner } from './updating/index-runner.ts';
import type { LightView, View, Views } from './view.ts';

const LONGEST_CODE_BYTES = 1_000_000;

/** A place in code as one request needs it. */
export interface PlaceRequest {
  /** With a repository-relative path. */
  readonly place: Place;
  readonly file: SourceFile;
}

export interface RequestOptions {
  readonly root: string;
  /** Read on every call, because the folder may become a repository later. */
  readonly files: () => WorkspaceFiles;
  readonly views: Pick<Views, 'current' | 'light' | 'reopen'>;
  /** Told whether the index can be read, to rebuild one that cannot. Default: nothing is rebuilt. */
  readonly runner?: Pick<IndexRunner, 'noteReadable'>;
}

/** What every request starts with: the newest view of the index and, for a place in code, its file. */
export interface Requests {
  /** The newest view; `undefined` where there is no index that can be read, which is then rebuilt in the background. */
  view(): Promise<View | undefined>;
  /** Answers from the newest view; where the index is replaced or breaks in the middle, once more from what is there then. */
  answer<T>(work: (view: View | undefined) => Promise<T>): Promise<T>;
  /** As `answer`, for a question that is not about code: it needs nothing that commits say about records. */
  answerLightly<T>(work: (view: LightView | undefined) => Promise<T>): Promise<T>;
  /** As `answer`, about a place; `absent` where there is no view. The file is read and parsed once. */
  answerAt<T>(place: Place, absent: T, work: (view: View, request: PlaceRequest) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** The file of a place, as the editor has it or as it is on disk; empty where it cannot be read. */
  fileAt(place: Place): Promise<SourceFile>;
}

export function createRequests({ root, files, views, runner }: RequestOptions): Requests {
  const sourceFiles = createSourceFiles(root);
  const pathOf = (path: string): string => insideOf(root, path) ?? path;

  const noted = async <V>(loading: Promise<V | undefined>): Promise<V | undefined> => {
    const current = await loading;
    runner?.noteReadable(current !== undefined);
    return current;
  };
  const view = (): Promise<View | undefined> => noted(views.current());

  const answerFrom =
    <V>(load: () => Promise<V | undefined>) =>
    async <T>(work: (view: V | undefined) => Promise<T>): Promise<T> => {
      try {
        return await work(await load());
      } catch (error) {
        if (!(error instanceof StoreUnusable)) throw error;
        await views.reopen();
        return work(await load());
      }
    };
  const answer = answerFrom(view);

  const fileAt = async ({ path, text }: Place): Promise<SourceFile> => {
    const inner = pathOf(path);
    return sourceFiles(inner, text ?? (await files().read(inner, LONGEST_CODE_BYTES)) ?? '');
  };

  return {
    view,
    answer,
    answerLightly: answerFrom(() => noted(views.light())),
    fileAt,
    answerAt: (place, absent, work, signal) =>
      answer(async (current) => {
        if (!current) return absent;
        const file = await fileAt(place);
        signal?.throwIfAborted();
        return work(current, { place: { ...place, path: file.path }, file });
      }),
  };
}

/** Whether the repository has a file or folder: by the files that git lists, else on disk. */
export const existsIn =
  (files: WorkspaceFiles, view: View | undefined) =>
  (path: string): boolean => {
    const tree = view?.register.tree;
    return tree?.has(path) || (tree?.filesBelow(path) ?? 0) > 0 || files.exists(path);
  };
