import { stat } from 'node:fs/promises';
import type { Embedder } from '../embedding/embedder.ts';
import { StoreUnusable } from '../store/failure.ts';
import { deleteState, INDEX_SCHEMA, type IndexState, readState, writeState } from '../store/state.ts';
import { deleteStore, openStore, type Store } from '../store/store.ts';
import { databaseFolder } from '../store/table.ts';
import type { Soundness } from '../store/verify.ts';
import type { Job } from './job.ts';

/** The state of an empty index. */
const emptyState = (fingerprint: string): IndexState => ({
  schema: INDEX_SCHEMA,
  fingerprint,
  head: '',
  files: {},
  commitsIndexed: 0,
  finishedAt: '',
  notices: [],
});

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Checks the table against the state, as thoroughly as `depth` says. A deleted table opens as an empty one, so the number of rows is compared first. */
async function check(store: Store, state: IndexState, depth: 'presence' | 'sample' | 'everything'): Promise<Soundness> {
  const rows = await store.count();
  if (rows === 0 && state.commitsIndexed + Object.keys(state.files).length > 0)
    return { state: 'damaged', reason: 'its table was deleted' };
  return depth === 'presence' ? { state: 'sound', rows } : store.verify({ full: depth === 'everything' });
}

/** Opens state and table. If they cannot be used, replaces both with empty ones; `rebuilt` then says why. */
export async function openIndex(
  job: Job,
  embedder: Embedder,
  trusted: boolean,
): Promise<{ store: Store; state: IndexState; fresh: boolean; rebuilt?: string }> {
  const found = await readState(job.indexFolder);
  let reason = job.full && found.status !== 'absent' ? 'you asked for it' : undefined;
  if (found.status === 'older') reason = 'it was made by an older version of Lintel';
  else if (found.status === 'newer') reason = 'it was made by a newer version of Lintel';
  else if (found.status === 'damaged') reason = found.reason;
  else if (found.status === 'absent' && (await exists(databaseFolder(job.indexFolder)))) reason = 'its index.json is missing';
  else if (found.status === 'present' && found.state.fingerprint !== embedder.fingerprint)
    reason = `the embedding model is now ${embedder.name}`;
  const options = { fingerprint: embedder.fingerprint, dimensions: embedder.dimensions };
  if (!reason && found.status === 'present') {
    try {
      const store = await openStore(job.indexFolder, options);
      const soundness = await check(store, found.state, trusted ? 'presence' : job.suspect ? 'everything' : 'sample');
      if (soundness.state === 'sound') return { store, state: found.state, fresh: false };
      reason = soundness.reason;
      await store.close();
    } catch (error) {
      if (!(error instanceof StoreUnusable)) throw error;
      reason = error.reason;
    }
  }
  await deleteState(job.indexFolder);
  await deleteStore(job.indexFolder);
  const store = await openStore(job.indexFolder, options);
  const state = emptyState(embedder.fingerprint);
  await writeState(job.indexFolder, state);
  return { store, state, fresh: true, ...(reason ? { rebuilt: reason } : {}) };
}
