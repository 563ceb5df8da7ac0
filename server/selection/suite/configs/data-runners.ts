import { folderOf, isBelow, joined } from '../path-patterns.ts';
import type { ConfigRecord } from './config-value.ts';
import { anyOf, firstText, globsIn, nothing, type RunnerConfig, saidTest, type Test } from './runner-config.ts';

const words = (texts: readonly string[]): string[] => texts.flatMap((text) => text.split(/[\s,]+/)).filter((word) => word !== '');

const PYTEST_SECTIONS = ['tool.pytest.ini_options', 'tool.pytest', 'pytest', 'tool:pytest'];
/** What pytest takes where nothing is said. */
const PYTHON_FILES = ['test_*.py', '*_test.py'];

/** pytest: `pytest.ini`, `pyproject.toml`, `setup.cfg`, `tox.ini`. Says which files are tests at all, not which of them are end-to-end tests. */
export function pytestRunners(path: string, record: ConfigRecord): RunnerConfig[] {
  const home = folderOf(path);
  return PYTEST_SECTIONS.flatMap((name) => record.records(name)).map((section) => {
    const said = words(section.said('python_files').texts);
    const folders = words(section.said('testpaths').texts).flatMap((text) => joined(home, text) ?? []);
    const named = anyOf(globsIn('', said.length > 0 ? said.map((glob) => (glob.includes('/') ? glob : `**/${glob}`)) : PYTHON_FILES, true));
    const [only] = folders;
    return {
      framework: 'pytest',
      path,
      base: folders.length === 1 && only !== undefined && !/[*?[]/.test(only) ? only : home,
      takes: (file) => file.endsWith('.py') && isBelow(file, home) && named(file),
      isSetUp: nothing,
      baseUrls: [
        ...words(section.said('base_url').texts),
        ...section.said('addopts').texts.flatMap((text) => /--base-url[=\s]+(\S+)/.exec(text)?.[1] ?? []),
      ],
      explicit: said.length > 0,
    };
  });
}

/** RSpec: `--pattern` and `--exclude-pattern` of `.rspec`. */
export function rspecRunners(path: string, record: ConfigRecord): RunnerConfig[] {
  const home = folderOf(path);
  const globs = [...record.said('pattern').texts, ...record.said('P').texts].flatMap((text) => text.split(',')).map((glob) => glob.trim());
  if (globs.length === 0) return [];
  const base = firstText(record, 'default-path') ?? 'spec';
  const taken = anyOf([...globsIn(home, globs, false), ...globsIn(joined(home, base) ?? home, globs, false)]);
  const ignored = saidTest(record, home, ['exclude-pattern'], false) ?? nothing;
  return [
    {
      framework: 'capybara',
      path,
      base: joined(home, base) ?? home,
      takes: (file) => file.endsWith('.rb') && taken(file) && !ignored(file),
      isSetUp: nothing,
      baseUrls: [],
      explicit: true,
    },
  ];
}

/** Cucumber: the features that profiles name, as `paths` or among the arguments of a line. */
export function cucumberRunners(path: string, record: ConfigRecord): RunnerConfig[] {
  const folder = folderOf(path);
  // Cucumber is started above `config/cucumber.yml`.
  const home = folder === 'config' || folder.endsWith('/config') ? folderOf(folder) : folder;
  const profiles = [record, ...record.keys().flatMap((key) => record.records(key))];
  const named = profiles.flatMap((profile) => profile.said('paths').texts);
  const lines = record
    .keys()
    .flatMap((key) => record.said(key).texts.filter((text) => text.includes(' ') || /\.feature$|^features/.test(text)));
  const inLines = lines.flatMap((line) =>
    line
      .replace(/(?:--?(?:r|require|require-module|import|format|f|tags|t|profile|p|out|o)[= ]\s*)\S+/g, '')
      .split(/\s+/)
      .filter((word) => !word.startsWith('-') && /\.feature(?::\d+)*$|(?:^|\/)features?(?:\/|$)/.test(word)),
  );
  const globs = [...named, ...inLines].map((glob) => glob.replace(/(?::\d+)+$/, ''));
  if (globs.length === 0) return [];
  const takes = anyOf(
    globsIn(
      home,
      globs.map((glob) => (glob.endsWith('.feature') ? glob : `${glob.replace(/\/+$/, '')}/**/*.feature`)),
      false,
    ),
  );
  const required = profiles.flatMap((profile) => [...profile.said('require').texts, ...profile.said('import').texts]);
  const prepares: Test = anyOf(globsIn(home, required, false));
  return [{ framework: 'cucumber', path, base: home, takes, isSetUp: prepares, baseUrls: [], explicit: true }];
}

/** Mocha: `spec`, `ignore`, and what is loaded before the tests. */
export function mochaRunners(path: string, record: ConfigRecord): RunnerConfig[] {
  const home = folderOf(path);
  const globs = record
    .said('spec')
    .texts.map((glob) => (/[*?{]|\.\w{2,4}$/.test(glob) ? glob : `${glob.replace(/\/$/, '')}/**/*.{js,cjs,mjs,ts}`));
  if (globs.length === 0) return [];
  const takes = anyOf(globsIn(home, globs, false));
  const ignored = saidTest(record, home, ['ignore', 'exclude'], false) ?? nothing;
  const before = [...record.said('require').texts, ...record.said('file').texts].filter((text) => text.startsWith('.'));
  const setUps = before.flatMap((text) => joined(home, text) ?? []);
  return [
    {
      framework: 'jest',
      path,
      base: home,
      takes: (file) => takes(file) && !ignored(file),
      isSetUp: (file) => setUps.some((setUp) => file === setUp || file.startsWith(`${setUp}.`)),
      baseUrls: [],
      explicit: true,
    },
  ];
}

/** Modules of Codeception that talk to a running application. */
const TALKS = /^(?:WebDriver|PhpBrowser|REST|Selenium\w*|AngularJS|SOAP)$/;

/** Codeception: a suite `acceptance.suite.yml` holds what is in the folder of its name, and runs end to end where a module drives a browser or sends requests. */
export function codeceptionRunners(path: string, record: ConfigRecord): RunnerConfig[] {
  const home = folderOf(path);
  const name = /([\w-]+)\.suite(?:\.dist)?\.ya?ml$/.exec(path)?.[1];
  if (name === undefined) return [];
  const modules = record.records('modules');
  const enabled = modules.flatMap((each) => [
    ...each.said('enabled').texts,
    ...each.records('enabled').flatMap((inner) => [...inner.keys()]),
    ...each.records('config').flatMap((inner) => [...inner.keys()]),
  ]);
  if (!enabled.some((module) => TALKS.test(module))) return [];
  const folder = (joined(home, firstText(record, 'path') ?? name) ?? home).toLowerCase();
  const urls = modules.flatMap((each) =>
    [...each.records('enabled'), ...each.records('config')].flatMap((inner) =>
      inner.keys().flatMap((key) => inner.records(key).flatMap((options) => options.said('url').texts)),
    ),
  );
  return [
    {
      framework: 'codeception',
      path,
      base: folder,
      takes: (file) => /(?:Cest|Cept|Test)\.php$|\.feature$/.test(file) && isBelow(file.toLowerCase(), folder),
      isSetUp: nothing,
      baseUrls: urls,
      explicit: true,
    },
  ];
}
