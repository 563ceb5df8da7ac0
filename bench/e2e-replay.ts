import type { Diff } from '../server/model/diff.ts';
import { isProduct } from '../server/selection/paths/sides.ts';
import { wordsOfDiff } from '../server/selection/ranking/diff-words.ts';
import type { StructureScores } from '../server/selection/ranking/lists.ts';
import { rankSpecs, type SpecRanking } from '../server/selection/ranking/rank.ts';
import { SpecHistory } from '../server/selection/ranking/spec-history.ts';
import { indexSpecs, type SpecWords, wordsOfSpec } from '../server/selection/ranking/spec-index.ts';
import { groupBy } from '../server/text/group-by.ts';
import { type E2eItem, e2eDiff, e2eHistory, e2eItems, e2eTexts, e2eUniverses, hardItems, type LoggedChange, textsAt } from './e2e-data.ts';

/** A commit of the benchmark as selection saw it before it was made. */
export interface Replayed {
  readonly item: E2eItem;
  /** It broke a spec, which a later commit repaired. */
  readonly hard: boolean;
  readonly diff: Diff;
  /** Paths of the suite, in the order of the lists. */
  readonly specs: readonly string[];
  readonly ranking: Pick<SpecRanking, 'lists' | 'named' | 'firsts'>;
  /** Milliseconds that the ranking took. */
  readonly took: number;
}

export interface ReplayOptions {
  readonly folder: string;
  readonly split: string;
  readonly repo: string;
  /** Whether commits before the item count. */
  readonly history: boolean;
  /** Bare clones, for the suites of hard commits; those are left out without it. */
  readonly mirror: string | undefined;
  /** Scores by the structure of the product, by item. */
  readonly structure?: ReadonlyMap<string, StructureScores> | undefined;
}

const MONTH = 30 * 86_400;
const subject = ({ message }: E2eItem): string => (message.split('\n')[0] ?? '').slice(0, 120);

/** Whether a logged commit is an earlier version of an item, which would give the answer away. */
const twinOf = (items: readonly E2eItem[]): ((change: LoggedChange) => boolean) => {
  const bySubject = groupBy(items, subject);
  return ({ sha, m, t }) => (bySubject.get(m) ?? []).some((item) => !item.sha.startsWith(sha) && t <= item.t && item.t - t < MONTH);
};

interface Task {
  readonly item: E2eItem;
  readonly hard: boolean;
  /** Paths and texts of the suite. */
  readonly suite: () => readonly (readonly [string, string])[];
}

/** Hard commits of a repository, at the time that the log gives them. */
const hardTasks = ({ folder, repo, mirror }: ReplayOptions, log: readonly LoggedChange[]): Task[] =>
  hardItems(folder, repo).flatMap((item): Task[] => {
    const t = log.find(({ sha }) => item.sha.startsWith(sha))?.t;
    const texts = textsAt(mirror, repo, item.parent, item.universe);
    return t === undefined || !texts ? [] : [{ item: { ...item, t }, hard: true, suite: () => [...texts] }];
  });

/** Every commit of a repository in the order of time, with the suite and the history that it met. */
export function* replay(options: ReplayOptions): Generator<Replayed> {
  const { folder, split, repo } = options;
  const items = e2eItems(folder, split, repo);
  const universes = e2eUniverses(folder, repo);
  const texts = e2eTexts(folder, repo);
  const log = e2eHistory(folder, repo);
  const everSpecs = new Set([...universes.values()].flatMap((universe) => [...universe.keys()]));
  const isTwin = twinOf(items);
  const history = new SpecHistory();
  const known = new Map<string, SpecWords>();
  const tasks: Task[] = [
    ...items.map((item): Task => {
      const suite = (): [string, string][] => [...(universes.get(item.id) ?? [])].map(([path, blob]) => [path, texts.get(blob) ?? '']);
      return { item, hard: false, suite };
    }),
    ...hardTasks(options, log),
  ].sort((a, b) => a.item.t - b.item.t);
  let fed = 0;
  for (const { item, hard, suite } of tasks) {
    for (let change = log[fed]; options.history && change !== undefined && change.t < item.t; change = log[++fed]) {
      if (isTwin(change)) continue;
      const paths = change.f.map((entry) => entry.slice(1));
      history.feed({
        sha: change.sha,
        time: change.t * 1000,
        product: paths.filter((path) => !everSpecs.has(path) && isProduct(path)),
        specs: change.f.filter((entry) => entry[0] !== 'D' && everSpecs.has(entry.slice(1))).map((entry) => entry.slice(1)),
      });
    }
    const index = indexSpecs(
      suite().map(([path, text]) => {
        const key = `${path} ${text}`;
        const words = known.get(key) ?? wordsOfSpec(path, text);
        known.set(key, words);
        words.vectors();
        return words;
      }),
    );
    const started = performance.now();
    const diff = e2eDiff(item.diff);
    const words = wordsOfDiff(diff, () => true);
    const { lists, named, firsts } = rankSpecs(index, words, history, item.t * 1000, options.structure?.get(item.id));
    const took = performance.now() - started;
    yield { item, hard, diff, specs: index.specs.map(({ path }) => path), ranking: { lists, named, firsts }, took };
  }
}
