import { realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { reachOf, WhyAnswers } from '../decisions/index.ts';
import { commitGraphReader, defaultBranch } from '../git/index.ts';
import { LineHistories } from '../history/line-history.ts';
import { createIndexer } from '../indexing/process.ts';
import { LINKS_FILE } from '../knowledge/links/links.ts';
import { type Hit, type IndexStatus, NO_CHANGE, type WhyAnswer } from '../model/answer.ts';
import { DOCUMENT_KINDS } from '../model/document.ts';
import type { Engine, EngineOptions, StatusOptions } from '../model/engine.ts';
import { citationsOf } from '../register/citations/cache.ts';
import { toCitation } from '../register/citations/citations.ts';
import { recordHit } from '../register/hit.ts';
import { cacheFolder, graphFolder } from '../store/folder.ts';
import { type IndexState, readState } from '../store/state.ts';
import { insideOf, touchesConfiguration } from '../workspace/paths.ts';
import { untakenRecords } from '../workspace/workspace.ts';
import { askView } from './answering/ask.ts';
import { modelAnswers, modelFinder } from './answering/model.ts';
import { fileAtCommit, pasts } from './answering/past.ts';
import { whyAt } from './answering/why-at.ts';
import { createAuthoring } from './authoring.ts';
import { reportChange } from './change.ts';
import { CitedLineFacts } from './cited-lines.ts';
import { diagnose } from './doctor.ts';
import { type FindingSource, findingsOfAll, findingsOfFile } from './findings.ts';
import { createBeforeEdit } from './hook/before-edit.ts';
import { allowIdentifier } from './identifiers/allow.ts';
import { Identifiers, tellsOfIdentifiers } from './identifiers/identifiers.ts';
import { identifierReport } from './identifiers/report.ts';
import { identifierAt, inspectPlace } from './inspect.ts';
import { backgroundsIn } from './kept-background.ts';
import { LineReasons } from './line-reasons.ts';
import { reviewOf } from './linking/review.ts';
import { LiveWorkspace } from './live-workspace.ts';
import { indexFolderOf, modelOf } from './locations.ts';
import { createPublishing } from './publishing/publishing.ts';
import { createRequests, existsIn } from './requests.ts';
import { searchView } from './search.ts';
import { TestSelecting } from './selection/selecting.ts';
import { TestRuns } from './selection/test-runs.ts';
import { listDocuments, restoreDocument } from './stored-document.ts';
import { Freshness } from './updating/freshness.ts';
import { IndexRunner } from './updating/index-runner.ts';
import { indexingProgram } from './updating/indexing-program.ts';
import { measurePosition } from './updating/position.ts';
import { statusOf } from './updating/status.ts';
import { reportIfUnchanged } from './updating/unchanged.ts';
import { type View, Views, whyUnreadable } from './view.ts';

/** What an empty index says of a place. */
const NOTHING: Omit<WhyAnswer, 'index'> = { governing: [], probable: [], related: [] };

/**
 * Opens the knowledge base of the repository that a folder belongs to. Fast, because the index itself is opened by the first question and built by
 * `Engine.index`. Rejects with `not-a-folder`.
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const folder = await realpath(resolve(options.folder)).catch(() => resolve(options.folder));
  const live = await LiveWorkspace.open(folder);
  const { root, loaded } = live.current;
  const { log = () => undefined, consent = () => Promise.resolve(false) } = options;
  const logError = (error: unknown): void => log('debug', String(error));
  const workspace = () => live.current;
  const files = () => live.current.files;
  const indexFolder = indexFolderOf(root, options, loaded.config);
  const model = (): string => modelOf(root, options.model, live.current.loaded.config);
  const views = new Views({ workspace, indexFolder, modelFolder: join(cacheFolder(), 'models'), model, consent });
  const readGraph = commitGraphReader();
  const histories = new LineHistories(undefined, () => readGraph(graphFolder(indexFolder)));
  const why = new WhyAnswers(workspace, histories, backgroundsIn(indexFolder));
  const lineReasons = new LineReasons(workspace, histories);
  const identifiers = new Identifiers({ workspace, indexFolder, onNotices: () => void reportStatus().catch(logError) });
  const citedLines = new CitedLineFacts(() => void reportStatus().catch(logError));
  const selecting = new TestSelecting({ workspace, indexFolder });
  const testRuns = new TestRuns({
    workspace,
    specs: (signal) => selecting.specs(signal),
    select: (diff, signal) => selecting.select({ diff }, signal),
  });
  const indexer = createIndexer({ log, consent }, indexingProgram());

  const state = async (): Promise<IndexState | undefined> => {
    const read = await readState(indexFolder);
    return read.status === 'present' ? read.state : undefined;
  };

  const status = async ({ load = true }: StatusOptions = {}): Promise<IndexStatus> => {
    const read = await readState(indexFolder);
    const now = read.status === 'present' ? read.state : undefined;
    const { isRunning, rebuilt } = runner;
    // A status is always given; an index that cannot be opened, or that another process deletes meanwhile, shows in the answers.
    const passages = load && now && !isRunning ? await views.passages().catch(() => 0) : 0;
    const broken = isRunning ? undefined : (whyUnreadable(read) ?? views.broken);
    // Where the root is gone, that is the status.
    const position = await freshness.current().catch(() => ({ sha: now?.head ?? '', behind: 0 }));
    const failure = runner.failure ?? freshness.failure;
    return statusOf({
      workspace: live.current,
      indexFolder,
      model: model(),
      state: now,
      position,
      passages,
      isRunning,
      failure,
      rebuilt,
      broken,
      remarks: [...identifiers.notices, ...citedLines.notices],
    });
  };

  const reportStatus = async (): Promise<void> => {
    if (options.onStatus && !runner.isClosed) options.onStatus(await status());
  };

  const freshness = new Freshness({
    measure: async () => measurePosition(live.current, await state()),
    isPaused: () => runner.isRunning,
    onRefreshed: reportStatus,
    onError: logError,
  });

  const runner: IndexRunner = new IndexRunner({
    job: { root, indexFolder, ...(options.model ? { model: options.model } : {}) },
    indexer,
    views,
    async beforeUpdate(full) {
      await live.reopenUnlessNew().catch(async (error: unknown) => {
        // The status says it, too.
        await freshness.measure().catch(logError);
        await reportStatus();
        throw error;
      });
      const unchanged = full ? undefined : await reportIfUnchanged(live.current, await state(), views, freshness);
      if (unchanged) await reportStatus();
      return unchanged;
    },
    async beforeSave(paths) {
      if (touchesConfiguration(paths)) await live.reopen();
    },
    onStart: reportStatus,
    async onEnd(paths) {
      if (paths && freshness.isKnown) return freshness.refreshAfterSaves();
      if (paths) return void reportStatus().catch(logError);
      views.forgetTree();
      freshness.expire();
      // Whoever asked for the run knows the new status when it ends.
      await reportStatus().catch(logError);
    },
    onProgress: (progress) => options.onProgress?.(progress),
    log,
  });

  const requests = createRequests({ root, files, views, ...(options.heal === false ? {} : { runner }) });
  const { view, answer, answerLightly, answerAt, fileAt } = requests;
  const index = () => freshness.current();
  const past = pasts(workspace);
  const findModel = modelFinder(() => live.current.loaded.config.answers);
  const word = modelAnswers(findModel);
  const readAt = fileAtCommit(() => live.current.repository);
  const sourceOf = (now: View | undefined): FindingSource => ({
    workspace: live.current,
    view: now,
    exists: existsIn(files(), now),
    identifiers,
    citedLines,
  });

  return {
    root,
    index: (indexOptions) => runner.update(indexOptions),

    async changed(paths) {
      const inner = [...new Set(paths.flatMap((path) => insideOf(root, path) ?? []))];
      const saved = inner.filter((path) => path !== '.git' && !path.startsWith('.git/'));
      if (saved.some(tellsOfIdentifiers)) identifiers.forget();
      if (saved.includes(LINKS_FILE)) {
        views.forgetLinks();
        void reportStatus().catch(logError);
      }
      return saved.every((path) => path === LINKS_FILE) ? NO_CHANGE : runner.save(saved);
    },

    search: (query, signal) =>
      answerLightly(async (now) => ({ ...(now ? await searchView(now, query, past, signal) : { hits: [] }), index: await index() })),

    ask: async (request) => word(request, await answer((now) => askView(now, request, { files: files(), index, past, readAt }))),

    async why(place, signal) {
      const { at } = place;
      const found =
        at === undefined
          ? await answerAt(place, NOTHING, (now, asked) => why.answer(now, asked.place, asked.file, signal), signal)
          : await answer(async (now) => (now ? whyAt(now, { ...place, at }, { why, past, readAt, fileAt }, signal) : NOTHING));
      return { ...found, index: await index() };
    },

    inspect: async (place, position, signal) => {
      const file = await fileAt(place);
      const at = { ...place, path: file.path, line: position.line };
      const [found, reasons] = await Promise.all([
        answerAt(place, { governing: [], probable: [] }, (now, asked) => inspectPlace(now, why, { ...asked, position, signal }), signal),
        place.history ? lineReasons.soon(at, file, signal) : undefined,
      ]);
      if (found.citation !== undefined) return { ...found, index: await index() };
      const identifier = await identifierAt(file, position);
      return { ...found, ...(identifier ? { identifier } : {}), ...(reasons ? { reasons } : {}), index: await index() };
    },

    history: async (place, signal) => {
      const file = await fileAt(place);
      return lineReasons.history({ ...place, path: file.path }, file, signal);
    },

    citations: (place, signal) =>
      answerAt(place, [], async ({ register }, { file }) => citationsOf(register, file).map(toCitation), signal),

    lineLinks: (place, signal) => answerAt(place, [], async (now, { file }) => citedLines.linksIn(live.current, now, file, signal), signal),

    symbols: async (place) => (await fileAt(place)).symbols(),

    async findings(path, text, signal) {
      const inner = insideOf(root, path);
      if (inner === undefined) return undefined;
      return answer((now) => findingsOfFile(sourceOf(now), inner, text, signal));
    },

    allFindings: (signal, each) =>
      answer((now) => {
        signal?.throwIfAborted();
        return findingsOfAll(sourceOf(now), signal, each);
      }),
    change: (request, signal) =>
      answer((now) =>
        reportChange(
          {
            root,
            decisions: async (place) => {
              const found = await answerAt(place, NOTHING, (then, at) => why.answer(then, at.place, at.file, signal), signal);
              return [...found.governing, ...found.probable];
            },
            decisionsOfFile: (path) =>
              answerAt<readonly Hit[]>({ path }, [], (then, at) => why.governingFile(then, at.place, at.file), signal),
            findings: () => findingsOfAll(sourceOf(now), signal, true),
            isDocument: (path) => ['decision', 'guide'].includes(now?.documentIndex.get(path)?.head.kind ?? ''),
            index,
          },
          request,
          signal,
        ),
      ),
    review: (request = {}, signal) =>
      answer(async (now) => ({
        ...(await reviewOf(
          {
            paths: [...(now?.code.stamps.keys() ?? [])].filter((path) => !now?.documentIndex.get(path)).sort(),
            probable: async (place) => {
              const found = await answerAt(place, NOTHING, (then, at) => why.answer(then, at.place, at.file, signal), signal);
              return found.probable;
            },
          },
          request,
          signal,
        )),
        index: await index(),
      })),
    allowIdentifier: (request) =>
      answer((now) =>
        allowIdentifier(
          { root, files: files(), identifiers, view: now },
          { ...request, path: insideOf(root, request.path) ?? request.path },
        ),
      ),
    identifiers: (request = {}, signal) => identifierReport(live.current, identifiers, request, signal),
    async selectTests(request, signal) {
      const [selection, gate] = await Promise.all([selecting.select(request, signal), testRuns.gate()]);
      return gate && !gate.open ? { ...selection, notices: [...selection.notices, gate.sentence] } : selection;
    },
    beforeEdit: createBeforeEdit({ root, workspace, requests, why }),
    testRuns,
    testCommands: (specs, signal) => selecting.commands(specs, signal),
    changedSymbols: async (path, signal) => selecting.symbols(path, await (await fileAt({ path })).symbols(), signal),
    defaultBranch: async (signal) => {
      const { repository } = workspace();
      return repository && (await defaultBranch(repository, signal));
    },
    record: (id) => answerLightly(async (now) => now && recordHit(now.documentIndex, now.register, id)),
    reach: (id) => answer(async (now) => now && reachOf(now, id)),
    document: (id) => answerLightly(async (now) => now && restoreDocument(now.store, id)),
    documents: (kinds = DOCUMENT_KINDS) => answerLightly(async (now) => (now ? listDocuments(now, kinds) : [])),

    // It takes a view without the second attempt of `answer`: it reads only what is in memory, and some of it writes.
    authoring: createAuthoring({
      root,
      files,
      repository: () => live.current.repository,
      view,
      past,
      onLinks: () => views.forgetLinks(),
      findModel,
      requests,
      why,
    }),

    publishing: createPublishing({ live, indexFolder, embedder: () => views.embedder() }),

    async status(statusOptions) {
      if (statusOptions?.measure !== false) await freshness.measure();
      return status(statusOptions);
    },

    untaken: () => untakenRecords(live.current),

    doctor: () => diagnose({ root, isRepository: live.current.repository !== undefined, indexFolder, model: model(), views }),

    async dispose() {
      runner.close();
      freshness.close();
      await indexer.dispose();
      await views.close();
    },
  };
}
