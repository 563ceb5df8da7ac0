import { isTest } from '../../code/roles.ts';
import { isVendored } from '../../code/sources.ts';

/** What lies beside specs: page objects, steps, fixtures, mocks, stories, snapshots and the settings of runners. */
const TEST_FOLDER =
  /(?:^|\/)(?:tests?|specs?|__\w+__|e2e|cypress|playwright|detox|fixtures?|test-?data|mocks?|test_?-?(?:utils?|helpers?|support)|testing(?:_support)?|step_?definitions|stories|\.?storybook|snapshots)\//i;
const TEST_NAME =
  /[._-](?:tests?|specs?|cy|e2e|stories|story|mock)\.[a-z]+$|(?:^|\/)(?:test_[^/]*|conftest)\.py$|\.(?:snap|feature|bats)$/i;
const RUNNER = /(?:^|\/)(?:cypress|playwright|jest|vitest|detox|codecept|wdio|nightwatch)[^/]*\.(?:config|json|[cm]?[jt]s)[^/]*$/i;
const BINARY = /\.(?:png|jpe?g|gif|svg|ico|webp|avif|woff2?|ttf|otf|eot|pdf|mp[34]|webm|zip|gz|tgz|map|lock|docx?|xlsx?)$/i;

/** Whether a file is on the side of the tests: a test of any kind, or what serves tests. What it changes says which test changed, not which is affected. */
export const isTestSide = (path: string): boolean => isTest(path) || TEST_FOLDER.test(path) || TEST_NAME.test(path) || RUNNER.test(path);

/** Answers of services, data and modules that stand in for others, in the code of the product: people develop and test against them. */
const DOUBLE = /(?:^|\/)(?:mocks?|msw|stubs?|fakes?|fixtures?|test-?doubles?)\/|[._-]mock\.[a-z]+$/i;
const OF_UNIT_TESTS = /(?:^|\/)(?:tests?|specs?|__\w+__|test-?data|unit-?tests?)\/|[._-](?:tests?|specs?)\.[a-z]+$|(?:^|\/)src\/test\//i;

/** Whether a file on the side of the tests stands in for a part of the product, or for a service that it uses, outside of unit tests. */
export const isTestDouble = (path: string): boolean => DOUBLE.test(path) && !OF_UNIT_TESTS.test(path);

/** Whether a file is a story of Storybook, or sets Storybook up. */
export const isStory = (path: string): boolean => /[._-](?:stories|story)\.[a-z]+$|(?:^|\/)(?:stories|\.?storybook)\//i.test(path);

/** Whether a file holds words of the product: not on the side of the tests, nobody's own (vendored, lock files), no picture or archive. */
export const isProduct = (path: string): boolean => !isTestSide(path) && !isVendored(path) && !BINARY.test(path);
