import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type DownloadProgress, type EmbedderSpec, openEmbedder } from '../../server/embedding/embedder.ts';
import { testFolder } from '../support/folder.ts';
import { modelHost } from './model-host.ts';
import { tinyModel, tinyOnnx, tinyVector, writeModel } from './tiny-model.ts';

const NAME = 'lintel-tests/tiny';
const WEIGHTS = 'onnx/model_quantized.onnx';

const yes = async (): Promise<boolean> => true;
const refuseToAsk = async (): Promise<boolean> => {
  throw new Error('consent was asked for');
};

/** A host with the tiny model, an empty cache, and how to open the one into the other. */
async function scene(files: ReadonlyMap<string, Buffer> = tinyModel()) {
  const host = await modelHost(NAME, files);
  const cacheFolder = join(testFolder('lintel-models'), 'models');
  const folder = join(cacheFolder, 'lintel-tests--tiny');
  const open = (more: Partial<EmbedderSpec> = {}) =>
    openEmbedder({ model: NAME, cacheFolder, remoteHost: host.address, consent: yes, ...more });
  return { host, cacheFolder, folder, open };
}

const close = (left: readonly number[], right: Float32Array | undefined): void => {
  expect(right).toHaveLength(left.length);
  left.forEach((value, index) => {
    expect(right?.[index]).toBeCloseTo(value, 5);
  });
};

afterEach(() => {
  delete process.env.LINTEL_MODEL_HOST;
});

