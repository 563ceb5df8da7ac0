import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { DocumentKind } from '../server/model/document.ts';
import type { Engine } from '../server/model/engine.ts';
import { bench, benchmarkHeads, checkout, type Item, openIndexed, placeOf, readItems, work } from './repositories.ts';

/**
 * Retrieval over real repositories, through the real engine. Reads the items of the benchmark folder `LINTEL_BENCH` (default `../shared/bench`) and
 * bare clones `owner+name/repo` in `LINTEL_MIRROR`; checks each out at the benchmark's commit, indexes it and asks every question.
 * Writes `{id, ranked}` lines and prints what the benchmark's own `score.mjs` says of them.
 */

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

/** A question in the search view. */
async function asked(engine: Engine, item: Item): Promise<string[]> {
  const kinds: readonly DocumentKind[] = item.kind === 'commit' ? ['commit'] : RECORD_KINDS;
  const { hits } = await engine.search({ text: item.text, filter: { kinds }, limit: DEPTH });
  return hits.map((hit) => (item.kind === 'commit' ? hit.sha : (hit.path ?? hit.id)));
}

/** Code in the editor. */
async function edited(engine: Engine, folder: string, item: Item): Promise<string[]> {
  const { governing, related } = await engine.why({ ...placeOf(item, folder, values.unmasked), most: DEPTH });
  return [...governing, ...related].filter((hit) => hit.kind !== 'commit').map((hit) => hit.path ?? hit.id);
}

const items = readItems(values.split, new Set(values.kinds.split(',')), values.repo);
const heads = benchmarkHeads();
const run: string[] = [];
const missing: string[] = [];

for (const repo of [...new Set(items.map((item) => item.repo))].sort()) {
  const tree = checkout(repo, heads.get(repo));
  if (!tree) {
    missing.push(repo);
    continue;
  }
  const engine = await openIndexed(tree, values.full);
  const mine = items.filter((item) => item.repo === repo);
  const started = performance.now();
  for (const item of mine) {
    const ranked = item.path === undefined ? await asked(engine, item) : await edited(engine, tree.folder, item);
    run.push(JSON.stringify({ id: item.id, ranked }));
  }
  console.error(`  ${mine.length} queries, ${((performance.now() - started) / mine.length).toFixed(1)} ms each`);
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
