import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IndexReport } from '../model/answer.ts';
import type { Engine, IndexOptions } from '../model/engine.ts';
import { EngineError, type EngineErrorCode } from '../model/errors.ts';
import type { Invocation, NO_UPDATE_OPTION } from './command.ts';
import { progressLine } from './progress.ts';

/** Failures of an update that leave an index which can still answer. */
const ANSWERABLE: readonly EngineErrorCode[] = ['index-busy', 'index-read-only', 'disk-full'];
/** How long a command waits for another process that is writing the index, before it answers from the existing index. */
const PATIENCE_MILLISECONDS = 3_000;

/** Opens the engine of `--repo`, or of the current folder, while `work` runs. */
export const withEngine = async <T>({ values, terminal, openEngine }: Invocation, work: (engine: Engine) => Promise<T>): Promise<T> => {
  const engine = await openEngine({
    folder: resolve(terminal.folder, values.repo ?? '.'),
    consent: ({ model, host }) => terminal.ask(`Download the embedding model ${model} from ${host}?`),
  });
  try {
    return await work(engine);
  } finally {
    await engine.dispose();
  }
};

/** Runs the indexer with progress on standard error. Rejects with the reason of the signal if it was canceled. */
export const runIndex = async (
  engine: Engine,
  { terminal }: Invocation,
  options: Pick<IndexOptions, 'full' | 'patience'> = {},
): Promise<IndexReport> => {
  const line = progressLine(terminal);
  try {
    const report = await engine.index({ ...options, signal: terminal.signal, onProgress: line.show });
    if (report.cancelled) terminal.signal.throwIfAborted();
    return report;
  } finally {
    line.end();
  }
};

/** What to do when an outdated index is updated. */
interface FreshenOptions {
  readonly sources?: boolean;
  readonly tell?: (notices: readonly string[]) => void;
}

/** Prints what a status says is limited. */
export const tellNotices = ({ terminal }: Pick<Invocation, 'terminal'>, notices: readonly string[]): void => {
  for (const notice of notices) terminal.err(`lintel: ${notice}\n`);
};

/**
 * Updates an outdated index. With `--no-update` it only rejects where there is none that can be read. If another process is writing the index, or its folder is not writable, the
 * command answers from the existing index and says so on standard error.
 * @param tell Prints the notices of the updated index. Default: on standard error.
 * @param sources Also update if only source files may have changed, which `position.behind` does not count. Default: false.
 */
export const freshen = async (
  engine: Engine,
  invocation: Invocation<typeof NO_UPDATE_OPTION>,
  { sources = false, tell = (notices) => tellNotices(invocation, notices) }: FreshenOptions = {},
): Promise<void> => {
  const { state, position, notices } = await engine.status();
  if (invocation.values['no-update']) {
    // An empty answer would say that nothing is known.
    if (state === 'absent') throw new EngineError('index-absent', 'There is no index yet. Run "lintel index".');
    if (state === 'failed') throw new EngineError('store-failed', `${notices.at(-1) ?? 'The index cannot be used.'} Run "lintel index".`);
    return;
  }
  if (state === 'ready' && position.behind === 0 && !sources) return;
  try {
    // Without an index there is nothing to answer from, so a command waits for the other process however long it takes.
    await runIndex(engine, invocation, state === 'ready' ? { patience: PATIENCE_MILLISECONDS } : {});
    tell((await engine.status({ load: false })).notices);
  } catch (error) {
    if (!(error instanceof EngineError) || !ANSWERABLE.includes(error.code)) throw error;
    invocation.terminal.err(`lintel: the index could not be updated: ${error.message}\nlintel: answering from the existing index.\n`);
  }
};

/**
 * Indexes files that the command itself wrote. What another process keeps it from doing is left to the next command, which compares everything: the files
 * are written, and that process may hold the index for as long as a rebuild takes.
 */
export const indexWritten = async (engine: Engine, { terminal }: Invocation, paths: readonly string[]): Promise<void> => {
  try {
    await Promise.race([engine.changed(paths), sleep(PATIENCE_MILLISECONDS, undefined, { ref: false })]);
  } catch (error) {
    if (!(error instanceof EngineError) || !ANSWERABLE.includes(error.code)) throw error;
    terminal.err(`lintel: the index could not be updated: ${error.message}\n`);
  }
};

/**
 * Answers a question from an index that is up to date. Another process may discard the index to rebuild it, after the update and before or during
 * the answer, which then fails or lacks everything; so this waits for that process and answers again, once.
 */
export const answerUpToDate = async <T>(
  engine: Engine,
  invocation: Invocation<typeof NO_UPDATE_OPTION>,
  answer: () => Promise<T>,
  options: FreshenOptions = {},
): Promise<T> => {
  await freshen(engine, invocation, options);
  if (invocation.values['no-update']) return answer();
  try {
    const first = await answer();
    if ((await engine.status()).state !== 'absent') return first;
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'store-failed') throw error;
  }
  await freshen(engine, invocation, options);
  return answer();
};
