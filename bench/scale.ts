import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { temporaryFolder } from '../test/support/folder.ts';
import { syntheticRepository } from '../test/support/synthetic.ts';
import { figure, spreadOf } from './measure.ts';

/**
 * What opening, searching and indexing cost by the length of the history: `npm run build && npm run bench -- scale [--million] [--smoke]`. Made repositories
 * of 1,000, 10,000 and 100,000 commits, with `--million` one more, with `--smoke` 100,000 alone; and git's own repository where `LINTEL_MIRROR` has it.
 */

const CLI = join(import.meta.dirname, '../dist/cli.cjs');
const ENGINE = JSON.stringify(pathToFileURL(join(import.meta.dirname, '../server/engine/engine.ts')).href);
const DOCUMENTS = 100;
const QUESTIONS = [
  'why do we retry payments',
  'who may cancel an order after it was shipped',
  'how are prices rounded',
  'message broker for domain events',
  'timeouts between services',
  'what replaced the nightly export',
];

/** What was measured of one repository; milliseconds and megabytes. */
interface Measured {
  readonly commits: number;
  readonly log: number;
  readonly index: number;
  readonly peak: number;
  readonly again: number;
  readonly search: number;
  readonly hover: number;
  readonly firstSearch: number;
  readonly p50: number;
  readonly p95: number;
  readonly raw: number;
  readonly why: number;
  readonly memory: number;
}

const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync('git', args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'ignore'] });

const since = (start: number): number => performance.now() - start;

/** Most memory of a process and its children at one time, in megabytes; only Linux tells. */
function peakOf(pid: number): number {
  try {
    const own = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_000;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
    return Math.max(own, ...children.map((child) => peakOf(Number(child))));
  } catch {
    return 0;
  }
}

/** Runs the command line in a new process. */
async function lintel(args: readonly string[], indexFolder: string): Promise<{ readonly ms: number; readonly peak: number }> {
  const start = performance.now();
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { ...process.env, LINTEL_INDEX: indexFolder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (text) => {
    complaint += text;
  });
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid ?? 0));
  }, 50);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`lintel ${args.join(' ')} ended with ${code}: ${complaint.slice(-400)}`);
  return { ms: since(start), peak };
}

/** What a server does, in a process of its own: a first hover and search, then many, and why with blame. */
const serverScript = (folder: string, indexFolder: string, places: readonly string[]): string => `
process.env.LINTEL_INDEX = ${JSON.stringify(indexFolder)};
const { openEngine } = await import(${ENGINE});
const questions = ${JSON.stringify(QUESTIONS)};
const places = ${JSON.stringify(places)};
const ms = async (work) => { const start = performance.now(); await work(); return performance.now() - start; };
const folder = ${JSON.stringify(folder)};
const engine = await openEngine({ folder });
const first = process.argv[2];
const hover = () => engine.inspect({ path: places[0], line: 10, unasked: true }, { line: 10, character: 2 });
const search = (round) => engine.search({ text: questions[round % questions.length] });
const opened = await ms(first === 'hover' ? hover : () => search(0));
if (first === 'hover') { console.log(JSON.stringify({ opened })); await engine.dispose(); process.exit(0); }
await hover();
const times = [];
for (let round = 0; round < 60; round++) times.push(await ms(() => search(round)));
const why = [];
for (const round of [0, 1, 2, 3]) for (const path of places) {
  const time = await ms(() => engine.why({ path, line: 12 + round }));
  if (round > 0) why.push(time);
}
console.log(JSON.stringify({ opened, times, why, memory: process.memoryUsage.rss() / 1e6 }));
await engine.dispose();
process.exit(0);
`;

/** The same questions as hybrid queries of LanceDB with its own fusion: what any product over this store pays. */
const rawScript = (database: string): string => `
process.env.LANCEDB_LOG = 'error';
const lance = await import(${JSON.stringify(import.meta.resolve('@lancedb/lancedb'))});
const { openEmbedder } = await import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, '../server/embedding/embedder.ts')).href)});
const { wordsOf } = await import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, '../server/retrieval/words.ts')).href)});
const connection = await lance.connect(${JSON.stringify(database)}, { readConsistencyInterval: 0 });
const table = await connection.openTable((await connection.tableNames())[0]);
const embedder = await openEmbedder({ model: 'static', cacheFolder: '.' });
const reranker = await lance.rerankers.RRFReranker.create(60);
const times = [];
for (let round = 0; round < 40; round++) {
  const text = ${JSON.stringify(QUESTIONS)}[round % ${QUESTIONS.length}];
  const start = performance.now();
  const [vector] = await embedder.embed([text], { purpose: 'query' });
  await table.query().nearestTo(vector).distanceType('cosine').fullTextSearch(new lance.MatchQuery(wordsOf(text).join(' '), 'words')).rerank(reranker).limit(20).toArray();
  times.push(performance.now() - start);
}
console.log(JSON.stringify({ times }));
process.exit(0);
`;

interface Said {
  readonly opened: number;
  readonly times: readonly number[];
  readonly why: readonly number[];
  readonly memory: number;
}

const run = (script: string, source: string, ...args: readonly string[]): Said => {
  writeFileSync(script, source);
  const out = execFileSync(process.execPath, [script, ...args], { encoding: 'utf8', env: { ...process.env, NODE_NO_WARNINGS: '1' } });
  return JSON.parse(out) as Said;
};

/** The longest files of code that were changed most recently. */
const placesIn = (folder: string): string[] =>
  [...new Set(git(folder, 'log', '-n', '400', '--name-only', '--format=').split('\n'))]
    .filter((path) => /\.(?:c|ts|js|py|go|java)$/.test(path) && existsSync(join(folder, path)))
    .sort((a, b) => readFileSync(join(folder, b)).length - readFileSync(join(folder, a)).length || (a < b ? -1 : 1))
    .slice(0, 8);

