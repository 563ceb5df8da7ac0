import { access, constants, mkdir, stat } from 'node:fs/promises';
import { findGit, tooOld } from '../git/index.ts';
import { messageOf } from '../model/errors.ts';
import { databaseName } from '../store/leftovers.ts';
import { lockHolder } from '../store/lock.ts';
import { readState } from '../store/state.ts';
import { openStore } from '../store/store.ts';
import type { Views } from './view.ts';

/** The result of one check. */
export interface Diagnosis {
  readonly check: string;
  readonly ok: boolean;
  /** What was found or, if the check failed, what is wrong and what to do about it. */
  readonly detail: string;
}

export interface DoctorOptions {
  readonly root: string;
  readonly isRepository: boolean;
  readonly indexFolder: string;
  readonly model: string;
  readonly views: Views;
}

async function check(name: string, work: () => Promise<string>): Promise<Diagnosis> {
  try {
    return { check: name, ok: true, detail: await work() };
  } catch (error) {
    return { check: name, ok: false, detail: messageOf(error) };
  }
}

/** Checks every part that answers depend on, each by itself. Never rejects: what fails is in the diagnosis. */
export async function diagnose({ root, isRepository, indexFolder, model, views }: DoctorOptions): Promise<Diagnosis[]> {
  return [
    await check('git', async () => {
      const git = await findGit();
      if (!git) throw new Error('git is not on the PATH. Install it (Debian: apt-get install git); without it, commits are not indexed.');
      if (!git.sufficient) throw new Error(tooOld(git.version));
      return `git ${git.version}`;
    }),
    await check('repository', async () => {
      if (!(await stat(root)).isDirectory()) throw new Error(`${root} is not a folder.`);
      return isRepository ? root : `${root} is a plain folder: its files are indexed, there are no commits.`;
    }),
    await check('index folder', async () => {
      await mkdir(indexFolder, { recursive: true });
      await access(indexFolder, constants.W_OK);
      return indexFolder;
    }),
    await check('index lock', async () => {
      const holder = await lockHolder(indexFolder);
      return holder ? `held by process ${holder.pid}, which is writing the index` : 'free';
    }),
    await check('index', async () => {
      const state = await readState(indexFolder);
      if (state.status === 'absent') return 'none yet; it is built at the first use';
      if (state.status !== 'present') throw new Error(`The index must be rebuilt (${state.status}). Run "lintel index".`);
      const view = await views.current();
      if (!view)
        throw new Error(`The index cannot be read: ${views.broken ?? 'it is being written'}. Run "lintel index"; it is then rebuilt.`);
      const store = await openStore(indexFolder, {
        fingerprint: view.embedder.fingerprint,
        dimensions: view.embedder.dimensions,
        database: databaseName(state.state),
        readOnly: true,
      });
      try {
        const soundness = await store.verify({ full: true });
        if (soundness.state === 'damaged')
          throw new Error(`The index is damaged: ${soundness.reason}. Run "lintel index"; it is then rebuilt.`);
        return `${soundness.rows} passages, all checksums match`;
      } finally {
        await store.close();
      }
    }),
    await check('embedding model', async () => {
      await views.current();
      return model === 'static' ? 'static (built in)' : model;
    }),
  ];
}
