import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { rows } from './at-place.ts';
import {
  CHANGED,
  changeLockFile,
  changeProduct,
  makeRepository,
  makeTraps,
  removeSuite,
  restore,
  SUGGESTED,
  writeApart,
} from './e2e-repository.ts';
import { showFilters } from './search.ts';
import { eventually, THEMES, type Workbench } from './workbench.ts';
import type { World } from './worlds.ts';

const WIDTHS = [240, 480, 700] as const;
const VIEW = 'Suggested Tests';
/** A point of the window that nothing reacts to. */
const NOWHERE = { x: 1_100, y: 740 } as const;
const PATIENT = 30_000;

const texts = async (workbench: Workbench): Promise<string> => (await rows(workbench, VIEW).allInnerTexts()).join('\n');
const row = (workbench: Workbench, label: RegExp): Locator => rows(workbench, VIEW).filter({ hasText: label }).first();
/** What stands beside the title of the view: the difference, and whether the answer is older than the files. */
const beside = (workbench: Workbench): Promise<string> => workbench.pane(VIEW).locator('.pane-header .description').innerText();

/** Folds the other views away, so that the whole side bar is Suggested Tests. */
export const onlyTests = async (workbench: Workbench): Promise<void> => {
  const container = workbench.page.locator('.activitybar a.action-label[aria-label^="Lintel"]');
  if (!(await workbench.pane(VIEW).isVisible())) await container.click();
  await workbench.pane(VIEW).waitFor();
  for (const [name, expanded] of [
    [VIEW, 'true'],
    ['Search', 'false'],
    ['Why This Code', 'false'],
    ['Decisions', 'false'],
  ] as const) {
    const header = workbench.pane(name).locator('.pane-header');
    if ((await header.getAttribute('aria-expanded')) !== expanded) await header.click();
  }
};

/** Nothing may reach out of the view at the side. */
const checkWidth = async (workbench: Workbench): Promise<void> => {
  const pane = await workbench.pane(VIEW).boundingBox();
  const ends = await workbench
    .pane(VIEW)
    .locator('.monaco-list-row, .message, .welcome-view-content > *')
    .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().right));
  assert.ok(pane !== null && ends.every((end) => end <= pane.x + pane.width + 1), `something ends at ${Math.max(...ends)}`);
};

const pictures = async (workbench: Workbench, name: string): Promise<void> => {
  for (const width of WIDTHS) {
    await workbench.setSidebarWidth(width);
    await workbench.page.mouse.move(NOWHERE.x, NOWHERE.y);
    await workbench.page.waitForTimeout(200);
    await workbench.screenshot(`tests-${name}-${width}`);
    await checkWidth(workbench);
  }
};

/** Opens what is below a row of Suggested Tests. */
export const expandTests = async (workbench: Workbench, label: RegExp): Promise<void> => {
  await row(workbench, label).waitFor();
  if ((await row(workbench, label).getAttribute('aria-expanded')) === 'false')
    await row(workbench, label).locator('.monaco-tl-twistie').click();
};

/** Chooses from the list that a command shows. */
const choose = async ({ page }: Workbench, text: RegExp): Promise<void> => {
  await page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().click();
};

/** The view says this. */
const says = (workbench: Workbench, words: string): Promise<void> =>
  workbench.pane(VIEW).getByText(words).first().waitFor({ timeout: PATIENT });

const suggested = (workbench: Workbench): Promise<string> =>
  eventually(
    () => texts(workbench),
    (text) => text.includes(SUGGESTED),
    PATIENT,
  );

