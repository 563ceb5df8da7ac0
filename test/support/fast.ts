import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** Tests that an editor or a browser runs: scripts/editor-suite.ts and test/ui/main.ts. */
export const FOREIGN = ['test/editor/**', 'test/ui/**'];

/** What takes tests out of milliseconds: files on disk, processes, connections, the store, whole bundles. */
const SLOW =
  /^node:(?:fs|fs\/promises|child_process|worker_threads|net|http)$|^(?:esbuild|typescript|@lancedb\/lancedb)$|^(?:scripts|kb-samples)\/|^server\/(?:engine\/engine|git\/index|indexing\/(?!(?:rows|progress)\.)|store\/(?:store|lock)|embedding\/(?!wordpiece\.))/;

/** The first line of a test that is slow for another reason, such as the size of its inputs, with that reason. */
const SAYS_SO = /^\/\/ Slow: \S/;

const IMPORT = /^(?:import|export) (?!type )[^;]*?from '([^']+)';|^import '([^']+)';|import\('([^']+)'\)/gm;

/** What a file of tests and the helpers that it uses import, as paths from the root of the checkout and names of packages. */
function importsOf(file: string, seen: Set<string>): Set<string> {
  for (const [, ...names] of readFileSync(join(ROOT, file), 'utf8').matchAll(IMPORT)) {
    const name = names.find((each) => each !== undefined) ?? '';
    const path = name.startsWith('.') ? relative(ROOT, join(ROOT, dirname(file), name)).replaceAll('\\', '/') : name;
    if (seen.has(path)) continue;
    seen.add(path);
    if (path.startsWith('test/') && existsSync(join(ROOT, path))) importsOf(path, seen);
  }
  return seen;
}

/** True for a test of logic on values: neither it nor a helper of it imports what is slow, and it does not say that it is slow. */
export const isFast = (file: string): boolean =>
  !SAYS_SO.test(readFileSync(join(ROOT, file), 'utf8')) && ![...importsOf(file, new Set())].some((path) => SLOW.test(path));

/** The tests in Node that are not fast, as paths from the root of the checkout. Read once, when vitest starts. */
export const slowTests = (): string[] =>
  globSync('test/**/*.test.ts', { cwd: ROOT, exclude: FOREIGN })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !isFast(file))
    .sort();
