import { stat } from 'node:fs/promises';
import type { Embedder } from '../embedding/embedder.ts';
import { StoreUnusable } from '../store/failure.ts';
import { databaseName, removeLeftovers } from '../store/leftovers.ts';
import { INDEX_SCHEMA, type IndexState, readState, type StateName, type StateRead, writeState } from '../store/state.ts';
import { openStore, type Store } from '../store/store.ts';
import { databaseFolder, newDatabase, type StoreOptions } from '../store/table.ts';
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

/** State and table of the index that a run writes to. */
export interface OpenedIndex {
  readonly store: Store;
  readonly state: IndexState;
  /** True if the table is empty. */
  readonly fresh: boolean;
  /** Where the state is kept during the run; `next.json` if the index is built beside the one in use. */
  readonly stateName: StateName;
  /** Why the index is built from nothing, in words that fit "because ...". */
  readonly rebuilt?: string;
}

/** Why the index in use cannot be kept; `undefined` if it can be, or if there is none. */
async function reasonToRebuild(job: Job, embedder: Embedder, found: StateRead): Promise<string | undefined> {
  if (found.status === 'older') return 'it was made by an older version of Lintel';
  if (found.status === 'newer') return 'it was made by a newer version of Lintel';
  if (found.status === 'damaged') return found.reason;
  if (found.status === 'absent') return (await exists(databaseFolder(job.indexFolder))) ? 'its index.json is missing' : undefined;
  if (found.state.fingerprint !== embedder.fingerprint) return `the embedding model is now ${embedder.name}`;
  return job.full ? 'you asked for it' : undefined;
}

async function openSound(
  job: Job,
  options: StoreOptions,
  state: IndexState,
  depth: 'presence' | 'sample' | 'everything',
): Promise<Store | { readonly reason: string }> {
  try {
    const store = await openStore(job.indexFolder, { ...options, ...(state.database ? { database: state.database } : {}) });
    const soundness = await check(store, state, depth);
    if (soundness.state === 'sound') return store;
    await store.close();
    return { reason: soundness.reason };
  } catch (error) {
    if (!(error instanceof StoreUnusable)) throw error;
    return { reason: error.reason };
  }
}

/**
 * Opens the index to write to. One that cannot be kept is built anew: beside the one in use, which answers until `StateWriter.publish` switches to
 * the new one. A rebuild that was interrupted is continued. Removes what killed writers left behind.
 */
export async function openIndex(job: Job, embedder: Embedder, trusted: boolean): Promise<OpenedIndex> {
  const { indexFolder } = job;
  const found = await readState(indexFolder);
  const options = { fingerprint: embedder.fingerprint, dimensions: embedder.dimensions };
  let reason = await reasonToRebuild(job, embedder, found);
  if (!reason && found.status === 'present') {
    const store = await openSound(job, options, found.state, trusted ? 'presence' : job.suspect ? 'everything' : 'sample');
    if (!('reason' in store)) {
      if (!trusted) await removeLeftovers(indexFolder, [databaseName(found.state)]);
      return { store, state: found.state, fresh: false, stateName: 'index.json' };
    }
    reason = store.reason;
  }
  const rebuilt = reason ? { rebuilt: reason } : {};
  // Without a state nobody can read the table, so there is nothing to keep.
  const stateName = found.status === 'absent' ? 'index.json' : 'next.json';
  const inUse = found.status === 'present' ? [databaseName(found.state)] : [];
  const next = stateName === 'next.json' && !job.full ? await readState(indexFolder, 'next.json') : undefined;
  if (next?.status === 'present' && next.state.fingerprint === embedder.fingerprint && next.state.database) {
    const store = await openSound(job, options, next.state, 'sample');
    if (!('reason' in store)) {
      await removeLeftovers(indexFolder, [...inUse, next.state.database], 'next.json');
      return { store, state: next.state, fresh: false, stateName, ...rebuilt };
    }
  }
  await removeLeftovers(indexFolder, inUse);
  const database = stateName === 'next.json' ? { database: newDatabase() } : {};
  const state = { ...emptyState(embedder.fingerprint), ...database };
  let store: Store | undefined;
  try {
    store = await openStore(indexFolder, { ...options, ...database });
    await writeState(indexFolder, state, stateName);
    return { store, state, fresh: true, stateName, ...rebuilt };
  } catch (error) {
    // On a full disk, what was begun takes the room of others.
    await store?.close();
    await removeLeftovers(indexFolder, inUse);
    throw error;
  }
}
