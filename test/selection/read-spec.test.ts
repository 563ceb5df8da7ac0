import { describe, expect, it } from 'vitest';
import { readSpec, type SpecContents } from '../../server/selection/index.ts';

/** Entries as `a | b @ line`, lines as people count them. */
const lines = (entries: readonly object[]): string[] =>
  entries.map((entry) => {
    const { line, ...rest } = entry as { line: number };
    return `${Object.values(rest)
      .map((value) => (Array.isArray(value) ? `[${value.join(' ')}]` : String(value)))
      .join(' | ')} @ ${line + 1}`;
  });

type Expected = { readonly [List in keyof Omit<SpecContents, 'isParsed'>]?: readonly string[] };

const SPECS: readonly (readonly [string, string, string, Expected])[] = [
  [
    'Playwright',
    'e2e/cart.spec.ts',
    `import { test, expect } from './fixtures';
import { CartPage } from '@pages/cart';
test.describe('Cart', { tag: ['@shop', TAGS.slow] }, () => {
  test('pays by card @smoke', async ({ page, request }) => {
    await page.goto(\`\${base}/users/\${user.id}/cart?tab=1\`);
    await page.getByRole('button', { name: 'Pay now' }).click();
    await page.getByLabel('Card number').fill('4111');
    await page.getByTestId('total').click();
    await page.getByPlaceholder('Voucher').click();
    await page.locator('[data-testid="row"] >> text=Paid').click();
    await page.route('**/api/rates', (route) => route.abort());
    await request.post('/api/orders', { data: {} });
    await test.step('sees the receipt', async () => {});
    await expect(page).toHaveURL(/\\/orders\\/\\d+/);
    await expect(page.locator('h1')).toHaveText('Thank you');
    expect(t('cart.paid')).toBe('x');
  });
});
`,
    {
      titles: ['suite | Cart @ 3', 'test | pays by card @smoke @ 4', 'step | sees the receipt @ 13'],
      tags: ['shop @ 3', 'slow @ 3', 'smoke @ 4'],
      visits: ['path | /users/:id/cart @ 5', String.raw`pattern | \/orders\/\d+ @ 14`],
      selectors: [
        'role | button | Pay now @ 6',
        'label | Card number @ 7',
        'testid | total @ 8',
        'placeholder | Voucher @ 9',
        'css | [data-testid="row"] >> text=Paid @ 10',
        'testid | row @ 10',
        'text | Thank you @ 15',
        'css | h1 @ 15',
      ],
      calls: ['/api/rates | true @ 11', '/api/orders | POST @ 12'],
      keys: ['cart.paid @ 16'],
      imports: ['./fixtures | [test expect] @ 1', '@pages/cart | [CartPage] @ 2'],
    },
  ],
  [
    'Cypress',
    'cypress/e2e/cart.cy.js',
    `describe('Cart', () => {
  it('pays', () => {
    cy.visit('/cart');
    cy.intercept('GET', '/api/cart*', { fixture: 'cart.json' }).as('cart');
    cy.request({ method: 'DELETE', url: '/api/cart/1' });
    cy.get('[data-cy=pay]').click();
    cy.contains('button', 'Pay').click();
    cy.url().should('include', '/thanks');
    cy.exec('npm run seed -- --reset');
  });
});
`,
    {
      visits: ['path | /cart @ 3', 'path | /thanks @ 8'],
      calls: ['/api/cart* | GET | true @ 4', '/api/cart/1 | DELETE @ 5'],
      selectors: ['css | [data-cy=pay] @ 6', 'testid | pay @ 6', 'css | button @ 7', 'text | Pay @ 7'],
      commands: ['npm run seed -- --reset | [--reset] @ 9'],
    },
  ],
  [
    'RSpec with Capybara',
    'spec/system/cart_spec.rb',
    `require "rails_helper"
RSpec.describe "Cart", :js, type: :system do
  scenario "pays" do
    visit edit_order_path(order)
    visit "/cart/#{cart.id}"
    fill_in "Card number", with: "4111"
    select "Visa", from: "Kind of card"
    click_on "Pay now"
    within("#total") { expect(page).to have_content("Thank you") }
    expect(page).to have_current_path(order_path(order))
    expect(page).to have_content(I18n.t("cart.paid"))
  end
end
`,
    {
      titles: ['suite | Cart @ 2', 'test | pays @ 3'],
      tags: ['js @ 2', 'type:system @ 2'],
      visits: ['helper | edit_order_path @ 4', 'path | /cart/:id @ 5', 'helper | order_path @ 10'],
      selectors: [
        'label | Card number @ 6',
        'text | Visa @ 7',
        'label | Kind of card @ 7',
        'text | Pay now @ 8',
        'css | #total @ 9',
        'text | Thank you @ 9',
      ],
      keys: ['cart.paid @ 11'],
      imports: ['rails_helper | [] @ 1'],
    },
  ],
  [
    'pytest with Playwright and requests',
    'e2e/test_cart.py',
    `import subprocess
from pages.cart import CartPage, other
from playwright.sync_api import Page

@pytest.mark.smoke
class TestCart:
    def test_pays_by_card(self, page: Page):
        page.goto(f"/cart/{cart.id}")
        page.get_by_role("button", name="Pay now").click()
        driver.find_element(By.ID, "total").click()
        requests.delete(f"{BASE}/api/cart/1")
        subprocess.run(["shop", "seed", "--reset"])
`,
    {
      titles: ['suite | Test Cart @ 6', 'test | test pays by card @ 7'],
      tags: ['smoke @ 5'],
      visits: ['path | /cart/:id @ 8'],
      selectors: ['role | button | Pay now @ 9', 'css | #total @ 10'],
      calls: ['/api/cart/1 | DELETE @ 11'],
      commands: ['shop seed --reset | [--reset] @ 12'],
      imports: ['subprocess | [] @ 1', 'pages.cart | [CartPage other] @ 2', 'playwright.sync_api | [Page] @ 3'],
    },
  ],
  [
    'Selenium and REST Assured in Java',
    'src/test/java/shop/CartTest.java',
    `package shop;
import shop.pages.CartPage;
@Tag("smoke")
class CartTest {
  @Test
  @DisplayName("pays by card")
  void pays() {
    driver.get("http://localhost:8080/cart");
    driver.findElement(By.name("card")).sendKeys("4111");
    driver.findElement(By.cssSelector("#pay")).click();
    given().body("{}").when().post("/api/orders");
  }
}
`,
    {
      titles: ['suite | Cart Test @ 4', 'test | pays by card @ 6', 'test | pays @ 7'],
      tags: ['smoke @ 3'],
      visits: ['path | /cart @ 8'],
      selectors: ['name | card @ 9', 'css | #pay @ 10'],
      calls: ['/api/orders | POST @ 11'],
      imports: ['shop.pages.CartPage | [] @ 2'],
    },
  ],
  [
    'Playwright and HttpClient in C#',
    'tests/Shop.E2E/CartTests.cs',
    `using Microsoft.Playwright;
public class CartTests : PageTest
{
    [Test, Category("smoke")]
    public async Task PaysByCard()
    {
        await Page.GotoAsync($"/cart/{cart.Id}");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Pay now" }).ClickAsync();
        await _client.PutAsJsonAsync("/api/cart", body);
    }
}
`,
    {
      titles: ['suite | Cart Tests @ 2', 'test | Pays By Card @ 5'],
      tags: ['smoke @ 4'],
      visits: ['path | /cart/:Id @ 7'],
      selectors: ['role | button | Pay now @ 8'],
      calls: ['/api/cart | PUT @ 9'],
      imports: ['Microsoft.Playwright | [] @ 1'],
    },
  ],
  [
    'Go with Ginkgo and commands',
    'test/e2e/run_test.go',
    `//go:build e2e && !windows

package e2e

import (
	"net/http"
)

var _ = Describe("shop run", func() {
	It("prints the version", func() {
		session := shop("run", "--rm", "alpine")
		other := shop("ps")
		exec.Command("shop", "version", "--short")
		http.Get(fmt.Sprintf("http://%s/api/orders/%d", host, id))
		http.NewRequest(http.MethodPost, "/api/orders", nil)
		Expect(session).To(ContainSubstring("a version"))
	})
})

func TestOrders(t *testing.T) {
	t.Run("lists them", func(t *testing.T) {})
}
`,
    {
      titles: ['suite | shop run @ 9', 'test | prints the version @ 10', 'test | Test Orders @ 20', 'test | lists them @ 21'],
      tags: ['e2e @ 1'],
      calls: ['/api/orders/:value | GET @ 14', '/api/orders | POST @ 15'],
      commands: ['shop run --rm alpine | [--rm] @ 11', 'shop ps | [] @ 12', 'shop version --short | [--short] @ 13'],
      imports: ['net/http | [] @ 6'],
    },
  ],
  [
    'a service called through supertest',
    'test/orders.e2e-spec.ts',
    `describe('orders', () => {
  it('lists', () => request(app.getHttpServer()).get('/orders').expect(200));
  it('adds', async () => { await api.post(\`/admin/orders/\${order.id}\`, {}); });
});
`,
    { calls: ['/orders | GET @ 2', '/admin/orders/:id | POST @ 3'] },
  ],
  [
    'Selenium in Kotlin',
    'src/test/kotlin/CartTest.kt',
    `import org.openqa.selenium.By

class CartTest : Base() {
    @Test
    fun \`pays by card\`() {
        driver.get("/cart/$id")
        driver.findElement(By.id("pay")).click()
    }
}
`,
    {
      titles: ['suite | Cart Test @ 3', 'test | pays by card @ 5'],
      visits: ['path | /cart/:id @ 6'],
      selectors: ['css | #pay @ 7'],
      imports: ['org.openqa.selenium.By | [] @ 1'],
    },
  ],
  [
    'Nightwatch',
    'flows/cart.js',
    "module.exports = {\n  'pays by card': function (browser) {\n    browser.url('/cart').waitForElementVisible('#pay').click('#pay');\n  },\n};\n",
    { titles: ['test | pays by card @ 2'], visits: ['path | /cart @ 3'], selectors: ['css | #pay @ 3'] },
  ],
  [
    'TestCafe',
    'checks/cart.js',
    "fixture`Cart`.page`/cart`;\ntest('pays', async t => {\n  await t.click(Selector('#pay'));\n});\n",
    { titles: ['suite | Cart @ 1', 'test | pays @ 2'], visits: ['path | /cart @ 1'], selectors: ['css | #pay @ 3'] },
  ],
  [
    'Detox',
    'e2e/login.e2e.js',
    "it('signs in', async () => {\n  await element(by.id('login')).tap();\n  await element(by.text('Sign in')).tap();\n  await elementById(TestIDs.SAVE).tap();\n});\n",
    { selectors: ['testid | login @ 2', 'text | Sign in @ 3', 'testid | SAVE @ 4'] },
  ],
  [
    'Laravel Dusk',
    'tests/Browser/CartTest.php',
    "<?php\nuse Tests\\DuskTestCase;\nclass CartTest extends DuskTestCase {\n  public function testPays() {\n    $browser->visit('/cart')->press('Pay now')->assertSee('Thank you');\n  }\n}\n",
    {
      titles: ['suite | Cart Test @ 3', 'test | test Pays @ 4'],
      visits: ['path | /cart @ 5'],
      selectors: ['text | Thank you @ 5', 'text | Pay now @ 5'],
    },
  ],
  [
    'Bats',
    'test/run.bats',
    'load helpers\n# bats test_tags=smoke, slow\n@test "shop run" {\n  run shop run --rm -d alpine\n}\n',
    {
      titles: ['test | shop run @ 3'],
      tags: ['smoke @ 2', 'slow @ 2'],
      commands: ['shop run --rm -d alpine | [--rm -d] @ 4'],
      imports: ['helpers | [] @ 1'],
    },
  ],
  [
    'Robot Framework',
    'checks/cart.robot',
    `*** Settings ***\nLibrary    Browser\n\n*** Test Cases ***\nPays By Card\n    [Tags]    smoke\n    Go To    \${BASE}/cart\n    Click    css:#pay\n`,
    {
      titles: ['test | Pays By Card @ 5'],
      tags: ['smoke @ 6'],
      visits: ['path | /cart @ 7'],
      selectors: ['css | #pay @ 8'],
      imports: ['Browser | [] @ 2'],
    },
  ],
  [
    'Gherkin in another language',
    'features/cart.feature',
    '# language: de\n@shop\nFunktionalität: Warenkorb\n  @smoke\n  Szenariogrundriss: Zahlen\n    Angenommen ich bin auf "/cart"\n    Wenn ich mit "<Karte>" zahle\n    Beispiele:\n      | Karte |\n      | Visa  |\n',
    {
      titles: ['suite | Warenkorb @ 3', 'test | Zahlen @ 5'],
      tags: ['shop @ 2', 'smoke @ 4'],
      visits: ['path | /cart @ 6'],
      steps: ['ich bin auf "/cart" @ 6', 'ich mit "Visa" zahle @ 7'],
      texts: ['Visa @ 7', 'Visa @ 10'],
    },
  ],
];

