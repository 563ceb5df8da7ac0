import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The words a tiny model knows, by token id; every other word is `[UNK]`. */
export const TINY_WORDS = ['[UNK]', 'kafka', 'order', 'event', 'query:', 'passage:', 'dimensions'];
export const TINY_DIMENSIONS = 4;

/** Row of a token: whole numbers, so that means are exact. */
export const tinyRow = (id: number, seed = 0): number[] => [id + 1 + seed, (id * id) % 7, -id, 2];

/** Protocol Buffers wire format, as far as ONNX needs it: varints and length-delimited fields. */
const varint = (value: number): Buffer => {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, rest]);
};
const number = (field: number, value: number): Buffer => Buffer.concat([varint(field * 8), varint(value)]);
const bytes = (field: number, value: Buffer | string): Buffer => {
  const content = Buffer.from(value);
  return Buffer.concat([varint(field * 8 + 2), varint(content.length), content]);
};
const message = (field: number, ...parts: Buffer[]): Buffer => bytes(field, Buffer.concat(parts));

const FLOAT = 1;
const INT64 = 7;

/** A named value of the graph: element type, and dimensions by name or number. */
const value = (field: number, name: string, type: number, dimensions: readonly (string | number)[]): Buffer =>
  message(
    field,
    bytes(1, name),
    message(
      2,
      message(
        1,
        number(1, type),
        message(
          2,
          ...dimensions.map((dimension) => message(1, typeof dimension === 'number' ? number(1, dimension) : bytes(2, dimension))),
        ),
      ),
    ),
  );

/** ONNX model with one operation: looks up the row of each token in a table (onnx.proto3, IR version 8, opset 13). */
export function tinyOnnx(seed = 0): Buffer {
  const table = Float32Array.from(TINY_WORDS.flatMap((_, id) => tinyRow(id, seed)));
  const node = message(1, bytes(1, 'table'), bytes(1, 'input_ids'), bytes(2, 'last_hidden_state'), bytes(3, 'lookup'), bytes(4, 'Gather'));
  const initializer = message(
    5,
    number(1, TINY_WORDS.length),
    number(1, TINY_DIMENSIONS),
    number(2, FLOAT),
    bytes(8, 'table'),
    bytes(9, Buffer.from(table.buffer)),
  );
  const graph = message(
    7,
    node,
    bytes(2, 'tiny'),
    initializer,
    value(11, 'input_ids', INT64, ['batch', 'sequence']),
    value(12, 'last_hidden_state', FLOAT, ['batch', 'sequence', TINY_DIMENSIONS]),
  );
  return Buffer.concat([number(1, 8), bytes(2, 'lintel-tests'), graph, message(8, bytes(1, ''), number(2, 13))]);
}

/** Files of a tiny model, by their path on a model host. */
export function tinyModel(seed = 0): Map<string, Buffer> {
  const json = (content: unknown): Buffer => Buffer.from(JSON.stringify(content));
  return new Map([
    ['config.json', json({ model_type: 'bert', architectures: ['BertModel'], hidden_size: TINY_DIMENSIONS, max_position_embeddings: 16 })],
    ['tokenizer_config.json', json({ tokenizer_class: 'PreTrainedTokenizerFast', unk_token: '[UNK]', pad_token: '[UNK]' })],
    [
      'tokenizer.json',
      json({
        version: '1.0',
        truncation: null,
        padding: null,
        added_tokens: [],
        normalizer: { type: 'Lowercase' },
        pre_tokenizer: { type: 'WhitespaceSplit' },
        post_processor: null,
        decoder: null,
        model: { type: 'WordLevel', vocab: Object.fromEntries(TINY_WORDS.map((word, id) => [word, id])), unk_token: '[UNK]' },
      }),
    ],
    ['onnx/model_quantized.onnx', tinyOnnx(seed)],
  ]);
}

/** The vector that a tiny model must give these tokens: the mean of their rows, of unit length. */
export function tinyVector(ids: readonly number[], seed = 0): number[] {
  const sum = Array.from({ length: TINY_DIMENSIONS }, (_, at) => ids.reduce((total, id) => total + (tinyRow(id, seed)[at] ?? 0), 0));
  const norm = Math.hypot(...sum);
  return sum.map((component) => component / norm);
}

export function writeModel(folder: string, files: ReadonlyMap<string, Buffer>): void {
  for (const [name, content] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}
