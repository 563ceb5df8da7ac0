/**
 * The neural runtime: transformers.js on the WebAssembly build of ONNX Runtime (one thread, no native code). No other module imports either.
 * Loaded on demand by `transformers.ts`, in the process that embeds. The bundler writes it to a file of its own (`dist/neural/neural.mjs`), next to
 * `ort-wasm-simd-threaded.mjs` and `.wasm`: 3.9 MB gzipped in all.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import * as onnx from 'onnxruntime-web';

/** One model in memory. */
export interface NeuralModel {
  /** Unit vector of one text. Texts are never batched, because in a quantised model the vector of a text would depend on the others in its batch. */
  embed(text: string): Promise<Float32Array>;
  dispose(): Promise<void>;
}

export interface NeuralOptions {
  /** Absolute path of the model's folder. */
  readonly folder: string;
  readonly dtype: 'q8' | 'fp32';
  readonly pooling: 'mean' | 'cls' | 'last_token';
  /** Longer texts are truncated. */
  readonly maxTokens: number;
}

/** URL of the folder with the WebAssembly files: next to the bundle, or in the installed package. */
function wasmFolder(): string {
  const file = 'ort-wasm-simd-threaded.wasm';
  const beside = new URL(`./${file}`, import.meta.url);
  const address = existsSync(beside) ? beside : pathToFileURL(createRequire(import.meta.url).resolve(`onnxruntime-web/${file}`));
  return new URL('.', address).href;
}

/** Loads a model from a folder on disk. Never uses the network (`download.ts` does). Errors of the runtime are passed on as they are. */
export async function loadNeural(options: NeuralOptions): Promise<NeuralModel> {
  onnx.env.wasm.numThreads = 1;
  onnx.env.logLevel = 'error';
  // Set before transformers.js loads: without a path, it would use a public server.
  onnx.env.wasm.wasmPaths = wasmFolder();
  // transformers.js looks here first, so it does not need onnxruntime-node, which takes 46 MB per platform.
  Object.assign(globalThis, { [Symbol.for('onnxruntime')]: onnx });
  const { env, pipeline } = await import('@huggingface/transformers');
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useFSCache = false;
  const extract = await pipeline('feature-extraction', options.folder, { dtype: options.dtype, device: 'auto', local_files_only: true });
  const longest = Math.min(extract.tokenizer.model_max_length, options.maxTokens);
  // The property is a getter, so it is redefined. Many models declare no limit or a wrong one, and then fail on long texts.
  Object.defineProperty(extract.tokenizer, 'model_max_length', { value: longest });
  return {
    async embed(text) {
      const tensor = await extract([text], { pooling: options.pooling, normalize: true });
      const { data } = tensor;
      if (!(data instanceof Float32Array)) throw new TypeError('The model did not return 32-bit numbers');
      return data.slice();
    },
    async dispose() {
      await extract.dispose();
    },
  };
}
