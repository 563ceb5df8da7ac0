import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** Files that every model needs, with their paths on the Hugging Face hub. */
export const REQUIRED_FILES = ['config.json', 'tokenizer.json', 'tokenizer_config.json'] as const;
/** Files of weights in order of preference: int8 is four times smaller and about twice as fast as float32, and ranks nearly the same. */
export const WEIGHTS = [
  { file: 'onnx/model_quantized.onnx', dtype: 'q8' },
  { file: 'onnx/model.onnx', dtype: 'fp32' },
] as const;
export const POOLING_FILE = '1_Pooling/config.json';
export const PROMPTS_FILE = 'config_sentence_transformers.json';
/** Files that say how to use a model; many models have none. */
export const OPTIONAL_FILES = [POOLING_FILE, PROMPTS_FILE] as const;

const MANIFEST = 'lintel-model.json';
/** Number of positions if `config.json` does not say: that of BERT. */
const USUAL_POSITIONS = 512;

const manifestShape = z.object({
  model: z.string(),
  host: z.string(),
  files: z.record(z.string(), z.object({ size: z.number(), sha256: z.string() })),
});

/** What was downloaded, from where, and the checksum of every file. It exists only if somebody agreed to the download. */
export type Manifest = Readonly<z.infer<typeof manifestShape>>;

export type ModelState =
  | { readonly state: 'absent' }
  | { readonly state: 'sound'; readonly manifest: Manifest }
  /** `manifest` is present if it could be read; somebody agreed to the download then. */
  | { readonly state: 'damaged'; readonly reason: string; readonly manifest?: Manifest };

/** SHA-256 of a file, hexadecimal. */
export async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

export const writeManifest = (folder: string, manifest: Manifest): Promise<void> =>
  writeFile(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);

/** Compares the files of a downloaded model with its manifest. Takes about 100 ms for 25 MB. */
export async function checkModel(folder: string): Promise<ModelState> {
  if (!existsSync(folder)) return { state: 'absent' };
  const manifest = manifestShape.safeParse(await readJson(join(folder, MANIFEST)));
  if (!manifest.success) return { state: 'damaged', reason: 'its list of files is missing' };
  for (const [name, expected] of Object.entries(manifest.data.files)) {
    const file = join(folder, name);
    const size = await stat(file).then(
      (found) => found.size,
      () => -1,
    );
    if (size !== expected.size || (await sha256(file)) !== expected.sha256)
      return { state: 'damaged', reason: `${name} is not what was downloaded`, manifest: manifest.data };
  }
  return { state: 'sound', manifest: manifest.data };
}

/** Content of a JSON file; `undefined` if it is missing or not JSON. */
export async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** How to use a model. */
export interface Usage {
  readonly dtype: 'q8' | 'fp32';
  readonly weights: string;
  readonly pooling: 'mean' | 'cls' | 'last_token';
  readonly maxTokens: number;
  /** Prefix of a text, by purpose. */
  readonly prompts: { readonly query: string; readonly passage: string };
}

const poolingShape = z.object({ pooling_mode_cls_token: z.boolean().optional(), pooling_mode_lasttoken: z.boolean().optional() });
const promptsShape = z.object({ prompts: z.record(z.string(), z.string()) });
const configShape = z.object({ max_position_embeddings: z.number().positive() });

/** Reads pooling, prompts and length from a model's files. Default: mean pooling, no prompts, 512. `undefined` if the model has no weights. */
export async function readUsage(folder: string): Promise<Usage | undefined> {
  const weights = WEIGHTS.find(({ file }) => existsSync(join(folder, file)));
  if (!weights) return undefined;
  const pooling = poolingShape.safeParse(await readJson(join(folder, POOLING_FILE)));
  const prompts = promptsShape.safeParse(await readJson(join(folder, PROMPTS_FILE)));
  const config = configShape.safeParse(await readJson(join(folder, 'config.json')));
  const named = prompts.success ? prompts.data.prompts : {};
  return {
    dtype: weights.dtype,
    weights: weights.file,
    pooling: pooling.data?.pooling_mode_cls_token ? 'cls' : pooling.data?.pooling_mode_lasttoken ? 'last_token' : 'mean',
    maxTokens: Math.min(config.data?.max_position_embeddings ?? USUAL_POSITIONS, USUAL_POSITIONS),
    prompts: { query: named.query ?? '', passage: named.passage ?? named.document ?? '' },
  };
}
