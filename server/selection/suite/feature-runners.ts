import { isVendored } from '../../code/sources.ts';
import type { ReadFile } from './suite.ts';

/** Files that list what a project depends on. */
const MANIFEST =
  /(?:^|\/)(?:package\.json|Gemfile(?:\.lock)?|[\w.-]+\.gemspec|pom\.xml|build\.gradle(?:\.kts)?|libs\.versions\.toml|build\.sbt|[\w.-]+\.csproj|Directory\.Packages\.props|packages\.config|requirements[\w.-]*\.(?:txt|in)|pyproject\.toml|setup\.(?:py|cfg)|Pipfile|tox\.ini|go\.mod|composer\.json|Cargo\.toml|mix\.exs)$/;
const RUNNERS =
  /\b(?:cucumber|behave|pytest-bdd|radish-bdd|lettuce|aloe|specflow|reqnroll|xunit\.gherkin|lightbdd|godog|behat|karate|playwright-bdd|jest-cucumber|cabbage|white_bread|codeception|serenity|gauge|gherkin|turnip|spinach|calabash|jgiven|jbehave|cukes|@badeball)/i;
const CONVENTION =
  /(?:^|\/)(?:step[-_]?definitions?|step[-_]?defs?)\/|(?:^|\/)features\/(?:steps|support|environment\.py)|(?:^|\/)(?:behave\.ini|behat\.ya?ml(?:\.dist)?|\.?cucumber\.(?:json|ya?ml|[cm]?js)|config\/cucumber\.yml|reqnroll\.json|specflow\.json|karate-config\.js)$|[sS]teps?\.(?:cs|java|kt|scala|groovy)$/;
const MOST_MANIFESTS = 500;

/**
 * Whether something in a repository can run features in Gherkin: step definitions, a configuration, or a dependency. Features that nothing runs
 * describe a behaviour and are no tests. Where no list of dependencies is there to say so, they count.
 */
export async function runsFeatures(paths: readonly string[], read: ReadFile): Promise<boolean> {
  const own = paths.filter((path) => !isVendored(path));
  if (!own.some((path) => path.endsWith('.feature'))) return false;
  if (own.some((path) => CONVENTION.test(path))) return true;
  // Lock files are vendored by their names, and Gemfile.lock names what a gem brings along.
  const manifests = own.filter((path) => MANIFEST.test(path)).slice(0, MOST_MANIFESTS);
  for (const path of manifests) if (RUNNERS.test((await read(path))?.slice(0, 200_000) ?? '')) return true;
  return manifests.length === 0;
}
