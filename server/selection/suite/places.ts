import { fileNameOf, languageOf } from '../../code/languages/index.ts';
import { isVendored } from '../../code/sources.ts';

/** Folders whose name says that what is in them are end-to-end tests, in any language. */
const END_TO_END_FOLDER =
  /(?:^|\/)(?:[\w.]*[-_.])?(?:e2e|end[-_]?(?:to|2)[-_]?end|endtoend|acceptance|browser[-_]?tests?|ui[-_]?tests?|smoke)(?:[-_.][\w.]*)?\//i;
/** Folders that are named after a tool: they may hold helpers for the tool, and unit tests of those. */
const TOOL_FOLDER =
  /(?:^|\/)(?:[\w.]*[-_.])?(?:playwright|cypress|webdriverio|wdio|testcafe|nightwatch|puppeteer|selenium|detox|appium|protractor)(?:[-_.][\w.]*)?\//i;
/** C# projects and Java modules: `Shop.EndToEndTests`, `Shop.UITests`. */
const END_TO_END_MODULE =
  /(?:^|\/)[\w.-]*(?:E2E|EndToEnd|Acceptance|UITests?|UiTests?|Selenium|Playwright|Appium|FunctionalTests?|SystemTests?|SmokeTests?)[\w.-]*\//;
/** Folders that hold end-to-end tests in many repositories and other tests in as many: what is in a file decides. */
const INTEGRATION_FOLDER =
  /(?:^|\/)(?:(?:[\w.]*[-_.])?(?:integrations?|functional)(?:[-_.]?tests?)?|(?:system|api|http|conformance|scenarios?)[-_.]?tests?|(?:tests?|__tests__|specs?)\/(?:system|api|http|conformance|scenarios?))\//i;
const TEST_FOLDER = /(?:^|\/)(?:tests?|specs?|__tests__|features?|testing|[\w.-]+[-_.]tests?|[\w.-]*Tests?)\//;

/** Names of test files by the family of their language. */
const TEST_NAMES: Readonly<Record<string, RegExp>> = {
  typescript:
    /(?:[._-](?:test|tests|spec|specs|cy|e2e|e2e-spec|e2e-test|pw|wdio|it|int|integration|feature|scenario)\.[cm]?[jt]sx?$)|(?:^(?:tests?|spec)\.[cm]?[jt]sx?$)|(?:(?:Test|Spec|E2E)\.[cm]?[jt]sx?$)|(?:^test[-_][\w.-]+\.[cm]?[jt]sx?$)/,
  python: /^test_.*\.py$|_tests?\.py$|^tests?\.py$/,
  ruby: /_(?:spec|test)\.rb$|^test_.*\.rb$/,
  go: /_test\.go$/,
  java: /(?:Tests?|ITs?|IntegrationTest|E2E|Spec|Steps?|TestCase|Case)\.(?:java|kt|groovy|scala)$|^Test\w*\.(?:java|kt|groovy|scala)$/,
  'c-sharp': /(?:Tests?|Spec|Specs|Fixture|Should|Facts?|Scenarios?|E2E|TestCase)\.cs$|^Test\w*\.cs$/,
  php: /(?:Test|Cest|Cept)\.php$/,
};
const FAMILY: Readonly<Record<string, string>> = {
  tsx: 'typescript',
  javascript: 'typescript',
  kotlin: 'java',
  groovy: 'java',
  scala: 'java',
};

/** Languages of tests, by the first that was described; `undefined` for a file that can hold no test. */
export const familyOf = (path: string): string | undefined => {
  const name = fileNameOf(path);
  if (name.endsWith('.feature')) return 'gherkin';
  if (name.endsWith('.bats')) return 'bats';
  if (name.endsWith('.robot')) return 'robot';
  if (name.endsWith('.coffee') || name.endsWith('.d.ts')) return undefined;
  const id = languageOf(path)?.id;
  const family = id === undefined ? undefined : (FAMILY[id] ?? id);
  return family !== undefined && Object.hasOwn(TEST_NAMES, family) ? family : undefined;
};

/** Whether the name of a file says that it holds tests. */
export function isTestName(path: string): boolean {
  const family = familyOf(path);
  if (family === 'gherkin' || family === 'bats' || family === 'robot') return true;
  return family !== undefined && (TEST_NAMES[family]?.test(path.slice(path.lastIndexOf('/') + 1)) ?? false);
}

/** The outermost folder of a path that may hold integration tests of one kind; `undefined` where there is none. */
export function integrationFolder(path: string): string | undefined {
  const found = INTEGRATION_FOLDER.exec(path);
  return found ? path.slice(0, found.index + found[0].length - 1) : undefined;
}

/** How much the folders of a path say. */
export type Place = 'end-to-end' | 'integration' | 'test' | 'other';

/** Folders that hold what a test works on: applications under test, recorded answers, templates. */
const MATERIAL =
  /(?:^|\/)(?:fixtures?|__fixtures__|__mocks__|mocks?|testdata|test[-_]data|test[-_]?apps?|snapshots?|__snapshots__|cassettes|golden|goldens|assets|node_modules|vendor)\//i;

export function placeOf(path: string): Place {
  if (END_TO_END_FOLDER.test(path) || END_TO_END_MODULE.test(path)) return 'end-to-end';
  if (TOOL_FOLDER.test(path) || INTEGRATION_FOLDER.test(path)) return 'integration';
  return TEST_FOLDER.test(path) ? 'test' : 'other';
}

/** Whether a file is what tests work on, and no test. */
export const isMaterial = (path: string): boolean => MATERIAL.test(path);

/** Whether a file can belong to a suite at all. */
export const isOwnFile = (path: string): boolean => !isVendored(path) && familyOf(path) !== undefined;
