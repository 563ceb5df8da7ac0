import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { openEmbedder } from '../../server/embedding/embedder.ts';
import { openEngine } from '../../server/engine/engine.ts';
import { testReading } from '../../server/engine/selection/test-reading.ts';
import type { Job } from '../../server/indexing/job.ts';
import { runJob } from '../../server/indexing/run.ts';
import type { IndexReport } from '../../server/model/answer.ts';
import { DOCUMENT_KINDS } from '../../server/model/document.ts';
import type { Engine, EngineOptions } from '../../server/model/engine.ts';
import { indexFolderIn } from '../../server/store/folder.ts';
import { databaseName } from '../../server/store/leftovers.ts';
import { readState } from '../../server/store/state.ts';
import { openStore } from '../../server/store/store.ts';
import { temporaryFolder, testFolder } from '../support/folder.ts';

export const GOOD_PATH = 'docs/adr/0001-use-ropes.md';

/** A record by number, title and what it decides. */
export const record = (number: number, title: string, text = `We ${title.toLowerCase()}.`, status = 'Accepted'): string =>
  `# ${number}. ${title}\n\n## Status\n\n${status}\n\n## Decision\n\n${text}\n`;

/** A repository's worth of files with one good record, which a search for `ropes` finds. */
export const GOOD: Readonly<Record<string, string>> = {
  [GOOD_PATH]: record(1, 'Use ropes', 'We lift heavy loads with ropes of hemp.'),
};

/** Opens the real engine with an index folder of its own (unless named); closed when the test has ended. */
export const testEngine = async (folder: string, options: Partial<EngineOptions> = {}): Promise<Engine> => {
  const engine = await openEngine({ indexFolder: testFolder('lintel-index'), ...options, folder });
  onTestFinished(() => engine.dispose());
  return engine;
};

/** An index folder for a repository, as the command line makes it below the folder that `LINTEL_INDEX` names: its parent. */
export const testIndexFolder = (root: string, parent = testFolder('lintel-index')): string => indexFolderIn(parent, root);

/** Ids that a search finds, best first. */
export const search = async (engine: Engine, text: string): Promise<string[]> => (await engine.search({ text })).hits.map(({ id }) => id);

/** Ids of documents in which words of the text stand, best first; a search lists what is merely similar behind them. */
export const matching = async (engine: Engine, text: string): Promise<string[]> =>
  (await engine.search({ text, limit: 200 })).hits
    .filter(({ evidence }) => evidence.some(({ kind }) => kind === 'matched'))
    .map(({ id }) => id);

/** Resolves when the condition holds; rejects after so many milliseconds. */
export const until = async (condition: () => boolean | Promise<boolean>, patience = 120_000): Promise<void> => {
  for (const end = Date.now() + patience; !(await condition()); await sleep(25))
    if (Date.now() > end) throw new Error(`waited ${patience} ms for ${condition}`);
};

let embedder: ReturnType<typeof openEmbedder> | undefined;
const boxedModel = () => {
  embedder ??= openEmbedder({ model: 'static', cacheFolder: '' });
  return embedder;
};

/** One run of the indexer in this process: what the indexing process does, without the time that starting it takes. */
export const indexHere = async (job: Job, signal = new AbortController().signal): Promise<IndexReport> =>
  runJob(job, { memory: {}, signal, embedder: boxedModel, onProgress: () => undefined, log: () => undefined, tests: testReading() });

/** One line for each passage: what an index says, but for the sha at which a file was read, which is kept while its content is the same. */
export const contentsOf = async (indexFolder: string): Promise<string[]> => {
  const { fingerprint, dimensions } = await boxedModel();
  const found = await readState(indexFolder);
  const database = found.status === 'present' ? databaseName(found.state) : 'lance';
  const store = await openStore(indexFolder, { fingerprint, dimensions, readOnly: true, database });
  try {
    const columns = ['id', 'kind', 'path', 'paths', 'title', 'status', 'date', 'headingPath', 'text', 'words', 'document'] as const;
    const rows = await store.allRows(DOCUMENT_KINDS, columns);
    return rows
      .map((row) => {
        const { sha: _, ...head } = row.document === '' ? { sha: '' } : (JSON.parse(row.document) as { sha: string });
        return JSON.stringify({ ...row, document: head });
      })
      .sort();
  } finally {
    await store.close();
  }
};

/** What an index of the repository says that was built from nothing, just now. */
export const freshContents = async (root: string): Promise<string[]> => {
  const folder = temporaryFolder('lintel-fresh');
  try {
    await indexHere({ root, indexFolder: folder.path });
    return await contentsOf(folder.path);
  } finally {
    folder.remove();
  }
};
