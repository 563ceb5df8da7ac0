import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EngineError, messageOf } from '../model/errors.ts';
import type { Embedder, EmbedOptions } from './contract.ts';
import { createTokenizer, readVocabulary } from './wordpiece.ts';

/** Tokens of a text that count; the rest of a longer text is not seen. */
const MAX_TOKENS = 512;
/** Texts between two looks at the signal and two turns of the event loop: about 15 ms of work. */
const BATCH = 512;

/** The bundled model: a table of token vectors. Embedding is synchronous, so a short text needs no promise. */
export interface StaticEmbedder extends Embedder {
  embedSync(text: string): Float32Array;
  /** Token ids of a text, for tests and diagnosis. */
  tokenize(text: string): number[];
}

interface Table {
  /** `rows * dimensions` int8 values. */
  readonly values: Int8Array;
  /** One factor a row. */
  readonly scales: Float32Array;
  readonly rows: number;
  readonly dimensions: number;
}

interface TensorHeader {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

const isTensorHeader = (value: unknown): value is TensorHeader =>
  typeof value === 'object' && value !== null && 'dtype' in value && 'shape' in value && 'data_offsets' in value;

/** Folder of the bundled model. In a build it is next to the bundle: `dist/model/`. */
export const boxedModelFolder = (): string => fileURLToPath(new URL('./model/', import.meta.url));

/** safetensors: u64 length, JSON header, then the tensors' bytes (https://huggingface.co/docs/safetensors). */
function readTable(bytes: Buffer): Table {
  if (bytes.length < 8) throw new Error('the file is too short');
  const headerLength = Number(bytes.readBigUInt64LE(0));
  const base = 8 + headerLength;
  if (base > bytes.length) throw new Error('the header is truncated');
  const header: unknown = JSON.parse(bytes.toString('utf8', 8, base));
  const { embeddings, scales } = header as { embeddings?: unknown; scales?: unknown };
  if (!isTensorHeader(embeddings) || !isTensorHeader(scales)) throw new Error('the tensors "embeddings" and "scales" are missing');
  const [rows = 0, dimensions = 0] = embeddings.shape;
  if (embeddings.dtype !== 'I8' || scales.dtype !== 'F32' || scales.shape[0] !== rows) throw new Error('the tensors have the wrong types');
  const start = base + embeddings.data_offsets[0];
  const scaleStart = base + scales.data_offsets[0];
  if (start + rows * dimensions > bytes.length || scaleStart + rows * 4 > bytes.length) throw new Error('the tensors are truncated');
  const values = new Int8Array(bytes.buffer, bytes.byteOffset + start, rows * dimensions);
  // A float view must start at a multiple of four, so copy these few bytes instead of relying on the header's padding.
  const scaleBytes = new Uint8Array(bytes.subarray(scaleStart, scaleStart + rows * 4));
  return { values, scales: new Float32Array(scaleBytes.buffer, 0, rows), rows, dimensions };
}

/** Mean of the tokens' rows, normalized to unit length. */
function pool(table: Table, ids: readonly number[]): Float32Array {
  const { values, scales, dimensions } = table;
  const sum = new Float32Array(dimensions);
  const count = Math.min(ids.length, MAX_TOKENS);
  for (let k = 0; k < count; k++) {
    const id = ids[k] as number;
    const scale = scales[id] as number;
    const row = id * dimensions;
    for (let j = 0; j < dimensions; j++) sum[j] = (sum[j] as number) + (values[row + j] as number) * scale;
  }
  let square = 0;
  for (let j = 0; j < dimensions; j++) square += (sum[j] as number) * (sum[j] as number);
  if (square === 0) return sum;
  const factor = 1 / Math.sqrt(square);
  for (let j = 0; j < dimensions; j++) sum[j] = (sum[j] as number) * factor;
  return sum;
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Loads a static model (`tokenizer.json` and `model.safetensors`) from a folder; default: the bundled one.
 * Takes about 30 ms. Throws `model-missing` if a file is missing or damaged.
 */
export function openStatic(folder: string = boxedModelFolder(), name = 'static'): StaticEmbedder {
  let table: Table | undefined;
  let tokenizer: ReturnType<typeof createTokenizer>;
  let fingerprint: string;
  try {
    const vocabularyBytes = readFileSync(join(folder, 'tokenizer.json'));
    const weights = readFileSync(join(folder, 'model.safetensors'));
    table = readTable(weights);
    tokenizer = createTokenizer(readVocabulary(vocabularyBytes.toString('utf8'), table.rows));
    const checksum = createHash('sha256').update(vocabularyBytes).update(weights).digest('hex');
    fingerprint = `static:${checksum.slice(0, 16)}:${table.dimensions}`;
  } catch (cause) {
    const reason = messageOf(cause);
    throw new EngineError(
      'model-missing',
      `The embedding model in ${folder} cannot be read: ${reason}. ${name === 'static' ? 'Reinstall Lintel.' : 'Train or copy it again.'}`,
      { cause },
    );
  }
  const { dimensions } = table;
  const embedSync = (text: string): Float32Array => {
    if (!table) throw new EngineError('model-missing', 'The embedding model was closed.');
    return pool(table, tokenizer.ids(text));
  };
  return {
    name,
    fingerprint,
    dimensions,
    embedSync,
    tokenize: tokenizer.ids,
    async embed(texts: readonly string[], options: EmbedOptions = {}): Promise<Float32Array[]> {
      const vectors: Float32Array[] = [];
      for (let start = 0; start < texts.length; start += BATCH) {
        if (start > 0) await nextTurn();
        options.signal?.throwIfAborted();
        for (const text of texts.slice(start, start + BATCH)) vectors.push(embedSync(text));
      }
      return vectors;
    },
    async dispose() {
      table = undefined;
    },
  };
}
