import assert from 'node:assert/strict';
import { rows } from './at-place.ts';
import { changeLockFile, changeProduct, makeRepository, restore, SUGGESTED } from './e2e-repository.ts';
import { eventually, THEMES, type Workbench } from './workbench.ts';
import type { World } from './worlds.ts';

const WIDTHS = [240, 480, 700] as const;
const TITLE = 'Suggested Tests';
/** A point of the window that nothing reacts to. */
const NOWHERE = { x: 1_100, y: 760 } as const;

const texts = async (workbench: Workbench): Promise<string> => (await rows(workbench, TITLE).allInnerTexts()).join('\n');
const paneText = async (workbench: Workbench): Promise<string> => workbench.pane(TITLE).innerText();

/** Folds the other views away, so that the whole side bar is Suggested Tests. */
const onlyTests = async (workbench: Workbench): Promise<void> => {
  await workbench.showLintel();
  for (const [name, expanded] of [
    [TITLE, 'true'],
    ['Search', 'false'],
    ['Why This Code', 'false'],
  ] as const) {
    const header = workbench.pane(name).locator('.pane-header');
    if ((await header.getAttribute('aria-expanded')) !== expanded) await header.click();
  }
};

const pictures = async (workbench: Workbench, name: string): Promise<void> => {
  for (const width of WIDTHS) {
    await workbench.setSidebarWidth(width);
    await workbench.page.mouse.move(NOWHERE.x, NOWHERE.y);
    await workbench.page.waitForTimeout(300);
    await workbench.screenshot(`tests-${name}-${width}`);
  }
};

const expand = async (workbench: Workbench, label: RegExp): Promise<void> => {
  const row = rows(workbench, TITLE).filter({ hasText: label }).first();
  await row.waitFor();
  if ((await row.getAttribute('aria-expanded')) === 'false') await row.locator('.monaco-tl-twistie').click();
};

export const TEST_WORLDS: readonly World[] = [
  {
    title: 'Suggested Tests shows verdict, reasons, what is skipped and every changed path in three themes and at three widths',
    prepare: ({ shop }) => {
      makeRepository(shop);
      return {};
    },
    run: async (workbench, { shop }) => {
      await onlyTests(workbench);
      await workbench.pane(TITLE).getByText('Nothing changed').waitFor({ timeout: 60_000 });
      await pictures(workbench, 'empty');
      changeProduct(shop);
      await eventually(
        () => texts(workbench),
        (text) => text.includes(SUGGESTED) && text.includes('Skipped'),
        30_000,
      );
      await expand(workbench, new RegExp(`^${SUGGESTED}`));
      await expand(workbench, /^Skipped/);
      await expand(workbench, /^Changed Paths/);
      for (const theme of THEMES) {
        await workbench.setTheme(theme);
        await pictures(workbench, `selected-${theme.replaceAll(' ', '-').toLowerCase()}`);
      }
      await workbench.setTheme('Dark Modern');
      changeLockFile(shop);
      await eventually(
        () => texts(workbench),
        (text) => /Run all 12 tests/.test(text),
        30_000,
      );
      await pictures(workbench, 'run-all');
      restore(shop, 'package-lock.json');
      console.log(await paneText(workbench));
      assert.ok(true);
    },
  },
];