describe('a model from the model host', () => {
  it('gives the mean of its token vectors, of unit length', async () => {
    const { open } = await scene();
    const model = await open();
    expect(model).toMatchObject({ name: NAME, dimensions: 4 });
    const vectors = await model.embed(['Kafka', 'order EVENT', 'something else', 'kafka order kafka']);
    close(tinyVector([1]), vectors[0]);
    close(tinyVector([2, 3]), vectors[1]);
    close(tinyVector([0, 0]), vectors[2]);
    close(tinyVector([1, 2, 1]), vectors[3]);
    await model.dispose();
    await expect(model.embed(['kafka'])).rejects.toMatchObject({ code: 'model-missing' });
  });

  it('is not downloaded without consent, and nothing is asked of the host before', async () => {
    const { host, cacheFolder, open } = await scene();
    const questions: unknown[] = [];
    const consent = async (question: unknown) => {
      questions.push(question);
      return false;
    };
    await expect(open({ consent })).rejects.toMatchObject({ code: 'model-refused', message: expect.stringContaining(host.address) });
    await expect(openEmbedder({ model: NAME, cacheFolder, remoteHost: host.address })).rejects.toMatchObject({ code: 'model-refused' });
    expect(questions).toEqual([{ model: NAME, host: host.address }]);
    expect(host.requests).toEqual([]);
    expect(existsSync(cacheFolder)).toBe(false);
  });

  it('tells how far the download is, never falling and ending at the whole', async () => {
    const { open } = await scene(new Map([...tinyModel(), ['1_Pooling/config.json', Buffer.alloc(300_000, ' ')]]));
    const seen: DownloadProgress[] = [];
    await open({ onProgress: (progress) => seen.push(progress) });
    expect(seen.length).toBeGreaterThan(4);
    expect(new Set(seen.map((progress) => progress.file))).toContain(WEIGHTS);
    expect(seen.every((progress, index) => progress.model === NAME && progress.done >= (seen[index - 1]?.done ?? 0))).toBe(true);
    expect(new Set(seen.map((progress) => progress.total)).size).toBe(1);
    expect(seen.at(-1)?.done).toBe(seen.at(-1)?.total);
  });

  it('opens a second time without the network and without a question', async () => {
    const { host, open } = await scene();
    const first = await open();
    const asked = host.requests.length;
    await host.close();
    const second = await open({ consent: refuseToAsk });
    expect(second.fingerprint).toBe(first.fingerprint);
    close(tinyVector([1]), (await second.embed(['kafka']))[0]);
    expect(host.requests).toHaveLength(asked);
  });

  it('takes the host from LINTEL_MODEL_HOST', async () => {
    const { host, cacheFolder } = await scene();
    process.env.LINTEL_MODEL_HOST = `${host.address}/`;
    await openEmbedder({ model: NAME, cacheFolder, consent: yes });
    expect(host.requests).toContain(`${NAME}/resolve/main/${WEIGHTS}`);
  });

  it('takes float32 weights where there are no int8 ones, and asks for no file twice', async () => {
    const files = tinyModel();
    files.delete(WEIGHTS);
    files.set('onnx/model.onnx', tinyOnnx());
    const { host, folder, open } = await scene(files);
    close(tinyVector([1]), (await (await open()).embed(['kafka']))[0]);
    expect(existsSync(join(folder, 'onnx/model.onnx'))).toBe(true);
    expect(new Set(host.requests).size).toBe(host.requests.length);
  });

  it('follows what the model says about pooling and prompts', async () => {
    const files = tinyModel();
    files.set('1_Pooling/config.json', Buffer.from('{"pooling_mode_cls_token": true}'));
    files.set('config_sentence_transformers.json', Buffer.from('{"prompts": {"query": "query: ", "document": "passage: "}}'));
    const model = await (await scene(files)).open();
    // With `cls` the first token alone counts, which is the prompt.
    close(tinyVector([4]), (await model.embed(['kafka'], { purpose: 'query' }))[0]);
    close(tinyVector([5]), (await model.embed(['kafka']))[0]);
  });

  it('cuts a text at the length the model says', async () => {
    const model = await (await scene()).open();
    close(tinyVector([1]), (await model.embed([`${'kafka '.repeat(16)} order event`]))[0]);
  });

  it('gives zeros for a blank text', async () => {
    const model = await (await scene()).open();
    expect(await model.embed(['', ' \n', 'kafka'])).toMatchObject([new Float32Array(4), new Float32Array(4), expect.anything()]);
  });

  it('keeps the answers of callers at the same time apart', async () => {
    const model = await (await scene()).open();
    const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => model.embed([index % 2 ? 'kafka' : 'order event'])));
    answers.forEach(([vector], index) => {
      close(tinyVector(index % 2 ? [1] : [2, 3]), vector);
    });
  });

  it('stops when the signal fires', async () => {
    const model = await (await scene()).open();
    await expect(model.embed(['kafka'], { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });

  it('has another fingerprint when its weights differ', async () => {
    const first = await (await scene(tinyModel(0))).open();
    const second = await (await scene(tinyModel(1))).open();
    expect(second.fingerprint).not.toBe(first.fingerprint);
    expect((await second.embed(['kafka order']))[0]).not.toEqual((await first.embed(['kafka order']))[0]);
  });
});

describe('a damaged download', () => {
  it.each([
    ['cut', (bytes: Buffer) => bytes.subarray(0, 40)],
    ['changed in one bit', (bytes: Buffer) => Buffer.from(bytes.map((byte, index) => (index === 100 ? byte ^ 1 : byte)))],
    ['empty', () => Buffer.alloc(0)],
  ])('whose weights are %s is fetched again, once, without a second question', async (_, damage) => {
    const { host, folder, open } = await scene();
    const { fingerprint } = await open();
    const asked = host.requests.length;
    writeFileSync(join(folder, WEIGHTS), damage(readFileSync(join(folder, WEIGHTS))));
    const healed = await open({ consent: refuseToAsk });
    expect(healed.fingerprint).toBe(fingerprint);
    expect(host.requests).toHaveLength(2 * asked);
    await open({ consent: refuseToAsk });
    expect(host.requests).toHaveLength(2 * asked);
  });

  it('without a file or without its list of files is fetched again', async () => {
    const { folder, open } = await scene();
    await open();
    rmSync(join(folder, 'tokenizer.json'));
    await open({ consent: refuseToAsk });
    expect(existsSync(join(folder, 'tokenizer.json'))).toBe(true);
    rmSync(join(folder, 'lintel-model.json'));
    // Nothing says any more that somebody agreed.
    await expect(open({ consent: async () => false })).rejects.toMatchObject({ code: 'model-refused' });
    await open();
    expect(existsSync(join(folder, 'lintel-model.json'))).toBe(true);
  });

  it('is kept on disk and reported when the host is gone', async () => {
    const { host, folder, open } = await scene();
    await open();
    writeFileSync(join(folder, WEIGHTS), 'garbage');
    await host.close();
    await expect(open()).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringMatching(/could not be downloaded.*ECONNREFUSED/),
    });
  });
});

