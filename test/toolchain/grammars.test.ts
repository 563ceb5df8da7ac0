import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { COMPANIONS } from '../../scripts/packaging/bundle.ts';
import { bundleGrammars, GRAMMAR_FILES } from '../../scripts/packaging/bundle-grammars.ts';
import { testFolder } from '../support/folder.ts';

/** The module that reads symbols, as the bundles hold it, in a folder without packages. */
const bundled = async (): Promise<string> => {
  const folder = testFolder('lintel-grammars');
  await bundleGrammars(folder);
  await build({
    entryPoints: [join(import.meta.dirname, '../../server/code/symbols.ts')],
    outfile: join(folder, 'symbols.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    define: { 'import.meta.url': '__bundleUrl' },
    banner: { js: "const __bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
  writeFileSync(
    join(folder, 'ask.cjs'),
    "require('./symbols.cjs').symbolsOf('a.go', 'package a\\nfunc Run() {}').then((all) => console.log(JSON.stringify(all.map(({ name }) => name))));",
  );
  return folder;
};

const ask = (folder: string): unknown =>
  JSON.parse(execFileSync(process.execPath, [join(folder, 'ask.cjs')], { cwd: folder, encoding: 'utf8' }));

it('a bundle parses with the grammars beside it, and goes on without symbols where one is missing', { timeout: 60_000 }, async () => {
  const folder = await bundled();
  for (const file of GRAMMAR_FILES.filter((name) => name.endsWith('.wasm')))
    expect(
      readFileSync(join(folder, 'grammars', file))
        .subarray(0, 4)
        .toString('latin1'),
    ).toBe('\0asm');
  expect(ask(folder)).toEqual(['Run']);
  rmSync(join(folder, 'grammars/tree-sitter-go.wasm'));
  expect(ask(folder)).toEqual([]);
});

it('a package holds the runtime and one grammar for each language, and nothing else of them', () => {
  const files = COMPANIONS.filter((file) => file.startsWith('grammars/'));
  expect(files.map((file) => file.replace('grammars/', '')).sort()).toEqual([...GRAMMAR_FILES].sort());
  expect(files.filter((file) => file.includes('web-tree-sitter')).sort()).toEqual([
    'grammars/web-tree-sitter.cjs',
    'grammars/web-tree-sitter.wasm',
  ]);
  expect(files).toHaveLength(15);
});

it('grammars that are copied already are left alone', async () => {
  const folder = testFolder('lintel-grammars');
  await bundleGrammars(folder);
  const before = statSync(join(folder, 'grammars/tree-sitter-go.wasm')).mtimeMs;
  await bundleGrammars(folder);
  expect(statSync(join(folder, 'grammars/tree-sitter-go.wasm')).mtimeMs).toBe(before);
});
