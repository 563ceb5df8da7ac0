import axe from 'axe-core';
import type { UiTest } from './report.ts';
import { showFilters } from './search.ts';
import { CITING } from './why.ts';
import { eventually, THEMES, type Workbench } from './workbench.ts';

const WIDTHS = [240, 480] as const;

interface AxeAnswer {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

/** Every violation that axe-core finds in the page of the Search view, as text. Scripts given as text reach the page through the debugger, past its policy. */
const violations = async ({ search }: Workbench): Promise<string[]> => {
  const page = search.locator('html');
  await page.evaluate(axe.source);
  const answer: AxeAnswer = await page.evaluate('axe.run(document)');
  return answer.violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}\n${node.html}\n${node.failureSummary ?? ''}`),
  );
};

const check = async (workbench: Workbench): Promise<void> => {
  const found = await violations(workbench);
  if (found.length > 0) throw new Error(`${found.length} violations:\n${found.join('\n\n')}`);
};

const TOO_WIDE = `[...document.querySelectorAll('main *')]
  .filter((element) => !element.closest('.hidden') && !element.parentElement.closest('.snippet') && element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((element) => element.outerHTML.slice(0, 120))`;

/** Nothing may be cut off at the side: no element reaches out of the view, but for words of a line that ends in an ellipsis. */
const checkWidth = async ({ search }: Workbench): Promise<void> => {
  const wide: string[] = await search.locator('body').evaluate(TOO_WIDE);
  if (wide.length > 0) throw new Error(`wider than the view:\n${wide.join('\n')}`);
};

const fill = async ({ search }: Workbench, question: string): Promise<void> => {
  await search.locator('#query').fill(question);
  await eventually(
    () => search.locator('#live').innerText(),
    (text) => text.includes(question),
    15_000,
  );
};

const picture = (theme: string, width: number): UiTest => ({
  title: `the views are sound in ${theme} at ${width} pixels, and axe-core finds no violation`,
  run: async (workbench) => {
    const { search, page } = workbench;
    const name = `${theme.replaceAll(' ', '-').toLowerCase()}-${width}`;
    await workbench.showLintel();
    await workbench.setTheme(theme);
    await workbench.setSidebarWidth(width);
    await page.mouse.move(900, 780);
    await search.locator('#query').fill('');
    await search.locator('#state', { hasText: 'Ask in your own words' }).waitFor();
    await workbench.screenshot(`${name}-empty`);
    await check(workbench);
    await fill(workbench, 'events between services');
    await search.locator('#ask').click();
    await search.locator('#answer figure').first().waitFor({ timeout: 15_000 });
    await page.mouse.move(900, 780);
    await workbench.screenshot(`${name}-answer`);
    await checkWidth(workbench);
    await check(workbench);
    await search.locator('#answer button', { hasText: 'Close Answer' }).click();
    await showFilters(workbench);
    const decisions = search.locator('[data-kind="decision"]');
    if ((await decisions.getAttribute('aria-pressed')) === 'false') await decisions.click();
    await eventually(
      () => search.locator('.open > .hidden').allInnerTexts(),
      (all) => all.length > 0 && all.every((kind) => kind.startsWith('Decision')),
    );
    await page.mouse.move(900, 780);
    await workbench.screenshot(`${name}-results`);
    await checkWidth(workbench);
    await check(workbench);
    await decisions.click();
    await search.locator('#funnel').click();
  },
});

export const gallery: readonly UiTest[] = [
  {
    title: 'the sample is set for the pictures',
    run: async (workbench) => {
      await workbench.openFile(CITING.file, CITING.text);
      await workbench.showLintel();
    },
  },
  ...THEMES.flatMap((theme) => WIDTHS.map((width) => picture(theme, width))),
  {
    title: 'at 200 pixels everything in the search view is still inside it',
    run: async (workbench) => {
      await workbench.setSidebarWidth(200);
      await fill(workbench, 'payment');
      await workbench.screenshot('narrow-200');
      await checkWidth(workbench);
    },
  },
  {
    title: 'the status item, the palette and the walkthrough can be seen',
    run: async (workbench) => {
      const { page } = workbench;
      await workbench.setSidebarWidth(300);
      await page.keyboard.press('F1');
      await page.locator('.quick-input-widget input').fill('>Lintel: Search');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Search Decisions' }).waitFor();
      await workbench.screenshot('palette');
      await page.keyboard.press('Escape');
      await workbench.command('Lintel: Show Index Status');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Update Index' }).waitFor();
      await workbench.screenshot('index-status');
      await page.keyboard.press('Escape');
      await workbench.command('Lintel: Open Walkthrough');
      const steps = page.locator('.getting-started-step');
      await steps.first().waitFor();
      await page.setViewportSize({ width: 1600, height: 900 });
      // What this run has done already is ticked off.
      await eventually(
        () => page.locator('.getting-started-step .codicon-getting-started-step-checked').count(),
        (done) => done >= 3,
      );
      for (const name of ['search', 'why', 'cite']) {
        await page.locator(`.getting-started-step[data-step-id*="lintel.${name}"]`).click();
        await page.waitForTimeout(500);
        await workbench.screenshot(`walkthrough-${name}`);
      }
      await page.setViewportSize({ width: 1280, height: 800 });
    },
  },
];
