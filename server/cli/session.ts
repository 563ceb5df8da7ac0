import { resolve } from 'node:path';
import type { IndexReport } from '../model/answer.ts';
import type { Engine, IndexOptions } from '../model/engine.ts';
import { EngineError, type EngineErrorCode } from '../model/errors.ts';
import type { Invocation } from './command.ts';
import { progressLine } from './progress.ts';

/** Failures of an update after which the index that is there still answers. */
const ANSWERABLE: readonly EngineErrorCode[] = ['index-busy', 'index-read-only', 'disk-full'];
/** How long a question waits for another process that is writing the index, before it is answered from what is there. */
const PATIENCE_MILLISECONDS = 3_000;

/** Opens the engine of `--repo` or the current folder for one piece of work, and closes it afterwards. */
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

/** Runs the indexer with progress on standard error. Rejects with the signal's reason where it was cancelled. */
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

/**
 * Brings a stale index up to date, unless `--no-update`. Where another process is writing it or its folder cannot be written, says so
 * on standard error and leaves the index as it is.
 * @param sources also where only source files changed; the position does not count them
 */
export const freshen = async (engine: Engine, invocation: Invocation, { sources = false } = {}): Promise<void> => {
  if (invocation.values['no-update']) return;
  const { state, position } = await engine.status();
  if (state === 'ready' && position.behind === 0 && !sources) return;
  try {
    // Without an index there is nothing to answer from: then another writer is waited for.
    await runIndex(engine, invocation, state === 'ready' ? { patience: PATIENCE_MILLISECONDS } : {});
    for (const notice of (await engine.status()).notices) invocation.terminal.err(`lintel: ${notice}\n`);
  } catch (error) {
    if (!(error instanceof EngineError) || !ANSWERABLE.includes(error.code)) throw error;
    invocation.terminal.err(`lintel: the index was not brought up to date: ${error.message}\nlintel: answering from what is there.\n`);
  }
};
