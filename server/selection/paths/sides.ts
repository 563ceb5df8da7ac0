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

/** Whether a file holds words of the product: not on the side of the tests, nobody's own (vendored, lock files), no picture or archive. */
export const isProduct = (path: string): boolean => !isTestSide(path) && !isVendored(path) && !BINARY.test(path);
