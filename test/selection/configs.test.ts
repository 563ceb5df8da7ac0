import { describe, expect, it } from 'vitest';
import { readConfigs } from '../../server/selection/suite/configs/configs.ts';

/** Which of the paths a configuration takes, by the framework that it belongs to. */
async function taken(config: string, text: string, paths: readonly string[], scripts: Readonly<Record<string, string>> = {}) {
  const files = new Map([
    [config, text],
    ['package.json', JSON.stringify({ scripts })],
  ]);
  const { runners, files: found } = await readConfigs(
    [...files.keys()],
    async (path) => files.get(path),
    () => [],
  );
  const [runner] = runners;
  return {
    framework: runner?.framework,
    takes: paths.filter((path) => runners.some((one) => one.takes(path))),
    setUp: paths.filter((path) => runners.some((one) => one.isSetUp(path))),
    urls: runners.flatMap(({ baseUrls }) => baseUrls),
    found: [...found.keys()],
  };
}

describe('a configuration of values is read as data', () => {
  it.each([
    ['pytest.ini', '[pytest]\ntestpaths = tests e2e\npython_files =\n    check_*.py\n    *_spec.py\n'],
    [
      'app/pyproject.toml',
      '[tool.black]\nline-length = 100\n\n[tool.pytest.ini_options]\npython_files = [\n  "check_*.py", # ours\n  "*_spec.py",\n]\n',
    ],
    ['setup.cfg', '[metadata]\nname = shop\n\n[tool:pytest]\npython_files = check_*.py *_spec.py\n'],
    ['tox.ini', '[tox]\nenvlist = py\n\n[pytest]\n; ours\npython_files: check_*.py *_spec.py\n'],
  ])('%s says how files of pytest are named', async (path, text) => {
    const paths = ['app/e2e/check_cart.py', 'app/cart_spec.py', 'app/test_cart.py', 'app/check.py'];
    expect(await taken(path, text, paths)).toMatchObject({ framework: 'pytest', takes: ['app/e2e/check_cart.py', 'app/cart_spec.py'] });
  });

  it('a pyproject.toml without a section of pytest belongs to no framework', async () => {
    expect(await taken('pyproject.toml', '[project]\nname = "shop"\n', ['test_a.py'])).toMatchObject({ found: [], takes: [] });
  });

  it('.rspec says how specs are named', async () => {
    const text = '--require spec_helper\n--pattern "spec/**/*_scenario.rb"\n';
    expect(await taken('.rspec', text, ['spec/system/cart_scenario.rb', 'spec/system/cart_spec.rb'])).toMatchObject({
      framework: 'capybara',
      takes: ['spec/system/cart_scenario.rb'],
    });
  });

  it.each([
    ['cucumber.yml', 'default: --publish-quiet --require features/support checks/cart.feature:12 features/\n'],
    ['config/cucumber.yml', "default: <%= std_opts %> features --tags 'not @wip'\nci: checks/cart.feature\n"],
    ['cucumber.yaml', 'default:\n  paths: ["features/**/*.feature", "checks/cart.feature"]\n'],
  ])('%s says which features run', async (path, text) => {
    const paths = ['features/a/cart.feature', 'checks/cart.feature', 'docs/cart.feature'];
    expect(await taken(path, text, paths)).toMatchObject({
      framework: 'cucumber',
      takes: ['features/a/cart.feature', 'checks/cart.feature'],
    });
  });

  it('a .mocharc of end-to-end tests, by its name or by the script that names it, says which files run and what prepares them', async () => {
    const text = 'spec:\n  - checks/**/*.check.js\nignore: checks/old/**\nrequire: ["./checks/set-up.js", "ts-node/register"]\n';
    const paths = ['checks/cart.check.js', 'checks/old/cart.check.js', 'checks/set-up.js'];
    const expected = { takes: ['checks/cart.check.js'], setUp: ['checks/set-up.js'] };
    expect(await taken('.mocharc.e2e.yml', text, paths)).toMatchObject(expected);
    expect(
      await taken('mocha/browser.yml', text.replaceAll('checks', '../checks').replace('./../', '../'), paths, {
        'test:e2e': 'mocha --config mocha/browser.yml',
      }),
    ).toMatchObject({
      takes: ['checks/cart.check.js'],
    });
    expect(await taken('.mocharc.yml', text, paths)).toMatchObject({ takes: [] });
  });

  it('a suite of Codeception runs end to end where one of its modules drives a browser', async () => {
    const text =
      'actor: AcceptanceTester\nmodules:\n  enabled:\n    - WebDriver:\n        url: http://localhost/shop\n    - \\Helper\\Acceptance\n';
    const paths = ['tests/Browser/CartCest.php', 'tests/browser/CartCept.php', 'tests/unit/CartTest.php'];
    expect(await taken('tests/browser.suite.yml', text, paths)).toMatchObject({
      framework: 'codeception',
      takes: ['tests/Browser/CartCest.php', 'tests/browser/CartCept.php'],
      urls: ['http://localhost/shop'],
    });
    expect(await taken('tests/unit.suite.yml', 'modules:\n  enabled: [Asserts]\n', paths)).toMatchObject({ takes: [] });
  });

  it.each([
    ['cucumber.yml', 'a: &a [*a]\n'],
    ['cucumber.yml', `${'['.repeat(5_000)}\n`],
    ['cucumber.yml', 'a: &a ["x", "x"]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: &d [*c, *c]\n'],
    ['pyproject.toml', '[tool.pytest.ini_options]\npython_files = ["a", \n'.repeat(2_000)],
    ['tox.ini', `[pytest]\npython_files = ${'\n '.repeat(20_000)}x`],
    ['.rspec', '--pattern'],
    ['setup.cfg', '\u0000[tool:pytest\n===\n'],
  ])('a damaged or hostile %s costs what it says, and nothing else', async (path, text) => {
    expect(await taken(path, text, [])).toMatchObject({ takes: [] });
  });
});
