import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createSourceFiles, type SourceFile } from '../code/source-file.ts';
import type { Embedder } from '../embedding/embedder.ts';
import { createIndexer } from '../indexing/process.ts';
import { LINKS_FILE } from '../knowledge/links/links.ts';
import type { IndexPosition, IndexProgress, IndexReport, IndexStatus, Place } from '../model/answer.ts';
import { DOCUMENT_KINDS, type DocumentKind } from '../model/document.ts';
import type { Engine, EngineOptions, IndexOptions } from '../model/engine.ts';
import { citationsOf } from '../register/citations/cache.ts';
import { toCitation } from '../register/citations/citations.ts';
import { recordHit } from '../register/hit.ts';
import type { Query } from '../retrieval/rank-records.ts';
import { search } from '../retrieval/search.ts';
import { countWords, wordsOf } from '../retrieval/words.ts';
import { StoreUnusable } from '../store/failure.ts';
import { cacheFolder, defaultIndexFolder, indexFolderIn } from '../store/folder.ts';
import { type IndexState, readState } from '../store/state.ts';
import { insideOf, touchesConfiguration } from '../workspace/paths.ts';
import { readBounded } from '../workspace/read.ts';
import { openWorkspace, type Workspace } from '../workspace/workspace.ts';
import { createAuthoring } from './authoring.ts';
import { diagnose } from './doctor.ts';
import { findingsOfAll, findingsOfFile } from './findings.ts';
import { inspectPlace } from './inspect.ts';
import { measurePosition } from './position.ts';
import { haveSourcesMoved } from './sources.ts';
import { restoreDocument } from './stored-document.ts';
import { type View, Views } from './view.ts';
import { WhyAnswers } from './why.ts';

const DEFAULT_LIMIT = 20;
const MOST_HITS = 200;
const LONGEST_CODE = 1_000_000;
/** How old a measured position may be before it is measured again behind an answer. */
const POSITION_AGE_MS = 5_000;

/** How long after a save the position is measured again. */
const MEASURE_AFTER_MS = 500;
/** A repository that was looked at so recently is not looked at again before the first indexing run. */
const WORKSPACE_AGE_MS = 1_000;

const NO_CHANGE: IndexReport = { added: 0, updated: 0, removed: 0, unchanged: 0, milliseconds: 0, cancelled: false };

async function queryOf(text: string, embedder: Embedder): Promise<Query> {
  const [vector] = await embedder.embed([text], { purpose: 'query' });
  return { text, words: countWords(wordsOf(text)), vector: vector ?? new Float32Array(embedder.dimensions) };
}

