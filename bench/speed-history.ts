import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { commitGraphReader, openRepository } from '../server/git/index.ts';
import { LineHistories } from '../server/history/line-history.ts';
import { keepCommitGraph } from '../server/indexing/commit-graph.ts';
import { graphFolder } from '../server/store/folder.ts';
import { temporaryFolder } from '../test/support/folder.ts';
import { figure, spreadOf, timed } from './measure.ts';
import { fail } from './repositories.ts';

/**
 * How long a hover waits for the reason of a line, in a bare clone in `LINTEL_MIRROR`: `npm run bench -- speed-history [--repo OWNER/NAME] [--lines N]`. Cold is the
 * first question about a file after a start, in which git has read the file of packs but Lintel knows nothing; warm is the line below. With and without a commit-graph.
 */

const { values } = parseArgs({
  options: { repo: { type: 'string', default: 'git/git' }, lines: { type: 'string', default: '30' } },
  allowPositionals: true,
});
const mirror = process.env.LINTEL_MIRROR;
if (!mirror || !existsSync(mirror)) fail('Set LINTEL_MIRROR to the folder that holds the bare clones (owner+name/repo).');
const clone = join(mirror, values.repo.replace('/', '+'), 'repo');
if (!existsSync(clone)) fail(`There is no clone of ${values.repo} in LINTEL_MIRROR.`);
const repository = (await openRepository(clone)) ?? fail(`${clone} cannot be read.`);
const { head } = repository;
const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-C', clone, ...args], { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });

const COLD_MS = 400;
const WARM_MS = 60;
const LIMIT_MS = 120_000;

const files = git('ls-tree', '-r', '--name-only', head)
  .split('\n')
  .filter((path) => /\.(?:c|h|go|rs|py|rb|ts|tsx|js|java|hs|sh)$/.test(path));
const wanted = Number(values.lines);
const step = Math.max(1, Math.floor(files.length / wanted));
/** The same lines in every run: the middle of files at equal distances. */
const places = files
  .filter((_, index) => index % step === 0)
  .slice(0, wanted)
  .map((path) => ({ path, line: Math.floor(git('show', `${head}:${path}`).split('\n').length / 2) }));

async function measure(name: string, folder: string | undefined): Promise<void> {
  const usable = commitGraphReader();
  const cold: number[] = [];
  const warm: number[] = [];
  const started = new LineHistories(LIMIT_MS, async () => folder && usable(folder));
  const history = { repository, edges: new Set<string>() };
  const ask = ({ path, line }: { path: string; line: number }) =>
    timed(() => started.at(history, { path, text: '', unsaved: false, line }, undefined, 1));
  const first = places[0] ?? fail('There are no files of code.');
  // What later commits say is read once after a start, and not for each line.
  figure(`${name}: the first line after a start`, (await ask(first)).ms, 'ms');
  for (const place of places.slice(1)) {
    cold.push((await ask(place)).ms);
    warm.push((await ask(place)).ms, (await ask({ ...place, line: place.line + 1 })).ms);
  }
  const [coldSpread, warmSpread] = [spreadOf(cold), spreadOf(warm)];
  figure(`${name}: cold, p50`, coldSpread.p50, 'ms', { most: COLD_MS });
  figure(`${name}: cold, p95`, coldSpread.p95, 'ms', { most: COLD_MS }, `${coldSpread.n} files, max ${coldSpread.max.toFixed(0)}`);
  figure(`${name}: warm, p50`, warmSpread.p50, 'ms', { most: WARM_MS });
  figure(`${name}: warm, p95`, warmSpread.p95, 'ms', { most: WARM_MS }, `${warmSpread.n} lines, max ${warmSpread.max.toFixed(0)}`);
}

console.log(`${values.repo}, ${git('rev-list', '--count', head).trim()} commits, load ${loadavg()[0]?.toFixed(1)}`);
await measure('without a commit-graph', undefined);
const index = temporaryFolder('lintel-graph');
const written = await timed(() => keepCommitGraph(repository, index.path, { least: 0 }));
figure('writing the commit-graph', written.ms / 1_000, 's');
if (written.value) await measure('with a commit-graph', graphFolder(index.path));
index.remove();
