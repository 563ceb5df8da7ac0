import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blobsAtHead, discoverRepository, readChanges } from '../../server/git/index.ts';
import { cutsOf, firstSafe } from '../../server/selection/gate/confidence.ts';
import { discoverSuite, type SuiteKnowledge, suiteKnowledge } from '../../server/selection/index.ts';
import { judgePaths } from '../../server/selection/paths/judge.ts';
import { wordsOfDiff } from '../../server/selection/ranking/diff-words.ts';
import { fused, LIST_WEIGHTS, type ListWeights, orderOf } from '../../server/selection/ranking/fuse.ts';
import { LISTS, type ListName } from '../../server/selection/ranking/lists.ts';
import { gateInput, rankSpecs } from '../../server/selection/ranking/rank.ts';
import { readUnifiedDiff } from '../../server/text/unified-diff-reader.ts';
import { type Baseline, type FaultResult, timeShare } from './results.ts';

/** The lists of the ranking by the kind of evidence that they are. */
const EVIDENCE: Readonly<Record<string, readonly ListName[]>> = {
  mentions: ['body', 'context', 'path-cover', 'path-path'],
  'changed-together': ['lift'],
  selects: ['vanished'],
  similar: ['similar'],
};
const THIRD = 1 / 3;

const knowledgeOf = async (folder: string): Promise<SuiteKnowledge> => {
  const { repository } = await discoverRepository(folder);
  if (!repository) throw new Error(`${folder} is no git repository`);
  const blobs = await blobsAtHead(repository);
  const read = (path: string): Promise<string | undefined> => {
    try {
      return Promise.resolve(readFileSync(join(folder, path), 'utf8'));
    } catch {
      return Promise.resolve(undefined);
    }
  };
  const suite = await discoverSuite([...blobs.keys()].sort(), read);
  const texts = new Map(await Promise.all(suite.specs.map(async ({ path }) => [path, (await read(path)) ?? ''] as const)));
  const changes = await readChanges(repository, 5_000, 60);
  const found = await suiteKnowledge({ suite, texts, changes, blobs, repository, inert: [], replayed: new Map(), durations: new Map() });
  return found.knowledge;
};

/** The ranking with only some lists: what the gate selects, and what the first third of the suite's time holds, over the faults that the suite catches. */
export async function ablation(folder: string, results: readonly FaultResult[], sound: Baseline, target: number): Promise<string> {
  const knowledge = await knowledgeOf(folder);
  const { calibration, index } = knowledge;
  // As select.ts: fewer than 40 commits of its own make the gate cautious.
  const offset = calibration.offset - 0.5 * Math.max(0, 1 - calibration.commits / 40);
  const ranked = results.flatMap(({ patch, failed, outcome }) => {
    const specs = Object.keys(failed).filter((spec) => sound.sound[spec]);
    if (outcome !== 'ran' || specs.length === 0) return [];
    const diff = readUnifiedDiff(patch);
    const mapped = new Set(
      judgePaths(diff, knowledge.paths).flatMap(({ path, role }) => (role === 'inert' || role === 'suite' ? [] : [path])),
    );
    return [
      {
        specs,
        ranking: rankSpecs(
          index,
          wordsOfDiff(diff, (path) => mapped.has(path)),
          knowledge.history,
          knowledge.now,
        ),
      },
    ];
  });
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
    ...Object.entries(EVIDENCE).map(([kind, names]) => row(`only ${kind}`, only(names), kind === 'selects')),
  ].join('\n');
}
