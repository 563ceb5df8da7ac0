import { describe, expect, it } from 'vitest';
import { type Files, specsOf, suiteOf } from './suite-support.ts';

const PLAYWRIGHT = "import { test, expect } from '@playwright/test';\ntest('pays', async ({ page }) => { await page.goto('/cart'); });\n";
const UNIT = "import { describe, it, expect } from 'vitest';\ndescribe('sum', () => { it('adds', () => { expect(1 + 1).toBe(2); }); });\n";
const JEST = "describe('sum', () => { it('adds', () => { expect(sum(1, 1)).toBe(2); }); });\n";
const CYPRESS = "describe('cart', () => { it('pays', () => { cy.visit('/cart'); cy.get('#pay').click(); }); });\n";

/** Repositories as people have them, and which of their files are end-to-end tests. */
const REPOSITORIES: readonly (readonly [string, Files, readonly string[]])[] = [
  [
    'Playwright with a folder and a set-up project that others depend on',
    {
      'web/playwright.config.ts':
        "import { defineConfig, devices } from '@playwright/test';\nexport default defineConfig({ testDir: './specs', projects: [{ name: 'setup', testMatch: /.*\\.setup\\.ts/ }, { name: 'chromium', dependencies: ['setup'], use: { ...devices['Desktop Chrome'] } }] });",
      'web/specs/auth.setup.ts': "import { test as setup } from '@playwright/test';\nsetup('signs in', async () => {});",
      'web/specs/pay.spec.ts': PLAYWRIGHT,
      'web/specs/pages/cart.ts': 'export class CartPage {}',
      'web/src/sum.spec.ts': UNIT,
    },
    ['playwright web/specs/pay.spec.ts'],
  ],
  [
    'Playwright for the whole repository, beside unit tests of Jest with the same names',
    {
      'playwright.config.ts': "export default { use: { baseURL: 'http://localhost:3000' } };",
      'src/sum.test.ts': JEST,
      'src/cart.test.ts': `import { sum } from './sum';\n${JEST}`,
      'tests/pay.spec.ts': PLAYWRIGHT,
    },
    ['playwright tests/pay.spec.ts'],
  ],
  [
    'Playwright configured through a module, a spread and a function',
    {
      'apps/shop/playwright.config.js':
        "import { config } from '../../shared.js';\nexport default defineConfig(() => { return { ...config, workers: 1 }; });",
      'shared.js': "const folder = 'checks';\nexport const config = { testDir: './' + folder, testMatch: ['**/*.check.js'] };",
      'apps/shop/checks/pay.check.js': "import { test } from '../test-base.js';\ntest('pays', () => {});",
      'apps/shop/checks/helper.js': 'export const x = 1;',
      'apps/shop/test-base.js': "export { test } from '@playwright/test';",
    },
    ['playwright apps/shop/checks/pay.check.js'],
  ],
  [
    'Cypress with its own folder, component tests and a support file',
    {
      'cypress.config.js':
        "const { defineConfig } = require('cypress');\nmodule.exports = defineConfig({ e2e: { specPattern: 'cypress/flows/**/*.js' }, component: { specPattern: 'src/**/*.cy.js' } });",
      'cypress/flows/cart.js': CYPRESS,
      'cypress/support/commands.js': "Cypress.Commands.add('login', () => { cy.visit('/login'); });",
      'src/button.cy.js':
        "import { mount } from 'cypress/react';\ndescribe('button', () => { it('shows', () => { cy.mount('x'); cy.get('button'); }); });",
    },
    ['cypress cypress/flows/cart.js'],
  ],
  [
    'Cypress of old, in cypress.json',
    {
      'cypress.json': '{ "integrationFolder": "cypress/specs", "baseUrl": "http://localhost" }',
      'cypress/specs/cart_spec.js': CYPRESS,
      'cypress/plugins/index.js': 'module.exports = () => {};',
    },
    ['cypress cypress/specs/cart_spec.js'],
  ],
  [
    'WebdriverIO with suites and an exclusion',
    {
      'config/wdio.conf.ts':
        "export const config: WebdriverIO.Config = { specs: [], suites: { shop: ['../flows/**/*.ts'] }, exclude: ['../flows/old/**'] };",
      'flows/cart.ts':
        "import { browser, $ } from '@wdio/globals';\ndescribe('cart', () => { it('pays', async () => { await browser.url('/cart'); }); });",
      'flows/old/cart.ts': "describe('cart', () => { it('paid', async () => { await browser.url('/cart'); }); });",
    },
    ['webdriverio flows/cart.ts'],
  ],
  [
    'TestCafe without a configuration',
    {
      'checks/cart-test.js':
        "import { Selector } from 'testcafe';\nfixture`Cart`.page`/cart`;\ntest('pays', async t => { await t.click('#pay'); });",
    },
    ['testcafe checks/cart-test.js'],
  ],
  [
    'Nightwatch with page objects and commands',
    {
      'nightwatch.conf.js':
        "module.exports = { src_folders: ['flows'], page_objects_path: ['nightwatch/pages'], test_settings: { default: { launch_url: 'http://localhost' } } };",
      'flows/cart.js': "module.exports = { 'pays': function (browser) { browser.url('/cart').waitForElementVisible('#pay').end(); } };",
      'nightwatch/pages/cart.js': "module.exports = { elements: { pay: '#pay' } };",
    },
    ['nightwatch flows/cart.js'],
  ],
  [
    'Puppeteer run by Jest',
    {
      'test/browser/cart.test.js': "const puppeteer = require('puppeteer');\ndescribe('cart', () => { it('pays', async () => {}); });",
      'src/pdf.js': "const puppeteer = require('puppeteer');",
      'src/pdf.test.js': `const pdf = require('./pdf');\n${JEST}`,
    },
    ['puppeteer test/browser/cart.test.js'],
  ],
  [
    'Detox, whose configuration names one of Jest',
    {
      '.detoxrc.js': "module.exports = { testRunner: { args: { $0: 'jest', config: 'mobile/jest.config.js' } } };",
      'mobile/jest.config.js': "module.exports = { rootDir: '..', testMatch: ['<rootDir>/mobile/**/*.flow.js'] };",
      'mobile/login.flow.js':
        "describe('login', () => { it('signs in', async () => { await device.launchApp(); await element(by.id('login')).tap(); }); });",
      'mobile/utils.js': 'module.exports = { tap: (id) => element(by.id(id)).tap() };',
    },
    ['detox mobile/login.flow.js'],
  ],
  [
    'Appium in Python',
    { 'mobile/test_login.py': 'from appium import webdriver\n\ndef test_login(driver):\n    driver.get("/")\n' },
    ['appium mobile/test_login.py'],
  ],
  [
    'RSpec: system, feature and model specs',
    {
      'spec/system/cart_spec.rb': 'RSpec.describe "Cart" do\n  it "pays" do\n    visit cart_path\n  end\nend\n',
      'spec/checkout/pay_spec.rb': 'RSpec.describe "Pay", type: :feature do\n  it "pays" do\n  end\nend\n',
      'spec/models/cart_spec.rb': 'RSpec.describe Cart, type: :model do\n  it "adds" do\n  end\nend\n',
      'spec/requests/cart_spec.rb': 'RSpec.describe "Cart", type: :request do\n  it "answers" do\n    get "/cart"\n  end\nend\n',
      'spec/support/cart_helpers.rb': 'module CartHelpers\n  def fill_cart\n  end\nend\n',
      'test/system/users_test.rb': 'class UsersTest < ApplicationSystemTestCase\n  test "signs in" do\n    visit root_path\n  end\nend\n',
    },
    ['capybara spec/checkout/pay_spec.rb', 'capybara spec/system/cart_spec.rb', 'capybara test/system/users_test.rb'],
  ],
  [
    'Cucumber in Java',
    {
      'pom.xml': '<artifactId>cucumber-java</artifactId>',
      'src/test/resources/pay.feature': 'Feature: Pay\n  Scenario: By card\n    Given a cart\n',
      'src/test/java/shop/PaySteps.java': 'public class PaySteps { @Given("a cart") public void cart() {} }',
    },
    ['cucumber src/test/resources/pay.feature'],
  ],
  [
    'features that nothing runs',
    {
      'package.json': '{ "devDependencies": { "vitest": "1" } }',
      'docs/pay.feature': 'Feature: Pay\n  Scenario: By card\n    Given a cart\n',
    },
    [],
  ],
  [
    'pytest with Playwright, where only conftest.py names the browser',
    {
      'checks/conftest.py':
        'from playwright.sync_api import Page\nimport pytest\n\n@pytest.fixture\ndef shop(page: Page):\n    return page\n',
      'checks/test_cart.py': 'def test_pays(page):\n    page.goto("/cart")\n',
      'tests/test_sum.py': 'def test_adds():\n    assert 1 + 1 == 2\n',
    },
    ['pytest checks/test_cart.py'],
  ],
  [
    'Selenium in Java behind a base class and a page object',
    {
      'src/test/java/shop/BaseTest.java':
        'package shop;\nimport org.openqa.selenium.WebDriver;\npublic abstract class BaseTest { protected WebDriver driver; }',
      'src/test/java/shop/CartTest.java':
        'package shop;\npublic class CartTest extends BaseTest { @Test public void pays() { driver.get("/cart"); } }',
      'src/test/java/shop/SumTest.java':
        'package shop;\npublic class SumTest { @Test public void adds() { assertEquals(2, Sum.of(1, 1)); } }',
    },
    ['selenium src/test/java/shop/CartTest.java'],
  ],
  [
    'Playwright in C#',
    {
      'tests/Shop.Tests/CartTests.cs':
        'using Microsoft.Playwright.NUnit;\nnamespace Shop;\npublic class CartTests : PageTest { [Test] public async Task Pays() { await Page.GotoAsync("/cart"); } }',
      'tests/Shop.Tests/SumTests.cs': 'public class SumTests { [Fact] public void Adds() { } }',
    },
    ['playwright tests/Shop.Tests/CartTests.cs'],
  ],
  [
    'Laravel Dusk',
    {
      'tests/Browser/LoginTest.php': '<?php\nclass LoginTest extends DuskTestCase { public function testLogin() {} }',
      'tests/Unit/SumTest.php': '<?php\nclass SumTest extends TestCase { public function testSum() {} }',
    },
    ['dusk tests/Browser/LoginTest.php'],
  ],
  [
    'Go by folder, by build tag and by the processes that a package starts',
    {
      'go.mod': 'module example.org/shop\n',
      'test/e2e/cart_test.go': 'package e2e\n\nfunc TestCart(t *testing.T) {}\n',
      'test/e2e/main_test.go': 'package e2e\n\nfunc TestMain(m *testing.M) { os.Exit(m.Run()) }\n',
      'internal/pay/pay_e2e_test.go': '//go:build e2e\n\npackage pay\n\nfunc TestPay(t *testing.T) {}\n',
      'internal/pay/pay_test.go': 'package pay\n\nfunc TestPay(t *testing.T) {}\n',
      'integration/shop_test.go':
        'package integration\n\nimport (\n\t"testing"\n\t"example.org/shop/integration/harness"\n)\n\nfunc TestShop(t *testing.T) { harness.Start(t) }\n',
      'integration/harness/harness_test.go': 'package harness\n\nfunc TestStart(t *testing.T) {}\n',
      'integration/harness/harness.go': 'package harness\n\nimport (\n\t"os/exec"\n)\n\nfunc Start(t T) { exec.Command("shop") }\n',
      'test/unit/sum_test.go': 'package unit\n\nfunc TestSum(t *testing.T) {}\n',
    },
    ['go integration/shop_test.go', 'go internal/pay/pay_e2e_test.go', 'go test/e2e/cart_test.go'],
  ],
  [
    'Ginkgo, also outside of files for go test',
    {
      'test/e2e/network/dns.go':
        'package network\n\nimport (\n\t"github.com/onsi/ginkgo/v2"\n)\n\nvar _ = common.SIGDescribe("DNS", func() {\n\tginkgo.It("resolves", func() {})\n})\n',
      'test/e2e/e2e_suite_test.go':
        'package e2e\n\nimport (\n\t. "github.com/onsi/ginkgo/v2"\n)\n\nfunc TestE2E(t *testing.T) { RunSpecs(t, "shop") }\n',
      'controllers/cart_test.go':
        'package controllers\n\nimport (\n\t. "github.com/onsi/ginkgo/v2"\n)\n\nvar _ = Describe("Cart", func() {})\n',
    },
    ['ginkgo test/e2e/network/dns.go'],
  ],
  ['Bats', { 'test/system/run.bats': '@test "runs" {\n  run shop --version\n}\n' }, ['bats test/system/run.bats']],
  [
    'supertest, and tests of services beside tests of the same runner',
    {
      'src/app.test.ts':
        "import request from 'supertest';\ndescribe('app', () => { it('answers', async () => { await request(app).get('/health'); }); });",
      'src/sum.test.ts': JEST,
      'integration-tests/http/__tests__/cart.ts':
        "runner({ testSuite: ({ api }) => { describe('cart', () => { it('adds', async () => { await api.post(`/store/carts`); }); }); } });",
      'integration-tests/http/__tests__/prices.ts':
        "runner({ testSuite: ({ api }) => { describe('prices', () => { it('lists', async () => { await api.get('/store/prices'); }); }); } });",
    },
    ['api integration-tests/http/__tests__/cart.ts', 'api integration-tests/http/__tests__/prices.ts', 'api src/app.test.ts'],
  ],
  [
    'supertest in a folder of tests whose files have the names of what they test',
    {
      'test/res.send.js':
        "var request = require('supertest');\ndescribe('res', function () { it('sends', function (done) { request(app).get('/').expect(200, done); }); });",
      'test/support/utils.js': "var request = require('supertest');\nexports.get = (app, path) => request(app).get(path);\n",
      'test/res.format.js': "describe('format', function () { it('is a name', function () {}); });",
    },
    ['api test/res.send.js'],
  ],
  [
    'a suite that a script of package.json names',
    {
      'package.json': '{ "scripts": { "test:e2e": "playwright test -c checks/pw.ts" } }',
      'checks/pw.ts': "export default { testDir: '.', testMatch: '*.flow.ts' };",
      'checks/pay.flow.ts': PLAYWRIGHT,
    },
    ['playwright checks/pay.flow.ts'],
  ],
  [
    'nothing but unit tests',
    {
      'src/sum.test.ts': UNIT,
      'src/button.test.tsx': "import { render } from '@testing-library/react';\ntest('renders', () => {});",
      'pkg/sum_test.go': 'package pkg\nfunc TestSum(t *testing.T) {}\n',
      'tests/test_sum.py': 'def test_sum(app):\n    pass\n',
    },
    [],
  ],
];

