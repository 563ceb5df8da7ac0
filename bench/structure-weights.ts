import { fused, LIST_WEIGHTS, orderOf } from '../server/selection/ranking/fuse.ts';
import { e2eRepositories } from './e2e-data.ts';
import { type Replayed, replay } from './e2e-replay.ts';
import { ITEM_KEYS, macroMicro, scoreItem } from './e2e-score.ts';
import { readStructure } from './e2e-structure.ts';
import { fail } from './repositories.ts';
import { readJudged, scoreJudged } from './selection-judged.ts';

const folder = `${process.env.LINTEL_BENCH}/e2e`;
/**
 * What the lists by structure add at several weights, by the labels and by the judged commits, and with weights that were chosen on the other
 * repositories. `npm run bench -- structure-weights FILE`, with a file that `npm run bench -- structure` wrote.
 */
const structure = readStructure(process.argv[2] ?? fail('Usage: npm run bench -- structure-weights FILE'));
const judged = readJudged();
const ids = new Set(judged.map(({ id }) => id));
const all: Replayed[] = [];
for (const repo of e2eRepositories(folder, 'dev'))
  for (const one of replay({ folder, split: 'dev', repo, history: true, mirror: undefined, structure }))
    if (!one.hard && structure.has(one.item.id)) all.push({ ...one, specs: one.specs });
const usual = all.filter(({ item }) => item.relevant.length > 0);
const repoOf = (id: string): string => id.split('@')[0] ?? '';
const repos = [...new Set(judged.map(({ id }) => repoOf(id)))].sort();
const figure = (n: number): string => n.toFixed(3);
const at = (visits: number, shown: number) => {
  const weights = { ...LIST_WEIGHTS, visits, shown };
  const rank = (one: Replayed) => orderOf(fused(one.ranking.lists, weights)).map((position) => one.specs[position] ?? '');
  const commits = all
    .filter(({ item }) => ids.has(item.id))
    .map((one) => ({ id: one.item.id, ranked: rank(one), changed: one.item.relevant }));
  const rows = usual.map((one) => ({ item: one.item, score: scoreItem(one.specs.length, rank(one), one.item.relevant) }));
  return { commits, rows };
};
const grid: { v: number; s: number; found: ReturnType<typeof at> }[] = [];
for (const [v, s] of [
  [0, 0],
  [1, 0],
  [2, 0],
  [3, 0],
  [0, 1],
  [0, 2],
  [0, 3],
  [1, 1],
  [2, 1],
  [1, 2],
  [2, 2],
  [3, 2],
  [2, 3],
  [3, 3],
  [4, 3],
] as const) {
  const found = at(v, s);
  grid.push({ v, s, found });
  const j = scoreJudged(judged, found.commits);
  const r = j.recall.map(({ micro }) => figure(micro)).join('/');
  const b = j.beyondLists.recall.map(({ micro }) => figure(micro)).join('/');
  console.log(
    `visits ${v} shown ${s}: must ${r} beyond ${b} precision ${figure(j.precision.ofJudged)} (${j.precision.judged}) | labels (${found.rows.length}) ${ITEM_KEYS.map((key) => figure(macroMicro(found.rows, key).macro)).join(' ')}`,
  );
}
// Weights chosen on other repositories by precision plus recall in the first fifth.
const chosen = repos.flatMap((repo) => {
  const others = judged.filter(({ id }) => repoOf(id) !== repo);
  const best = grid
    .map((one) => {
      const j = scoreJudged(others, one.found.commits);
      return { one, value: j.precision.ofJudged + (j.recall[1]?.micro ?? 0) };
    })
    .reduce((most, next) => (next.value > most.value ? next : most));
  return best.one.found.commits.filter(({ id }) => repoOf(id) === repo);
});
const cross = scoreJudged(judged, chosen);
console.log(
  `repository left out: must ${cross.recall.map(({ micro }) => figure(micro)).join('/')} beyond ${cross.beyondLists.recall.map(({ micro }) => figure(micro)).join('/')} precision ${figure(cross.precision.ofJudged)}`,
);
