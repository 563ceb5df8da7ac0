import { linearPattern } from '../linear-pattern.ts';
import { folderOf, isBelow, joined } from '../path-patterns.ts';
import { isTestName } from '../places.ts';
import type { Framework } from '../suite.ts';
import type { ConfigRecord } from './config-value.ts';
import { codeceptionRunners, cucumberRunners, mochaRunners, pytestRunners, rspecRunners } from './data-runners.ts';
import { anyOf, firstText, globsIn, MOST_PATTERNS, nothing, type RunnerConfig, saidTest, type Test } from './runner-config.ts';

const SCRIPT = String.raw`\.(?:json5?|jsonc|[cm]?[jt]s)$`;
const MOCHA = /(?:^|\/)\.mocharc(?:[.-][\w-]+)*\.(?:ya?ml|jsonc?|[cm]?js)$/i;
/** Names of configuration files by framework. */
const NAMES: readonly (readonly [RegExp, Framework | 'jest'])[] = [
  [new RegExp(`(?:^|/)playwright(?:[.-][\\w-]+)*\\.?config(?:[.-][\\w-]+)*${SCRIPT}`, 'i'), 'playwright'],
  [new RegExp(`(?:^|/)(?:[\\w-]+\\.)*playwright\\.(?:[\\w-]+\\.)*config(?:\\.[\\w-]+)*${SCRIPT}`, 'i'), 'playwright'],
  [new RegExp(`(?:^|/)cypress(?:[.-][\\w-]+)*\\.?config(?:[.-][\\w-]+)*${SCRIPT}|(?:^|/)cypress(?:\\.[\\w-]+)?\\.json$`, 'i'), 'cypress'],
  [
    new RegExp(`(?:^|/)wdio(?:[.-][\\w-]+)*\\.?conf(?:ig)?(?:[.-][\\w-]+)*${SCRIPT}|(?:^|/)wdio\\.[\\w.-]+\\.[cm]?[jt]s$`, 'i'),
    'webdriverio',
  ],
  [new RegExp(`(?:^|/)nightwatch(?:[.-][\\w-]+)*\\.?conf(?:ig)?(?:[.-][\\w-]+)*${SCRIPT}|(?:^|/)nightwatch\\.json$`, 'i'), 'nightwatch'],
  [/(?:^|\/)\.testcaferc\.(?:json|[cm]?js)$/i, 'testcafe'],
  [/(?:^|\/)(?:\.detoxrc(?:\.json|\.[cm]?[jt]s)?|detox(?:[.-][\w-]+)*\.config\.[cm]?[jt]s|detox\.json)$/i, 'detox'],
  [/(?:^|\/)codecept(?:[.-][\w-]+)*\.conf\.[cm]?[jt]s$|(?:^|\/)codecept\.json$/i, 'codeceptjs'],
  [/^(?!.*\/?(?:bin|src|lib)\/)(?:.*\/)?\.?cucumber\.(?:json|ya?ml|[cm]?[jt]s)$/i, 'cucumber'],
  [/(?:^|\/)(?:\.?pytest\.ini|pyproject\.toml|setup\.cfg|tox\.ini)$/, 'pytest'],
  [/(?:^|\/)\.rspec$/, 'capybara'],
  [/(?:^|\/)[\w-]+\.suite(?:\.dist)?\.ya?ml$/, 'codeception'],
  [MOCHA, 'jest'],
  [/(?:^|\/)protractor(?:[.-][\w-]+)*\.?conf(?:ig)?(?:[.-][\w-]+)*\.[cm]?[jt]s$/i, 'selenium'],
  [/(?:^|\/)jest(?:[.-][\w-]+)*(?:\.config)?(?:[.-][\w-]+)*\.(?:json|[cm]?[jt]s)$/i, 'jest'],
  [/(?:^|\/)vitest(?:[.-][\w-]+)*\.config(?:[.-][\w-]+)*\.[cm]?[jt]s$/i, 'jest'],
];
/** Says that a configuration of Jest or Vitest runs end-to-end tests. */
const END_TO_END_NAME = /(?:^|[\\/._-])(?:e2e|end-to-end|acceptance|system|functional|smoke|integration|api)(?:[\\/._-]|$)/i;

/** Files that configure much besides tests, so that their name says nothing. */
export const isGeneralConfig = (path: string): boolean => /(?:^|\/)(?:pyproject\.toml|setup\.cfg|tox\.ini|\.rspec|pytest\.ini)$/.test(path);

/** The framework whose configuration a path is; `undefined` for another file. */
export const configFramework = (path: string): Framework | 'jest' | undefined => NAMES.find(([name]) => name.test(path))?.[1];

/**
 * Whether a saved file may change which files are end-to-end tests, by its name: the configuration of a runner, or a new file that is named like a test.
 * What else decides, such as a helper that begins to drive a browser, shows when everything is looked at again.
 */
export const mayConcernSuite = (path: string, isNew: boolean): boolean => {
  const framework = configFramework(path);
  return (framework !== undefined && framework !== 'jest') || (isNew && isTestName(path));
};

