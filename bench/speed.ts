import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openEmbedder } from '../server/embedding/embedder.ts';
import { openEngine } from '../server/engine/engine.ts';
import type { Engine } from '../server/model/engine.ts';
import { wordsOf } from '../server/retrieval/words.ts';
import { databaseFolder } from '../server/store/table.ts';
import { temporaryFolder } from '../test/support/folder.ts';
import { syntheticRepository } from '../test/support/synthetic.ts';
import { figure, repeat, spreadOf, timed } from './measure.ts';
import { hoverFigures } from './speed-hover.ts';

/** Speed on a made repository of 5,000 commits and 1,000 documents: `npm run bench -- speed`. Targets are those of docs/benchmarks.md. */

const COMMITS = Number(process.env.LINTEL_BENCH_COMMITS ?? 5_000);
const DOCUMENTS = Number(process.env.LINTEL_BENCH_DOCUMENTS ?? 1_000);
const EDITS = Number(process.env.LINTEL_BENCH_EDITS ?? 1_000);
const QUERIES = [
  'why do we retry payments',
  'who may cancel an order after it was shipped',
  'retention of audit events',
  'how are prices rounded',
  'message broker for domain events',
  'POST /orders',
  'feature flags in the storefront',
  'database per service',
  'timeouts between services',
  'what replaced the nightly export',
];

const work = temporaryFolder('lintel-bench-speed');
const repository = syntheticRepository({ commits: COMMITS, documents: DOCUMENTS, seed: 1 });
const folder = repository.root;
const indexFolder = join(work.path, 'index');

const sizeOf = (path: string): number =>
  readdirSync(path, { recursive: true, withFileTypes: true }).reduce(
    (sum, entry) => (entry.isFile() ? sum + statSync(join(entry.parentPath, entry.name)).size : sum),
    0,
  );

/** What an index must at least do: read the log and the documents. */
async function readEverything(engine: Engine): Promise<number> {
  const { ms } = await timed(async () => {
    execFileSync('git', ['log', '--name-status', '-M', '-z', '--format=%H%n%B'], {
      cwd: folder,
      maxBuffer: 1 << 30,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    for (const { path } of await engine.documents(['decision', 'specification', 'guide'])) if (path) readFileSync(join(folder, path));
  });
  return ms;
}

async function coldIndex(): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < 3; round++) {
    rmSync(indexFolder, { recursive: true, force: true });
    const engine = await openEngine({ folder, indexFolder });
    times.push((await timed(() => engine.index())).ms);
    await engine.dispose();
  }
  const engine = await openEngine({ folder, indexFolder });
  const { counts, passages } = await engine.status();
  const baseline = spreadOf([await readEverything(engine), await readEverything(engine), await readEverything(engine)]).p50;
  await engine.dispose();
  const cold = spreadOf(times).p50;
  console.log(
    `made repository: ${counts.commit} commits, ${counts.decision + counts.specification + counts.guide} documents, ${passages} passages`,
  );
  figure('cold index (median of 3)', cold, 'ms', { most: 6_000 });
  figure('  git log --name-status and reading the files', baseline, 'ms', undefined, `ratio ${(cold / baseline).toFixed(1)}`);
  figure('  index on disk', sizeOf(indexFolder) / 1e6, 'MB');
}

/** A new process opens the unchanged index and answers its first question. */
async function reopen(): Promise<void> {
  const script = join(work.path, 'reopen.mts');
  const engine = JSON.stringify(pathToFileURL(join(import.meta.dirname, '../server/engine/engine.ts')).href);
  writeFileSync(
    script,
    `import { openEngine } from ${engine};
const start = performance.now();
const engine = await openEngine({ folder: ${JSON.stringify(folder)}, indexFolder: ${JSON.stringify(indexFolder)} });
await engine.index();
const checked = performance.now();
await engine.search({ text: 'message broker' });
console.log(JSON.stringify({ checked: checked - start, searched: performance.now() - start }));
await engine.dispose();
`,
  );
  const rounds: { checked: number; searched: number }[] = [];
  for (let round = 0; round < 5; round++) {
    rounds.push(
      JSON.parse(
        execFileSync(process.execPath, [script], { encoding: 'utf8', env: { ...process.env, NODE_NO_WARNINGS: '1' } }),
      ) as (typeof rounds)[number],
    );
  }
  figure('re-open unchanged, new process (median of 5)', spreadOf(rounds.map((round) => round.checked)).p50, 'ms', { most: 300 });
  figure('  until the first search is answered', spreadOf(rounds.map((round) => round.searched)).p50, 'ms');
}

