import { StructureReading } from '../../server/engine/selection/structure.ts';
import { blobsAtHead, readChanges } from '../../server/git/index.ts';
import { testSuites } from '../../server/knowledge/discovery/test-settings.ts';
import type { Diff } from '../../server/model/diff.ts';
import { cutsOf, firstSafe } from '../../server/selection/gate/confidence.ts';
import { discoverSuite, suiteKnowledge } from '../../server/selection/index.ts';
import { judgePaths } from '../../server/selection/paths/judge.ts';
import { wordsOfDiff } from '../../server/selection/ranking/diff-words.ts';
import { fused, LIST_WEIGHTS, type ListWeights, orderOf } from '../../server/selection/ranking/fuse.ts';
import { LISTS, type ListName } from '../../server/selection/ranking/lists.ts';
import { gateInput, rankSpecs, type SpecRanking } from '../../server/selection/ranking/rank.ts';
import { readUnifiedDiff } from '../../server/text/unified-diff-reader.ts';
import { openWorkspace } from '../../server/workspace/workspace.ts';
import { type Baseline, type FaultResult, timeShare } from './results.ts';

/** The lists of the ranking by the kind of evidence that they are. */
const EVIDENCE: Readonly<Record<string, readonly ListName[]>> = {
  mentions: ['body', 'context', 'path-cover', 'path-path'],
  'changed-together': ['lift'],
  selects: ['vanished', 'shown'],
  visits: ['visits'],
  similar: ['similar'],
};
const THIRD = 1 / 3;
const MOST_BYTES = 500_000;

/** What the engine knows of a repository, and the structure of the product for a difference. */
async function knowledgeOf(folder: string, indexFolder: string) {
  const { files, repository, loaded } = await openWorkspace(folder);
  if (!repository) throw new Error(`${folder} is no git repository`);
  const blobs = await blobsAtHead(repository);
  const paths = [...blobs.keys()].sort();
  const suite = await discoverSuite(paths, (path) => files.read(path, MOST_BYTES), { settings: testSuites(loaded.config.tests) });
  const specs = suite.specs.map(({ path }) => path);
  const read = await files.readMany(specs, MOST_BYTES);
  const texts = new Map(specs.map((path, at) => [path, read[at] ?? '']));
  const changes = await readChanges(repository, 5_000, 60);
  const labels = new Map<string, never>();
  const found = await suiteKnowledge({
    suite,
    texts,
    labels,
    changes,
    blobs,
    repository,
    inert: [],
    replayed: new Map(),
    durations: new Map(),
  });
  const structure = new StructureReading(indexFolder);
  return {
    knowledge: found.knowledge,
    structureOf: (diff: Diff) => structure.evidence({ diff, suite, texts, paths, files }),
  };
}

/** The ranking with only some lists: what the gate selects, and what the first third of the suite's time holds, over the faults that the suite catches. */
export async function ablation(
  folder: string,
  indexFolder: string,
  results: readonly FaultResult[],
  sound: Baseline,
  target: number,
): Promise<string> {
  const { knowledge, structureOf } = await knowledgeOf(folder, indexFolder);
  const { calibration, index } = knowledge;
  // As select.ts: fewer than 40 commits of its own make the gate cautious.
  const offset = calibration.offset - 0.5 * Math.max(0, 1 - calibration.commits / 40);
  const ranked: { specs: readonly string[]; ranking: SpecRanking }[] = [];
  for (const { patch, failed, outcome } of results) {
    const specs = Object.keys(failed).filter((spec) => sound.sound[spec]);
    if (outcome !== 'ran' || specs.length === 0) continue;
    const diff = readUnifiedDiff(patch);
    const judged = judgePaths(diff, knowledge.paths);
    const mapped = new Set(judged.flatMap(({ path, role }) => (role === 'inert' || role === 'suite' ? [] : [path])));
    const words = wordsOfDiff(diff, (path) => mapped.has(path));
    ranked.push({ specs, ranking: rankSpecs(index, words, knowledge.history, knowledge.now, await structureOf(diff)) });
  }
  const pathAt = (at: number): string => index.specs[at]?.path ?? '';
  const row = (name: string, weights: ListWeights, hasLiterals: boolean): string => {
    const figures = ranked.map(({ specs, ranking: { lists, named, firsts } }) => {
      const order = orderOf(fused(lists, weights));
      const cut = firstSafe(cutsOf(gateInput(lists, weights)), target, offset);
      const chosen = new Set([...order.slice(0, cut?.size ?? order.length), ...(hasLiterals ? named : []), ...firsts].map(pathAt));
      const first: string[] = [];
      for (const at of order) {
        if (timeShare([...first, pathAt(at)], sound) > THIRD) break;
        first.push(pathAt(at));
      }
      const share = (list: readonly string[]): number => specs.filter((spec) => list.includes(spec)).length / specs.length;
      const best = specs.reduce(
        (least, spec) => Math.min(least, order.findIndex((at) => pathAt(at) === spec) + 1 || order.length),
        order.length,
      );
      return { chosen: share([...chosen]), time: timeShare([...chosen], sound), first: share(first), best };
    });
    const mean = (of: (one: (typeof figures)[number]) => number): string =>
      (figures.reduce((sum, one) => sum + of(one), 0) / Math.max(1, figures.length)).toFixed(3);
    const any = (value: number): number => (value > 0 ? 1 : 0);
    return `| ${name} | ${mean((one) => any(one.chosen))} | ${mean((one) => one.chosen)} | ${mean((one) => one.time)} | ${mean((one) => any(one.first))} | ${mean((one) => one.first)} | ${mean((one) => one.best)} |`;
  };
  const only = (names: readonly ListName[]): ListWeights =>
    Object.fromEntries(LISTS.map((name) => [name, names.includes(name) ? LIST_WEIGHTS[name] : 0])) as ListWeights;
  return [
    '| evidence | caught by the gate | failing specs in the selection | its share of the time | caught in the first third of the time | failing specs in it | rank of the best failing spec |',
    '|---|---|---|---|---|---|---|',
    row('all lists', LIST_WEIGHTS, true),
    ...Object.entries(EVIDENCE).map(([kind, names]) =>
      row(`without ${kind}`, only(LISTS.filter((name) => !names.includes(name))), kind !== 'selects'),
    ),
    row('text and history', only(LISTS.filter((name) => name !== 'visits' && name !== 'shown')), true),
    ...Object.entries(EVIDENCE).map(([kind, names]) => row(`only ${kind}`, only(names), kind === 'selects')),
  ].join('\n');
}
