import { join } from 'node:path';
import { type Embedder, openEmbedder } from '../embedding/embedder.ts';
import { NO_CHANGE } from '../model/answer.ts';
import { EngineError, messageOf } from '../model/errors.ts';
import { cacheFolder } from '../store/folder.ts';
import { stallWatch } from '../store/stall.ts';
import { keepCommitGraph } from './commit-graph.ts';
import type { FromIndexer, Job, ToIndexer } from './job.ts';
import { runJob, runUpkeep } from './run.ts';
import type { RunMemory, RunTools } from './steps.ts';
import { noteIdle, noteProgress, noteStep, startWatchdog } from './watchdog.ts';

/** Files of end-to-end tests are found and read so; set by `serveJobs`. */
let tests: RunTools['tests'];

const running = new Map<number, AbortController>();
const questions = new Map<number, (granted: boolean) => void>();
let nextQuestion = 1;
let queue: Promise<void> = Promise.resolve();
let opened: { readonly model: string; readonly embedder: Promise<Embedder> } | undefined;

const memory: RunMemory = {};

/** Idle time after a save before upkeep starts, because saves come in bursts. */
const UPKEEP_AFTER_MS = 1_500;
/** Upkeep starts after this many saves even within a burst, because every save adds a version of the table, which takes disk space. */
const MOST_SAVES = 40;
let upkeep: NodeJS.Timeout | undefined;
let saves = 0;
/** Idle time before a commit-graph is written: whoever runs one command only is gone by then. */
const GRAPH_AFTER_MS = 10_000;
let graph: NodeJS.Timeout | undefined;
let isWritingGraph = false;
/** Aborted when the process ends. */
const ending = new AbortController();

const send = (message: FromIndexer): void => {
  process.send?.(message, undefined, undefined, endIfStalled);
};

/** A call that stalled holds threads of the database for as long as the process lives; the parent starts another process for the next job. */
function endIfStalled(): void {
  // An orderly exit would wait for those threads.
  if (stallWatch.hasStalled && running.size === 0) process.kill(process.pid, 'SIGKILL');
}

function embedderFor(model: string): Promise<Embedder> {
  if (opened?.model === model) return opened.embedder;
  const previous = opened?.embedder;
  const embedder = openEmbedder({
    model,
    cacheFolder: join(cacheFolder(), 'models'),
    consent: ({ model: name, host }) =>
      new Promise((resolve) => {
        const question = nextQuestion++;
        noteIdle();
        questions.set(question, resolve);
        send({ type: 'consent', question, model: name, host });
      }),
  });
  opened = { model, embedder };
  embedder.catch(() => {
    opened = undefined;
  });
  void previous?.then((old) => old.dispose()).catch(() => undefined);
  return embedder;
}

function scheduleUpkeep(job: Job, tools: RunTools): void {
  clearTimeout(upkeep);
  saves += 1;
  const wait = saves < MOST_SAVES ? UPKEEP_AFTER_MS : 0;
  upkeep = setTimeout(() => {
    saves = 0;
    queue = queue
      .then(() => runUpkeep(job, tools))
      .catch((error: unknown) => tools.log('debug', `Upkeep was postponed: ${String(error)}`))
      .then(endIfStalled);
  }, wait).unref();
}

/** A graph is written beside the jobs, because it needs neither the lock nor the table. */
function scheduleGraph({ indexFolder }: Job, tools: RunTools): void {
  clearTimeout(graph);
  graph = setTimeout(() => {
    const { repository } = memory.workspace ?? {};
    if (!repository || isWritingGraph) return;
    isWritingGraph = true;
    keepCommitGraph(repository, indexFolder, { signal: ending.signal })
      .catch((error: unknown) => tools.log('debug', `No commit-graph was written: ${String(error)}`))
      .finally(() => {
        isWritingGraph = false;
      });
  }, GRAPH_AFTER_MS).unref();
}

async function run(message: Extract<ToIndexer, { type: 'run' }>, signal: AbortSignal): Promise<void> {
  noteStep('look');
  try {
    const tools: RunTools = {
      signal,
      memory,
      embedder: embedderFor,
      ...(tests ? { tests } : {}),
      onProgress: (progress) => send({ type: 'progress', run: message.run, progress }),
      log: (level, text) => send({ type: 'log', level, message: text }),
    };
    const report = await runJob(message.job, tools);
    running.delete(message.run);
    send({ type: 'done', run: message.run, report });
    if (message.job.paths) scheduleUpkeep(message.job, tools);
    scheduleGraph(message.job, tools);
  } catch (error) {
    if (signal.aborted) {
      send({ type: 'done', run: message.run, report: { ...NO_CHANGE, cancelled: true } });
      return;
    }
    const text = messageOf(error);
    send({ type: 'failed', run: message.run, ...(error instanceof EngineError ? { code: error.code } : {}), message: text });
  } finally {
    running.delete(message.run);
    noteIdle();
  }
}

/**
 * The indexing process: runs jobs from its parent one after another, received over IPC, and exits with the parent. Parsing, embedding and writing happen
 * here so that the language server stays responsive.
 * @param reading how end-to-end tests are found and read
 */
export function serveJobs(reading: RunTools['tests']): void {
  tests = reading;
  startWatchdog();
  stallWatch.onProgress = noteProgress;
  process.on('message', (message: ToIndexer) => {
    if (message.type === 'run') {
      const controller = new AbortController();
      running.set(message.run, controller);
      queue = queue.then(() => run(message, controller.signal));
    } else if (message.type === 'cancel') {
      running.get(message.run)?.abort();
    } else {
      questions.get(message.question)?.(message.granted);
      questions.delete(message.question);
    }
  });

  process.on('disconnect', () => {
    ending.abort();
    for (const controller of running.values()) controller.abort();
    void queue.finally(() => process.exit(0));
    setTimeout(() => process.exit(0), 2_000).unref();
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      ending.abort();
      for (const controller of running.values()) controller.abort();
      void queue.finally(() => process.exit(0));
    });
  }
}
