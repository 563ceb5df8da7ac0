import { createMatcher } from '../../knowledge/discovery/globs.ts';
import type { SuiteSetting } from '../../knowledge/discovery/test-settings.ts';
import { readConfigs } from './configs/configs.ts';
import type { RunnerConfig } from './configs/runner-config.ts';
import { createEvidence, type Evidence } from './evidence.ts';
import { runsFeatures } from './feature-runners.ts';
import { moduleResolver } from './modules.ts';
import { folderOf } from './path-patterns.ts';
import { familyOf, integrationFolder, isMaterial, isOwnFile, isTestName, placeOf } from './places.ts';
import type { Framework, ReadFile, Suite, SuiteFramework, SuiteSpec, SupportFile } from './suite.ts';
import { supportsAround } from './supports-around.ts';
import { type Judging, verdictOf } from './verdict.ts';

/** Files that are read to find the suite; more are counted as left out. */
const MOST_READ = 30_000;
/** From this share of its tests on, a folder of integration tests is one of tests against a running system. */
const MOST_OF_THEM = 0.5;
/** How many tests of an integration folder are looked at to judge it. */
const SAMPLE = 200;

/** What a suite is found with beside the texts. */
export interface DiscoveryOptions {
  /** What `lintel.yaml` says; default: nothing. */
  readonly settings?: readonly SuiteSetting[];
}

const byPath = (a: { readonly path: string }, b: { readonly path: string }): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);

/** Reads each file once, and never throws. */
function reading(read: ReadFile): ReadFile {
  const known = new Map<string, Promise<string | undefined>>();
  return (path) => {
    const before = known.get(path) ?? read(path).catch(() => undefined);
    // Most files are asked for once; configurations and conftest.py are asked for again.
    if (/(?:json|config|conf|conftest)[\w.]*$/.test(path)) known.set(path, before);
    return before;
  };
}

async function integrationFolders(paths: readonly string[], evidence: Evidence): Promise<(path: string) => 'api' | 'process' | undefined> {
  const folders = new Map<string, string[]>();
  for (const path of paths) {
    const folder = familyOf(path) === 'typescript' && !isMaterial(path) ? integrationFolder(path) : undefined;
    if (folder === undefined) continue;
    const list = folders.get(folder);
    if (list) list.push(path);
    else folders.set(folder, [path]);
  }
  const does = new Map<string, 'api' | 'process'>();
  for (const [folder, files] of folders) {
    let tests = 0;
    let http = 0;
    let processes = 0;
    for (const path of files.slice(0, SAMPLE)) {
      const signs = await evidence.signs(path);
      if (!signs?.hasTests) continue;
      tests += 1;
      // A test that replaces what it talks to runs without it.
      const reach = signs.speaksHttp || signs.startsProcesses ? signs : await evidence.reach(path);
      if (reach.speaksHttp) http += 1;
      else if (reach.startsProcesses) processes += 1;
    }
    if (tests > 0 && (http + processes) / tests >= MOST_OF_THEM) does.set(folder, http >= processes ? 'api' : 'process');
  }
  return (path) => {
    const folder = integrationFolder(path);
    return folder === undefined ? undefined : does.get(folder);
  };
}

/** Packages of Go with a file that starts processes or containers, or that brings in a helper of the tests that does. */
async function goFolders(paths: readonly string[], evidence: Evidence): Promise<(folder: string) => boolean> {
  const starting = new Set<string>();
  for (const path of paths) {
    if (familyOf(path) !== 'go' || starting.has(folderOf(path)) || placeOf(path) === 'other') continue;
    if ((await evidence.reach(path)).startsProcesses) starting.add(folderOf(path));
  }
  return (folder) => starting.has(folder);
}

/** A path whose text may decide: named like a test, in a folder of tests, or taken by a configuration. */
const isCandidate = (path: string, runners: readonly RunnerConfig[]): boolean => {
  if (!isOwnFile(path)) return false;
  const family = familyOf(path);
  if (family === 'gherkin' || family === 'bats' || family === 'robot') return !isMaterial(path);
  if (family === 'go') return path.endsWith('_test.go') || placeOf(path) !== 'other';
  if (isTestName(path) || ((family === 'python' || family === 'ruby' || family === 'php') && runners.some((runner) => runner.takes(path))))
    return true;
  const place = placeOf(path);
  if (family === 'typescript')
    return place !== 'other' || runners.some((runner) => runner.framework !== 'jest' && (runner.takes(path) || runner.isSetUp(path)));
  return (family === 'java' || family === 'c-sharp' || family === 'php') && place !== 'other';
};

