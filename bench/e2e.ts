import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  calibrationOf,
  cutsOf,
  firstSafe,
  GATE_WEIGHTS,
  type GateWeights,
  type PastCommit,
  sigmoid,
} from '../server/selection/gate/confidence.ts';
import { MOST_REPLAYED } from '../server/selection/gate/past.ts';
import { judgePaths } from '../server/selection/paths/judge.ts';
import { fused, LIST_WEIGHTS, type ListWeights, orderOf, shareOf } from '../server/selection/ranking/fuse.ts';
import { LISTS } from '../server/selection/ranking/lists.ts';
import { gateInput } from '../server/selection/ranking/rank.ts';
import { groupBy } from '../server/text/group-by.ts';
import { e2eRepositories } from './e2e-data.ts';
import { type FitItem, fitGate, fitLists, type GateItem } from './e2e-fit.ts';
import { type Replayed, replay } from './e2e-replay.ts';
import { ITEM_KEYS, macroMicro, mean, scoreItem } from './e2e-score.ts';
import { readStructure } from './e2e-structure.ts';

/**
 * Selection of end-to-end tests over real commits: the product's own ranking and gate over the items of the benchmark folder `LINTEL_BENCH` (default
 * `../shared/bench`). The commit message is never read. `--fit` fits the weights of lists and gate again and says how they do on repositories that were
 * left out, `--ablate` leaves each list out, `--no-history` ranks without commits, `--label adapt` counts only specs whose lines had to change, `--out`
 * writes `{id, ranked}` lines. Hard commits need the bare clones in `LINTEL_MIRROR`.
 */

