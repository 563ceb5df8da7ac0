import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { EngineError, messageOf } from '../model/errors.ts';
import type { Embedder, EmbedderSpec } from './contract.ts';
import { downloadModel } from './download.ts';
import type { loadNeural, NeuralModel } from './neural.ts';
import { checkModel, OPTIONAL_FILES, REQUIRED_FILES, readJson, readUsage, sha256, type Usage, WEIGHTS } from './neural-files.ts';
import { openStatic } from './static.ts';

const DEFAULT_HOST = 'https://huggingface.co';
const MODEL_NAME = /^[\w][\w.-]*\/[\w][\w.-]*$/;

/** What is read of a model that lies in a folder, which may be one of a stranger's repository. */
const FOLDER_FILES = [
  ...REQUIRED_FILES,
  ...OPTIONAL_FILES,
  ...WEIGHTS.map(({ file }) => file),
  'model.safetensors',
  'special_tokens_map.json',
];

/** Whether reading it might never end, as with a named pipe or a device. */
const isSpecial = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === false;

/** Whether a model is given as a folder: an absolute path, or one that starts with a dot. */
const isFolder = (model: string): boolean => isAbsolute(model) || /^\.{1,2}(?:[\\/]|$)/.test(model);

/**
 * Opens any feature-extraction model by name (downloaded once, after consent) or from a local folder (never downloads). A folder with a static model
 * made by `scripts/train-embedding` is opened by the static runtime.
 * Rejects with `model-missing`, `model-refused` or `disk-full`.
 */
export async function openModel(spec: EmbedderSpec): Promise<Embedder> {
  const folder = isFolder(spec.model) ? resolve(spec.model) : await fetchedFolder(spec);
  if (isFolder(spec.model)) {
    if (!existsSync(folder) || !statSync(folder).isDirectory())
      throw new EngineError(
        'model-missing',
        `The folder ${folder} for the embedding model does not exist. Correct "embedding.model" in the configuration.`,
      );
    const special = FOLDER_FILES.find((file) => isSpecial(join(folder, file)));
    if (special)
      throw new EngineError(
        'model-missing',
        `The embedding model in ${folder} cannot be read: ${special} is not a regular file. Copy the model again.`,
      );
    const config = await readJson(join(folder, 'config.json'));
    if (typeof config === 'object' && config !== null && 'static_embedding' in config) return openStatic(folder, spec.model);
    // For a missing tokenizer, transformers.js only says "Cannot read properties of undefined".
    const missing: string[] = REQUIRED_FILES.filter((file) => !existsSync(join(folder, file)));
    if (!WEIGHTS.some(({ file }) => existsSync(join(folder, file)))) missing.push(WEIGHTS.map(({ file }) => file).join(' or '));
    if (missing.length > 0)
      throw new EngineError('model-missing', `The embedding model in ${folder} is incomplete. Missing files: ${missing.join(', ')}.`);
  }
  const usage = await readUsage(folder);
  if (!usage) throw new EngineError('model-missing', `The embedding model in ${folder} has no weights.`);
  return startModel(spec, folder, usage);
}

/** Folder of a model in the cache; downloads the model if it is missing or damaged. */
async function fetchedFolder(spec: EmbedderSpec): Promise<string> {
  const { model } = spec;
  if (!MODEL_NAME.test(model))
    throw new EngineError(
      'model-missing',
      `"${model}" is not the name of an embedding model. Use "static", a name of the form owner/name, or a folder.`,
    );
  const folder = join(spec.cacheFolder, model.replace('/', '--'));
  const host = (spec.remoteHost ?? process.env.LINTEL_MODEL_HOST ?? DEFAULT_HOST).replace(/\/+$/, '');
  const found = await checkModel(folder);
  const pinned = (): boolean => {
    if (spec.checksum === undefined || found.state !== 'sound') return true;
    return Object.values(found.manifest.files).some((file) => file.sha256 === spec.checksum?.toLowerCase());
  };
  if (found.state === 'sound' && pinned()) return folder;
  // Consent to the download covers repairing it, so do not ask a second time.
  const consented = found.state === 'damaged' && found.manifest?.host === host;
  if (!consented && !(await (spec.consent?.({ model, host }) ?? false)))
    throw new EngineError(
      'model-refused',
      `The embedding model ${model} is not on this computer, and you did not agree to download it from ${host}. Lintel can use the bundled model ("static") instead.`,
    );
  await downloadModel({ model, host, folder, checksum: spec.checksum, onProgress: spec.onProgress, signal: spec.signal });
  return folder;
}

/** Imports the neural runtime, from its own bundle or from source. */
async function importNeural(): Promise<{ loadNeural: typeof loadNeural }> {
  const bundle = new URL('./neural/neural.mjs', import.meta.url);
  const address = existsSync(bundle) ? bundle : new URL('./neural.ts', import.meta.url);
  return import(address.href);
}

async function startModel(spec: EmbedderSpec, folder: string, usage: Usage): Promise<Embedder> {
  const broken = (error: unknown): EngineError =>
    new EngineError('model-missing', `The embedding model ${spec.model} in ${folder} cannot be run: ${messageOf(error)}.`, {
      cause: error,
    });
  let neural: NeuralModel | undefined;
  let dimensions: number;
  try {
    const { loadNeural } = await importNeural();
    neural = await loadNeural({ ...usage, folder });
    dimensions = (await neural.embed('dimensions')).length;
  } catch (error) {
    throw broken(error);
  }
  const sums = await Promise.all([usage.weights, 'tokenizer.json'].map((file) => sha256(join(folder, file))));
  const identity = createHash('sha256')
    .update(JSON.stringify([usage, ...sums]))
    .digest('hex')
    .slice(0, 16);

  const one = async (text: string): Promise<Float32Array> => {
    if (!neural) throw new EngineError('model-missing', 'The embedding model was closed.');
    if (text.trim() === '') return new Float32Array(dimensions);
    const vector = await neural.embed(text).catch((error: unknown) => {
      throw broken(error);
    });
    // The mean of no tokens is NaN.
    return Number.isFinite(vector[0]) ? vector : new Float32Array(dimensions);
  };
  // The runtime computes one text at a time, so calls queue up.
  let queue: Promise<unknown> = Promise.resolve();
  return {
    name: spec.model,
    fingerprint: `${spec.model}:${identity}:${dimensions}`,
    dimensions,
    async embed(texts, options = {}) {
      const prompt = usage.prompts[options.purpose ?? 'passage'];
      const vectors: Float32Array[] = [];
      for (const text of texts) {
        options.signal?.throwIfAborted();
        const next = queue.then(() => one(text === '' ? '' : prompt + text));
        queue = next.catch(() => undefined);
        vectors.push(await next);
      }
      return vectors;
    },
    async dispose() {
      const closing = neural;
      neural = undefined;
      await queue;
      await closing?.dispose();
    },
  };
}