interface Declared {
  readonly of: (path: string) => SuiteSpec | undefined;
  readonly isExcluded: (path: string) => boolean;
}

function declaredBy(settings: readonly SuiteSetting[]): Declared {
  const entries = settings.map((setting) => ({
    setting,
    takes: createMatcher(setting.globs, { braces: true }),
    leaves: createMatcher(setting.exclude, { braces: true }),
  }));
  return {
    of: (path) => {
      for (const { setting, takes, leaves } of entries) {
        const pattern = takes.match(path);
        if (pattern === undefined || leaves.decide(path) === true) continue;
        const tags = setting.tags.length > 0 ? { tags: setting.tags } : {};
        return { path, framework: 'declared', because: `"tests" in lintel.yaml names it: ${pattern}`, config: 'lintel.yaml', ...tags };
      }
      return undefined;
    },
    isExcluded: (path) => entries.some(({ leaves }) => leaves.decide(path) === true),
  };
}

function frameworksOf(
  specs: readonly SuiteSpec[],
  files: ReadonlyMap<Framework, readonly string[]>,
  runners: readonly RunnerConfig[],
): SuiteFramework[] {
  const names = [...new Set([...specs.map(({ framework }) => framework), ...files.keys()])].sort();
  return names.map((framework) => ({
    framework,
    configs: [...(files.get(framework) ?? [])].sort(),
    baseUrls: [...new Set(runners.filter((runner) => runner.framework === framework).flatMap(({ baseUrls }) => baseUrls))].sort(),
    specs: specs.filter((each) => each.framework === framework).length,
  }));
}

/**
 * Finds the end-to-end tests of a repository by what their frameworks say: configurations read as data, imports, names and folders. Unit tests
 * stay out. Runs nothing, needs no git, and never rejects: a file that cannot be read is no spec.
 * @param paths all files of the repository, relative, with forward slashes
 * @param read gives the text of one of them
 */
export async function discoverSuite(paths: readonly string[], read: ReadFile, { settings = [] }: DiscoveryOptions = {}): Promise<Suite> {
  const ordered = [...new Set(paths)].sort();
  const once = reading(read);
  const resolve = await moduleResolver(ordered, once);
  const { runners, files } = await readConfigs(ordered, once, resolve);
  const evidence = createEvidence(once, resolve);
  const declared = declaredBy(settings);
  const wanted = ordered.filter((path) => isCandidate(path, runners));
  const candidates = wanted.slice(0, MOST_READ);
  const known = new Set(ordered);
  const judging: Judging = {
    exists: (path) => known.has(path),
    evidence,
    runsFeatures: await runsFeatures(ordered, once),
    runners,
    integration: await integrationFolders(candidates, evidence),
    startsProcesses: await goFolders(ordered.filter(isOwnFile).slice(0, MOST_READ), evidence),
  };
  const specs = new Map<string, SuiteSpec>();
  const supports = new Map<string, SupportFile>();
  for (const path of ordered) {
    const own = declared.of(path);
    if (own) specs.set(path, own);
  }
  for (const path of candidates) {
    if (declared.isExcluded(path)) continue;
    const signs = await evidence.signs(path);
    const verdict = signs && (await verdictOf(path, signs, judging));
    if (verdict?.role === 'support') supports.set(path, { path, because: verdict.because });
    if (verdict?.role !== 'spec' || (isMaterial(path) && verdict.config === undefined)) continue;
    const { framework, because, config } = verdict;
    const before = specs.get(path);
    // What people declare stays, with the framework that runs it.
    specs.set(path, before ? { ...before, framework } : { path, framework, because, ...(config === undefined ? {} : { config }) });
  }
  for (const path of specs.keys()) supports.delete(path);
  const list = [...specs.values()].sort(byPath);
  for (const support of await supportsAround(ordered, list, evidence)) if (!supports.has(support.path)) supports.set(support.path, support);
  return {
    specs: list,
    supports: [...supports.values()].sort(byPath),
    frameworks: frameworksOf(list, files, runners),
    leftOut: wanted.length - candidates.length,
  };
}
