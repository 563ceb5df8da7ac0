import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { LANGUAGES } from '../../server/code/languages/index.ts';
import { grammarFile } from '../../server/code/languages/language.ts';

const require = createRequire(import.meta.url);
const RUNTIME = 'web-tree-sitter.wasm';

/** The parser's runtime and the grammars of the languages whose symbols are read: 20 MB, 2 MB zipped. */
export const GRAMMAR_FILES: readonly string[] = [
  RUNTIME,
  ...new Set(LANGUAGES.flatMap(({ grammar }) => (grammar ? [grammarFile(grammar)] : []))),
];

/** Where a file is in the packages that it comes from. Throws where it is missing. */
function sourceOf(file: string): string {
  const place =
    file === RUNTIME
      ? require.resolve('web-tree-sitter/web-tree-sitter.wasm')
      : path.join(path.dirname(require.resolve('@vscode/tree-sitter-wasm/package.json')), 'wasm', file);
  if (!existsSync(place)) throw new Error(`${place} is missing. Run the set-up again to install the dependencies.`);
  return place;
}

/** Copies the parser's runtime and the grammars to `<out>/grammars/`, where the bundles look for them. */
export async function bundleGrammars(out: string): Promise<void> {
  const folder = path.join(out, 'grammars');
  await mkdir(folder, { recursive: true });
  for (const file of GRAMMAR_FILES) {
    const from = sourceOf(file);
    const to = path.join(folder, file);
    if (existsSync(to) && (await stat(to)).size === (await stat(from)).size) continue;
    const temporary = `${to}.${process.pid}.tmp`;
    await copyFile(from, temporary);
    await rename(temporary, to);
  }
}
