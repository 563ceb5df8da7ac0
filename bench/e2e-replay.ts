import { isProduct } from '../server/selection/paths/sides.ts';
import { type DiffWords, wordsOfDiff } from '../server/selection/ranking/diff-words.ts';
import { type Lists, listsOf } from '../server/selection/ranking/lists.ts';
import { SpecHistory } from '../server/selection/ranking/spec-history.ts';
import { indexSpecs, type SpecIndex, type SpecWords, wordsOfSpec } from '../server/selection/ranking/spec-index.ts';
import { groupBy } from '../server/text/group-by.ts';
import { type E2eItem, e2eDiff, e2eHistory, e2eItems, e2eTexts, e2eUniverses, type LoggedChange } from './e2e-data.ts';

/** A commit of the benchmark as selection saw it before it was made. */
export interface Replayed {
  readonly item: E2eItem;
  readonly index: SpecIndex;
  readonly diff: DiffWords;
  readonly lists: Lists;
}

const MONTH = 30 * 86_400;
const subject = ({ message }: E2eItem): string => (message.split('\n')[0] ?? '').slice(0, 120);

/** Whether a logged commit is an earlier version of an item, which would give the answer away. */
const twinOf = (items: readonly E2eItem[]): ((change: LoggedChange) => boolean) => {
  const bySubject = groupBy(items, subject);
  return ({ sha, m, t }) => (bySubject.get(m) ?? []).some((item) => !item.sha.startsWith(sha) && t <= item.t && item.t - t < MONTH);
};

/** Every commit of a repository in the order of time, with the suite and the history that it met. */
export function* replay(folder: string, split: string, repo: string): Generator<Replayed> {
  const items = e2eItems(folder, split, repo);
  const universes = e2eUniverses(folder, repo);
  const texts = e2eTexts(folder, repo);
  const log = e2eHistory(folder, repo);
  const everSpecs = new Set([...universes.values()].flatMap((universe) => [...universe.keys()]));
  const isTwin = twinOf(items);
  const history = new SpecHistory();
  const known = new Map<string, SpecWords>();
  let fed = 0;
  for (const item of items) {
    for (let change = log[fed]; change !== undefined && change.t < item.t; change = log[++fed]) {
      if (isTwin(change)) continue;
      const paths = change.f.map((entry) => entry.slice(1));
      history.feed({
        sha: change.sha,
        time: change.t * 1000,
        product: paths.filter((path) => !everSpecs.has(path) && isProduct(path)),
        specs: change.f.filter((entry) => entry[0] !== 'D' && everSpecs.has(entry.slice(1))).map((entry) => entry.slice(1)),
      });
    }
    const specs = [...(universes.get(item.id) ?? [])].map(([path, blob]) => {
      const key = `${blob} ${path}`;
      const words = known.get(key) ?? wordsOfSpec(path, texts.get(blob) ?? '');
      known.set(key, words);
      return words;
    });
    const index = indexSpecs(specs);
    const diff = wordsOfDiff(e2eDiff(item.diff), () => true);
    yield { item, index, diff, ...listsOf(index, diff, history, item.t * 1000) };
  }
}
