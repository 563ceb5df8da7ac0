import type { Evidence } from './evidence.ts';
import { folderOf } from './path-patterns.ts';
import { familyOf, isOwnFile, placeOf } from './places.ts';
import type { SuiteSpec, SupportFile } from './suite.ts';

/** Folders and files that belong to a suite by convention, whatever brings them in. */
const CONVENTIONS: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\/)(?:step[-_]?definitions?|step[-_]?defs?|steps)\//i, 'It is in a folder of step definitions.'],
  [/(?:^|\/)features\/support\//, 'Cucumber loads it before the features.'],
  [/(?:^|\/)cypress\/(?:support|plugins|page[-_]?objects?|pages)\//i, 'Cypress loads it before the specs.'],
  [/(?:^|\/)(?:page[-_]?objects?|page[-_]?models?|screen[-_]?objects?)\//i, 'It is in a folder of page objects.'],
];
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
  const out = new Map<string, string>();
  const add = (path: string, because: string): boolean => {
    if (isSpec.has(path) || out.has(path) || out.size >= MOST) return false;
    out.set(path, because);
    return true;
  };
  if (specs.length === 0) return [];
  let open: string[] = specs.map(({ path }) => path);
  const seen = new Set(open);
  for (let depth = 0; depth < DEEPEST && open.length > 0; depth += 1) {
    const next: string[] = [];
    for (const path of open) {
      for (const specifier of (await evidence.signs(path))?.imports ?? []) {
        for (const target of evidence.resolve(path, specifier)) {
          if (seen.has(target) || !isTestSide(target, isSpec)) continue;
          seen.add(target);
          add(target, `${path} brings it in.`);
          next.push(target);
        }
      }
    }
    open = next;
  }
  const folders = new Set(specs.map(({ path }) => folderOf(path)));
  const hasFeatures = specs.some(({ framework }) => framework === 'cucumber');
  for (const path of paths.filter(isOwnFile)) {
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
  return [...out].map(([path, because]) => ({ path, because }));
}

/** Product code that a spec brings in is no part of the suite. */
const isTestSide = (path: string, isSpec: ReadonlySet<string>): boolean =>
  !isSpec.has(path) && (placeOf(path) !== 'other' || ['java', 'c-sharp'].includes(familyOf(path) ?? ''));
