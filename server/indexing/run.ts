import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { IndexReport } from '../model/answer.ts';
import { EngineError } from '../model/errors.ts';
import { removeStaleFacts } from '../store/commits/facts.ts';
import { databaseName, removeLeftovers } from '../store/leftovers.ts';
import { withWriterLock } from '../store/lock.ts';
import { Stalled } from '../store/stall.ts';
import { type IndexState, readState } from '../store/state.ts';
import { openStore, type Store } from '../store/store.ts';
import { databaseFolder } from '../store/table.ts';
import { touchesConfiguration, touchesFolder } from '../workspace/paths.ts';
import { type DocumentListing, discoverDocuments, openWorkspace } from '../workspace/workspace.ts';
import { CommitFactsWriter } from './commit-facts.ts';
import type { Job } from './job.ts';
import { openIndex } from './open-index.ts';
import { knownFiles, planCommits, planFiles } from './plan.ts';
import { ProgressMeter } from './progress.ts';
import { planSaved } from './saved.ts';
import { saveOnlySources } from './saved-sources.ts';
import { planSavedSources, planSources, SourceLog } from './sources.ts';
import { StateWriter } from './state-writer.ts';
import {
  indexCommits,
  indexFiles,
  indexSources,
  type Run,
  type RunMemory,
  type RunTools,
  removeDocuments,
  UNITS_OF_A_FILE,
  unitsOf,
} from './steps.ts';
import { testId } from './test-reading.ts';
import { indexTests, planSavedTests, planTests, type TestPlan, unitsOfTests } from './tests.ts';
import { noteIdle, noteStep } from './watchdog.ts';

const WITHOUT_UPKEEP =
  'Upkeep of the index made no progress and is left out, so that searches are slower. Run "lintel index --full" to build the index again.';

/** Units of progress for the upkeep at the end of a run. */
const UPKEEP_UNITS = 50;

/** Entries of the state for documents that are about to be removed. */
const leaving = ({ files }: IndexState, paths: readonly string[]) =>
  paths.flatMap((path) =>
    Object.hasOwn(files, path) && files[path] ? [{ path, kind: files[path].kind, format: files[path].format }] : [],
  );

/** What was found without the files on which an earlier run stalled, and a notice about each. */
const without = (found: DocumentListing, skip: readonly string[] = []): DocumentListing =>
  skip.length === 0
    ? found
    : {
        documents: found.documents.filter(({ path }) => !skip.includes(path)),
        files: found.files.filter((path) => !skip.includes(path)),
        notices: [
          ...found.notices,
          ...skip.map((path) => `${path} is left out, because indexing stalled on it. Please report this, with the file if you can.`),
        ],
      };

/** Deletes what a writer left behind that was killed. Whoever holds the lock is the only writer. */
const sweep = async (folder: string): Promise<void> => {
  for (const name of await readdir(folder)) if (name.endsWith('.tmp')) await rm(join(folder, name), { force: true }).catch(() => undefined);
};

