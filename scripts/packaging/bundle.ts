import { existsSync, globSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BuildOptions, BuildResult } from 'esbuild';
import { build } from 'esbuild';
import { rulePageFile, rulePagesFrom } from '../../server/engine/rule-pages.ts';
import { RULE_IDS } from '../../server/model/rule-ids.ts';
import { root } from '../boot.cjs';
import { bundleGrammars, GRAMMAR_FILES } from './bundle-grammars.ts';
import { bundleNeural } from './bundle-neural.ts';

/** What is bundled for Node, by name of the bundle: `dist/NAME.cjs`. */
const NODE_ENTRIES: Record<string, string> = {
  extension: 'extension/main.ts',
  server: 'server/lsp/main.ts',
  cli: 'server/cli/main.ts',
  program: 'server/cli/program.ts',
  mcp: 'server/mcp/main.ts',
  indexer: 'server/engine/updating/index-main.ts',
  playwright: 'server/cli/runners/playwright.ts',
  cypress: 'server/cli/runners/cypress.ts',
};
const MODEL = 'server/embedding/model';
const MODEL_FILES = ['config.json', 'model.safetensors', 'tokenizer.json', 'tokenizer_config.json'];

/** How a build differs: for development with source maps, for a package minified. */
export interface BundleOptions {
  /** Folder the bundles are written to. */
  readonly out: string;
  /** Minified and without source maps: for a package. */
  readonly minify: boolean;
}

/** Names of the bundles that a complete build makes, without `.cjs`. */
export const BUNDLES: readonly string[] = Object.keys(NODE_ENTRIES);

/** Files beside the bundles that a complete build makes: pages of web views come on top. */
export const COMPANIONS: readonly string[] = [
  ...MODEL_FILES.map((file) => `model/${file}`),
  ...['neural.mjs', 'ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm'].map((file) => `neural/${file}`),
  ...GRAMMAR_FILES.map((file) => `grammars/${file}`),
  ...RULE_IDS.map((id) => `rules/${rulePageFile(id)}`),
];

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  write: false,
  logLevel: 'silent',
  charset: 'utf8',
  legalComments: 'linked',
};

/** Said before anything else is loaded: an older Node fails later, with an error that explains nothing. The number is that of `engines` in package.json. */
const REQUIRE_NODE =
  "const [__major, __minor] = process.versions.node.split('.').map(Number); if (__major < 20 || (__major === 20 && __minor < 19)) " +
  "{ console.error('Lintel needs Node 20.19 or newer; this is Node ' + process.versions.node + ' (' + process.execPath + ').'); process.exit(3); }";

/** CommonJS has no `import.meta.url`: the bundle's own address takes its place, so that files beside a source are beside the bundle. */
const forNode: BuildOptions = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  define: { 'import.meta.url': '__bundleUrl' },
  banner: { js: `${REQUIRE_NODE}\nconst __bundleUrl = require('node:url').pathToFileURL(__filename).href;` },
  // LanceDB's loader tries the binary beside the bundle first, then the package of the platform.
  external: ['vscode', '@lancedb/lancedb-*', '*.node', 'mocha'],
};

/**
 * Bundles the product: the extension, the server, the indexing child, the command line, the webviews, and copies the model beside them.
 * Returns the paths of all sources that went into the bundles, relative to the checkout.
 */
export async function bundleProduct(options: BundleOptions): Promise<ReadonlySet<string>> {
  const shape = { minify: options.minify, sourcemap: options.minify ? false : 'linked' } as const;
  const webviews = globSync('extension/webview/*/main.{ts,css}', { cwd: root });
  const [node, web, neural] = await Promise.all([
    bundle({ ...forNode, ...shape, entryPoints: NODE_ENTRIES, outdir: options.out, outExtension: { '.js': '.cjs' } }),
    bundle({
      ...common,
      ...shape,
      platform: 'browser',
      format: 'iife',
      target: 'chrome120',
      loader: { '.svg': 'dataurl', '.ttf': 'file', '.woff2': 'file' },
      entryPoints: webviews.map((file) => ({ in: file, out: path.basename(path.dirname(file)) })),
      outdir: path.join(options.out, 'webview'),
    }),
    bundleNeural(options.out),
  ]);
  await writeBundles(node, web);
  await copyFiles(path.join(root, MODEL), MODEL_FILES, path.join(options.out, 'model'));
  await bundleGrammars(options.out);
  const pages = rulePagesFrom((page) => readFileSync(path.join(root, page), 'utf8'));
  await Promise.all([...pages].map(([id, text]) => replace(path.join(options.out, 'rules', rulePageFile(id)), Buffer.from(text))));
  return new Set([node, web, neural].flatMap(({ metafile }) => Object.keys(metafile.inputs)));
}

/** Bundles the tests that run inside the editor: `test/editor/**` to `dist-test/editor/`, one file for one source, and the manifest that makes them CommonJS. */
export async function bundleEditorTests(): Promise<void> {
  const out = path.join(root, 'dist-test');
  await rm(out, { recursive: true, force: true });
  const tests = ['index.ts', ...globSync('**/*.test.ts', { cwd: path.join(root, 'test/editor') })];
  const made = await bundle({
    ...forNode,
    sourcemap: 'inline',
    entryPoints: tests.map((file) => path.join('test/editor', file)),
    outbase: 'test',
    outdir: out,
  });
  await writeBundles(made);
  await writeFile(path.join(out, 'package.json'), '{ "type": "commonjs" }\n');
}

type Bundled = BuildResult<{ write: false; metafile: true }>;

const bundle = (options: BuildOptions): Promise<Bundled> => build({ ...options, write: false, metafile: true });

async function writeBundles(...bundled: readonly Bundled[]): Promise<void> {
  await Promise.all(bundled.flatMap(({ outputFiles }) => outputFiles).map((file) => replace(file.path, file.contents)));
}

/** Writes beside and renames, so that a process that starts meanwhile reads the old file or the new one. */
async function replace(file: string, contents: Uint8Array): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, contents);
  await rename(temporary, file);
}

async function copyFiles(source: string, names: readonly string[], target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  for (const name of names) {
    const from = path.join(source, name);
    const to = path.join(target, name);
    if (!existsSync(from)) throw new Error(`${path.relative(root, from)} is missing.`);
    if (await isCopied(from, to)) continue;
    await copyFile(from, `${to}.${process.pid}.tmp`);
    await rename(`${to}.${process.pid}.tmp`, to);
  }
}

async function isCopied(from: string, to: string): Promise<boolean> {
  if (!existsSync(to)) return false;
  const [source, copy] = await Promise.all([stat(from), stat(to)]);
  return source.size === copy.size && copy.mtimeMs >= source.mtimeMs;
}
