import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { discoverSuite } from '../server/selection/index.ts';
import { bareFiles } from './bare-files.ts';
import { fail } from './repositories.ts';

/**
 * `npm run bench -- suite [--repo OWNER/NAME] [--verbose]`: which files are end-to-end tests, as Lintel finds them, beside what the e2e benchmark
 * names by patterns. What Lintel finds beyond these patterns is listed by folder with `--verbose`: the benchmark names one suite of a repository,
 * and many have several.
 */
const { values } = parseArgs({ options: { repo: { type: 'string' }, verbose: { type: 'boolean', default: false } } });
const bench = resolve(process.env.LINTEL_BENCH ?? '../shared/bench', 'e2e');
const mirror = process.env.LINTEL_MIRROR ?? fail('Set LINTEL_MIRROR to the folder that holds the bare clones (owner+name/repo).');
if (!existsSync(join(bench, 'lib.mjs'))) fail(`There is no benchmark in ${bench}. Set LINTEL_BENCH to the folder that holds "e2e".`);

interface Configuration {
  readonly spec: readonly RegExp[];
}
const { cfg, isSpec } = (await import(pathToFileURL(join(bench, 'lib.mjs')).href)) as {
  cfg: Readonly<Record<string, Configuration>>;
  isSpec: (of: Configuration, path: string) => boolean;
};

const share = (part: number, whole: number): string => (whole === 0 ? '  -  ' : (part / whole).toFixed(3));
const byFolder = (paths: readonly string[]): string => {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const folder = path.split('/').slice(0, -1).slice(0, 4).join('/');
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([folder, count]) => `${folder} (${count})`)
    .join(', ');
};

const recalls: number[] = [];
const precisions: number[] = [];
console.log(`${'repository'.padEnd(62)} files  named found  recall precision  seconds  frameworks`);
for (const [repo, of] of Object.entries(cfg)) {
  if (values.repo !== undefined && values.repo !== repo) continue;
  const clone = join(mirror, repo.replace('/', '+'), 'repo');
  if (!existsSync(clone)) {
    console.log(`${repo.padEnd(62)} no clone`);
    continue;
  }
  const files = bareFiles(clone, 'HEAD');
  const start = performance.now();
  const suite = await discoverSuite(files.paths, files.read);
  const seconds = (performance.now() - start) / 1_000;
  files.close();
  const named = new Set(files.paths.filter((path) => isSpec(of, path)));
  const found = suite.specs.map(({ path }) => path);
  const right = found.filter((path) => named.has(path));
  if (named.size > 0) {
    recalls.push(right.length / named.size);
    precisions.push(right.length / Math.max(1, found.length));
  }
  const frameworks = suite.frameworks.map(({ framework, specs }) => `${framework} ${specs}`).join(', ');
  console.log(
    `${repo.padEnd(62)} ${String(files.paths.length).padStart(5)} ${String(named.size).padStart(6)} ${String(found.length).padStart(5)}   ${share(right.length, named.size)}   ${share(right.length, found.length)}   ${seconds.toFixed(1).padStart(7)}  ${frameworks}; ${suite.supports.length} support files`,
  );
  if (!values.verbose) continue;
  const missed = [...named].filter((path) => !found.includes(path));
  if (missed.length > 0) console.log(`  missed: ${byFolder(missed)}; ${missed.slice(0, 5).join(' ')}`);
  const extra = suite.specs.filter(({ path }) => !named.has(path));
  if (extra.length > 0) console.log(`  beyond: ${byFolder(extra.map(({ path }) => path))}`);
  for (const { path, because } of extra.slice(0, 6)) console.log(`    ${path}: ${because}`);
}
const mean = (figures: readonly number[]): string =>
  (figures.reduce((sum, each) => sum + each, 0) / Math.max(1, figures.length)).toFixed(3);
console.log(`macro over ${recalls.length} repositories: recall ${mean(recalls)}, precision against the named suites ${mean(precisions)}`);
