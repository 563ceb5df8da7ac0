import { execFileSync } from 'node:child_process';
import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { bundleNeural } from '../../scripts/packaging/bundle-neural.ts';
import { boxedModelFolder } from '../../server/embedding/static.ts';
import { testFolder } from '../support/folder.ts';
import { tinyModel, tinyVector, writeModel } from './tiny-model.ts';

const EMBEDDER = join(import.meta.dirname, '../../server/embedding/embedder.ts');

it('runs from a CommonJS bundle outside the checkout, with the neural runtime beside it', async () => {
  const out = testFolder('lintel-bundle');
  const main = `import { openEmbedder } from ${JSON.stringify(EMBEDDER)};
    (async () => {
      const boxed = await openEmbedder({ model: 'static', cacheFolder: '' });
      const model = await openEmbedder({ model: process.argv[2] ?? '', cacheFolder: '' });
      const [vector] = await model.embed(['kafka order']);
      console.log(JSON.stringify({ boxed: boxed.dimensions, vector: [...vector] }));
    })();`;
  await build({
    stdin: { contents: main, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: join(out, 'main.cjs'),
    define: { 'import.meta.url': '__bundleUrl' },
    banner: { js: "const __bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
  await bundleNeural(out);
  cpSync(boxedModelFolder(), join(out, 'model'), { recursive: true });
  const model = testFolder('lintel-model');
  writeModel(model, tinyModel());
  const answer = JSON.parse(
    execFileSync(process.execPath, [join(out, 'main.cjs'), model], { cwd: out, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }),
  );
  expect(answer.boxed).toBe(256);
  tinyVector([1, 2]).forEach((value, index) => {
    expect(answer.vector[index]).toBeCloseTo(value, 5);
  });
  const gzipped = globSync('neural/*.{mjs,wasm}', { cwd: out }).reduce(
    (sum, name) => sum + gzipSync(readFileSync(join(out, name))).length,
    0,
  );
  expect(gzipped).toBeLessThan(6_000_000);
  expect(readFileSync(join(out, 'main.cjs'), 'utf8')).not.toContain('InferenceSession');
});

it('does not load the neural runtime for the static model', () => {
  const folder = testFolder();
  const script = join(folder, 'main.mjs');
  writeFileSync(
    script,
    `import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
    const { openEmbedder } = await import(${JSON.stringify(pathToFileURL(EMBEDDER).href)});
    await openEmbedder({ model: 'static', cacheFolder: '' });
    console.log(JSON.stringify(loaded));`,
  );
  const loaded: string[] = JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8' }));
  expect(loaded.some((url) => url.endsWith('/static.ts'))).toBe(true);
  expect(loaded.filter((url) => /onnxruntime|huggingface|transformers|neural/.test(url))).toEqual([]);
});
