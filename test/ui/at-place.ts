import type { Locator } from 'playwright-core';
import { eventually, type Workbench } from './workbench.ts';

/** Title of the view that says what governs the code at hand. */
export const VIEW = 'Why This Code';

/** A point of the window that nothing reacts to. */
const NOWHERE = { x: 900, y: 760 } as const;

/** The rows of Why this code. */
export const rows = (workbench: Workbench, view: string = VIEW): Locator => workbench.pane(view).locator('.monaco-list-row');

/** Folds the Search view away, so that the whole side bar is Why this code. */
export const onlyWhy = async (workbench: Workbench): Promise<void> => {
  const header = workbench.pane('Search').locator('.pane-header');
  if (!(await header.isVisible())) await workbench.showLintel();
  if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
};

/** Unfolds the Search view again. */
export const bothViews = async (workbench: Workbench): Promise<void> => {
  const header = workbench.pane('Search').locator('.pane-header');
  if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
};

/** The lens of that title. */
export const lens = ({ page }: Workbench, title: string): Locator => page.locator('.codelens-decoration', { hasText: title }).first();

/** Opens what is below a row of Why this code, with the keyboard as with the mouse. */
export const expand = async ({ page }: Workbench, row: Locator): Promise<void> => {
  if ((await row.getAttribute('aria-expanded')) === 'true') return;
  await row.locator('.monaco-tl-twistie').click();
  await eventually(
    () => row.getAttribute('aria-expanded'),
    (expanded) => expanded === 'true',
  );
  await page.mouse.move(NOWHERE.x, NOWHERE.y);
};

/** Hovers over the name of a symbol until the card of a record comes. */
export const hoverName = (workbench: Workbench, symbol: string, title: RegExp): Promise<Locator> =>
  hoverUntilCard(
    workbench,
    workbench.page.locator('.view-line span[class^="mtk"]', { hasText: new RegExp(`^ ?${symbol}$`) }).first(),
    title,
  );

/** Hovers until the card of a record comes: the first hover may come before the server has opened the file. */
export const hoverUntilCard = async ({ page }: Workbench, target: Locator, title: RegExp): Promise<Locator> => {
  const card = page.locator('.monaco-hover:visible', { hasText: title }).first();
  for (let attempt = 0; ; attempt++) {
    await page.mouse.move(NOWHERE.x, NOWHERE.y);
    await target.hover();
    try {
      await card.waitFor({ timeout: 4_000 });
      return card;
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
};
