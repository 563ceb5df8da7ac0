import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testCommands } from '../../server/selection/running/commands.ts';
import type { RunnableSpec } from '../../server/selection/running/runner.ts';
import type { Framework } from '../../server/selection/suite/suite.ts';
import { commandText } from '../../server/text/command-text.ts';

interface Case {
  readonly title: string;
  readonly framework: Framework;
  readonly specs: readonly string[];
  readonly files?: readonly string[];
  readonly texts?: Readonly<Record<string, string>>;
  readonly config?: string;
  readonly command?: string;
  /** As typed into a shell. */
  readonly expected: readonly string[];
}

const commandsOf = ({ framework, specs, files = [], texts = {}, config, command }: Omit<Case, 'title' | 'expected'>) =>
  testCommands(
    specs.map((path): RunnableSpec => ({ path, framework, config, command })),
    { files: new Set([...specs, ...files, ...Object.keys(texts)]), text: (path) => texts[path] },
  );

const DEPENDING = (...names: string[]): string => JSON.stringify({ devDependencies: Object.fromEntries(names.map((name) => [name, '1'])) });
const GO_TESTS = (...names: string[]): string => `package e2e\n${names.map((name) => `func ${name}(t *testing.T) {}\n`).join('')}`;

const CASES: readonly Case[] = [
  {
    title: 'Playwright in the folder of its configuration',
    framework: 'playwright',
    specs: ['e2e/tests/a.spec.ts', 'e2e/tests/b c.spec.ts'],
    config: 'e2e/playwright.config.ts',
    expected: ["(cd e2e && npx playwright test tests/a.spec.ts 'tests/b c.spec.ts')"],
  },
  {
    title: 'Playwright with a configuration of another name, and brackets in a path that is a regular expression there',
    framework: 'playwright',
    specs: ['tests/[id]/page+edit.spec.ts'],
    config: 'playwright.smoke.config.ts',
    expected: ["npx playwright test --config playwright.smoke.config.ts 'tests/\\[id\\]/page\\+edit.spec.ts'"],
  },
  {
    title: 'Playwright where Yarn keeps packages in archives',
    framework: 'playwright',
    specs: ['a.spec.ts'],
    files: ['.pnp.cjs', 'playwright.config.ts'],
    config: 'playwright.config.ts',
    expected: ['yarn playwright test a.spec.ts'],
  },
  {
    title: 'the library of Playwright under Jest',
    framework: 'playwright',
    specs: ['e2e/a.test.js'],
    texts: { 'package.json': DEPENDING('jest', 'playwright'), 'e2e/a.test.js': "const { chromium } = require('playwright');" },
    expected: ['npx jest --runTestsByPath e2e/a.test.js'],
  },
  {
    title: 'Cypress with one list',
    framework: 'cypress',
    specs: ['web/cypress/e2e/a.cy.ts', 'web/cypress/e2e/b.cy.ts'],
    config: 'web/cypress.config.ts',
    expected: ['(cd web && npx cypress run --spec cypress/e2e/a.cy.ts,cypress/e2e/b.cy.ts)'],
  },
  {
    title: 'WebdriverIO with the configuration that takes the specs',
    framework: 'webdriverio',
    specs: ['test/a.e2e.ts', 'test/b.e2e.ts'],
    config: 'config/wdio.shared.conf.ts',
    expected: ['(cd config && npx wdio run wdio.shared.conf.ts --spec ../test/a.e2e.ts --spec ../test/b.e2e.ts)'],
  },
  {
    title: 'Nightwatch',
    framework: 'nightwatch',
    specs: ['tests/a.js', 'tests/b.js'],
    config: 'nightwatch.conf.js',
    expected: ['npx nightwatch tests/a.js tests/b.js'],
  },
  {
    title: 'Detox',
    framework: 'detox',
    specs: ['e2e/a.test.js', 'e2e/b.test.js'],
    config: '.detoxrc.js',
    expected: ['npx detox test e2e/a.test.js e2e/b.test.js'],
  },
  {
    title: 'TestCafe with a browser, which it needs',
    framework: 'testcafe',
    specs: ['a.js'],
    config: '.testcaferc.json',
    expected: ['npx testcafe chrome a.js'],
  },
  {
    title: 'CodeceptJS, which takes one file, in a process for each',
    framework: 'codeceptjs',
    specs: ['a_test.js', 'b_test.js'],
    config: 'codecept.conf.js',
    expected: ['npx codeceptjs run a_test.js', 'npx codeceptjs run b_test.js'],
  },
  {
    title: 'tests of an interface by what they import',
    framework: 'api',
    specs: ['tests/api/a.test.ts'],
    texts: { 'tests/api/a.test.ts': "import { test } from 'vitest';", 'package.json': DEPENDING('mocha') },
    expected: ['npx vitest run tests/api/a.test.ts'],
  },
  {
    title: 'tests of an interface by what the package depends on',
    framework: 'api',
    specs: ['apps/api/test/a.e2e-spec.ts'],
    texts: { 'apps/api/package.json': DEPENDING('supertest', 'jest') },
    config: 'apps/api/test/jest-e2e.json',
    expected: ['(cd apps/api/test && npx jest --config jest-e2e.json --runTestsByPath a.e2e-spec.ts)'],
  },
  {
    title: 'a configuration of Jest in package.json, which it finds by itself',
    framework: 'puppeteer',
    specs: ['e2e/a.test.js'],
    texts: { 'package.json': DEPENDING('jest') },
    config: 'package.json',
    expected: ['npx jest --runTestsByPath e2e/a.test.js'],
  },
  {
    title: "Node's own runner",
    framework: 'process',
    specs: ['test/cli.test.mjs'],
    texts: { 'test/cli.test.mjs': "import test from 'node:test';", 'package.json': '{}' },
    expected: ['node --test test/cli.test.mjs'],
  },
  {
    title: 'pytest',
    framework: 'pytest',
    specs: ['tests/e2e/test_a.py', 'tests/e2e/test_b.py'],
    expected: ['pytest tests/e2e/test_a.py tests/e2e/test_b.py'],
  },
  {
    title: 'pytest in the environment of uv, from the folder of its project',
    framework: 'selenium',
    specs: ['services/shop/tests/test_ui.py'],
    files: ['services/shop/pyproject.toml', 'uv.lock'],
    expected: ['(cd services/shop && uv run pytest tests/test_ui.py)'],
  },
  {
    title: 'RSpec through Bundler',
    framework: 'capybara',
    specs: ['spec/system/a_spec.rb', 'spec/system/b_spec.rb'],
    files: ['Gemfile'],
    expected: ['bundle exec rspec spec/system/a_spec.rb spec/system/b_spec.rb'],
  },
  {
    title: 'system tests of Rails',
    framework: 'capybara',
    specs: ['test/system/a_test.rb'],
    files: ['Gemfile', 'bin/rails'],
    expected: ['bin/rails test test/system/a_test.rb'],
  },
  {
    title: 'Go by the functions of its files, one process for each package, with the tags that its files need',
    framework: 'go',
    specs: ['e2e/a_test.go', 'e2e/b_test.go', 'e2e/tls/c_test.go'],
    files: ['go.mod'],
    texts: {
      'e2e/a_test.go': `//go:build e2e && linux && !short\n\n${GO_TESTS('TestA')}`,
      'e2e/b_test.go': `//go:build e2e\n\n${GO_TESTS('TestB', 'TestB2')}`,
      'e2e/tls/c_test.go': GO_TESTS('TestC'),
    },
    expected: ["go test ./e2e -run '^(TestA|TestB|TestB2)$' -tags e2e -count=1", "go test ./e2e/tls -run '^(TestC)$' -count=1"],
  },
  {
    title: 'Go as a whole package, where a file has only methods of a suite',
    framework: 'go',
    specs: ['e2e/a_test.go'],
    files: ['e2e/go.mod'],
    texts: { 'e2e/a_test.go': 'func (s *Suite) TestA() {}' },
    expected: ['(cd e2e && go test . -count=1)'],
  },
  {
    title: 'Ginkgo by its files',
    framework: 'ginkgo',
    specs: ['test/e2e/a_test.go', 'test/e2e/b_test.go'],
    files: ['go.mod'],
    expected: ['ginkgo --focus-file a_test.go --focus-file b_test.go ./test/e2e'],
  },
  { title: 'Bats', framework: 'bats', specs: ['test/a.bats', 'test/b.bats'], expected: ['bats test/a.bats test/b.bats'] },
  { title: 'Robot', framework: 'robot', specs: ['test/a.robot'], expected: ['robot test/a.robot'] },
  {
    title: 'features with steps in JavaScript',
    framework: 'cucumber',
    specs: ['features/a.feature', 'features/b.feature'],
    files: ['cucumber.js'],
    expected: ['npx cucumber-js features/a.feature features/b.feature'],
  },
  {
    title: 'features with steps in Ruby',
    framework: 'cucumber',
    specs: ['features/a.feature'],
    files: ['Gemfile'],
    expected: ['bundle exec cucumber features/a.feature'],
  },
  {
    title: 'features with steps in Python, from the folder above them',
    framework: 'cucumber',
    specs: ['shop/features/a.feature'],
    files: ['shop/features/steps/shop.py', 'package.json'],
    expected: ['(cd shop && behave features/a.feature)'],
  },
  {
    title: 'features with steps in Java',
    framework: 'cucumber',
    specs: ['src/test/resources/a.feature', 'src/test/resources/b.feature'],
    files: ['pom.xml'],
    expected: ['mvn test -Dcucumber.features=src/test/resources/a.feature,src/test/resources/b.feature'],
  },
  {
    title: 'features that Cypress runs',
    framework: 'cypress',
    specs: ['cypress/e2e/a.feature'],
    config: 'cypress.config.js',
    expected: ['npx cypress run --spec cypress/e2e/a.feature'],
  },
  {
    title: 'Maven in a module, with the wrapper',
    framework: 'selenium',
    specs: ['web/src/test/java/shop/LoginTest.java', 'web/src/test/java/shop/CartTest.java'],
    files: ['pom.xml', 'mvnw', 'web/pom.xml'],
    expected: [
      './mvnw test -pl web -am -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false -Dtest=LoginTest,CartTest',
    ],
  },
  {
    title: 'integration tests of Maven',
    framework: 'selenium',
    specs: ['src/test/java/LoginIT.java'],
    files: ['pom.xml'],
    expected: ['mvn verify -Dit.test=LoginIT'],
  },
  {
    title: 'Gradle by source set and class',
    framework: 'playwright',
    specs: ['web/ui/src/e2eTest/kotlin/shop/LoginTest.kt'],
    files: ['settings.gradle.kts', 'gradlew', 'web/ui/build.gradle.kts'],
    texts: { 'web/ui/src/e2eTest/kotlin/shop/LoginTest.kt': 'package shop\n\nclass LoginTest' },
    expected: ['./gradlew :web:ui:e2eTest --tests shop.LoginTest'],
  },
  {
    title: 'C# by class',
    framework: 'selenium',
    specs: ['tests/Shop.E2E/LoginTests.cs', 'tests/Shop.E2E/Cart/CartTests.cs'],
    files: ['tests/Shop.E2E/Shop.E2E.csproj'],
    expected: ["dotnet test tests/Shop.E2E/Shop.E2E.csproj --filter 'FullyQualifiedName~.LoginTests.|FullyQualifiedName~.CartTests.'"],
  },
  {
    title: 'Dusk',
    framework: 'dusk',
    specs: ['tests/Browser/ATest.php', 'tests/Browser/BTest.php'],
    files: ['composer.json'],
    expected: ['php artisan dusk tests/Browser/ATest.php', 'php artisan dusk tests/Browser/BTest.php'],
  },
  {
    title: 'what lintel.yaml says, with the paths at its end',
    framework: 'declared',
    specs: ['checks/a.check.ts', 'checks/b.check.ts'],
    command: 'SHOP_URL="http://localhost:3000" npm run checks --',
    expected: ['SHOP_URL=http://localhost:3000 npm run checks -- checks/a.check.ts checks/b.check.ts'],
  },
  {
    title: 'what lintel.yaml says, with the paths where it wants them',
    framework: 'playwright',
    specs: ['a.spec.ts', 'b.spec.ts'],
    config: 'playwright.config.ts',
    command: "make 'SPECS={specs}' e2e",
    expected: ['make SPECS=a.spec.ts,b.spec.ts e2e'],
  },
  {
    title: 'what lintel.yaml says, for one spec each',
    framework: 'declared',
    specs: ['a.sh', 'b.sh'],
    command: 'bash {spec} --verbose',
    expected: ['bash a.sh --verbose', 'bash b.sh --verbose'],
  },
];