async function saving(engine: Engine): Promise<void> {
  const decisions = (await engine.documents(['decision'])).flatMap(({ path }) => (path ? [path] : []));
  await engine.search({ text: 'warm' });
  await engine.changed([decisions[0] ?? '']);
  const times = await repeat(100, async (round) => {
    const path = decisions[(round * 7) % decisions.length] ?? '';
    const word = `zebra${String.fromCharCode(97 + (round % 26))}${String.fromCharCode(97 + Math.floor(round / 26))}quagga`;
    writeFileSync(join(folder, path), `${readFileSync(join(folder, path), 'utf8')}\n\nThe ${word} is new.\n`);
    await engine.changed([path]);
    const { hits } = await engine.search({ text: word, limit: 3 });
    if (!hits.some((hit) => hit.path === path)) throw new Error(`${path} was saved but is not found`);
  });
  const { p50, p95 } = spreadOf(times);
  figure('save to searchable, p95', p95, 'ms', { most: 150 }, `p50 ${p50.toFixed(0)} ms`);
}

/** The same question as one hybrid query of LanceDB with its own fusion: what any product over this store pays. */
async function rawHybrid(): Promise<(round: number) => Promise<unknown>> {
  process.env.LANCEDB_LOG ??= 'error';
  const lance = await import('@lancedb/lancedb');
  const connection = await lance.connect(databaseFolder(indexFolder), { readConsistencyInterval: 0 });
  const [name] = await connection.tableNames();
  const table = await connection.openTable(name ?? '');
  const embedder = await openEmbedder({ model: 'static', cacheFolder: work.path });
  const reranker = await lance.rerankers.RRFReranker.create(60);
  return async (round) => {
    const text = QUERIES[round % QUERIES.length] ?? '';
    const [vector] = await embedder.embed([text], { purpose: 'query' });
    if (!vector) throw new Error('no vector');
    await table
      .query()
      .nearestTo(vector)
      .distanceType('cosine')
      .fullTextSearch(new lance.MatchQuery(wordsOf(text).join(' '), 'words'))
      .rerank(reranker)
      .select(['id', 'path', 'title', 'text', 'kind', 'status', 'sha'])
      .limit(20)
      .toArray();
  };
}

async function searching(engine: Engine): Promise<void> {
  const ours = (round: number) => engine.search({ text: QUERIES[round % QUERIES.length] ?? '', limit: 20 });
  const raw = await rawHybrid();
  await repeat(20, ours);
  await repeat(20, raw);
  const our: number[] = [];
  const theirs: number[] = [];
  // In turn, so that a busy machine slows both alike.
  for (let round = 0; round < 200; round++) {
    our.push((await timed(() => ours(round))).ms);
    theirs.push((await timed(() => raw(round))).ms);
  }
  const mine = spreadOf(our);
  const plain = spreadOf(theirs);
  figure('warm search, p95', mine.p95, 'ms', { most: 25 }, `p50 ${mine.p50.toFixed(1)} ms`);
  figure('  raw LanceDB hybrid query, p95', plain.p95, 'ms', undefined, `p50 ${plain.p50.toFixed(1)} ms`);
  figure('  ratio of p50', mine.p50 / plain.p50, 'x', { most: 2 }, `ratio of p95 ${(mine.p95 / plain.p95).toFixed(2)}`);
}

async function growth(engine: Engine): Promise<void> {
  const fresh = sizeOf(indexFolder);
  const decisions = (await engine.documents(['decision', 'guide'])).flatMap(({ path }) => (path ? [path] : []));
  for (let edit = 0; edit < EDITS; edit++) {
    const path = decisions[(edit * 13) % decisions.length] ?? '';
    const text = readFileSync(join(folder, path), 'utf8').replace(/\n*Edited \d+ times\.\n*$/, '');
    writeFileSync(join(folder, path), `${text.trimEnd()}\n\nEdited ${edit} times.\n`);
    await engine.changed([path]);
  }
  // Upkeep follows the last save by 1.5 seconds.
  await new Promise((done) => setTimeout(done, 8_000));
  figure(`index size after ${EDITS} edits, relative to before`, sizeOf(indexFolder) / fresh, 'x', { most: 1.5 });
}

try {
  await coldIndex();
  await reopen();
  const engine = await openEngine({ folder, indexFolder });
  await searching(engine);
  await saving(engine);
  await engine.dispose();
  await hoverFigures({ folder });
  const editing = await openEngine({ folder, indexFolder });
  await editing.index({ full: true });
  await growth(editing);
  await editing.dispose();
} finally {
  repository.remove();
  work.remove();
}