/** Whether a configuration of a runner for tests of all kinds is one for end-to-end tests, by its name. */
export const isEndToEndName = (path: string): boolean => END_TO_END_NAME.test(path);

const EVERYTHING: readonly string[] = [];
const JEST_DEFAULT = ['**/__tests__/**/*.[jt]s?(x)', '**/*.@(spec|test).?([cm])[jt]s?(x)'];
function playwright(path: string, record: ConfigRecord): RunnerConfig[] {
  const home = folderOf(path);
  const DEFAULT = linearPattern(String.raw`[._-]?(?:test|spec)\.[cm]?[jt]sx?$`);
  const dependedOn = new Set(
    record.records('projects').flatMap((project) => [...project.said('dependencies').texts, ...project.said('teardown').texts]),
  );
  const projects = record.records('projects');
  const shared = { testDir: firstText(record, 'testDir'), takes: (folder: string) => saidTest(record, folder, ['testMatch'], true) };
  const globals = ['globalSetup', 'globalTeardown'].flatMap((key) => record.said(key).texts).map((text) => joined(home, text));
  return (projects.length > 0 ? projects : [record]).map((project) => {
    const ownDir = firstText(project, 'testDir') ?? shared.testDir;
    const base = (ownDir === undefined ? home : joined(home, ownDir)) ?? home;
    const match = saidTest(project, base, ['testMatch'], true) ?? shared.takes(base);
    const ignores = [project, record].map((each) => saidTest(each, base, ['testIgnore'], true) ?? nothing);
    const isSetUpProject = dependedOn.has(firstText(project, 'name') ?? '');
    const takes: Test = (file) =>
      isBelow(file, base) && (match ? match(file) : (DEFAULT?.test(file) ?? false)) && !ignores.some((ignored) => ignored(file));
    const isOwnSetUp = match !== undefined && isSetUpProject;
    return {
      framework: 'playwright',
      path,
      base,
      takes: isOwnSetUp ? nothing : takes,
      isSetUp: (file) => globals.some((each) => each !== undefined && file.startsWith(each)) || (isOwnSetUp && takes(file)),
      baseUrls: [project, record].flatMap((each) => each.records('use').flatMap((use) => use.said('baseURL').texts)),
      explicit: ownDir !== undefined || match !== undefined,
    };
  });
}

function cypress(path: string, record: ConfigRecord): RunnerConfig[] {
  const home = folderOf(path);
  const ends = record.has('e2e') ? record.records('e2e') : record.has('component') && !record.has('specPattern') ? [] : [record];
  return ends.map((end) => {
    const folder = firstText(end, 'integrationFolder');
    const old = folder !== undefined || path.endsWith('.json');
    const base = old ? (joined(home, folder ?? 'cypress/integration') ?? home) : home;
    const match = saidTest(end, old ? base : home, old ? ['testFiles', 'specPattern'] : ['specPattern'], old);
    const byDefault = old
      ? anyOf(globsIn(base, ['**/*.{js,jsx,ts,tsx,coffee,feature}'], false))
      : anyOf(globsIn(home, ['cypress/e2e/**/*.cy.{js,jsx,ts,tsx}'], false));
    const ignored = saidTest(end, home, ['excludeSpecPattern', 'ignoreTestFiles'], true) ?? nothing;
    const supportFiles = end.said('supportFile').texts.map((text) => joined(home, text));
    return {
      framework: 'cypress',
      path,
      base,
      takes: (file) => isBelow(file, base) && (match ?? byDefault)(file) && !ignored(file),
      isSetUp: (file) => supportFiles.includes(file),
      baseUrls: [...end.said('baseUrl').texts, ...record.said('baseUrl').texts],
      explicit: match !== undefined,
    };
  });
}

/** Where tests go that name no host: of WebdriverIO, TestCafe and Protractor, of environments of Nightwatch, and of helpers of CodeceptJS. */
const urlsOf = (record: ConfigRecord): readonly string[] => {
  const inner = ['test_settings', 'helpers']
    .flatMap((key) => record.records(key))
    .flatMap((each) => each.keys().flatMap((name) => each.records(name)));
  return [
    ...[record, ...inner].flatMap((each) => ['baseUrl', 'launch_url', 'launchUrl'].flatMap((key) => each.said(key).texts)),
    ...record
      .records('helpers')
      .flatMap((each) => each.keys().flatMap((name) => each.records(name).flatMap((helper) => helper.said('url').texts))),
  ];
};

