import type { Embedder, EmbedderSpec } from './contract.ts';
import { openStatic } from './static.ts';

export type { Consent, DownloadProgress, Embedder, EmbedderSpec, EmbedOptions, Purpose } from './contract.ts';

/**
 * Opens the embedding model that is configured. The neural runtime is loaded only when a model other than `static` is named.
 * Rejects with `model-missing` (not there, not reachable, damaged) or `model-refused` (consent was not given).
 */
export async function openEmbedder(spec: EmbedderSpec): Promise<Embedder> {
  if (spec.model === 'static') return openStatic();
  const { openModel } = await import('./transformers.ts');
  return openModel(spec);
}