describe('what a spec says', () => {
  it.each(SPECS)('is read with its lines: %s', async (_name, path, text, expected) => {
    const contents = await readSpec(path, text);
    expect(contents.isParsed).toBe(true);
    for (const [list, entries] of Object.entries(expected))
      expect({ [list]: lines(contents[list as keyof Expected]) }).toEqual({ [list]: entries });
  });

  it('is what lines say where the file does not parse', async () => {
    const broken = `${'}'.repeat(3)}\ndescribe('Cart', () => { it('pays', () => {\n await page.goto('/cart');\n api.post('/orders');\n${'x'.repeat(30_000)}\n`;
    const contents = await readSpec('e2e/cart.spec.ts', broken);
    expect(contents.isParsed).toBe(false);
    expect(lines(contents.titles)).toEqual(['suite | Cart @ 2']);
    expect(lines(contents.visits)).toEqual(['path | /cart @ 3']);
    expect(lines(contents.calls)).toEqual(['/orders | POST @ 4']);
  });

  it('is read by keywords from a feature that does not parse', async () => {
    const contents = await readSpec('a.feature', 'Feature: Pay\n  Scenario: By card\n    Given a cart\n  nonsense here\n');
    expect(contents.isParsed).toBe(false);
    expect(lines(contents.titles)).toEqual(['suite | Pay @ 1', 'test | By card @ 2']);
    expect(lines(contents.steps)).toEqual(['a cart @ 3']);
  });
});