/** Tools whose configuration lists globs, or folders that hold nothing else. */
function listed(
  framework: Framework,
  path: string,
  record: ConfigRecord,
  keys: readonly string[],
  excludes: readonly string[],
): RunnerConfig[] {
  const home = folderOf(path);
  const globs = keys.flatMap((key) => [
    ...record.said(key).texts,
    // Suites of WebdriverIO: `suites: { login: ['a.js'] }`.
    ...(key === 'suites' ? record.records(key).flatMap((suite) => suite.keys().flatMap((name) => suite.said(name).texts)) : []),
  ]);
  const baseUrls = urlsOf(record);
  if (globs.length === 0)
    return baseUrls.length === 0 ? [] : [{ framework, path, base: home, takes: nothing, isSetUp: nothing, baseUrls, explicit: false }];
  const withFolders = globs.flatMap((glob) => (/[*?{]|\.\w{2,7}$/.test(glob) ? [glob] : [`${glob.replace(/\/$/, '')}/**/*`]));
  const takes = anyOf(globsIn(home, withFolders, false));
  const ignored = saidTest(record, home, excludes, false) ?? nothing;
  // Nightwatch: which files of its folders are tests, and where it finds page objects and commands.
  const [filter] = record
    .records('test_settings')
    .flatMap((each) => each.records('default'))
    .flatMap((each) => saidTest(each, '', ['filter'], true) ?? []);
  const helpers = ['page_objects_path', 'custom_commands_path', 'custom_assertions_path', 'globals_path']
    .flatMap((key) => record.said(key).texts)
    .filter((text) => text !== '')
    .map((text) => joined(home, text));
  const bases = withFolders.map((glob) => joined(home, glob.replace(/\/?[^/]*[*?{[].*$/, '')) ?? home);
  return [
    {
      framework,
      path,
      base: bases.length === 1 ? (bases[0] ?? home) : home,
      takes: (file) => takes(file) && !ignored(file) && (filter?.(file) ?? true),
      isSetUp: (file) => helpers.some((folder) => folder !== undefined && isBelow(file, folder)),
      baseUrls,
      explicit: true,
    },
  ];
}

/** Jest and Vitest, with `rootDir` and `roots`. */
function jest(path: string, record: ConfigRecord, framework: Framework | 'jest'): RunnerConfig[] {
  const home = folderOf(path);
  const inner = [record, ...record.records('test'), ...record.records('projects')];
  return inner.flatMap((each) => {
    const root = joined(home, firstText(each, 'rootDir', 'root', 'dir') ?? '.') ?? home;
    const keys = ['testMatch', 'include'];
    const patterns = each.said('testRegex');
    const sources = [...patterns.texts, ...patterns.patterns.map(({ source }) => source)];
    const byGlob = saidTest(each, root, keys, true);
    if (!byGlob && sources.length === 0 && each !== record) return [];
    const byPattern = anyOf(sources.map((source) => linearPattern(source.replace('<rootDir>', ''))));
    const byDefault = anyOf(globsIn(root, JEST_DEFAULT, false));
    const ignores = [...each.said('testPathIgnorePatterns').texts, ...each.said('exclude').texts];
    const ignored = anyOf(ignores.slice(0, MOST_PATTERNS).map((source) => linearPattern(source.replace('<rootDir>', ''))));
    const set = ['setupFiles', 'setupFilesAfterEnv', 'globalSetup', 'globalTeardown', 'setupFilesAfterEach'];
    const setUps = set.flatMap((key) => each.said(key).texts).map((text) => joined(root, text.replace('<rootDir>', '.')));
    const test: Test = (file) =>
      (sources.length > 0 && byPattern(`/${file}`)) || (byGlob ? byGlob(file) : sources.length === 0 && byDefault(file));
    return [
      {
        framework,
        path,
        base: root,
        takes: (file) => isBelow(file, root) && test(file) && !ignored(`/${file}`),
        isSetUp: (file) => setUps.some((setUp) => setUp === file),
        baseUrls: EVERYTHING,
        explicit: byGlob !== undefined || sources.length > 0,
      },
    ];
  });
}

/** The configuration of Jest that one of Detox names; of older ones in `runner-config`. */
export const detoxRunner = (path: string, record: ConfigRecord): string | undefined => {
  const args = record.records('testRunner').flatMap((runner) => runner.records('args'));
  const named = [
    ...args.flatMap((each) => each.said('config').texts),
    ...record.said('runnerConfig').texts,
    ...record.said('runner-config').texts,
  ];
  const [first] = named;
  return first === undefined ? undefined : joined(folderOf(path), first);
};

/** What a configuration gives to its tool; a list because a tool may have several projects. */
export function runnersOf(framework: Framework | 'jest', path: string, record: ConfigRecord): readonly RunnerConfig[] {
  switch (framework) {
    case 'playwright':
      return playwright(path, record);
    case 'cypress':
      return cypress(path, record);
    case 'webdriverio':
      return listed(framework, path, record, ['specs', 'suites'], ['exclude']);
    case 'nightwatch':
      return listed(framework, path, record, ['src_folders'], ['exclude']);
    case 'testcafe':
      return listed(framework, path, record, ['src'], []);
    case 'codeceptjs':
      return listed(framework, path, record, ['tests'], []);
    case 'selenium':
      return listed(framework, path, record, ['specs', 'suites'], ['exclude']);
    case 'pytest':
      return pytestRunners(path, record);
    case 'capybara':
      return rspecRunners(path, record);
    case 'cucumber':
      return cucumberRunners(path, record);
    case 'codeception':
      return codeceptionRunners(path, record);
    case 'jest':
      return MOCHA.test(path) || record.has('spec') ? mochaRunners(path, record) : jest(path, record, framework);
    case 'detox':
      return jest(path, record, framework);
    default:
      return [];
  }
}
