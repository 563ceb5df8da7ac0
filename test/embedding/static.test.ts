import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openEmbedder } from '../../server/embedding/embedder.ts';
import { boxedModelFolder, openStatic } from '../../server/embedding/static.ts';
import { createTokenizer, readVocabulary } from '../../server/embedding/wordpiece.ts';
import { testFolder } from '../support/folder.ts';

/** Ids that the trainer's own tokenizer gives (the same in Python, transformers.js and the Hugging Face tokenizers). */
const EXPECTED_IDS: readonly (readonly [string, readonly number[]])[] = [
  ['', []],
  ['use Kafka for order events', [278, 1951, 169, 877, 1090]],
  ['getUserById', [295, 445, 226, 252]],
  ['HTTPServer', [550, 477]],
  ['XMLHttpRequest', [2730, 550, 345]],
  ['parseHTTPResponseCode', [1156, 550, 636, 347]],
  ['snake_case_name', [7529, 722, 279]],
  ['kebab-case-name', [9488, 722, 279]],
  ['SCREAMING_SNAKE_CASE', [18127, 7529, 722]],
  ['v2.1.0-rc.3', [1398, 56, 54, 3749, 60]],
  ['ISO8601', [11654]],
  ['utf8', [3776]],
  ['Ünïcödé Straße', [1, 1]],
  ['naïve café', [1, 1]],
  ['東京 データベース', [1, 1]],
  ['Привет мир', [1, 1]],
  ['مرحبا', [1]],
  ['🚀 deploy 🎉', [959]],
  ['é combining', [10, 8045]],
  ['ﬁ ligature', [1, 706, 6637, 41, 184]],
  [
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    [
      23581, 4477, 4477, 4477, 4477, 4477, 4477, 4477, 4477, 4477, 4477, 4477, 4477, 4477, 4477, 4477, 4477, 4477, 4477, 4477, 4477, 4477,
      4477, 4477, 4477, 4477, 4477, 4477, 4477,
    ],
  ],
  ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', [1]],
  ['0123456789abcdef0123456789abcdef', [29742, 2088, 7308, 6383, 7845, 3163, 132, 5207, 2712]],
  ["don't", [1363, 40]],
  ['C++ and C#', [6, 222, 6]],
  ['src/api/orders/OrderService.ts', [548, 393, 5256, 877, 546, 666]],
  ['https://example.com/a?b=c', [1110, 496, 206, 2, 4, 6]],
  ['{"key": [1, 2]}', [299, 56, 58]],
  ['\t line\r\nbreak\u0000nul', [1048, 1567, 11221]],
  ['We decided to use PostgreSQL because it is boring.', [257, 4419, 136, 278, 4900, 1062, 1127, 180, 175, 12330]],
  ['İstanbul', [18, 25553, 29, 1725, 25]],
  ['IDs and URLs', [2321, 222, 3408]],
  ['eventBus', [415, 2645]],
  ['userID2FA', [445, 10143, 307]],
  ['supercalifragilisticexpialidocious', [1873, 3671, 155, 163, 5157, 3014, 396, 49, 4750, 1184, 541, 1117]],
  ['[UNK] [PAD] ##ing', [31062, 3769, 2458]],
  ['\ud800 lone surrogate', [14815, 12287]],
  ['__proto__ constructor toString', [1668, 2484, 136, 276]],
];

/** First components that the trainer's own runtime gives. */
const EXPECTED_VECTORS: readonly (readonly [string, readonly number[]])[] = [
  ['use Kafka for order events', [0.004785, 0.000456, 0.033964, 0.047558, -0.07839, -0.122855]],
  ['getUserById', [-0.117547, 0.033078, -0.059758, -0.006945, 0.00334, 0.062855]],
  ['We decided to use PostgreSQL because it is boring.', [0.114253, 0.036404, 0.013641, 0.0605, 0.106737, -0.044667]],
];

const length = (vector: Float32Array): number => Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
const cosine = (left: Float32Array, right: Float32Array): number =>
  left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);

const model = openStatic();
const hostileText = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme', maxLength: 300 }));