const { values } = parseArgs({
  options: {
    split: { type: 'string', default: 'dev' },
    repo: { type: 'string' },
    label: { type: 'string', default: 'all' },
    out: { type: 'string' },
    structure: { type: 'string' },
    fit: { type: 'boolean', default: false },
    ablate: { type: 'boolean', default: false },
    'no-history': { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const folder = resolve(process.env.LINTEL_BENCH ?? '../shared/bench', 'e2e');
const structure = values.structure === undefined ? undefined : readStructure(values.structure);
const repositories = values.repo ? [values.repo] : e2eRepositories(folder, values.split);
const replayed = repositories.flatMap((repo) => {
  process.stderr.write(`${repo}\n`);
  return [...replay({ folder, split: values.split, repo, history: !values['no-history'], mirror: process.env.LINTEL_MIRROR, structure })];
});
const labelOf = ({ item }: Replayed): readonly string[] => (values.label === 'adapt' ? item.adapt : item.relevant);
const usual = replayed.filter((one) => !one.hard && labelOf(one).length > 0 && (!structure || structure.has(one.item.id)));
const shown = (value: number): string => value.toFixed(3);

const rankedBy = ({ specs, ranking }: Replayed, weights: ListWeights): string[] =>
  orderOf(fused(ranking.lists, weights)).map((at) => specs[at] ?? '');
const scored = (items: readonly Replayed[], weightsOf: (one: Replayed) => ListWeights) =>
  items.map((one) => ({ item: one.item, score: scoreItem(one.specs.length, rankedBy(one, weightsOf(one)), labelOf(one)) }));
const line = (name: string, rows: ReturnType<typeof scored>): string =>
  `${name.padEnd(28)}${ITEM_KEYS.map((key) => `${shown(macroMicro(rows, key).macro)} (${shown(macroMicro(rows, key).micro)})`.padStart(16)).join('')}`;
const header = `${''.padEnd(28)}${ITEM_KEYS.map((key) => key.padStart(16)).join('')}`;

const rows = scored(usual, () => LIST_WEIGHTS);
console.log(
  `${usual.length} commits of ${repositories.length} repositories, label ${values.label}: macro over repositories (micro over commits)\n${header}`,
);
for (const [repo, own] of groupBy(rows, ({ item }) => item.repo)) console.log(line(repo.slice(-27), own));
console.log(line('all', rows));

if (values.ablate)
  for (const name of LISTS)
    console.log(
      line(
        `without ${name}`,
        scored(usual, () => ({ ...LIST_WEIGHTS, [name]: 0 })),
      ),
    );

/** Folds of whole repositories. */
const FOLDS = 6;
const foldOf = (repo: string): number => repositories.indexOf(repo) % FOLDS;
const fitItem = (one: Replayed): FitItem[] => {
  const positions = new Map(one.specs.map((path, at) => [path, at]));
  const relevant = one.item.relevant.flatMap((path) => positions.get(path) ?? []);
  return relevant.length === 0 ? [] : [{ repo: one.item.repo, lists: LISTS.map((name) => shareOf(name, one.ranking.lists)), relevant }];
};
const neededOf = (ranked: readonly string[], relevant: readonly string[]): number =>
  Math.max(...relevant.map((path) => (ranked.includes(path) ? ranked.indexOf(path) + 1 : ranked.length + 1)));
const gateItem = (one: Replayed, weights: ListWeights): GateItem => ({
  repo: one.item.repo,
  input: gateInput(one.ranking.lists, weights),
  needed: neededOf(rankedBy(one, weights), one.item.relevant),
});

/** Weights for each fold, fitted on the other repositories. */
const listsLeftOut = (): ListWeights[] =>
  Array.from({ length: FOLDS }, (_, fold) => fitLists(usual.filter(({ item }) => foldOf(item.repo) !== fold).flatMap(fitItem)));

type Weights = { readonly lists: ListWeights; readonly gate: GateWeights };
const OWN: Weights = { lists: LIST_WEIGHTS, gate: GATE_WEIGHTS };

/** Whether a selection is everything because of what changed. The benchmark cuts differences, so that what is cut off counts for nothing. */
const runsAll = ({ diff }: Replayed): boolean =>
  judgePaths(
    { files: diff.files, unreadable: [] },
    { isSpec: () => false, isSupport: () => false, besideSpecs: () => false, declaredInert: () => undefined, comparesPictures: false },
  ).some(({ role }) => role === 'cross-cutting' || role === 'unknown');

/** Share and safety of the gate at a target; each commit with the replayed commits of its repository before it. */
function gated(
  target: number,
  self: boolean,
  weightsOf: (one: Replayed) => Weights,
  widen: boolean,
): { item: Replayed['item']; score: { share: number; safe: number; all: number } }[] {
  const past = new Map<string, PastCommit[]>();
  return usual.map((one) => {
    const { lists, gate } = weightsOf(one);
    const { input, needed } = gateItem(one, lists);
    const before = past.get(one.item.repo) ?? [];
    past.set(one.item.repo, before);
    const offset = self ? calibrationOf(before.slice(-MOST_REPLAYED)) : 0;
    const cuts = cutsOf(input, gate);
    const cut = widen && runsAll(one) ? undefined : firstSafe(cuts, target, offset);
    before.push({ cuts, needed });
    const size = cut?.size ?? one.specs.length;
    const selected = new Set([
      ...rankedBy(one, lists).slice(0, size),
      ...[...one.ranking.named, ...one.ranking.firsts].map((at) => one.specs[at] ?? ''),
    ]);
    const safe = !cut || labelOf(one).every((path) => selected.has(path)) ? 1 : 0;
    return { item: one.item, score: { share: cut ? selected.size / one.specs.length : 1, safe, all: cut ? 0 : 1 } };
  });
}
const gateLine = (name: string, found: ReturnType<typeof gated>): string => {
  const safe = macroMicro(found, 'safe');
  return `${name.padEnd(28)} share ${shown(macroMicro(found, 'share').micro)} safe ${shown(safe.micro)} run-all ${shown(macroMicro(found, 'all').micro)} macro ${shown(macroMicro(found, 'share').macro)}/${shown(safe.macro)} worst ${shown(safe.worst)} ${safe.worstRepo}`;
};
const TARGETS = [0.85, 0.9, 0.925, 0.95, 0.96, 0.97];
const gates = (name: string, weightsOf: (one: Replayed) => Weights): void => {
  for (const target of TARGETS) console.log(gateLine(`${name} ${target}, global`, gated(target, false, weightsOf, false)));
  for (const target of TARGETS) console.log(gateLine(`${name} ${target}, own commits`, gated(target, true, weightsOf, false)));
};
gates('target', () => OWN);
console.log(
  gateLine(
    'with cross-cutting, .95',
    gated(0.95, true, () => OWN, true),
  ),
);

/** The gate that each repository gets, fitted on all others with the weights of the lists as they are. */
const gateLeftOut = new Map<string, GateWeights>();
if (values.fit) {
  const items = usual.map((one) => gateItem(one, LIST_WEIGHTS));
  const lists = fitLists(usual.flatMap(fitItem));
  console.log(JSON.stringify({ lists, gate: fitGate(items) }, undefined, 1));
  console.log(
    line(
      'fitted, in sample',
      scored(usual, () => lists),
    ),
  );
  const folds = listsLeftOut();
  console.log(
    line(
      'fitted, repository left out',
      scored(usual, ({ item }) => folds[foldOf(item.repo)] ?? LIST_WEIGHTS),
    ),
  );
  for (const repo of repositories) gateLeftOut.set(repo, fitGate(items.filter((item) => item.repo !== repo)));
  gates('left out', ({ item }) => ({ lists: LIST_WEIGHTS, gate: gateLeftOut.get(item.repo) ?? GATE_WEIGHTS }));
}

/** Predicted against observed safety, over every cut of every commit. */
console.log('calibration: predicted -> observed (cuts)');
const bins = new Map<number, { predicted: number; safe: number }[]>();
for (const one of usual) {
  const { input, needed } = gateItem(one, LIST_WEIGHTS);
  for (const { size, logit } of cutsOf(input, gateLeftOut.get(one.item.repo))) {
    const predicted = sigmoid(logit);
    const bin = Math.min(9, Math.floor(predicted * 10));
    bins.set(bin, [...(bins.get(bin) ?? []), { predicted, safe: needed <= size ? 1 : 0 }]);
  }
}
for (const [, cuts] of [...bins].sort((a, b) => a[0] - b[0]))
  console.log(`  ${shown(mean(cuts.map(({ predicted }) => predicted)))} -> ${shown(mean(cuts.map(({ safe }) => safe)))} (${cuts.length})`);

const hard = replayed.filter((one) => one.hard);
for (const one of hard) {
  const { input } = gateItem(one, LIST_WEIGHTS);
  const ranked = rankedBy(one, LIST_WEIGHTS);
  const cut = runsAll(one) ? undefined : firstSafe(cutsOf(input), 0.95, 0);
  const named = [...one.ranking.named, ...one.ranking.firsts].map((at) => one.specs[at]);
  const ranks = one.item.relevant.map((path) => ranked.indexOf(path) + 1);
  const inside = one.item.relevant.every((path) => !cut || ranked.indexOf(path) < cut.size || named.includes(path));
  console.log(
    `hard ${inside ? 'inside' : 'MISSED'} ${one.item.id} ranks ${ranks.join(', ')} of ${ranked.length}, selected ${cut?.size ?? 'all'}`,
  );
}
const took = replayed.map((one) => one.took).sort((a, b) => a - b);
console.log(`ranking: p50 ${took[Math.floor(took.length / 2)]?.toFixed(1)} ms, p95 ${took[Math.floor(took.length * 0.95)]?.toFixed(1)} ms`);
if (values.out)
  writeFileSync(
    values.out,
    replayed.map((one) => `${JSON.stringify({ id: one.item.id, ranked: rankedBy(one, LIST_WEIGHTS) })}\n`).join(''),
  );
