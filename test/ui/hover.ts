import assert from 'node:assert/strict';
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
      const card = page.locator('.monaco-hover:visible', { hasText: CITING.title }).first();
      // The first hover may come before the server has opened the file.
      for (let attempt = 0; ; attempt++) {
        await page.mouse.move(900, 760);
        await citation.hover();
        try {
          await card.waitFor({ timeout: 4_000 });
          break;
        } catch (error) {
          if (attempt === 3) throw error;
        }
      }
      assert.match(await card.innerText(), /accepted/i);
      await workbench.screenshot('hover-card');
      await page.keyboard.press('Escape');
    },
  },
];
