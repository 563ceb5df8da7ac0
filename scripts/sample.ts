import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './boot.cjs';

/** Makes the sample workspace, a git repository with its history, in this folder unless it is there already. */
export async function materialiseSample(folder: string): Promise<void> {
  const module: unknown = await import(pathToFileURL(path.join(root, 'kb-samples/materialise.mjs')).href);
  await (module as { materialise: (target: string) => unknown }).materialise(folder);
}
