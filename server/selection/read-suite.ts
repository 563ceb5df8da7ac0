import type { ChangeSet, Repository } from '../git/index.ts';
import { createMatcher } from '../knowledge/discovery/globs.ts';
import type { DeclaredTest } from '../knowledge/links/links.ts';
import type { TestFile } from '../model/selection.ts';
import type { RecordedRun } from '../model/test-runs.ts';
import { calibrationOf, type PastCommit } from './gate/confidence.ts';
import { MOST_REPLAYED, replayPast } from './gate/past.ts';
import { SpecHistory } from './ranking/spec-history.ts';
import { indexSpecs, wordsOfSpec } from './ranking/spec-index.ts';
import { ownReasons } from './runs/own-reasons.ts';
import type { RecordLink } from './runs/record-links.ts';
import type { Calibration, SuiteKnowledge } from './select.ts';
import type { SpecLabels } from './suite/labels.ts';
import { isTestName } from './suite/places.ts';
import type { Suite } from './suite/suite.ts';

/** What a repository says of its end-to-end tests, read from it. */
export interface SuiteSources {
  readonly suite: Suite;
  /** Texts of the specs by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** Titles and tags of the specs by path. Default: specs are called by their file names, and have no tags. */
  readonly labels?: ReadonlyMap<string, SpecLabels>;
  /** Commits, newest first. */
  readonly changes: readonly ChangeSet[];
  /** Shas of the contents of all files at HEAD, by path; empty without commits. */
  readonly blobs: ReadonlyMap<string, string>;
  readonly repository?: Repository | undefined;
  /** Patterns of paths that cannot reach a test, in .gitignore syntax. */
  readonly inert: readonly string[];
  /** Commits that were replayed before, by sha. */
  readonly replayed: ReadonlyMap<string, PastCommit>;
  /** Seconds that specs take, by path. */
  readonly durations: ReadonlyMap<string, number>;
  /** Links between tests and code that people declared. Default: none. */
  readonly links?: readonly DeclaredTest[];
  /** Tests that records name for code that they apply to. Default: none. */
  readonly recordLinks?: readonly RecordLink[];
  /** Recorded runs, the oldest first. Default: none. */
  readonly runs?: readonly RecordedRun[];
}

const COMPARES_PICTURES =
  /toHaveScreenshot|toMatchImageSnapshot|matchImageSnapshot|compareSnapshot|percySnapshot|argosScreenshot|checkFullPageScreen|assert_matches_screenshot|assert_snapshot|happoScreenshot|eyesCheckWindow/;

const OPENS_STORIES = /iframe\.html\?[^\s"'`]{0,60}id=|storybook/i;

/** Whether a file lies in the folder of a spec or below it, or in one beside it: fixtures stand next to specs. Specs at the root have no folder. */
const besideOf = (specs: readonly string[]): ((path: string) => boolean) => {
  const folders = new Set<string>();
  for (const path of specs) {
    const parts = path.split('/').slice(0, -1);
    const root = parts.findIndex((part) => /^(?:e2e|cypress|playwright|integration|features|system|acceptance|tests?|specs?)/i.test(part));
    if (parts.length > 0) folders.add(parts.slice(0, root < 0 ? parts.length : root + 1).join('/'));
  }
  return (path) => path.split('/').some((_, at, parts) => folders.has(parts.slice(0, at).join('/')));
};

const GENERIC_ROOT = /(?:^|\/)(?:tests?|specs?|integration)$/i;

/**
 * Whether a file lies in a folder below that of the tests (`tests/unit` beside `tests/e2e`) that holds tests, and none of the suite. What holds none serves
 * the suite, as far as anybody can say.
 * @param paths all files of the repository
 */
export const amongOthers = (specs: readonly string[], paths: Iterable<string>): ((path: string) => boolean) => {
  const below = (path: string): string[] => {
    const parts = path.split('/').slice(0, -1);
    return parts.flatMap((_, at) => (at > 0 && GENERIC_ROOT.test(parts.slice(0, at).join('/')) ? [parts.slice(0, at + 1).join('/')] : []));
  };
  const own = new Set(specs.flatMap(below));
  const others = new Set<string>();
  const roots = new Set(
    specs.flatMap((path) =>
      path
        .split('/')
        .map((_, at, parts) => parts.slice(0, at).join('/'))
        .filter((folder) => GENERIC_ROOT.test(folder)),
    ),
  );
  for (const path of paths)
    if (isTestName(path))
      for (const folder of below(path)) if (!own.has(folder) && roots.has(folder.slice(0, folder.lastIndexOf('/')))) others.add(folder);
  return (path) => below(path).some((folder) => others.has(folder));
};

/** Everything that selection needs, from what a repository says. */
export async function suiteKnowledge(
  sources: SuiteSources,
  signal?: AbortSignal,
): Promise<{ readonly knowledge: SuiteKnowledge; readonly replayed: ReadonlyMap<string, PastCommit> }> {
  const { suite, texts, labels, changes, blobs, repository, inert, replayed, durations, links = [], recordLinks = [], runs = [] } = sources;
  const specs = new Set(suite.specs.map(({ path }) => path));
  const supports = new Set(suite.supports.map(({ path }) => path));
  const shared = new Set(suite.supports.flatMap((one) => (one.shared ? [one.path] : [])));
  const index = indexSpecs([...specs].map((path) => wordsOfSpec(path, texts.get(path) ?? '')));
  const past = repository
    ? await replayPast({
        repository,
        changes,
        isSpec: (path) => specs.has(path),
        specs: new Map([...blobs].filter(([path]) => specs.has(path))),
        known: replayed,
        signal,
      })
    : undefined;
  const calibration: Calibration = past
    ? { offset: calibrationOf([...past.commits.values()]), commits: Math.min(MOST_REPLAYED, past.commits.size) }
    : { offset: 0, commits: 0 };
  const matcher = createMatcher(inert, { braces: true });
  const tests = new Map(
    suite.specs.map(({ path, framework }): [string, TestFile] => {
      const { title = path.slice(path.lastIndexOf('/') + 1), tags = [], tagsOfAll = [] } = labels?.get(path) ?? {};
      return [path, { path, framework, title, tags, ...(tagsOfAll.length > 0 ? { tagsOfAll } : {}) }];
    }),
  );
  return {
    knowledge: {
      tests,
      index,
      history: past?.history ?? new SpecHistory(),
      now: changes[0]?.time ?? 0,
      paths: {
        isSpec: (path) => specs.has(path),
        isSupport: (path) => supports.has(path),
        isShared: (path) => shared.has(path),
        besideSpecs: besideOf([...specs]),
        amongOtherTests: amongOthers([...specs], blobs.keys()),
        declaredInert: (path) => matcher.match(path),
        comparesPictures: index.specs.some(({ text }) => COMPARES_PICTURES.test(text)),
        opensStories: index.specs.some(({ text }) => OPENS_STORIES.test(text)),
      },
      calibration,
      importersOf: () => new Map(),
      durations,
      own: ownReasons(texts, links, runs, recordLinks),
    },
    replayed: past?.commits ?? new Map(),
  };
}
