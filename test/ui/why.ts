import assert from 'node:assert/strict';
import type { UiTest } from './report.ts';
import { eventually, type Workbench } from './workbench.ts';

/** A file of the sample that cites a record by path. */
export const CITING = {
  file: 'services/orders/src/orders/place-order.ts',
  text: 'docs/decisions/0015',
  title: /reserve stock before payment/i,
} as const;
const OTHER = { file: 'services/orders/src/events/outbox.ts', text: 'ADR-0014', title: /outbox/i } as const;

const VIEW = 'Why This Code';
const rows = async (workbench: Workbench): Promise<string[]> => workbench.pane(VIEW).locator('.monaco-list-row').allInnerTexts();
const description = async (workbench: Workbench): Promise<string> => workbench.pane(VIEW).locator('.pane-header').innerText();

export const whyTests: readonly UiTest[] = [
  {
    title: 'Why this code shows the decision that the line cites, with the reason',
    run: async (workbench) => {
      const line = await workbench.openFile(CITING.file, CITING.text);
      await workbench.showLintel();
      const shown = await eventually(
        () => rows(workbench),
        (all) => all.some((row) => CITING.title.test(row)),
        15_000,
      );
      assert.match(shown[0] ?? '', /Governing Decisions/);
      await eventually(
        () => description(workbench),
        (text) => text.includes(`place-order.ts:${line}`),
      );
      await workbench.screenshot('why-citing-line');
    },
  },
  {
    title: 'Why this code follows the cursor to another file',
    run: async (workbench) => {
      const line = await workbench.openFile(OTHER.file, OTHER.text);
      await eventually(
        () => rows(workbench),
        (all) => OTHER.title.test(all[1] ?? ''),
        15_000,
      );
      await eventually(
        () => description(workbench),
        (text) => text.includes(`outbox.ts:${line}`),
      );
    },
  },
  {
    title: 'a pinned view stays while the cursor moves, and follows again when it is unpinned',
    run: async (workbench) => {
      const { page } = workbench;
      const pane = workbench.pane(VIEW);
      await pane.locator('.pane-header').hover();
      await pane.locator('.pane-header [aria-label^="Pin"]').click();
      await eventually(
        () => description(workbench),
        (text) => /pinned/.test(text),
      );
      await workbench.openFile(CITING.file, CITING.text);
      await page.waitForTimeout(1_000);
      assert.match(await description(workbench), /outbox\.ts/);
      await pane.locator('.pane-header').hover();
      await pane.locator('.pane-header [aria-label^="Unpin"]').click();
      await eventually(
        () => description(workbench),
        (text) => /place-order\.ts/.test(text) && !/pinned/.test(text),
      );
    },
  },
  {
    title: 'a decision in Why this code opens at its passage',
    run: async (workbench) => {
      await eventually(
        () => rows(workbench),
        (all) => all.some((row) => CITING.title.test(row)),
      );
      await workbench.pane(VIEW).locator('.monaco-list-row', { hasText: CITING.title }).first().click();
      await eventually(workbench.activeTab, (tab) => /0015-reserve-stock/.test(tab));
    },
  },
];