export const TEST_WORLDS: readonly World[] = [
  {
    title:
      'Suggested Tests says verdict, reasons, what is skipped and what changed, in three themes and at three widths, and is not outdated by settings',
    prepare: ({ shop }) => {
      makeRepository(shop);
      return {};
    },
    run: async (workbench, { shop }) => {
      await onlyTests(workbench);
      await says(workbench, 'Nothing changed');
      await pictures(workbench, 'empty');
      changeProduct(shop);
      await suggested(workbench);
      await expandTests(workbench, new RegExp(`^${SUGGESTED}`));
      await expandTests(workbench, /^Skipped/);
      await expandTests(workbench, /^Changed Paths/);
      // What was unfolded last is drawn a moment later.
      const text = await eventually(
        () => texts(workbench),
        (all) => /admin\/index\.spec\.ts/.test(all),
      );
      assert.match(text, /Run \d+ of 12 tests/);
      assert.match(text, /goes to \/checkout; App\.tsx serves it with DeliverySlotPicker\.tsx/);
      assert.match(text, /admin\/index\.spec\.ts/);
      for (const theme of THEMES) {
        await workbench.setTheme(theme);
        await pictures(workbench, `selected-${theme.replaceAll(' ', '-').toLowerCase()}`);
      }
      await workbench.setTheme('Dark Modern');
      writeApart(shop);
      await workbench.page.waitForTimeout(1_500);
      assert.equal(await beside(workbench), 'working tree');
      await workbench.openFile(CHANGED, 'export');
      await workbench.page.keyboard.type('// ');
      await eventually(
        () => beside(workbench),
        (said) => said === 'outdated · working tree',
      );
      await pictures(workbench, 'outdated');
      await workbench.openFile(CHANGED, 'className');
      await workbench.command('File: Revert File');
      await workbench.command('View: Close All Editors');
      await eventually(
        () => beside(workbench),
        (said) => said === 'working tree',
        PATIENT,
      );
      changeLockFile(shop);
      await says(workbench, 'Run all 12 tests');
      await pictures(workbench, 'run-all');
      restore(shop, 'package-lock.json');
      await workbench.command('Lintel: Suggest End-to-End Tests');
      await choose(workbench, /Against a branch/);
      await workbench.page.locator('.quick-input-widget input').fill('no-such-branch');
      await workbench.page.keyboard.press('Enter');
      await says(workbench, 'no-such-branch');
      await pictures(workbench, 'error');
      await row(workbench, /Compare with Something Else/).click();
      await choose(workbench, /Staged changes/);
      await says(workbench, 'Nothing changed');
      await pictures(workbench, 'staged');
      await workbench.command('Lintel: Suggest End-to-End Tests');
      await choose(workbench, /Working tree/);
      await suggested(workbench);
      await workbench.command('Lintel: Explain Suggested Test');
      await choose(workbench, new RegExp(SUGGESTED));
      await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'goes to /checkout' }).waitFor();
      await workbench.screenshot('tests-explain');
      await choose(workbench, /goes to \/checkout/);
      await eventually(workbench.activeTab, (tab) => tab === SUGGESTED);
      assert.equal(await workbench.cursorLine(), 5);
      await workbench.command('View: Close All Editors');
      await onlyTests(workbench);
      await row(workbench, /^Suggested/).click();
      await workbench.screenshot('tests-buttons');
      await workbench.command('Testing: Focus on Test Explorer View');
      await workbench.page.locator('.test-explorer .monaco-list-row', { hasText: 'Lieferzeit' }).first().waitFor();
      await workbench.screenshot('tests-explorer');
      await onlyTests(workbench);
      const search = workbench.pane('Search').locator('.pane-header');
      if ((await search.getAttribute('aria-expanded')) === 'false') await search.click();
      await showFilters(workbench);
      await workbench.search.locator('[data-kind="test"]').click();
      await workbench.search.locator('#query').fill('checkout');
      await workbench.search.locator('.hit', { hasText: 'Lieferzeit' }).first().waitFor({ timeout: PATIENT });
      await workbench.setSidebarWidth(480);
      await workbench.screenshot('tests-search');
      removeSuite(shop);
      await onlyTests(workbench);
      await says(workbench, 'No end-to-end tests were found');
      await pictures(workbench, 'no-suite');
    },
  },
  {
    title: 'in restricted mode tests are suggested, the run buttons say why they run none, and nothing of the repository is executed',
    settings: {
      'security.workspace.trust.enabled': true,
      'security.workspace.trust.startupPrompt': 'never',
      'security.workspace.trust.banner': 'always',
    },
    editor: { trust: true },
    prepare: ({ shop, scratch }) => {
      makeRepository(shop);
      makeTraps(shop, join(scratch, 'executed'));
      changeProduct(shop);
      return {};
    },
    run: async (workbench, { scratch }) => {
      const { page } = workbench;
      await page.getByText('Restricted Mode').first().waitFor({ timeout: PATIENT });
      await onlyTests(workbench);
      await suggested(workbench);
      await says(workbench, 'Restricted Mode: tests are suggested, and none can be run');
      await pictures(workbench, 'restricted');
      const toast = page.locator('.notification-toast', { hasText: 'Lintel runs no tests in Restricted Mode' });
      await row(workbench, /^Suggested/).click();
      await workbench.pane(VIEW).locator('.actions-container [aria-label^="Run Suggested Tests"]').click();
      await toast.waitFor({ timeout: PATIENT });
      assert.equal(await toast.count(), 1);
      await workbench.screenshot('tests-restricted-run');
      await workbench.command('Notifications: Clear All Notifications');
      await workbench.command('Lintel: Explain Suggested Test');
      await choose(workbench, new RegExp(SUGGESTED));
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'goes to /checkout' }).waitFor();
      await page.keyboard.press('Escape');
      assert.ok(!existsSync(join(scratch, 'executed')), 'something of the repository was executed');
    },
  },
];