/**
 * Opens the knowledge base of the repository that a folder belongs to. Quick: the index is opened at the first question and built by `index`.
 * Rejects with `not-a-folder`.
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const folder = await realpath(resolve(options.folder)).catch(() => resolve(options.folder));
  let workspace: Workspace = await openWorkspace(folder);
  let openedAt = Date.now();
  const { root } = workspace;
  const log = options.log ?? (() => undefined);
  // A repository may keep its index inside itself; it never says where else on this machine files are written.
  const named = workspace.loaded.config.index.folder;
  const configured = named === undefined ? undefined : insideOf(root, resolve(root, named));
  const indexFolder = resolve(
    root,
    options.indexFolder ??
      (options.indexHome ? indexFolderIn(resolve(root, options.indexHome), root) : undefined) ??
      (process.env.LINTEL_INDEX ? undefined : configured) ??
      defaultIndexFolder(root),
  );
  const consent = options.consent ?? (() => Promise.resolve(false));
  const modelOf = (): string => {
    const model = options.model ?? workspace.loaded.config.embedding.model;
    return model.startsWith('.') ? join(root, model) : model;
  };
  const views = new Views({
    root,
    repository: () => workspace.repository,
    indexFolder,
    modelFolder: join(cacheFolder(), 'models'),
    model: modelOf,
    consent,
  });
  const whyAnswers = new WhyAnswers(root, () => workspace.repository);
  const indexer = createIndexer({ log, consent });
  const sourceFiles = createSourceFiles();

  let running = 0;
  let failure: string | undefined;
  let rebuilt: string | undefined;
  let position: IndexPosition = { sha: '', behind: 0 };
  let measuredAt = 0;
  let measuring: Promise<void> | undefined;
  let soon: NodeJS.Timeout | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let disposed = false;
  /** True once mending was tried, until the index could be read again. */
  let mended = false;

  const stateNow = async (): Promise<IndexState | undefined> => {
    const read = await readState(indexFolder);
    return read.status === 'present' ? read.state : undefined;
  };

  const measure = (): Promise<void> => {
    measuring ??= (async () => {
      try {
        position = await measurePosition(workspace, await stateNow());
        measuredAt = Date.now();
      } finally {
        measuring = undefined;
      }
    })();
    return measuring;
  };

  /** A save changes the position by little: it is measured, and told, when a burst of saves is over. Starting git is what costs. */
  const measureSoon = (): void => {
    clearTimeout(soon);
    soon = setTimeout(() => {
      if (disposed) return;
      measure()
        .then(tellStatus)
        .catch((error: unknown) => log('debug', String(error)));
    }, MEASURE_AFTER_MS).unref();
  };

  /** The last measured position; an old one is measured again behind the answer. */
  const positionNow = async (): Promise<IndexPosition> => {
    if (measuredAt === 0) await measure();
    else if (Date.now() - measuredAt > POSITION_AGE_MS && running === 0) measure().catch((error: unknown) => log('debug', String(error)));
    return position;
  };

  const status = async (): Promise<IndexStatus> => {
    const state = await stateNow();
    const files = Object.values(state?.files ?? {});
    const count = (kind: DocumentKind): number =>
      kind === 'commit' ? (state?.commitsIndexed ?? 0) : files.filter((file) => file.kind === kind).length;
    const view = running === 0 && state ? await views.current().catch(() => undefined) : undefined;
    const broken = running === 0 ? views.broken : undefined;
    return {
      state: running > 0 ? 'indexing' : (failure ?? broken) !== undefined ? 'failed' : state?.finishedAt ? 'ready' : 'absent',
      root,
      git: workspace.repository !== undefined,
      folder: indexFolder,
      position: await positionNow(),
      counts: Object.fromEntries(DOCUMENT_KINDS.map((kind) => [kind, count(kind)])) as Record<DocumentKind, number>,
      passages: view ? await view.store.count() : 0,
      model: modelOf(),
      notices: [
        ...new Set([
          ...workspace.notices,
          ...(state?.notices ?? []),
          ...(rebuilt ? [`The index was rebuilt because ${rebuilt}.`] : []),
          ...(failure ? [failure] : []),
          ...(broken ? [`The index cannot be used because ${broken}. It is rebuilt when indexing runs next.`] : []),
        ]),
      ],
    };
  };

  const tellStatus = async (): Promise<void> => {
    if (!options.onStatus || disposed) return;
    options.onStatus(await status());
  };

  const runIndexer = async (paths: readonly string[] | undefined, indexOptions: IndexOptions): Promise<IndexReport> => {
    const onProgress = (progress: IndexProgress): void => {
      indexOptions.onProgress?.(progress);
      options.onProgress?.(progress);
    };
    running += 1;
    if (!paths) await tellStatus();
    try {
      const job = {
        root,
        indexFolder,
        ...(options.model ? { model: options.model } : {}),
        ...(indexOptions.full ? { full: true } : {}),
        ...(views.broken ? { suspect: true } : {}),
        ...(paths ? { paths } : {}),
      };
      const report = await indexer.run(job, { onProgress, ...(indexOptions.signal ? { signal: indexOptions.signal } : {}) });
      failure = undefined;
      if (report.rebuilt) {
        rebuilt = report.rebuilt;
        await views.reopen();
      }
      return report;
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error);
      throw error;
    } finally {
      running -= 1;
      if (!paths) views.forgetTree();
      if (!paths) measuredAt = 0;
      if (paths && measuredAt > 0) measureSoon();
      else {
        const told = tellStatus().catch((error: unknown) => log('debug', String(error)));
        // Whoever asked for the run knows the new state when it ends.
        if (!paths) await told;
      }
    }
  };

  /** Where nothing changed since the last run, no indexing process is needed to find that out. */
  const unchangedReport = async (): Promise<IndexReport | undefined> => {
    const start = performance.now();
    const state = await stateNow();
    // What could be opened may yet have failed to answer.
    if (!state?.finishedAt || state.open || views.broken !== undefined) return undefined;
    const [usable, sourcesMoved] = await Promise.all([views.usable(), haveSourcesMoved(workspace, views), measure()]);
    if (!usable || sourcesMoved || position.behind > 0) return undefined;
    const unchanged = Object.keys(state.files).length + state.commitsIndexed;
    return { ...NO_CHANGE, unchanged, milliseconds: Math.round(performance.now() - start) };
  };

  /** One indexing run after another. */
  const queued = (work: () => Promise<IndexReport>): Promise<IndexReport> => {
    const next = turn.then(work);
    turn = next.catch(() => undefined);
    return next;
  };

  /** The view; where an index is there that cannot be read, it is mended behind the answer, once. */
  const viewNow = async (): Promise<View | undefined> => {
    const view = await views.current();
    if (view) mended = false;
    else if (views.broken && !mended && running === 0 && !disposed) {
      mended = true;
      log('warn', `The index in ${indexFolder} is built anew because ${views.broken}.`);
      queued(() => runIndexer(undefined, {})).catch((error: unknown) => log('warn', String(error)));
    }
    return view;
  };

  /** Answers from the view. Where the index is replaced or breaks in the middle, once more from what is there then. */
  const answer = async <T>(work: (view: View | undefined) => Promise<T>): Promise<T> => {
    try {
      return await work(await viewNow());
    } catch (error) {
      if (!(error instanceof StoreUnusable)) throw error;
      await views.reopen();
      return work(await viewNow());
    }
  };

  const fileOf = async ({ path, text }: Place): Promise<SourceFile> =>
    sourceFiles(path, text ?? (await readBounded(join(root, path), LONGEST_CODE)) ?? '');
  const normalise = (place: Place): Place => ({ ...place, path: insideOf(root, place.path) ?? place.path });
  const exists =
    (view: View | undefined) =>
    (path: string): boolean =>
      view?.register.tree.has(path) || (view?.register.tree.filesBelow(path) ?? 0) > 0 || existsSync(join(root, path));

  return {
    root,

    index: (indexOptions = {}) =>
      queued(async () => {
        indexOptions.signal?.throwIfAborted();
        if (Date.now() - openedAt > WORKSPACE_AGE_MS) workspace = await openWorkspace(root);
        openedAt = 0;
        const unchanged = indexOptions.full ? undefined : await unchangedReport();
        if (!unchanged) return runIndexer(undefined, indexOptions);
        await tellStatus();
        return unchanged;
      }),

    async changed(paths) {
      const inner = [...new Set(paths.flatMap((path) => insideOf(root, path) ?? []))].filter(
        (path) => path !== '.git' && !path.startsWith('.git/'),
      );
      if (inner.includes(LINKS_FILE)) {
        views.forgetLinks();
        void tellStatus().catch((error: unknown) => log('debug', String(error)));
      }
      if (inner.every((path) => path === LINKS_FILE)) return NO_CHANGE;
      return queued(async () => {
        if (touchesConfiguration(inner)) workspace = await openWorkspace(root);
        return runIndexer(inner, {});
      });
    },

    search: (query, signal) =>
      answer(async (view) => {
        signal?.throwIfAborted();
        const text = query.text.trim().slice(0, 10_000);
        if (!view || text === '') return { hits: [], index: await positionNow() };
        const limit = Math.max(1, Math.min(MOST_HITS, Math.floor(query.limit ?? DEFAULT_LIMIT)));
        const space = { knowledge: view.knowledge, store: view.store, commits: view.commits, successors: view.register.successors };
        const hits = await search(space, await queryOf(text, view.embedder), query.filter ?? {}, limit);
        signal?.throwIfAborted();
        return { hits, index: await positionNow() };
      }),

    async why(asked, signal) {
      const view = await viewNow();
      const place = normalise(asked);
      if (!view) return { governing: [], related: [], index: await positionNow() };
      const file = await fileOf(place);
      signal?.throwIfAborted();
      return { ...(await whyAnswers.answer(view, place, file, signal)), index: await positionNow() };
    },

    async inspect(asked, position, signal) {
      const view = await viewNow();
      const place = normalise(asked);
      if (!view) return { governing: [], index: await positionNow() };
      const file = await fileOf(place);
      signal?.throwIfAborted();
      return { ...(await inspectPlace(view, whyAnswers, { place, file, position, signal })), index: await positionNow() };
    },

    async citations(asked, signal) {
      const view = await viewNow();
      if (!view) return [];
      const place = normalise(asked);
      const file = await fileOf(place);
      signal?.throwIfAborted();
      return citationsOf(view.register, file).map(toCitation);
    },

    symbols: async (asked) => (await fileOf(normalise(asked))).symbols(),

    async findings(path, text) {
      const inner = insideOf(root, path);
      if (inner === undefined) return undefined;
      const view = await viewNow();
      return findingsOfFile(workspace, view, exists(view), inner, text);
    },

    async allFindings() {
      const view = await viewNow();
      return findingsOfAll(workspace, view, exists(view));
    },

    record: (id) => answer(async (view) => view && recordHit(view.knowledge, view.register, id)),

    document: (id) => answer(async (view) => (view ? restoreDocument(view.store, id) : undefined)),

    documents: (kinds = DOCUMENT_KINDS) =>
      answer(async (view) => {
        if (!view) return [];
        const held = view.knowledge.documents(kinds).map((document) => document.head);
        if (!kinds.includes('commit')) return held;
        const commits = (await view.store.documents(['commit'])).map((row) => JSON.parse(row.document) as (typeof held)[number]);
        return [...held, ...commits].sort((a, b) => (a.id < b.id ? -1 : 1));
      }),

    authoring: createAuthoring({ root, repository: () => workspace.repository, view: viewNow, onLinks: () => views.forgetLinks() }),

    async status() {
      await measure();
      return status();
    },

    doctor: () => diagnose({ root, isRepository: workspace.repository !== undefined, indexFolder, model: modelOf(), views }),

    async dispose() {
      disposed = true;
      await indexer.dispose();
      await views.close();
    },
  };
}
