import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../boot.cjs';
import { hostTarget } from '../packaging/native.ts';
import { makeVsix, type Vsix } from '../packaging/vsix.ts';

/** What a visit to the editor needs. */
export interface Visit {
  readonly vsix: Vsix;
  /** The sample workspace, fresh. */
  readonly workspace: string;
  /** A folder for everything else; it is deleted afterwards. */
  readonly scratch: string;
}

/** Makes the sample workspace, a git repository with its history, in this folder unless it is there already. */
export async function materialiseSample(folder: string): Promise<void> {
  const module: unknown = await import(pathToFileURL(path.join(root, 'kb-samples/materialise.mjs')).href);
  await (module as { materialise: (target: string) => unknown }).materialise(folder);
}

/** Does something with the package of this machine and a fresh sample workspace, which is gone afterwards. */
export async function withSample(visit: (given: Visit) => Promise<void>): Promise<void> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'lintel-sample-'));
  const workspace = path.join(scratch, 'shop');
  try {
    const [vsix] = await Promise.all([makeVsix(hostTarget()), materialiseSample(workspace)]);
    await visit({ vsix, workspace, scratch });
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}
