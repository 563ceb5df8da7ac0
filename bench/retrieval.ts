import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openEngine } from '../server/engine.ts';
import type { DocumentKind } from '../server/model/document.ts';
import type { Engine } from '../server/model/engine.ts';

/**
 * Retrieval over real repositories, through the real engine. Reads the items of the benchmark folder `LINTEL_BENCH` (default `../shared/bench`) and
 * bare clones `owner+name/repo` in `LINTEL_MIRROR`; checks each out at the benchmark's commit, indexes it and asks every question.
 * Writes `{id, ranked}` lines and prints what the benchmark's own `score.mjs` says of them.
 */

interface Item {
  readonly id: string;
  readonly repo: string;
  readonly sha: string;
  readonly kind: 'A' | 'B' | 'C' | 'commit';
  readonly path?: string;
  /** One-based line of the file at `sha` at which the text begins. */
  readonly startLine?: number;
  readonly text: string;
  readonly maskedText?: string;
}

const RECORD_KINDS: readonly DocumentKind[] = ['decision', 'guide', 'specification'];
const DEPTH = 100;

const { values } = parseArgs({
  options: {
    split: { type: 'string', default: 'dev' },
    out: { type: 'string' },
    kinds: { type: 'string', default: 'A,B,C,commit' },
    repo: { type: 'string' },
    unmasked: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});

const bench = resolve(process.env.LINTEL_BENCH ?? '../shared/bench', 'retrieval');
const mirror = process.env.LINTEL_MIRROR;
const work = join(tmpdir(), 'lintel-bench');

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

if (!existsSync(join(bench, 'score.mjs')))
  fail(`There is no benchmark in ${bench}. Set LINTEL_BENCH to the folder that holds "retrieval".`);
if (!mirror || !existsSync(mirror)) fail('Set LINTEL_MIRROR to the folder that holds the bare clones (owner+name/repo).');

const lines = <T>(file: string): T[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);

/** A work tree of the repository at a commit; made once and kept in the temporary folder. */
function checkout(clone: string, repo: string, sha: string): string {
  const folder = join(work, 'trees', `${repo.replace('/', '+')}@${sha.slice(0, 12)}`);
  if (existsSync(join(folder, '.complete'))) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'core.hooksPath=/dev/null', '-c', 'advice.detachedHead=false', ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  if (!existsSync(folder)) git('clone', '--quiet', '--shared', '--no-checkout', clone, folder);
  git('-C', folder, 'update-ref', '--no-deref', 'HEAD', sha);
  git('-C', folder, 'read-tree', sha);
  // A clone may lack its largest files (images, archives): those that are there are written, and git's complaint about the others is no failure.
  spawnSync('git', ['-C', folder, 'checkout-index', '--all', '--force', '--quiet'], { stdio: 'ignore' });
  writeFileSync(join(folder, '.git/info/exclude'), '.complete\n');
  writeFileSync(join(folder, '.complete'), '');
  return folder;
}

/** A question in the search view. */
async function asked(engine: Engine, item: Item): Promise<string[]> {
  const kinds: readonly DocumentKind[] = item.kind === 'commit' ? ['commit'] : RECORD_KINDS;
  const { hits } = await engine.search({ text: item.text, filter: { kinds }, limit: DEPTH });
  return hits.map((hit) => (item.kind === 'commit' ? hit.sha : (hit.path ?? hit.id)));
}

/**
 * Code in the editor, at the middle of the lines of the item. Kind A: its file as it is in HEAD, with these lines. Kind B: these lines alone and
 * only the history strictly before the commit that wrote them.
 */
async function edited(engine: Engine, folder: string, item: Item): Promise<string[]> {
  const lines = (values.unmasked ? item.text : (item.maskedText ?? item.text)).split('\n');
  const path = item.path ?? '';
  const middle = Math.floor(lines.length / 2);
  const file = item.kind === 'A' && existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8').split('\n') : undefined;
  const before = (item.startLine ?? 1) - 1;
  file?.splice(before, lines.length, ...lines);
  const place = file
    ? { path, text: file.join('\n'), line: before + middle }
    : { path, text: lines.join('\n'), line: middle, asOf: item.sha };
  const { governing, related } = await engine.why({ ...place, most: DEPTH });
  return [...governing, ...related].filter((hit) => hit.kind !== 'commit').map((hit) => hit.path ?? hit.id);
}

const wanted = new Set(values.kinds.split(','));
const items = readdirSync(join(bench, values.split))
  .filter((name) => name.endsWith('.jsonl'))
  .flatMap((name) => lines<Item>(join(bench, values.split, name)))
  .filter((item) => wanted.has(item.kind) && (!values.repo || item.repo === values.repo));
const heads = new Map(
  (JSON.parse(readFileSync(join(bench, 'repos.json'), 'utf8')) as { repo: string; sha: string }[]).map(({ repo, sha }) => [repo, sha]),
);
const run: string[] = [];
const missing: string[] = [];

for (const repo of [...new Set(items.map((item) => item.repo))].sort()) {
  const clone = join(mirror, repo.replace('/', '+'), 'repo');
  const sha = heads.get(repo);
  if (!sha || !existsSync(clone)) {
    missing.push(repo);
    continue;
  }
  const folder = checkout(clone, repo, sha);
  const engine = await openEngine({ folder, indexFolder: join(work, 'indexes', repo.replace('/', '+')) });
  const report = await engine.index({ full: values.full });
  const mine = items.filter((item) => item.repo === repo);
  const started = performance.now();
  for (const item of mine) {
    run.push(
      JSON.stringify({ id: item.id, ranked: item.path === undefined ? await asked(engine, item) : await edited(engine, folder, item) }),
    );
  }
  const perQuery = ((performance.now() - started) / mine.length).toFixed(1);
  console.error(`${repo}: indexed in ${report.milliseconds} ms (${report.added} new), ${mine.length} queries, ${perQuery} ms each`);
  await engine.dispose();
}

const out = resolve(values.out ?? join(work, 'run.jsonl'));
mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, `${run.join('\n')}\n`);
if (missing.length > 0) console.error(`No clone in LINTEL_MIRROR of: ${missing.join(', ')}. Their queries score 0.`);
const score = spawnSync(process.execPath, [join(bench, 'score.mjs'), out, '--split', values.split, '--no-repo'], {
  stdio: ['ignore', 'inherit', 'inherit'],
});
process.exit(score.status ?? 1);
