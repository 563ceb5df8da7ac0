import { type ChangeSet, type Repository, readObjects, readPatches } from '../../git/index.ts';
import { isProduct } from '../paths/sides.ts';
import { wordsOfDiff } from '../ranking/diff-words.ts';
import { rankSpecs } from '../ranking/rank.ts';
import { SpecHistory, type SuiteCommit } from '../ranking/spec-history.ts';
import { indexSpecs, type SpecWords, wordsOfSpec } from '../ranking/spec-index.ts';
import { cutsOf, type PastCommit } from './confidence.ts';

/** So many of the newest commits that changed code of the product and specs say how sure a ranking is. */
export const MOST_REPLAYED = 60;
/** A commit that changes more specs than this renames or reformats them. */
const MOST_SPECS = 8;
const MOST_PATCH_BYTES = 40_000_000;
const MOST_SPEC_BYTES = 500_000;

/** A commit as the history of the suite counts it. */
const suiteCommit = (
  { sha, time, changes }: ChangeSet,
  isSpec: (path: string) => boolean,
  ofProduct: (path: string) => boolean,
): SuiteCommit => ({
  sha,
  time,
  product: changes.map(({ path }) => path).filter((path) => !isSpec(path) && ofProduct(path)),
  specs: changes.filter(({ after, path }) => after !== undefined && isSpec(path)).map(({ path }) => path),
});

/** Existing specs that a commit changed; none where the commit tells nothing. */
const changedSpecs = (
  { changes }: ChangeSet,
  isSpec: (path: string) => boolean,
  ofProduct: (path: string) => boolean,
): readonly string[] => {
  const specs = changes.filter(({ path, before, after }) => isSpec(path) && before !== undefined && after !== undefined);
  const hasProduct = changes.some(({ path }) => !isSpec(path) && ofProduct(path));
  return hasProduct && specs.length <= MOST_SPECS ? specs.map(({ path }) => path) : [];
};

export interface PastOptions {
  readonly repository: Repository;
  /** Newest first. */
  readonly changes: readonly ChangeSet[];
  readonly isSpec: (path: string) => boolean;
  /** Shas of the contents of the specs at HEAD, by path. */
  readonly specs: ReadonlyMap<string, string>;
  /** Commits that were replayed before, by sha. */
  readonly known: ReadonlyMap<string, PastCommit>;
  readonly signal?: AbortSignal | undefined;
}

/** What is known of the past of a suite. */
export interface Past {
  readonly history: SpecHistory;
  /** The replayed commits, by sha. */
  readonly commits: ReadonlyMap<string, PastCommit>;
}

/** The suite before each of the wanted commits: shas of contents by path. Goes back from HEAD and takes every change back. */
const suitesBefore = (
  { changes, isSpec, specs }: PastOptions,
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlyMap<string, string>> => {
  const suites = new Map<string, ReadonlyMap<string, string>>();
  const suite = new Map(specs);
  for (const { sha, changes: list } of changes) {
    for (const { path, before } of list.filter((change) => isSpec(change.path))) {
      if (before === undefined) suite.delete(path);
      else suite.set(path, before);
    }
    if (wanted.has(sha)) suites.set(sha, new Map(suite));
    if (suites.size === wanted.size) break;
  }
  return suites;
};

/**
 * Replays the newest commits that changed code and specs: ranks the suite as it was before each, by the history before each, and looks how many of the
 * first specs hold all that the commit changed. These are free labels of the repository's own. Commits of a partial clone are not replayed.
 */
export async function replayPast(options: PastOptions): Promise<Past> {
  const { repository, changes, isSpec, known, signal } = options;
  const judged = new Map<string, boolean>();
  // The same paths come again in commit after commit.
  const ofProduct = (path: string): boolean => {
    const is = judged.get(path) ?? isProduct(path);
    judged.set(path, is);
    return is;
  };
  const usable = changes.filter((change) => changedSpecs(change, isSpec, ofProduct).length > 0).slice(0, MOST_REPLAYED);
  const missing = repository.partial ? [] : usable.filter(({ sha }) => !known.has(sha)).map(({ sha }) => sha);
  const wanted = new Set(missing);
  const suites = suitesBefore(options, wanted);
  const [patches, texts] = await Promise.all([
    readPatches(repository, missing, MOST_PATCH_BYTES, signal),
    readObjects(
      repository,
      [...suites.values()].flatMap((suite) => [...suite.values()]),
      MOST_SPEC_BYTES,
      signal,
    ),
  ]);
  const history = new SpecHistory();
  const commits = new Map(usable.flatMap(({ sha }) => (known.has(sha) ? [[sha, known.get(sha) as PastCommit]] : [])));
  const words = new Map<string, SpecWords>();
  for (const change of [...changes].reverse()) {
    const suite = suites.get(change.sha);
    const patch = patches.get(change.sha);
    if (suite && patch) {
      signal?.throwIfAborted();
      const index = indexSpecs(
        [...suite].map(([path, blob]) => {
          const key = `${blob} ${path}`;
          const spec = words.get(key) ?? wordsOfSpec(path, texts.get(blob) ?? '');
          words.set(key, spec);
          return spec;
        }),
      );
      const isChanged = new Set(changedSpecs(change, isSpec, ofProduct));
      const ranking = rankSpecs(
        index,
        wordsOfDiff(patch, (path) => !isSpec(path) && ofProduct(path)),
        history,
        change.time,
      );
      const needed = ranking.order.reduce((last, at, rank) => (isChanged.has(index.specs[at]?.path ?? '') ? rank + 1 : last), 0);
      if (needed > 0) commits.set(change.sha, { cuts: cutsOf(ranking.gate), needed });
    }
    history.feed(suiteCommit(change, isSpec, ofProduct));
  }
  return { history, commits };
}
