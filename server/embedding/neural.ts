/**
 * The neural runtime, and the only module that names it: transformers.js on the WebAssembly build of ONNX Runtime (one thread, no native code).
 * Loaded on demand by `transformers.ts`, in whatever process embeds; the bundler makes it a file of its own (`dist/neural/neural.mjs`) with
 * `ort-wasm-simd-threaded.mjs` and `.wasm` beside it: 3.9 MB gzipped in all.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import * as onnx from 'onnxruntime-web';

/** One model in memory. */
export interface NeuralModel {
  /** Unit vectors, one a text, each computed alone: in a batch, a quantised model's numbers depend on the neighbours. */
  embed(text: string): Promise<Float32Array>;
  dispose(): Promise<void>;
}

export interface NeuralOptions {
  /** Absolute path of the model's folder. */
  readonly folder: string;
  readonly dtype: 'q8' | 'fp32';
  readonly pooling: 'mean' | 'cls' | 'last_token';
  /** Longer texts are cut. */
  readonly maxTokens: number;
}

/** Address of the folder with the WebAssembly files: beside the bundle, or in the installed package. */
function wasmFolder(): string {
  const file = 'ort-wasm-simd-threaded.wasm';
  const beside = new URL(`./${file}`, import.meta.url);
  const address = existsSync(beside) ? beside : pathToFileURL(createRequire(import.meta.url).resolve(`onnxruntime-web/${file}`));
  return new URL('.', address).href;
}

/** Loads a model from a folder on disk. Never uses the network: fetching is `download.ts`'s task. Throws what the runtime throws. */
export async function loadNeural(options: NeuralOptions): Promise<NeuralModel> {
  onnx.env.wasm.numThreads = 1;
  onnx.env.logLevel = 'error';
  // Before transformers.js is loaded: where it finds no path it sets the address of a public server.
  onnx.env.wasm.wasmPaths = wasmFolder();
  // transformers.js takes the runtime it finds here before it looks for onnxruntime-node, which is 46 MB for each platform.
  Object.assign(globalThis, { [Symbol.for('onnxruntime')]: onnx });
  const { env, pipeline } = await import('@huggingface/transformers');
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useFSCache = false;
  const extract = await pipeline('feature-extraction', options.folder, { dtype: options.dtype, device: 'auto', local_files_only: true });
  const longest = Math.min(extract.tokenizer.model_max_length, options.maxTokens);
  // A getter there; many models declare no limit or a wrong one, and the model fails on a text beyond its own.
  Object.defineProperty(extract.tokenizer, 'model_max_length', { value: longest });
  return {
    async embed(text) {
      const tensor = await extract([text], { pooling: options.pooling, normalize: true });
      const { data } = tensor;
      if (!(data instanceof Float32Array)) throw new TypeError('The model does not answer with 32-bit numbers');
      return data.slice();
    },
    async dispose() {
      await extract.dispose();
    },
  };
}
