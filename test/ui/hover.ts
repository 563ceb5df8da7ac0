import assert from 'node:assert/strict';
import { hoverUntilCard } from './at-place.ts';
import type { UiTest } from './report.ts';
import { CITING } from './why.ts';

export const hoverCard: readonly UiTest[] = [
  {
    title: 'the hover card over a citation names the record and its status',
    run: async (workbench) => {
      const { page } = workbench;
      await workbench.openFile(CITING.file, CITING.text);
      const citation = page
        .locator('.view-line span[class^="mtk"], .view-line span.detected-link', { hasText: '0015-reserve-stock' })
        .last();
      const card = await hoverUntilCard(workbench, citation, CITING.title);
      assert.match(await card.innerText(), /accepted/i);
      await workbench.screenshot('hover-card');
      await page.keyboard.press('Escape');
    },
  },
];
