import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { FrameLocator } from 'playwright-core';
import type { UiTest } from './report.ts';
import { eventually, THEMES, WEBVIEW, type Workbench } from './workbench.ts';

/** The page in the tab, which was opened after the Search view. */
const pageOf = ({ page }: Workbench): FrameLocator => page.locator(WEBVIEW).nth(1).contentFrame().frameLocator('#active-frame');
const inFocus = (workbench: Workbench): Promise<string> => pageOf(workbench).locator('#details .name').innerText();

interface AxeAnswer {
  readonly violations: readonly { readonly id: string; readonly help: string }[];
}

export const graphTests: readonly UiTest[] = [
  {
    title: 'the Search view lists the records by status while nobody asks, and has a button that opens the decision graph',
    run: async (workbench) => {
      await workbench.showLintel();
      await workbench.search.locator('#query').fill('');
      await workbench.search.locator('.record').first().waitFor();
      const headings = await workbench.search.locator('.group h2').allInnerTexts();
      assert.match(headings[0] ?? '', /^proposed \d+$/i);
      await workbench.search.getByRole('button', { name: 'Show Decision Graph' }).click();
      await pageOf(workbench).locator('.node').first().waitFor();
      assert.match(await pageOf(workbench).locator('#count').innerText(), /^\d+ records$/);
    },
  },
  {
    title: 'letters find a record in the graph, arrows go to others, and Enter opens the one in focus',
    run: async (workbench) => {
      const { page } = workbench;
      const graph = pageOf(workbench);
      await graph.locator('#find').fill('kafka');
      await page.keyboard.press('Enter');
      await eventually(
        () => inFocus(workbench),
        (name) => name === '0010 Kafka for domain events',
      );
      assert.match(await graph.locator('#details').innerText(), /Superseded by\s+0019 NATS JetStream/);
      await eventually(
        () => graph.locator('#sentence').innerText(),
        (sentence) => sentence.length > 0,
      );
      await page.keyboard.press('ArrowUp');
      await eventually(
        () => inFocus(workbench),
        (name) => name.startsWith('0019 '),
      );
      await page.keyboard.press('Enter');
      await eventually(workbench.activeTab, (tab) => /0019.*\.md/.test(tab));
    },
  },
  {
    title: 'the graph grows and shrinks with its keys',
    run: async (workbench) => {
      await workbench.command('Lintel: Show Decision Graph');
      const graph = pageOf(workbench);
      const width = async (): Promise<number> => (await graph.locator('.node').first().boundingBox())?.width ?? 0;
      await graph.locator('.node').first().click();
      const before = await width();
      await workbench.page.keyboard.press('+');
      await eventually(width, (now) => now > before * 1.2);
      await workbench.page.keyboard.press('-');
      await eventually(width, (now) => Math.abs(now - before) < 1);
    },
  },
  ...THEMES.map(
    (theme): UiTest => ({
      title: `the decision graph is sound in ${theme}, and axe-core finds no violation`,
      run: async (workbench) => {
        await workbench.setTheme(theme);
        await workbench.command('Lintel: Show Decision Graph');
        const page = pageOf(workbench).locator('html');
        await pageOf(workbench).locator('.node').first().waitFor();
        for (const width of [240, 480, 700]) {
          await workbench.setSidebarWidth(width);
          await workbench.screenshot(`graph-${theme.replaceAll(' ', '-').toLowerCase()}-${width}`);
        }
        await page.evaluate(axe.source);
        const { violations }: AxeAnswer = await page.evaluate('axe.run(document)');
        assert.deepEqual(
          violations.map(({ id, help }) => `${id}: ${help}`),
          [],
        );
      },
    }),
  ),
  {
    title: 'the window is as it was before the graph was opened',
    run: async (workbench) => {
      await workbench.setTheme(THEMES[0]);
      await workbench.setSidebarWidth(300);
      await workbench.command('View: Close All Editors');
    },
  },
];
