import type { SuiteSpec } from '../suite/suite.ts';

/** A tool that runs tests, as a line of a shell calls it. */
export interface TestRunner {
  readonly call: RegExp;
  /** Whether it can run a spec. */
  readonly runs: (spec: SuiteSpec) => boolean;
  /** Options that give paths of specs; those that stand alone do, too. */
  readonly pathOption?: string;
}

const of =
  (...frameworks: readonly string[]) =>
  ({ framework }: SuiteSpec): boolean =>
    frameworks.includes(framework) || framework === 'declared';
const OWN_SCRIPT = new Set(['playwright', 'cypress', 'webdriverio', 'testcafe', 'nightwatch', 'codeceptjs', 'cucumber']);
const ending =
  (pattern: RegExp, except: ReadonlySet<string> = new Set()) =>
  ({ path, framework }: SuiteSpec): boolean =>
    framework === 'declared' || (pattern.test(path) && !except.has(framework));

/** Whichever of them a line calls, generously: what may run a spec is taken to run it. */
export const RUNNERS: readonly TestRunner[] = [
  { call: /\bplaywright(?:@\S+)?\s+test\b/, runs: ending(/\.(?:[cm]?[jt]sx?|feature|md)$/, new Set(['cypress'])) },
  {
    call: /\bcypress(?:@\S+)?\s+(?:run|open)\b|\bcypress-(?:parallel|repeat|split|cloud)\b|\bcy2\b|\bsorry-cypress\b/,
    runs: of('cypress', 'cucumber'),
    pathOption: '--spec',
  },
  { call: /\bwdio\b/, runs: of('webdriverio', 'cucumber', 'appium'), pathOption: '--spec' },
  { call: /\bnightwatch\b/, runs: of('nightwatch', 'cucumber') },
  { call: /\btestcafe\b/, runs: of('testcafe', 'cucumber') },
  { call: /\b(?:codeceptjs|codecept)\s+run/, runs: of('codeceptjs', 'codeception', 'cucumber') },
  { call: /\bdetox\s+test\b/, runs: of('detox') },
  { call: /\bprotractor\b|\bng\s+(?:e2e|test)\b/, runs: ending(/\.[cm]?[jt]sx?$/) },
  {
    call: /\b(?:jest|vitest|mocha|ava|jasmine|tap|uvu|karma|test-storybook|lab)\b(?![-/.@])|\bnode\s+(?:\S+\s+)*--test\b|\b(?:react-scripts|deno|bun|vp|tsdx|razzle|craco)\s+test\b/,
    runs: ending(/\.[cm]?[jt]sx?$/, OWN_SCRIPT),
  },
  { call: /\bcucumber(?:-js)?\b(?!\/)|\bbehave\b|\blettuce\b|\bgodog\b|\breqnroll\b/, runs: of('cucumber') },
  {
    call: /\b(?:rspec|parallel_rspec|turbo_tests|flatware|knapsack|parallel_test|minitest|spring\s+rspec)\b|\b(?:rails|rake)\s+\S*(?:test|spec|default|ci|feature|cucumber)|\b(?:bundle\s+exec\s+|bin\/)rake\s*(?:$|[;&|])/,
    runs: ending(/\.(?:rb|feature)$/),
  },
  {
    call: /\b(?:pytest|py\.test|tox|nox|nosetests|unittest|hatch\s+(?:run\s+)?\S*test|manage\.py\s+test|robot|pabot)\b/,
    runs: ending(/\.(?:py|feature|robot)$/),
  },
  {
    call: /\b(?:mvnw?|gradlew?|sbt|ant|mill|lein)\b|\bmvnd\b|\bbazel(?:isk)?\s+test\b/,
    runs: ending(/\.(?:java|kt|groovy|scala|feature)$/),
  },
  { call: /\bdotnet\s+test\b|\bvstest\b|\bnunit\S*|\bxunit\S*|\b(?:nuke|cake)\b/i, runs: ending(/\.(?:cs|feature)$/) },
  {
    call: /\bgo\s+test\b|\bgotestsum\b|\bginkgo\b|\bgotest\b|\brichgo\s+test\b|\bbazel(?:isk)?\s+test\b/,
    runs: ending(/\.(?:go|feature)$/),
  },
  { call: /\bbats\b(?!-)/, runs: ending(/\.bats$/) },
  {
    call: /\b(?:phpunit|pest|paratest|behat|codecept)\b|\bartisan\s+(?:test|dusk)\b|\bcomposer\s+(?:run\s+|run-script\s+)?\S*test/,
    runs: ending(/\.(?:php|feature)$/),
  },
];

/** The beginning of a line that may run tests in a way that nobody knows here. */
export const MAY_TEST =
  /^(?:\S+\s+){0,4}?\S*(?:\b(?:tests?|e2e|specs?|integration|acceptance|smoke|cypress|playwright|tox|nox|bazel(?:isk)?|task|just|mage|earthly|dagger|rake|invoke|inv|fastlane|ctest|moon|selenium)\b|--abort-on-container-exit|--exit-code-from)/i;
/** Lines that compare, define or report, and are no commands. */
export const NO_COMMAND =
  /^\w+=(?!\S*\s+[\w./]+\s)|^["'[({}\])]|^\w+\s*\(\)|^\$[({]+\s*(?:call|info|warning|error|shell|eval)\b|^[\w.]+\(|^(?:const|let|var|function|import)\s/;
/** Lines that prepare, look at or report something. */
export const NO_TEST =
  /^\s*(?:\w+=\S*\s+)*(?:sudo\s+)?(?:echo|printf|cat|ls|cd|cp|mv|rm|mkdir|tar|zip|unzip|grep|sed|awk|jq|yq|find|git|gh|curl|wget|export|set|env|source|apt(?:-get)?|brew|apk|yum|pip3?|gem|docker\s+(?:build|login|pull|push|tag|save|load|images|ps|logs|buildx)|tsc|eslint|biome|prettier|stylelint|rubocop|ruff|black|mypy|flake8|golangci-lint|shellcheck|hadolint|codecov|sonar\S*|wait-on|sleep|kill|if|then|else|fi|for|do|done|while|case|esac|test|\[|\[\[|exit|return|true|false|:|#|\}|\{|\)|\w+=|nyc\s+(?:report|merge)|npm\s+(?:ci|i|install|config|publish|audit|cache|version|pack)|yarn(?:\s+install\b.*|\s*$)|yarn\s+(?:config|cache|add|set|--version)|pnpm\s+(?:i|install|add|config|store|fetch|publish)|bun\s+(?:i|install)|(?:npx\s+|yarn\s+|pnpm\s+(?:exec\s+|dlx\s+)?|bunx\s+)?(?:npm\s+exec\s+\S.*--\s+)?(?:playwright|cypress)(?:@\S+)?\s+(?:install|install-deps|verify|cache|info|version|merge-reports|show-report|--version)|(?:bundle|composer|poetry|uv|pipenv|dotnet|cargo|go|helm|kubectl|kind|minikube|terraform|aws|gcloud|az)\s+(?!test|run|exec|make)\S+)(?:\s|$)/;
