import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { LANGUAGES } from '../../server/code/languages/index.ts';
import { grammarFile, grammarSpecifier } from '../../server/code/languages/language.ts';

const require = createRequire(import.meta.url);
const RUNTIME = 'web-tree-sitter.wasm';

const SPECIFIERS: ReadonlyMap<string, string> = new Map([
  [RUNTIME, `web-tree-sitter/${RUNTIME}`],
  ['web-tree-sitter.cjs', 'web-tree-sitter'],
  ...LANGUAGES.flatMap(({ grammar }) => (grammar ? [[grammarFile(grammar), grammarSpecifier(grammar)] as const] : [])),
]);

/** The parser's runtime and the grammars of the languages that are read by their syntax. */
export const GRAMMAR_FILES: readonly string[] = [...SPECIFIERS.keys()];

/** Where a file is in the packages that it comes from. Throws where it is missing. */
function sourceOf(specifier: string): string {
  const place = require.resolve(specifier);
  if (!existsSync(place)) throw new Error(`${place} is missing. Run the set-up again to install the dependencies.`);
  return place;
}

/** Copies the parser's runtime and the grammars to `<out>/grammars/`, where the bundles look for them. */
export async function bundleGrammars(out: string): Promise<void> {
  const folder = path.join(out, 'grammars');
  await mkdir(folder, { recursive: true });
  for (const [file, specifier] of SPECIFIERS) {
    const from = sourceOf(specifier);
    const to = path.join(folder, file);
    if (existsSync(to) && (await stat(to)).size === (await stat(from)).size) continue;
    const temporary = `${to}.${process.pid}.tmp`;
    await copyFile(from, temporary);
    await rename(temporary, to);
  }
}