describe('a command of lintel.yaml that names {report}', () => {
  it('writes its results there in the Test Explorer, and to a plain file where somebody types it', () => {
    const { commands } = commandsOf({
      framework: 'declared',
      specs: ['a.sh'],
      command: 'REPORT={report} bash run.sh --out={report} {specs}',
    });
    expect(commands).toMatchObject([
      {
        args: ['run.sh', '--out=test-report.xml', 'a.sh'],
        environment: { REPORT: 'test-report.xml' },
        report: { format: 'junit', args: ['run.sh', '--out={report}', 'a.sh'], environment: { REPORT: '{report}' } },
      },
    ]);
  });
});

describe('specs are run', () => {
  it.each(CASES)('$title', ({ expected, ...given }) => {
    const { commands, without } = commandsOf(given);
    expect(commands.map((command) => commandText(command))).toEqual(expected);
    expect(without).toEqual([]);
    expect(commands.flatMap(({ specs }) => specs).sort()).toEqual([...given.specs].sort());
  });

  it.each([
    ['a command of a shell', 'declared', 'a.ts', 'npm run build && npm test', 'is run without a shell, so "&&" means nothing'],
    ['a quote that does not end', 'declared', 'a.ts', 'npm run "build', 'has a quote that does not end'],
    ['variables alone', 'declared', 'a.ts', 'CI=1', 'names no program'],
    ['no project of C#', 'selenium', 'LoginTests.cs', undefined, 'There is no .csproj around it.'],
    ['no build of Java', 'selenium', 'LoginTest.java', undefined, 'There is neither a pom.xml nor a build.gradle'],
    ['nothing that says what runs a test', 'api', 'test/api/a.test.js', undefined, 'Nothing around it says what runs it.'],
    ['a feature that pytest runs', 'pytest', 'features/a.feature', undefined, 'A test of pytest runs this feature'],
  ] as const)('not with %s, and the reason is said', (_, framework, path, command, reason) => {
    const { commands, without } = commandsOf({ framework, specs: [path], ...(command === undefined ? {} : { command }) });
    expect(commands).toEqual([]);
    expect(without).toEqual([{ path, reason: expect.stringContaining(reason) }]);
  });

  it('in several processes where one command line would be too long for Windows', () => {
    const specs = Array.from({ length: 2_000 }, (_, at) => `e2e/tests/a-name-of-usual-length-${at}.spec.ts`);
    const { commands } = commandsOf({ framework: 'playwright', specs, config: 'e2e/playwright.config.ts' });
    expect(commands.length).toBeGreaterThan(1);
    for (const command of commands) expect(commandText(command).length).toBeLessThan(32_000);
    expect(commands.flatMap((command) => command.specs)).toEqual(specs);
  });

  it('with a report where the runner writes one: what is printed stays, and the file is said apart', () => {
    const { commands } = commandsOf({ framework: 'playwright', specs: ['a.spec.ts'], config: 'playwright.config.ts' });
    expect(commands[0]?.args).toEqual(['playwright', 'test', 'a.spec.ts']);
    expect(commands[0]?.report).toEqual({
      format: 'playwright-json',
      args: ['playwright', 'test', 'a.spec.ts', '--reporter=list,json'],
      environment: { PLAYWRIGHT_JSON_OUTPUT_NAME: '{report}', PLAYWRIGHT_JSON_OUTPUT_FILE: '{report}' },
    });
  });

  it('with a path that begins with a dash as a path, not as an option', () => {
    expect(commandsOf({ framework: 'pytest', specs: ['-x.py'] }).commands[0]?.args).toEqual(['./-x.py']);
    expect(commandsOf({ framework: 'bats', specs: ['--help.bats'] }).commands[0]?.args).toEqual(['./--help.bats']);
  });
});

describe('a command as text', () => {
  it('is read by a shell as the arguments that it was made of, whatever they hold', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit: 'grapheme' }).filter((text) => text !== '' && !text.includes('\0')),
          { minLength: 1 },
        ),
        (args) => {
          const text = commandText({ command: 'run', args, cwd: '' });
          expect(unquoted(text)).toEqual(['run', ...args]);
        },
      ),
    );
  });

  it('is for PowerShell and cmd where that is asked for', () => {
    expect(commandText({ command: 'npx', args: ['a b.ts', 'say"x"'], cwd: 'my tests' }, true)).toBe(
      'cd "my tests"; npx "a b.ts" "say\\"x\\""',
    );
  });
});

/** Words of a line as sh reads them: single quotes, and a quote behind a backslash. */
const unquoted = (line: string): string[] => {
  const words: string[] = [];
  let word = '';
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === "'") {
      const end = line.indexOf("'", at + 1);
      word += line.slice(at + 1, end);
      at = end;
    } else if (line[at] === '\\') {
      at += 1;
      word += line[at];
    } else if (line[at] === ' ') {
      words.push(word);
      word = '';
    } else word += line[at];
  }
  return [...words, word];
};