describe('the end-to-end tests of a repository', () => {
  it.each(REPOSITORIES)('are found by what their framework says: %s', async (_name, files, expected) => {
    expect(await specsOf(files)).toEqual(expected);
  });

  it('have a reason each, and the configuration that takes them', async () => {
    const [, files] = REPOSITORIES[0] ?? [];
    const suite = await suiteOf(files ?? {});
    expect(suite.specs).toEqual([
      {
        path: 'web/specs/pay.spec.ts',
        framework: 'playwright',
        because: 'web/playwright.config.ts takes it.',
        config: 'web/playwright.config.ts',
      },
    ]);
    expect(suite.frameworks).toEqual([{ framework: 'playwright', configs: ['web/playwright.config.ts'], baseUrls: [], specs: 1 }]);
    expect(suite.supports).toEqual([{ path: 'web/specs/auth.setup.ts', because: 'web/playwright.config.ts runs it before the tests.' }]);
  });

  it('know page objects, fixtures, set-up and step definitions as support files', async () => {
    const suite = await suiteOf({
      'package.json': '{ "devDependencies": { "@cucumber/cucumber": "10" } }',
      'e2e/cart.spec.ts': `import { CartPage } from './pages/cart';\nimport { sum } from '../src/sum';\n${PLAYWRIGHT}`,
      'e2e/pages/cart.ts': "import { base } from './base';\nexport class CartPage {}",
      'e2e/pages/base.ts': 'export const base = 1;',
      'src/sum.ts': 'export const sum = 1;',
      'features/pay.feature': 'Feature: Pay\n  Scenario: By card\n    Given a cart\n',
      'features/step_definitions/cart.js': "Given('a cart', () => {});",
      'features/support/world.js': 'setWorldConstructor(World);',
    });
    expect(suite.supports.map(({ path }) => path)).toEqual([
      'e2e/pages/base.ts',
      'e2e/pages/cart.ts',
      'features/step_definitions/cart.js',
      'features/support/world.js',
    ]);
  });

  it('are also what lintel.yaml names, and not what it excludes', async () => {
    const files = { 'checks/pay.check.ts': 'scenario()', 'e2e/old/cart.spec.ts': PLAYWRIGHT, 'e2e/cart.spec.ts': PLAYWRIGHT };
    const settings = [{ globs: ['checks/**/*.check.ts'], exclude: ['e2e/old/**'], tags: ['nightly'] }];
    const { specs } = await suiteOf(files, { settings });
    expect(specs).toEqual([
      {
        path: 'checks/pay.check.ts',
        framework: 'declared',
        because: '"tests" in lintel.yaml names it: checks/**/*.check.ts',
        config: 'lintel.yaml',
        tags: ['nightly'],
      },
      { path: 'e2e/cart.spec.ts', framework: 'playwright', because: 'It uses Playwright.' },
    ]);
  });

  it('stay out where what they say is in a comment', async () => {
    expect(await specsOf({ 'src/sum.test.ts': `// import { test } from '@playwright/test'\n/* cy.visit('/') */\n${JEST}` })).toEqual([]);
  });

  it('say where they visit when they name no host', async () => {
    const { frameworks } = await suiteOf({
      'playwright.config.ts': "export default { testDir: 'e2e', use: { baseURL: process.env.URL || 'http://localhost:3000' } };",
      'e2e/a.spec.ts': PLAYWRIGHT,
    });
    expect(frameworks[0]?.baseUrls).toEqual(['http://localhost:3000']);
  });
});