/** @param canCommit whether a commit may be added to it */
async function measure(folder: string, canCommit: boolean): Promise<Measured> {
  const work = temporaryFolder('lintel-bench-scale');
  const indexFolder = join(work.path, 'index');
  const script = join(work.path, 'script.mts');
  try {
    const start = performance.now();
    git(folder, 'log', '--name-status', '-M', '-z', '--format=%H%n%B');
    const log = since(start);
    const built = await lintel(['index', folder], indexFolder);
    if (canCommit)
      git(folder, '-c', 'user.name=A', '-c', 'user.email=a@example.org', 'commit', '--allow-empty', '-qm', 'Retry the export once more');
    const again = await lintel(['index', folder], indexFolder);
    const searches: number[] = [];
    for (const text of QUESTIONS) searches.push((await lintel(['search', '--repo', folder, text], indexFolder)).ms);
    const source = serverScript(folder, indexFolder, placesIn(folder));
    const hover = run(script, source, 'hover').opened;
    const server = run(script, source, 'search');
    const [name = ''] = readdirSync(indexFolder);
    const raw = run(script, rawScript(join(indexFolder, name, 'lance')));
    const { p50, p95 } = spreadOf(server.times);
    return {
      commits: Number(git(folder, 'rev-list', '--count', 'HEAD')),
      log,
      index: built.ms,
      peak: built.peak,
      again: again.ms,
      search: spreadOf(searches).p50,
      hover,
      firstSearch: server.opened,
      p50,
      p95,
      raw: spreadOf(raw.times).p50,
      why: spreadOf(server.why).p95,
      memory: server.memory,
    };
  } finally {
    rmSync(work.path, { recursive: true, force: true });
  }
}

/** Targets by the number of commits: up to 20,000, up to 100,000, above. */
const TARGETS: Readonly<Partial<Record<keyof Measured, readonly [number, number, number]>>> = {
  index: [20_000, 20_000, 300_000],
  peak: [600, 600, 600],
  again: [1_000, 1_000, 1_000],
  search: [700, 700, 1_200],
  hover: [800, 800, 800],
  firstSearch: [800, 800, 800],
  p50: [15, 15, 30],
  p95: [25, 25, 50],
  why: [150, 150, 150],
  memory: [300, 350, 500],
};

const ROWS: readonly (readonly [keyof Measured, string, 'ms' | 'MB'])[] = [
  ['log', '  git log --name-status, the floor of indexing', 'ms'],
  ['index', 'index', 'ms'],
  ['peak', 'index, peak memory', 'MB'],
  ['again', 'index again after one commit', 'ms'],
  ['search', 'lintel search, new process', 'ms'],
  ['hover', 'server, first hover', 'ms'],
  ['firstSearch', 'server, first search', 'ms'],
  ['p50', 'warm search, p50', 'ms'],
  ['p95', 'warm search, p95', 'ms'],
  ['raw', '  raw hybrid query of LanceDB, p50', 'ms'],
  ['why', 'why with blame, warm, p95', 'ms'],
  ['memory', 'server, resident memory', 'MB'],
];

function print(name: string, measured: Measured): void {
  console.log(`${name}: ${measured.commits} commits`);
  const size = measured.commits <= 20_000 ? 0 : measured.commits <= 100_000 ? 1 : 2;
  for (const [key, text, unit] of ROWS) {
    const most = TARGETS[key]?.[size];
    const ratio =
      key === 'index'
        ? `${(measured.index / measured.log).toFixed(1)} times git log`
        : key === 'p50'
          ? `${(measured.p50 / measured.raw).toFixed(1)} times raw`
          : '';
    figure(text, measured[key], unit, most === undefined ? undefined : { most }, ratio);
  }
}

/** How a figure grows from the smallest to the largest repository: 1 means in proportion to the commits, 0 not at all. */
function printGrowth(all: readonly Measured[]): void {
  const [first, last] = [all[0], all.at(-1)];
  if (!first || !last || first === last) return;
  console.log(`growth from ${first.commits} to ${last.commits} commits, as an exponent`);
  for (const [key, text] of ROWS) {
    const exponent = Math.log(last[key] / first[key]) / Math.log(last.commits / first.commits);
    const most = key === 'index' ? 1.05 : ['search', 'hover', 'firstSearch', 'p50', 'memory'].includes(key) ? 0.2 : undefined;
    figure(text, exponent, '', most === undefined ? undefined : { most });
  }
}

const sizes = process.argv.includes('--smoke')
  ? [100_000]
  : [1_000, 10_000, 100_000, ...(process.argv.includes('--million') ? [1_000_000] : [])];
const made: Measured[] = [];
for (const commits of sizes) {
  const repository = syntheticRepository({ commits, documents: DOCUMENTS, seed: 1 });
  try {
    const measured = await measure(repository.root, true);
    print('made', measured);
    made.push(measured);
  } finally {
    rmSync(repository.root, { recursive: true, force: true });
  }
}
printGrowth(made);

const mirror = join(process.env.LINTEL_MIRROR ?? '', 'git+git/repo');
if (process.env.LINTEL_MIRROR && existsSync(mirror) && !process.argv.includes('--smoke')) {
  const clone = temporaryFolder('lintel-bench-git');
  execFileSync('git', ['clone', '-q', '--shared', mirror, clone.path], { stdio: 'ignore' });
  print('git.git', await measure(clone.path, true));
  rmSync(clone.path, { recursive: true, force: true });
}
