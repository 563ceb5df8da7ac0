import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { root } from '../boot.cjs';

const require = createRequire(import.meta.url);
const ENTRY = path.join(import.meta.dirname, '..', '..', 'server', 'embedding', 'neural.ts');
const WASM_FILES = ['ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm'];

/** transformers.js asks for the native runtime when it is loaded, in a way that a bundler cannot see. It is never used: see `neural.ts`. */
const NATIVE_REQUIRE = 'requireFromHere("onnxruntime-node")';

const withoutNativeRuntime: Plugin = {
  name: 'without-native-runtime',
  setup(bundler) {
    bundler.onLoad({ filter: /transformers\.node\.mjs$/ }, async ({ path: file }) => {
      const source = await readFile(file, 'utf8');
      if (!source.includes(NATIVE_REQUIRE))
        throw new Error(`${file} does not contain ${NATIVE_REQUIRE} any more: see scripts/packaging/bundle-neural.ts`);
      return { contents: source.replace(NATIVE_REQUIRE, '{}'), loader: 'js' };
    });
  },
};

/**
 * Bundles the neural runtime into `<out>/neural/`: one ECMAScript module, and ONNX Runtime's WebAssembly beside it. 14.9 MB, 3.9 MB gzipped.
 * Code bundled elsewhere finds it at `./neural/neural.mjs` beside its own file, and loads it only for a model other than `static`.
 * Returns what went into it.
 */
export async function bundleNeural(out: string): Promise<{ readonly metafile: Metafile }> {
  const folder = path.join(out, 'neural');
  await mkdir(folder, { recursive: true });
  const made = await build({
    absWorkingDir: root,
    metafile: true,
    entryPoints: [ENTRY],
    outfile: path.join(folder, 'neural.mjs'),
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    legalComments: 'linked',
    logLevel: 'silent',
    // The packages' CommonJS parts call `require`, which a module does not have.
    banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
    plugins: [withoutNativeRuntime],
  });
  for (const name of WASM_FILES) await copyFile(require.resolve(`onnxruntime-web/${name}`), path.join(folder, name));
  return made;
}
