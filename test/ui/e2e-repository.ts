import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const spec = (title: string, route: string, label: string): string => `import { expect, test } from '@playwright/test';

test.describe('${title}', () => {
  test('is possible for everybody', async ({ page }) => {
    await page.goto('${route}');
    await page.getByLabel('${label}').click();
    await expect(page.getByText('Thank you')).toBeVisible();
  });
});
`;

const page = (name: string, label: string): string => `export function ${name}() {
  return <label aria-label="${label}">${label}</label>;
}
`;

/** Long words in titles, as German has them; a name as long as a line; places in folders of one name. */
const SPECS: readonly (readonly [path: string, title: string, route: string, label: string])[] = [
  [
    'e2e/lieferfenster-auswahl-fuer-grosshandelskundinnen.spec.ts',
    'Lieferzeitfensterauswahl für Großhandelskundinnen und Geschäftskundenbestellungen',
    '/checkout',
    'Delivery slot',
  ],
  ['e2e/checkout/pay.spec.ts', 'Paying an order by card', '/checkout/pay', 'Card number'],
  ['e2e/checkout/zahlungsabwicklung.spec.ts', 'Zahlungsabwicklungsbestätigungsbenachrichtigung', '/checkout/pay', 'Invoice'],
  ['e2e/search.spec.ts', 'Search', '/search', 'Find a product'],
  ['e2e/account/orders.spec.ts', 'Orders of a customer', '/account/orders', 'Order again'],
  ['e2e/account/address.spec.ts', 'Addresses', '/account/addresses', 'Street'],
  ['e2e/account/index.spec.ts', 'Password', '/account/password', 'New password'],
  ['e2e/admin/stock.spec.ts', 'Stock', '/admin/stock', 'In stock'],
  ['e2e/admin/prices.spec.ts', 'Prices', '/admin/prices', 'Price'],
  ['e2e/admin/index.spec.ts', 'Users', '/admin/users', 'Invite'],
  ['e2e/newsletter.spec.ts', 'Newsletter', '/newsletter', 'Subscribe'],
  ['e2e/legal.spec.ts', 'Imprint', '/imprint', 'Imprint'],
];

/** A function of the product whose change makes two specs relevant. */
export const CHANGED = 'src/pages/checkout/DeliverySlotPicker.tsx';
/** Name of the first spec of {@link CHANGED}. */
export const SUGGESTED = 'lieferfenster-auswahl-fuer-grosshandelskundinnen.spec.ts';

const FILES: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({ name: 'parcels', private: true, devDependencies: { '@playwright/test': '1.62.0' } }, null, 2),
  'package-lock.json': JSON.stringify({ name: 'parcels', lockfileVersion: 3, packages: {} }, null, 2),
  'playwright.config.ts': "import { defineConfig } from '@playwright/test';\nexport default defineConfig({ testDir: 'e2e' });\n",
  'README.md': '# Parcels\n',
  '.gitignore': 'dist/\ntest-results/\n',
  'src/App.tsx': `import { createBrowserRouter } from 'react-router-dom';
import { DeliverySlotPicker } from './pages/checkout/DeliverySlotPicker';
import { Pay } from './pages/checkout/Pay';
import { Search } from './pages/Search';

export const router = createBrowserRouter([
  { path: '/checkout', element: <DeliverySlotPicker /> },
  { path: '/checkout/pay', element: <Pay /> },
  { path: '/search', element: <Search /> },
]);
`,
  [CHANGED]: page('DeliverySlotPicker', 'Delivery slot'),
  'src/pages/checkout/Pay.tsx': page('Pay', 'Card number'),
  'src/pages/Search.tsx': page('Search', 'Find a product'),
  ...Object.fromEntries(SPECS.map(([path, title, route, label]) => [path, spec(title, route, label)])),
};

const write = (folder: string, path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

/** Puts a small shop with a suite for Playwright in the place of a folder, with one commit and nothing changed since. */
export const makeRepository = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of Object.entries(FILES)) write(folder, path, text);
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'core.hooksPath=', ...args], { cwd: folder });
  };
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-q', '-m', 'Sell parcels');
};

/** Changes one function of the product. */
export const changeProduct = (folder: string): void => {
  write(folder, CHANGED, page('DeliverySlotPicker', 'Delivery slot').replace('<label', '<label className="slot" data-slots={14}'));
};

/** Changes what everything rests on. */
export const changeLockFile = (folder: string): void => {
  write(
    folder,
    'package-lock.json',
    JSON.stringify({ name: 'parcels', lockfileVersion: 3, packages: { '': { name: 'parcels' } } }, null, 2),
  );
};

/** Gives a file the text that it was committed with. */
export const restore = (folder: string, path: string): void => write(folder, path, FILES[path] ?? '');

/** Writes what can change no selection: settings, what git ignores, and what a runner leaves. */
export const writeApart = (folder: string): void => {
  write(folder, '.vscode/settings.json', '{ "editor.rulers": [80] }');
  write(folder, 'dist/app.js', 'built();');
  write(folder, 'test-results/.last-run.json', '{}');
  write(folder, '.git/lintel-probe', '');
};

/** Takes all tests away. */
export const removeSuite = (folder: string): void => {
  for (const path of ['e2e', 'playwright.config.ts', 'package.json']) rmSync(join(folder, path), { recursive: true, force: true });
};

/** Makes a repository whose configuration of git, hooks and runner would write a file if anybody executed them. */
export const makeTraps = (folder: string, marker: string): void => {
  const script = `#!/bin/sh\necho "$0" >> '${marker}'\n`;
  write(folder, 'trap.sh', script);
  chmodSync(join(folder, 'trap.sh'), 0o755);
  const trap = join(folder, 'trap.sh');
  write(folder, '.git/hooks/post-index-change', script);
  write(folder, '.git/hooks/fsmonitor-watchman', script);
  for (const name of ['post-index-change', 'fsmonitor-watchman']) chmodSync(join(folder, `.git/hooks/${name}`), 0o755);
  appendFileSync(
    join(folder, '.git/config'),
    `[core]\n\tfsmonitor = ${trap}\n\tpager = ${trap}\n[diff]\n\texternal = ${trap}\n[diff "trap"]\n\ttextconv = ${trap}\n\tcommand = ${trap}\n[filter "trap"]\n\tclean = ${trap}\n\tsmudge = ${trap}\n`,
  );
  write(folder, '.git/info/attributes', '*.tsx diff=trap filter=trap\n');
  write(
    folder,
    'playwright.config.ts',
    `import { writeFileSync } from 'node:fs';\nwriteFileSync('${marker}', 'config');\n${FILES['playwright.config.ts']}`,
  );
};
