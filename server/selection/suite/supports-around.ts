import type { Evidence } from './evidence.ts';
import { folderOf } from './path-patterns.ts';
import { familyOf, isOwnFile, placeOf } from './places.ts';
import type { SuiteSpec, SupportFile } from './suite.ts';

/** Folders and files that belong to a suite by convention, whatever brings them in. */
const CONVENTIONS: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\/)(?:step[-_]?definitions?|step[-_]?defs?)\//i, 'It is in a folder of step definitions.'],
  [/(?:^|\/)features\/support\//, 'Cucumber loads it before the features.'],
  [/(?:^|\/)cypress\/(?:support|plugins|page[-_]?objects?|pages)\//i, 'Cypress loads it before the specs.'],
  [/(?:^|\/)(?:page[-_]?objects?|page[-_]?models?|screen[-_]?objects?)\//i, 'It is in a folder of page objects.'],
];
/** Names of files that may hold step definitions; whether they do is read. */
const STEP_NAME = /(?:step|behat|bdd|glue|context)[^/]*(?:\/|\.\w+$)|(?:^|\/)features?\/|_test\.go$|(?:^|\/)(?:conftest|test_\w+)\.py$/i;
const RSPEC_SUPPORT = /(?:^|\/)spec\/(?:support\/|(?:rails|spec|system|feature|capybara)_helper\.rb$)/;
const DEEPEST = 5;
const MOST = 20_000;

/** Frameworks that share their helpers with unit tests, by folder of specs. */
const isRuby = (specs: readonly SuiteSpec[]): boolean => specs.some(({ path }) => familyOf(path) === 'ruby');

/**
 * Files that specs need, and that are none: what they bring in, what their framework loads by convention, files of their package in Go, and
 * `conftest.py` above them.
 */
export async function supportsAround(
  paths: readonly string[],
  specs: readonly SuiteSpec[],
  evidence: Evidence,
): Promise<readonly SupportFile[]> {
  const isSpec = new Set(specs.map(({ path }) => path));
  const out = new Map<string, SupportFile>();
  const add = (path: string, because: string, shared = false): void => {
    if (!isSpec.has(path) && !out.has(path) && out.size < MOST) out.set(path, { path, because, ...(shared ? { shared } : {}) });
  };
  if (specs.length === 0) return [];
  let open: string[] = specs.map(({ path }) => path);
  const seen = new Set(open);
  for (let depth = 0; depth < DEEPEST && open.length > 0; depth += 1) {
    const next: string[] = [];
    for (const path of open) {
      for (const specifier of (await evidence.signs(path))?.imports ?? []) {
        for (const target of evidence.resolve(path, specifier)) {
          if (seen.has(target) || !isTestSide(target, path, isSpec)) continue;
          seen.add(target);
          const signs = placeOf(target) === 'other' ? await evidence.signs(target) : undefined;
          add(target, `${path} brings it in.`, signs !== undefined && signs.frameworks.length === 0 && !signs.takesBrowser);
          next.push(target);
        }
      }
    }
    open = next;
  }
  const folders = new Set(specs.map(({ path }) => folderOf(path)));
  const hasFeatures = specs.some(({ framework }) => framework === 'cucumber');
  for (const path of paths.filter(isOwnFile)) {
    if (hasFeatures && STEP_NAME.test(path) && (await evidence.signs(path))?.definesSteps) {
      add(path, 'It carries out steps of features.');
      continue;
    }
    const [, because] = CONVENTIONS.find(([pattern], at) => (at > 0 || hasFeatures) && pattern.test(path)) ?? [];
    if (because !== undefined && (placeOf(path) !== 'other' || hasFeatures)) add(path, because);
    else if (RSPEC_SUPPORT.test(path) && isRuby(specs)) add(path, 'RSpec loads it before the specs.');
    else if (familyOf(path) === 'go' && folders.has(folderOf(path)) && placeOf(path) !== 'other')
      add(path, 'It is in a package of end-to-end tests.');
    else if (
      path.endsWith('conftest.py') &&
      specs.some((each) => each.path.startsWith(`${folderOf(path)}/`) && familyOf(each.path) === 'python')
    )
      add(path, 'It holds fixtures of the tests below it.');
  }
  return [...out.values()];
}

const PRODUCT = /(?:^|\/)(?:src|app|apps|lib|libs|server|internal|pkg|cmd|client|web)\//;

/** The module of a Java build that a file is of; `undefined` outside of `src/main` and `src/test`. */
const moduleOf = (path: string): string | undefined => /^(.*?)(?:^|\/)src\/(?:main|test)\//.exec(path)?.[1];

/** Product code that a spec brings in is no part of the suite. A repository that is nothing but a suite has its page objects anywhere. */
function isTestSide(path: string, from: string, isSpec: ReadonlySet<string>): boolean {
  if (isSpec.has(path)) return false;
  const family = familyOf(path);
  // Page objects lie in the module of their tests, the product in others.
  if (family === 'java' && placeOf(path) === 'other' && /(?:^|\/)src\/main\//.test(path) && moduleOf(path) !== moduleOf(from)) return false;
  return (
    placeOf(path) !== 'other' ||
    family === 'java' ||
    family === 'c-sharp' ||
    ((family === 'typescript' || family === 'python' || family === 'ruby') && !PRODUCT.test(path))
  );
}