/** Indexes everything that changed since the last run. */
async function runAll(run: Run): Promise<void> {
  const { workspace, store, meter, tools, stateWriter } = run;
  const before = stateWriter.state;
  const discovered = without(await discoverDocuments(workspace, tools.signal), run.job.skip);
  const files = await planFiles(workspace, discovered.documents, knownFiles(workspace, before, run.job.paths));
  const commits = await planCommits(workspace, run.fresh ? undefined : before, store, tools.signal);
  await run.sources.follow();
  const anew = run.job.full === true;
  const sources = await planSources(workspace, discovered.files, anew ? new Map() : run.sources.stamps, run.job.paths);
  const tests = await planTests(run, discovered.files, run.job.paths);
  const unfinished = !run.fresh && before.finishedAt === '';
  const known = new Set(discovered.documents.map((document) => document.path));
  const orphans = unfinished
    ? (await store.documents(['decision', 'specification', 'guide']))
        .map((row) => row.documentId)
        .filter((id) => !known.has(id) && !known.has(id.replace(/#.*$/s, '')))
    : [];
  const notices = [
    ...workspace.notices,
    ...discovered.notices,
    ...workspace.loaded.findings.map((finding) => finding.message),
    ...(before.withoutUpkeep ? [WITHOUT_UPKEEP] : []),
  ];
  run.unchanged += files.unchanged;
  stateWriter.change({ notices });
  meter.expect(files.read.length * UNITS_OF_A_FILE + commits.add.length + unitsOf(sources) + unitsOfTests(tests) + UPKEEP_UNITS);
  if (run.fresh) {
    // Files and commits can be indexed in parallel, because a fresh table is only appended to.
    const ended = await Promise.allSettled([
      indexFiles(run, files.read),
      indexCommits(run, commits.add),
      indexSources(run, sources, anew),
      indexTests(run, tests),
    ]);
    for (const part of ended) if (part.status === 'rejected') throw part.reason;
  } else {
    await stateWriter.announce([...files.read, ...leaving(before, files.remove)], commits.add.length + commits.remove.length > 0);
    await indexFiles(run, files.read);
    await run.facts.remove(store, commits.remove);
    await removeDocuments(run, [...commits.remove, ...orphans], files.remove);
    await indexCommits(run, commits.add);
    await indexSources(run, sources);
    await indexTests(run, unfinished ? { ...tests, remove: [...tests.remove, ...(await lostTests(run, tests))] } : tests);
  }
  await run.sources.tidy();
  const uncounted = unfinished || before.open === true;
  stateWriter.change({
    ...(commits.unseen ? {} : { head: workspace.head, log: workspace.log }),
    reading: workspace.reading,
    commitsIndexed: uncounted ? await countCommits(store) : stateWriter.state.commitsIndexed - commits.remove.length,
    open: false,
  });
  stateWriter.change({ commitFacts: [...(await run.facts.finish(store, stateWriter.state.commitsIndexed))] });
}

/** Tests whose rows an interrupted run left behind without recording them. */
const lostTests = async ({ store, stateWriter }: Run, { read }: TestPlan): Promise<string[]> => {
  const known = new Set([...Object.keys(stateWriter.state.tests ?? {}), ...read.map(({ path }) => path)].map(testId));
  return (await store.documents(['test'])).flatMap(({ documentId, path }) => (known.has(documentId) ? [] : [path]));
};

const countCommits = async (store: Store): Promise<number> => (await store.documents(['commit'])).length;

/** Indexes only the files that were saved. */
async function runSaved(run: Run, paths: readonly string[]): Promise<void> {
  const plan = await planSaved(run.workspace, paths, run.stateWriter.state.files);
  run.unchanged += plan.unchanged;
  await run.sources.follow();
  const sources = await planSavedSources(run.workspace, paths, run.sources.stamps, run.tools.signal);
  const tests = await planSavedTests(run, paths);
  run.meter.expect(plan.read.length * UNITS_OF_A_FILE + unitsOf(sources) + unitsOfTests(tests) + UPKEEP_UNITS);
  await run.stateWriter.announce([...plan.read, ...leaving(run.stateWriter.state, plan.remove)], false);
  await indexFiles(run, plan.read);
  await removeDocuments(run, [], plan.remove);
  await indexSources(run, sources);
  await indexTests(run, tests);
}

const sourceLogOf = (memory: RunMemory, folder: string): SourceLog => {
  if (memory.sources?.folder !== folder) memory.sources = new SourceLog(folder);
  return memory.sources;
};

/**
 * Brings the index of a repository up to date. Skips files whose stamp or content hash is unchanged, and commits that are indexed. Takes the writer
 * lock, so there is one writer at a time. Rejects with an `EngineError`. What a cancelled run has written is kept, and the next run continues from there.
 */
export async function runJob(job: Job, tools: RunTools): Promise<IndexReport> {
  const started = performance.now();
  const meter = new ProgressMeter(tools.onProgress);
  const { memory } = tools;
  const saving = job.paths !== undefined && !job.full && !touchesConfiguration(job.paths);
  let workspace = saving && memory.workspace?.root === job.root ? memory.workspace : await openWorkspace(job.root);
  const sources = sourceLogOf(memory, job.indexFolder);
  const saved = saving && memory.workspace === workspace ? await saveOnlySources(job, workspace, sources, tools) : undefined;
  if (saved) return saved;
  const model = job.model ?? workspace.loaded.config.embedding?.model ?? 'static';
  const embedder = await tools.embedder(resolveModel(workspace.root, model));
  await mkdir(job.indexFolder, { recursive: true }).catch((cause: unknown) => {
    throw new EngineError(
      'index-read-only',
      `The index folder ${job.indexFolder} cannot be created. Set LINTEL_INDEX to a folder that can be written.`,
      { cause },
    );
  });
  let waited = false;
  return withWriterLock(
    job.indexFolder,
    async (lost) => {
      noteStep('look');
      await sweep(job.indexFolder);
      // The repository may have changed while another process held the lock.
      if (waited) workspace = await openWorkspace(job.root);
      const trusted = saving && !job.suspect && memory.sound === job.indexFolder;
      const { store, state, fresh, stateName, rebuilt } = await openIndex(job, embedder, trusted);
      memory.sound = job.indexFolder;
      const partial = saving && state.finishedAt !== '' && !state.open && !(await touchesFolder(workspace.root, job.paths ?? []));
      // A remembered workspace is good enough for a save; a full comparison needs the current HEAD.
      if (!partial && saving) workspace = await openWorkspace(job.root);
      memory.workspace = workspace;
      const stateWriter = new StateWriter(job.indexFolder, state, stateName);
      const isRebuild = stateName === 'next.json';
      const database = databaseFolder(job.indexFolder, databaseName(state));
      const known = fresh ? [] : state.finishedAt !== '' && !state.open ? state.commitFacts : undefined;
      const run: Run = {
        job,
        tools: { ...tools, signal: AbortSignal.any([tools.signal, lost]) },
        workspace,
        embedder,
        store,
        meter,
        fresh,
        stateWriter,
        sources,
        facts: new CommitFactsWriter(database, known),
        added: 0,
        updated: 0,
        removed: 0,
        unchanged: 0,
      };
      try {
        if (partial && job.paths) await runSaved(run, job.paths);
        else await runAll(run);
        noteStep('upkeep');
        if (fresh || isRebuild) await keepUp(run, true);
        await store.settle();
        if (!partial || stateWriter.hasChanged) {
          stateWriter.change({ finishedAt: new Date().toISOString() });
          await stateWriter.write();
        }
        await stateWriter.publish();
        if (!partial && (await removeStaleFacts(database, stateWriter.state.commitFacts ?? []))) await store.settle();
        if (isRebuild) await removeLeftovers(job.indexFolder, [databaseName(state)]);
        else if (!fresh && !partial) await keepUp(run, false);
        meter.advance('upkeep', UPKEEP_UNITS);
      } catch (error) {
        delete memory.sound;
        if (!lost.aborted) await giveUp(run, isRebuild, error);
        throw error;
      } finally {
        await store.close();
      }
      const { added, updated, removed, unchanged } = run;
      const milliseconds = Math.round(performance.now() - started);
      return { added, updated, removed, unchanged, milliseconds, ...(rebuilt ? { rebuilt } : {}), cancelled: false };
    },
    {
      signal: tools.signal,
      ...(job.patience === undefined ? {} : { patience: job.patience }),
      onWait: (holder) => {
        waited = true;
        noteIdle();
        tools.log('info', `Waiting for ${holder ? `process ${holder.pid}` : 'another process'}, which is writing the index.`);
      },
    },
  );
}

/** Upkeep that stalls is left out: searches are slower without it, but right. */
async function keepUp({ store, stateWriter, tools }: Run, force: boolean): Promise<void> {
  if (stateWriter.state.withoutUpkeep) return;
  try {
    await store.upkeep({ force });
  } catch (error) {
    if (!(error instanceof Stalled)) throw error;
    tools.log('warn', error.message);
    stateWriter.change({ withoutUpkeep: true, notices: [...stateWriter.state.notices, WITHOUT_UPKEEP] });
    await stateWriter.write();
  }
}

/** Keeps what a run has written that could not end. A rebuild for which there is no room goes, so that the disk is as it was. */
async function giveUp({ job, stateWriter }: Run, isRebuild: boolean, error: unknown): Promise<void> {
  await stateWriter.write().catch(() => undefined);
  if (!isRebuild || !(error instanceof EngineError) || error.code !== 'disk-full') return;
  const found = await readState(job.indexFolder);
  await removeLeftovers(job.indexFolder, found.status === 'present' ? [databaseName(found.state)] : []);
}

/** Merges the fragments that saves leave behind. Takes longer than a save, so it is called when the process is idle. */
export async function runUpkeep(job: Job, tools: RunTools): Promise<void> {
  const found = await readState(job.indexFolder);
  if (!tools.memory.workspace || found.status !== 'present' || found.state.withoutUpkeep) return;
  const configured = tools.memory.workspace.loaded.config.embedding.model;
  const embedder = await tools.embedder(resolveModel(job.root, job.model ?? configured));
  await withWriterLock(
    job.indexFolder,
    async () => {
      noteStep('upkeep');
      // Another process may have switched to another table before it freed the lock.
      const now = await readState(job.indexFolder);
      if (now.status !== 'present' || now.state.fingerprint !== embedder.fingerprint) return;
      const database = databaseName(now.state);
      const store = await openStore(job.indexFolder, { fingerprint: embedder.fingerprint, dimensions: embedder.dimensions, database });
      try {
        await store.upkeep();
      } finally {
        await store.close();
      }
      await sourceLogOf(tools.memory, job.indexFolder).tidy();
    },
    { signal: tools.signal },
  );
}

const resolveModel = (root: string, model: string): string => (model.startsWith('.') ? join(root, model) : model);
