import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openRepository, type Repository } from '../server/git/index.ts';
import { LineHistories } from '../server/history/line-history.ts';
import { makerOf } from '../server/model/history.ts';
import { fail, work } from './repositories.ts';

/**
 * Which commit made a line, and the sentence of its message that says why: over the lines of the benchmark in `LINTEL_BENCH/history`, in bare clones
 * `owner+name/repo` in `LINTEL_MIRROR`. Writes `{id, sha, sentence}` lines and prints the figures of the benchmark's own `score.mjs` beside floors and targets.
 */

const { values } = parseArgs({
  options: {
    split: { type: 'string', default: 'dev' },
    out: { type: 'string' },
    by: { type: 'string' },
    misses: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});

interface Item {
  readonly id: string;
  readonly repo: string;
  readonly sha: string;
  readonly path: string;
  readonly line: number;
}

/** Figures in per cent: of `git blame`, of `git blame -w -M -C`, of a walk with cue words, and the target with its direction. */
const TABLE: readonly (readonly [string, string, readonly number[], number, 'least' | 'most'])[] = [
  ['commitMicro', 'commit right', [62, 72, 74], 88, 'least'],
  ['commitMechanical', 'of lines that were only touched since', [0, 35, 48], 72, 'least'],
  ['commitPlainOk', 'of other lines', [100, 94, 89], 97, 'least'],
  ['sentence', 'sentence right', [33, 33, 32], 60, 'least'],
  ['quietPrecision', 'quiet precision', [87, 89, 79], 88, 'least'],
  ['quietRecall', 'quiet recall', [76, 76, 91], 90, 'least'],
  ['shownAndHelpful', 'shown and right', [27, 26, 44], 68, 'least'],
  ['noisePerLine', 'noise per line', [32, 33, 14], 8, 'most'],
];

const folder = resolve(process.env.LINTEL_BENCH ?? '../shared/bench', 'history');
const mirror = process.env.LINTEL_MIRROR;
if (!existsSync(join(folder, 'score.mjs')))
  fail(`There is no benchmark in ${folder}. Set LINTEL_BENCH to the folder that holds "history".`);
if (!mirror || !existsSync(mirror)) fail('Set LINTEL_MIRROR to the folder that holds the bare clones (owner+name/repo).');
const file = join(folder, `${values.split}.jsonl`);
if (!existsSync(file)) fail(`The benchmark has no part "${values.split}".`);

const items = readFileSync(file, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Item);
/** What is measured is what is found, not how fast: other processes may keep the machine busy. */
const LIMIT_MS = 600_000;
const histories = new LineHistories(LIMIT_MS);
const run: string[] = [];
const missing = new Set<string>();

async function ask({ id, sha, path, line }: Item, repository: Repository): Promise<void> {
  const history = { repository: { ...repository, head: sha }, edges: new Set<string>() };
  const maker = makerOf(await histories.at(history, { path, text: '', unsaved: false, line: line - 1 }, undefined, 1));
  run.push(JSON.stringify({ id, sha: maker?.sha ?? null, sentence: maker?.reason?.sentence ?? null }));
}

/** Repositories side by side, the lines of each one after another. */
await Promise.all(
  [...new Set(items.map(({ repo }) => repo))].map(async (repo) => {
    const clone = join(mirror, repo.replace('/', '+'), 'repo');
    const repository = existsSync(clone) ? await openRepository(clone) : undefined;
    if (!repository) missing.add(repo);
    for (const item of items) if (repository && item.repo === repo) await ask(item, repository);
    console.error(`${repo}: done`);
  }),
);
run.sort();

const out = resolve(values.out ?? join(work, 'history.jsonl'));
mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, `${run.join('\n')}\n`);
if (missing.size > 0) console.error(`No clone in LINTEL_MIRROR of: ${[...missing].join(', ')}. Their lines count as wrong.`);

const score = (...args: readonly string[]) =>
  spawnSync(process.execPath, [join(folder, 'score.mjs'), out, '--split', values.split, ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
const scored = score('--json');
if (scored.status !== 0) fail(scored.stderr);
const { metrics } = JSON.parse(scored.stdout) as { readonly metrics: Readonly<Record<string, { readonly value: number | null }>> };
console.log(`${`${items.length} lines, per cent`.padEnd(40)}  lintel   blame   -w -M -C   cue words   target`);
for (const [key, name, floors, target, kind] of TABLE) {
  const value = 100 * (metrics[key]?.value ?? Number.NaN);
  const isMet = kind === 'least' ? value >= target : value <= target;
  const [blame = 0, copies = 0, cues = 0] = floors;
  const columns = [value.toFixed(1).padStart(8), String(blame).padStart(8), String(copies).padStart(11), String(cues).padStart(12)].join(
    '',
  );
  console.log(`${name.padEnd(40)}${columns}   ${kind === 'least' ? '>=' : '<='} ${target} ${isMet ? 'ok' : 'MISS'}`);
}
if (values.by || values.misses)
  console.log(score(...(values.by ? ['--by', values.by] : []), ...(values.misses ? ['--misses'] : [])).stdout);