describe('a download that fails', () => {
  it('says that there is no such model', async () => {
    const { cacheFolder, host } = await scene();
    await expect(openEmbedder({ model: 'nobody/nothing', cacheFolder, remoteHost: host.address, consent: yes })).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringMatching(/has no model named nobody\/nothing/),
    });
    expect(existsSync(cacheFolder)).toBe(false);
  });

  it.each([
    ['tokenizer.json', /missing: tokenizer.json/],
    [WEIGHTS, /missing: onnx\/model_quantized.onnx or onnx\/model.onnx/],
  ])('says that the model lacks %s', async (name, sentence) => {
    const files = tinyModel();
    files.delete(name);
    const { folder, open } = await scene(files);
    await expect(open()).rejects.toMatchObject({ code: 'model-missing', message: expect.stringMatching(sentence) });
    expect(existsSync(folder)).toBe(false);
  });

  it.each([
    [500, /answered 500/],
    [403, /restricted/],
  ])('says that the host answers %i', async (status, sentence) => {
    const { host, open } = await scene();
    host.answer = (file, response) => {
      if (!file.endsWith(WEIGHTS)) return false;
      response.writeHead(status).end();
      return true;
    };
    await expect(open()).rejects.toMatchObject({ code: 'model-missing', message: expect.stringMatching(sentence) });
  });

  it('leaves nothing behind when the connection breaks off in the middle', async () => {
    const { host, cacheFolder, open } = await scene();
    host.answer = (file, response) => {
      if (!file.endsWith(WEIGHTS)) return false;
      response.writeHead(200, { 'content-length': 1_000_000 });
      response.write(Buffer.alloc(10_000), () => response.destroy());
      return true;
    };
    await expect(open()).rejects.toMatchObject({ code: 'model-missing', message: expect.stringMatching(/could not be downloaded/) });
    expect(readdirSync(cacheFolder)).toEqual([]);
    host.answer = () => false;
    close(tinyVector([1]), (await (await open()).embed(['kafka']))[0]);
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const { host, cacheFolder, open } = await scene();
    const controller = new AbortController();
    host.answer = (file, response) => {
      if (!file.endsWith(WEIGHTS)) return false;
      response.writeHead(200, { 'content-length': 1_000_000 });
      response.write(Buffer.alloc(10_000));
      return true;
    };
    const onProgress = (progress: DownloadProgress): void => {
      if (progress.file === WEIGHTS) controller.abort(new Error('the window was closed'));
    };
    await expect(open({ signal: controller.signal, onProgress })).rejects.toThrow('the window was closed');
    expect(readdirSync(cacheFolder)).toEqual([]);
  });

  it('does not keep a model with another checksum than the configured one', async () => {
    const { folder, open } = await scene();
    await expect(open({ checksum: '0'.repeat(64) })).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringMatching(/checksum/),
    });
    expect(existsSync(folder)).toBe(false);
    const checksum = createHash('sha256').update(tinyOnnx()).digest('hex');
    await open({ checksum });
    expect((await open({ checksum, consent: refuseToAsk })).dimensions).toBe(4);
  });

  it.each(['tiny', 'a/b/c', '../../etc/passwd', 'owner/..', '', 'a b/c', 'https://example.com/m'])(
    'does not take %j for a model name',
    async (model) => {
      const { host, cacheFolder } = await scene();
      await expect(openEmbedder({ model, cacheFolder, remoteHost: host.address, consent: yes })).rejects.toMatchObject({
        code: 'model-missing',
      });
      expect(host.requests.filter((path) => path.includes('passwd'))).toEqual([]);
    },
  );
});

describe('a model in a local folder', () => {
  it('is opened where it lies, and nothing is asked of anybody', async () => {
    const { host, cacheFolder } = await scene();
    const folder = join(testFolder('lintel-local'), 'my model');
    writeModel(folder, tinyModel());
    const model = await openEmbedder({ model: folder, cacheFolder, remoteHost: host.address, consent: refuseToAsk });
    expect(model.name).toBe(folder);
    close(tinyVector([1, 2]), (await model.embed(['kafka order']))[0]);
    expect(host.requests).toEqual([]);
    expect(existsSync(cacheFolder)).toBe(false);
  });

  it.each(['config.json', 'tokenizer.json', 'tokenizer_config.json', WEIGHTS])('without %s is named incomplete', async (name) => {
    const folder = testFolder('lintel-local');
    const files = tinyModel();
    files.delete(name);
    writeModel(folder, files);
    await expect(openEmbedder({ model: folder, cacheFolder: folder })).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringMatching(new RegExp(`Missing files: ${name}`)),
    });
  });

  it.each([
    ['garbage weights', WEIGHTS, 'not a model'],
    ['a garbage tokenizer', 'tokenizer.json', '{"model": 7}'],
  ])('with %s is reported, with the folder', async (_, name, content) => {
    const folder = testFolder('lintel-local');
    writeModel(folder, tinyModel());
    writeFileSync(join(folder, name), content);
    await expect(openEmbedder({ model: folder, cacheFolder: folder })).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining(folder),
    });
  });

  it.skipIf(process.platform === 'win32').each(['config.json', 'tokenizer.json', '1_Pooling/config.json', WEIGHTS])(
    'whose %s is a named pipe is not waited for',
    async (name) => {
      const folder = testFolder('lintel-local');
      const files = tinyModel();
      files.delete(name);
      writeModel(folder, files);
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      execFileSync('mkfifo', [join(folder, name)]);
      await expect(openEmbedder({ model: folder, cacheFolder: folder })).rejects.toMatchObject({
        code: 'model-missing',
        message: expect.stringContaining(`${name} is not a regular file`),
      });
    },
  );

  it('that is not there is reported', async () => {
    const folder = join(testFolder(), 'absent');
    await expect(openEmbedder({ model: folder, cacheFolder: folder })).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining(folder),
    });
  });
});
