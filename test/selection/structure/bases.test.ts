// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code.
import { describe, expect, it } from 'vitest';
import { basesOf, baseUrlsIn, placesWithin } from '../../../server/selection/structure/bases.ts';
import { placesIn } from '../../../server/selection/structure/spec-places.ts';
import { suiteOf } from '../suite-support.ts';

const routes = (text: string, ...urls: readonly string[]): string[] =>
  placesWithin(basesOf(urls), placesIn('a.spec.ts', text)).map(({ segments }) => `/${segments.join('/')}`);

describe('the routes of a spec with the address that its configuration sets', () => {
  it.each<[string, string, readonly string[], readonly string[]]>([
    [
      'an absolute address without the path in front',
      "page.goto('http://localhost:3000/shop/cart/7')",
      ['http://localhost:3000/shop'],
      ['/shop/cart/7', '/cart/7'],
    ],
    ['a route with the path in front', "cy.visit('/cart')", ['https://shop.example.com/portal/'], ['/cart', '/portal/cart']],
    ['a relative address', "page.goto('./cart')", ['http://localhost/shop/'], ['/cart', '/shop/cart']],
    ['no place for an address of somebody else', "page.goto('https://pay.provider.net/checkout')", ['https://shop.example.com'], []],
    [
      'an address of another host of the product',
      "request.get('https://api.example.com/orders')",
      ['https://shop.example.com'],
      ['/orders'],
    ],
    [
      'an address of the machine, whatever the product is called',
      "page.goto('http://127.0.0.1:80/orders')",
      ['https://shop.example.com'],
      ['/orders'],
    ],
    [
      'every address where the product is only known on this machine',
      "page.goto('https://pay.provider.net/checkout')",
      ['http://localhost:3000'],
      ['/checkout'],
    ],
    ['what it says where nothing is set', "page.goto('/cart')", [], ['/cart']],
    ['the root of the product', "page.goto('http://localhost/shop')", ['http://localhost/shop'], ['/shop', '/']],
    ['no path that only a run knows', "page.goto('/cart')", ['http://localhost/${tenant}'], ['/cart']],
  ])('has %s', (_, text, urls, expected) => expect(routes(text, ...urls)).toEqual(expected));
});

describe('baseUrlsIn', () => {
  it.each([
    ["test.use({ baseURL: 'http://localhost:3000/shop' })", 'http://localhost:3000/shop'],
    ["baseURL: process.env.BASE_URL ?? 'http://localhost:3000/shop'", 'http://localhost:3000/shop'],
    ["Capybara.app_host = 'http://shop.test/portal'", 'http://shop.test/portal'],
    ['Capybara.app_host = "http://shop.test"', 'http://shop.test'],
    ['RestAssured.basePath = "/api/v1";', '/api/v1'],
    ["Cypress.config('baseUrl', 'http://localhost/x')", 'http://localhost/x'],
    ['client.BaseAddress = new Uri("https://shop.test/api/");', 'https://shop.test/api/'],
    ['BASE_URL = os.environ["BASE"] or "http://localhost:8000"', 'http://localhost:8000'],
  ])('finds what %j sets', (text, url) => expect(baseUrlsIn(text)).toEqual([url]));

  it.each(["page.goto('/base_url')", "const baseUrl = 'x'", 'expect(baseURL).toBe(other)', "databaseUrl: 'http://localhost:5432'"])(
    'finds nothing in %j',
    (text) => expect(baseUrlsIn(text)).toEqual([]),
  );
});

describe('addresses that configurations set', () => {
  it.each<[string, string, string, string]>([
    [
      'Playwright',
      'playwright.config.ts',
      "export default { use: { baseURL: process.env.URL || 'http://localhost:3000/shop' } };",
      'http://localhost:3000/shop',
    ],
    ['Cypress', 'cypress.config.js', "module.exports = { e2e: { baseUrl: 'http://localhost/shop' } };", 'http://localhost/shop'],
    [
      'WebdriverIO',
      'wdio.conf.js',
      "exports.config = { specs: ['./e2e/**/*.js'], baseUrl: 'http://localhost/shop' };",
      'http://localhost/shop',
    ],
    [
      'Nightwatch',
      'nightwatch.conf.js',
      "module.exports = { src_folders: ['e2e'], test_settings: { default: { launch_url: 'http://localhost/shop' } } };",
      'http://localhost/shop',
    ],
    ['TestCafe', '.testcaferc.json', '{ "baseUrl": "http://localhost/shop" }', 'http://localhost/shop'],
    [
      'CodeceptJS',
      'codecept.conf.js',
      "exports.config = { tests: './e2e/*_test.js', helpers: { Playwright: { url: 'http://localhost/shop' } } };",
      'http://localhost/shop',
    ],
    ['pytest', 'pytest.ini', '[pytest]\naddopts = -q --base-url http://localhost/shop\n', 'http://localhost/shop'],
  ])('are read of %s', async (_, path, text, url) => {
    const { frameworks } = await suiteOf({
      [path]: text,
      'package.json': '{}',
      'e2e/pay.spec.js': "import { test } from '@playwright/test'; test('a', () => {});",
    });
    expect(frameworks.flatMap(({ baseUrls }) => baseUrls)).toEqual([url]);
  });
});