it('takes no class of another module of a Java build for a support file, and tells what the product may use as well', async () => {
  const { supports } = await suiteOf({
    'checks/src/test/java/shop/CartTest.java':
      'import org.openqa.selenium.WebDriver;\nimport shop.core.Dates;\nimport shop.pages.CartPage;\nclass CartTest {\n  WebDriver driver;\n  @Test void pays() { driver.get("/cart"); }\n}\n',
    'checks/src/main/java/shop/pages/CartPage.java':
      'import org.openqa.selenium.WebDriver;\npublic class CartPage {\n  WebDriver driver;\n}\n',
    'core/src/main/java/shop/core/Dates.java': 'public class Dates {}\n',
  });
  expect(supports.map(({ path, shared }) => [path, shared])).toEqual([['checks/src/main/java/shop/pages/CartPage.java', undefined]]);
  const script = await suiteOf({
    'playwright.config.ts': "export default { testDir: 'e2e' };",
    'e2e/pay.spec.ts': `import { PRICES } from '../common/prices';\nimport { CartPage } from './cart-page';\n${PLAYWRIGHT}`,
    'e2e/cart-page.ts': 'export class CartPage {}',
    'common/prices.ts': 'export const PRICES = [1];',
  });
  expect(script.supports.map(({ path, shared }) => [path, shared])).toEqual([
    ['common/prices.ts', true],
    ['e2e/cart-page.ts', undefined],
  ]);
});