describe('the static model in the box', () => {
  it.each(EXPECTED_IDS)('splits %j as the trainer did', (text, ids) => {
    expect(model.tokenize(text)).toEqual(ids);
  });

  it.each(EXPECTED_VECTORS)('gives %j the vector that the trainer measured', (text, start) => {
    const vector = model.embedSync(text);
    start.forEach((value, index) => {
      expect(vector[index]).toBeCloseTo(value, 5);
    });
  });

  it('gives every text with letters a vector of unit length, and the same one each time', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const vector = model.embedSync(text);
        expect(vector).toHaveLength(256);
        expect(length(vector)).toBeCloseTo(model.tokenize(text).length === 0 ? 0 : 1, 5);
        expect(model.embedSync(text)).toEqual(vector);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same ids whatever it has seen before', () => {
    const fresh = createTokenizer(readVocabulary(readFileSync(join(boxedModelFolder(), 'tokenizer.json'), 'utf8'), 32_000));
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(fresh.ids(text)).toEqual(model.tokenize(text));
      }),
      { numRuns: 200 },
    );
  });

  it('does not see what comes after 512 tokens', () => {
    const head = 'kafka '.repeat(512);
    expect(model.embedSync(`${head} postgres`)).toEqual(model.embedSync(head));
    expect(model.embedSync(`${head.slice(6)} postgres`)).not.toEqual(model.embedSync(head));
  });

  it('puts texts about the same thing nearer than others', () => {
    const query = model.embedSync('which message broker do we use');
    const near = model.embedSync('We use Kafka as the message broker between services.');
    const far = model.embedSync('The login page shows an error when the password is wrong.');
    expect(cosine(query, near)).toBeGreaterThan(cosine(query, far) + 0.2);
  });

  it('answers many texts in order', async () => {
    const texts = Array.from({ length: 1_300 }, (_, index) => `order event number ${index}`);
    const vectors = await model.embed(texts);
    expect(vectors).toHaveLength(1_300);
    for (const index of [0, 511, 512, 1_299]) expect(vectors[index]).toEqual(model.embedSync(texts[index] ?? ''));
  });

  it('stops between batches when the signal fires', async () => {
    const controller = new AbortController();
    const work = model.embed(
      Array.from({ length: 5_000 }, () => 'order event'),
      { signal: controller.signal },
    );
    controller.abort(new Error('enough'));
    await expect(work).rejects.toThrow('enough');
  });

  it('is what openEmbedder opens by the name static, with the same fingerprint each time', async () => {
    const embedder = await openEmbedder({ model: 'static', cacheFolder: '/nonexistent' });
    expect(embedder).toMatchObject({ name: 'static', dimensions: 256, fingerprint: model.fingerprint });
    await embedder.dispose();
    await expect(embedder.embed(['text'])).rejects.toMatchObject({ code: 'model-missing' });
  });
});

describe('a folder with a static model', () => {
  const copyModel = (): string => {
    const folder = testFolder('lintel-static');
    for (const name of ['tokenizer.json', 'model.safetensors', 'config.json'])
      copyFileSync(join(boxedModelFolder(), name), join(folder, name));
    return folder;
  };

  it('is opened in place of the one in the box', async () => {
    const folder = copyModel();
    const embedder = await openEmbedder({ model: folder, cacheFolder: folder });
    expect(embedder.name).toBe(folder);
    expect(embedder.fingerprint).toBe(model.fingerprint);
    expect((await embedder.embed(['use Kafka']))[0]).toEqual(model.embedSync('use Kafka'));
  });

  it('changes the fingerprint when one weight changes', () => {
    const folder = copyModel();
    const bytes = readFileSync(join(folder, 'model.safetensors'));
    bytes[5_000] = (bytes[5_000] ?? 0) ^ 1;
    writeFileSync(join(folder, 'model.safetensors'), bytes);
    expect(openStatic(folder).fingerprint).not.toBe(model.fingerprint);
  });

  it.each([
    ['the weights are cut', 'model.safetensors', (bytes: Buffer) => bytes.subarray(0, 100_000), /truncated/],
    ['the weights are empty', 'model.safetensors', () => Buffer.alloc(0), /too short/],
    ['the header claims more than there is', 'model.safetensors', () => Buffer.from('ffffffffffffff7f7b7d', 'hex'), /truncated/],
    ['the header is not JSON', 'model.safetensors', () => Buffer.from('0400000000000000aaaaaaaa', 'hex'), /JSON/],
    ['the header names other tensors', 'model.safetensors', () => Buffer.from('02000000000000007b7d', 'hex'), /missing/],
    ['the tokenizer is cut', 'tokenizer.json', (bytes: Buffer) => bytes.subarray(0, 300_000), /./],
    ['the tokenizer has no vocabulary', 'tokenizer.json', () => Buffer.from('{}'), /no \[UNK\]/],
    [
      'the vocabulary points outside the table',
      'tokenizer.json',
      () => Buffer.from('{"model":{"vocab":{"[UNK]":1,"x":32000}}}'),
      /outside/,
    ],
  ])('is a clear error where %s', (_, name, damage, reason) => {
    const folder = copyModel();
    writeFileSync(join(folder, name), damage(readFileSync(join(folder, name))));
    expect(() => openStatic(folder)).toThrow(expect.objectContaining({ code: 'model-missing', message: expect.stringMatching(reason) }));
  });

  it('is a clear error where a file is absent', () => {
    expect(() => openStatic(testFolder())).toThrow(
      expect.objectContaining({ code: 'model-missing', message: expect.stringContaining('Reinstall') }),
    );
  });
});

describe('reading a vocabulary', () => {
  it('gives what a JSON parser gives, whatever the pieces and the spacing', () => {
    const piece = fc.string({ unit: 'binary', maxLength: 8 });
    fc.assert(
      fc.property(fc.dictionary(piece, fc.nat(99)), fc.constantFrom(0, 1, 2), (pieces, indent) => {
        const vocabulary = { ...pieces, '[UNK]': 1 };
        const json = JSON.stringify({ version: '1.0', model: { type: 'WordPiece', vocab: vocabulary } }, null, indent);
        expect(readVocabulary(json, 100)).toEqual(new Map(Object.entries(vocabulary)));
      }),
    );
  });
});
