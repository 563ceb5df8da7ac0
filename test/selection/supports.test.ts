import { describe, expect, it } from 'vitest';
import { createSupportFinder, discoverSuite } from '../../server/selection/index.ts';
import { stepDefinitionsIn } from '../../server/selection/suite/step-definitions.ts';
import { type Files, readFrom } from './suite-support.ts';

async function supportsIn(files: Files, spec: string): Promise<string[]> {
  const suite = await discoverSuite(Object.keys(files), readFrom(files));
  const found = await createSupportFinder(suite, Object.keys(files), readFrom(files)).supportsOf(spec);
  return found.map(({ path, through, distance, because }) => `${distance} ${path} by ${because} through ${through}`);
}

describe('the files that a spec needs', () => {
  it('are page objects and fixtures, through relative imports and aliases of the compiler', async () => {
    const files = {
      'tsconfig.json': '{\n  // aliases\n  "compilerOptions": { "baseUrl": ".", "paths": { "@pages/*": ["e2e/pages/*"], }, },\n}',
      'e2e/cart.spec.ts': "import { test } from './fixtures';\nimport { CartPage } from '@pages/cart';\ntest('pays', () => {});",
      'e2e/fixtures.ts':
        "import { test as base } from '@playwright/test';\nimport { LoginPage } from './pages/login';\nexport const test = base.extend({});",
      'e2e/pages/cart.ts': "import './fixtures-of-cart';",
      'e2e/pages/login.ts': 'export class LoginPage {}',
      'src/cart.ts': 'export const cart = 1;',
    };
    expect(await supportsIn(files, 'e2e/cart.spec.ts')).toEqual([
      '1 e2e/fixtures.ts by import through e2e/cart.spec.ts',
      '1 e2e/pages/cart.ts by import through e2e/cart.spec.ts',
      '2 e2e/pages/login.ts by import through e2e/fixtures.ts',
    ]);
  });

  it('are the step definitions that carry out a feature, and what they bring in', async () => {
    const files = {
      'features/pay.feature': 'Feature: Pay\n  Scenario: By card\n    Given 2 items in the cart\n    When I pay with "Visa"\n',
      'features/step_definitions/cart.ts': "import { cart } from '../support/cart';\nGiven('{int} item(s) in the cart', () => {});",
      'features/step_definitions/pay.ts': 'When(/^I pay with "([^"]*)"$/, () => {});',
      'features/step_definitions/other.ts': "Then('nothing of this', () => {});",
      'features/support/cart.ts': 'export const cart = 1;',
    };
    expect(await supportsIn(files, 'features/pay.feature')).toEqual([
      '1 features/step_definitions/cart.ts by step through features/pay.feature',
      '1 features/step_definitions/pay.ts by step through features/pay.feature',
      '2 features/support/cart.ts by import through features/step_definitions/cart.ts',
    ]);
  });

  it('are helpers of Ruby and Go by the names that they define, custom commands of Cypress, and conftest.py', async () => {
    expect(
      await supportsIn(
        {
          'spec/system/cart_spec.rb': 'RSpec.describe "Cart" do\n  it "pays" do\n    fill_the_cart\n  end\nend\n',
          'spec/support/cart_helpers.rb': 'module CartHelpers\n  def fill_the_cart\n  end\nend\n',
          'spec/support/other.rb': 'def something_else\nend\n',
        },
        'spec/system/cart_spec.rb',
      ),
    ).toEqual(['1 spec/support/cart_helpers.rb by name through spec/system/cart_spec.rb']);
    expect(
      await supportsIn(
        {
          'test/e2e/cart_test.go': 'package e2e\n\nfunc TestCart(t *testing.T) { startShop(t) }\n',
          'test/e2e/shop.go': 'package e2e\n\nfunc startShop(t T) {}\n',
          'test/e2e/other.go': 'package e2e\n\nfunc unused() {}\n',
        },
        'test/e2e/cart_test.go',
      ),
    ).toEqual(['1 test/e2e/shop.go by name through test/e2e/cart_test.go']);
    expect(
      await supportsIn(
        {
          'cypress/e2e/a.cy.js': "describe('a', () => { it('b', () => { cy.signInAs('x'); cy.visit('/'); }); });",
          'cypress/support/commands.js': "Cypress.Commands.add('signInAs', () => {});",
          'cypress/support/other.js': "Cypress.Commands.add('somethingElse', () => {});",
        },
        'cypress/e2e/a.cy.js',
      ),
    ).toEqual(['1 cypress/support/commands.js by name through cypress/e2e/a.cy.js']);
    expect(
      await supportsIn(
        {
          'e2e/test_a.py': 'from playwright.sync_api import Page\ndef test_a(page):\n    pass\n',
          'conftest.py': 'import pytest\n',
          'e2e/conftest.py': 'import pytest\n',
          'other/conftest.py': '',
        },
        'e2e/test_a.py',
      ),
    ).toEqual(['1 conftest.py by loaded through e2e/test_a.py', '1 e2e/conftest.py by loaded through e2e/test_a.py']);
  });

  it('end where files bring each other in, and where one cannot be read', async () => {
    const files = {
      'e2e/a.spec.ts': "import { test } from '@playwright/test';\nimport './b';\ntest('a', () => {});",
      'e2e/b.ts': "import './c';",
      'e2e/c.ts': "import './b';\nimport './a.spec';",
    };
    expect(await supportsIn(files, 'e2e/a.spec.ts')).toEqual([
      '1 e2e/b.ts by import through e2e/a.spec.ts',
      '2 e2e/c.ts by import through e2e/b.ts',
    ]);
    expect(await supportsIn(files, 'e2e/none.spec.ts')).toEqual([]);
  });
});

describe('a step definition', () => {
  it.each([
    ['steps.ts', "Given('I have {int} cucumber(s) in my belly/stomach', () => {})", 'I have 1 cucumber in my stomach', true],
    ['steps.ts', "Given('I have {int} cucumber(s)', () => {})", 'I have some cucumbers', false],
    ['steps.js', 'When(\n  /^I pay (\\d+) (?:euro|dollar)s?$/i,', 'i pay 5 euros', true],
    ['steps.rb', 'Then(/^the page "(.*?)" is shown$/) do |page|', 'the page "cart" is shown', true],
    ['steps.rb', 'step "I add :count items" do', 'I add "three" items', true],
    ['Steps.java', '  @When("^the user pays (\\\\d+)$")', 'the user pays 7', true],
    ['Steps.java', '  @Quand("je paie par {string}")', 'je paie par "carte"', true],
    ['Steps.cs', '[Given(@"a cart with (.*)")]', 'a cart with two books', true],
    ['steps.py', "@when(parsers.parse('I pay {amount:d} to {name}'))", 'I pay 5 to Ann Lee', true],
    ['steps.py', "@given(u'a cart')", 'a cart', true],
    ['steps_test.go', '\tctx.Step(`^there are (\\d+) carts$`, thereAre)', 'there are 3 carts', true],
    ['Context.php', '     * @Given I have a cart with :name, and more', 'I have a cart with "X", and more', true],
    ['Context.php', "    #[Given('a cart')]", 'a cart', true],
    ['steps.ts', "describe('a cart', () => {})", 'a cart', false],
  ])('%s: %s', (path, text, step, expected) => {
    expect(stepDefinitionsIn(path, text).some(({ matches }) => matches(step))).toBe(expected);
  });
});
