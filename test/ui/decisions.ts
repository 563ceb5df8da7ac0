import assert from 'node:assert/strict';
import type { UiTest } from './report.ts';
import { eventually, THEMES, type Workbench } from './workbench.ts';

const VIEW = 'Decisions';
const WIDTHS = [240, 480, 700] as const;

const rows = (workbench: Workbench): Promise<string[]> => workbench.pane(VIEW).locator('.monaco-list-row').allInnerTexts();

/** Opens the view and gives it the room of the other two. */
const open = async (workbench: Workbench): Promise<void> => {
  await workbench.showLintel();
  for (const name of ['Search', 'Why This Code']) {
    const header = workbench.pane(name).locator('.pane-header');
    if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
  }
  const header = workbench.pane(VIEW).locator('.pane-header');
  if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
};

export const decisionsTests: readonly UiTest[] = [
  {
    title: 'Decisions lists the records of the repository under their status, proposals first',
    run: async (workbench) => {
      await open(workbench);
      const shown = await eventually(
        () => rows(workbench),
        (all) => all.some((row) => /0014 /.test(row)),
        15_000,
      );
      assert.match(shown[0] ?? '', /Proposed|Accepted/);
    },
  },
  {
    title: 'a row of Decisions opens the record',
    run: async (workbench) => {
      await workbench
        .pane(VIEW)
        .locator('.monaco-list-row', { hasText: /outbox/i })
        .first()
        .click();
      await eventually(
        () => workbench.activeTab(),
        (tab) => /0014.*\.md/.test(tab),
      );
    },
  },
  ...THEMES.flatMap((theme) =>
    WIDTHS.map(
      (width): UiTest => ({
        title: `Decisions can be seen in ${theme} at ${width} pixels`,
        run: async (workbench) => {
          await workbench.setTheme(theme);
          await workbench.setSidebarWidth(width);
          await workbench.page.mouse.move(1100, 780);
          await workbench.screenshot(`decisions-${theme.replaceAll(' ', '-').toLowerCase()}-${width}`);
          assert.ok((await rows(workbench)).length > 5);
        },
      }),
    ),
  ),
  {
    title: 'the views are as they were before Decisions was opened',
    run: async (workbench) => {
      await workbench.setTheme(THEMES[0]);
      await workbench.setSidebarWidth(300);
      for (const name of [VIEW, 'Search', 'Why This Code']) await workbench.pane(name).locator('.pane-header').click();
    },
  },
];
