import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { bothViews, expand, hoverName, lens, onlyWhy, rows, VIEW } from './at-place.ts';
import type { UiTest } from './report.ts';
import { eventually, THEMES, type Workbench } from './workbench.ts';

/** A function of the sample whose comment cites a record, and which calls a described endpoint. */
const PLACE = {
  file: 'services/orders/src/clients/payments.ts',
  text: 'idempotency-keys-for-payments',
  symbol: 'paymentsClient',
  title: /Idempotency keys for payments/,
  lens: 'Decision: 0007 Idempotency keys for payments',
} as const;
/** A record that others replaced is told here. */
const REPLACED = {
  file: 'infra/terraform/events.tf',
  text: 'Kafka is gone',
  old: 'Kafka for domain events',
  successor: 'NATS JetStream',
} as const;

const texts = (workbench: Workbench): Promise<string[]> => rows(workbench).allInnerTexts();

const atPlace = async (workbench: Workbench): Promise<void> => {
  await workbench.openFile(PLACE.file, PLACE.text);
  await eventually(
    () => texts(workbench),
    (all) => PLACE.title.test(all[1] ?? ''),
    15_000,
  );
};

const hoverSymbol = (workbench: Workbench): Promise<Locator> => hoverName(workbench, PLACE.symbol, PLACE.title);

const picture = (theme: string, width: number): UiTest => ({
  title: `hover, lens and Why this code are sound in ${theme} at ${width} pixels`,
  run: async (workbench) => {
    const { page } = workbench;
    const name = `place-${theme.replaceAll(' ', '-').toLowerCase()}-${width}`;
    await onlyWhy(workbench);
    await workbench.setTheme(theme);
    await workbench.setSidebarWidth(width);
    await atPlace(workbench);
    await expand(workbench, rows(workbench).filter({ hasText: PLACE.title }).first());
    await lens(workbench, PLACE.lens).waitFor();
    await workbench.screenshot(`${name}-why`);
    await hoverSymbol(workbench);
    // It fades in.
    await page.waitForTimeout(300);
    await workbench.screenshot(`${name}-hover`);
    await page.keyboard.press('Escape');
    await page.mouse.move(900, 760);
    // No row reaches out of the view; what does not fit is cut with an ellipsis.
    const pane = await workbench.pane(VIEW).boundingBox();
    const widest = await rows(workbench).evaluateAll((all) => Math.max(...all.map((row) => row.getBoundingClientRect().right)));
    assert.ok(pane !== null && widest <= pane.x + pane.width + 1, `a row ends at ${widest}`);
  },
});

export const placeTests: readonly UiTest[] = [
  {
    title: 'a lens above a function names the decision that governs it, and leads to Why this code for all of it',
    run: async (workbench) => {
      await workbench.setSidebarWidth(300);
      await onlyWhy(workbench);
      await atPlace(workbench);
      const link = lens(workbench, PLACE.lens).getByRole('button');
      await lens(workbench, PLACE.lens).waitFor({ timeout: 20_000 });
      await ((await link.count()) > 0 ? link.first() : lens(workbench, PLACE.lens).locator('a').first()).click();
      await eventually(
        () => workbench.pane(VIEW).locator('.pane-header').innerText(),
        (text) => /payments\.ts:13-27/.test(text),
      );
    },
  },
  {
    title: 'the hover over the name of a function quotes the decision, says why, and leads to Why this code',
    run: async (workbench) => {
      await atPlace(workbench);
      const card = await hoverSymbol(workbench);
      const text = await card.innerText();
      assert.match(text, /Accepted/);
      assert.match(text, /cited on line \d+ as/);
      assert.match(text, /0007-idempotency-keys-for-payments\.md:\d+/);
      assert.ok((await card.locator('blockquote').count()) > 0, text);
      const link = card.getByText('Why this code', { exact: true });
      await link.click();
      await eventually(
        () => workbench.pane(VIEW).locator('.pane-header').innerText(),
        (header) => /payments\.ts:13-27/.test(header),
      );
    },
  },
  {
    title: 'a decision in Why this code has its reasons below it, and a reason opens what it speaks of',
    run: async (workbench) => {
      await atPlace(workbench);
      await expand(workbench, rows(workbench).filter({ hasText: PLACE.title }).first());
      const reason = rows(workbench)
        .filter({ hasText: /cited on line/ })
        .nth(1);
      await reason.click();
      await eventually(workbench.cursorLine, (line) => line === 18);
    },
  },
  {
    title: 'Why this code groups commits of the lines and the specification of the endpoint',
    run: async (workbench) => {
      await atPlace(workbench);
      const all = await eventually(
        () => texts(workbench),
        (shown) => shown.some((row) => /^Specifications/.test(row)),
      );
      assert.ok(
        all.some((row) => /Halden Market payments.*describes POST \/v1\/payments/s.test(row)),
        all.join(' | '),
      );
      assert.ok(
        all.some((row) => /last changed line/.test(row)),
        all.join(' | '),
      );
    },
  },
  {
    title: 'Why this code asks about the selected lines',
    run: async (workbench) => {
      await workbench.openFile(PLACE.file, PLACE.text);
      for (let line = 0; line < 3; line++) await workbench.page.keyboard.press('Shift+ArrowDown');
      await eventually(
        () => workbench.pane(VIEW).locator('.pane-header').innerText(),
        (text) => /payments\.ts:18-2[01]/.test(text),
      );
    },
  },
  {
    title: 'a superseded record is marked and has its successor below it',
    run: async (workbench) => {
      await workbench.openFile(REPLACED.file, REPLACED.text);
      const old = rows(workbench).filter({ hasText: REPLACED.old }).first();
      const weak = rows(workbench)
        .filter({ hasText: /more, weakly related/ })
        .first();
      await old.or(weak).first().waitFor({ timeout: 15_000 });
      if (!(await old.isVisible())) await expand(workbench, weak);
      await old.waitFor({ timeout: 15_000 });
      assert.match(await old.innerText(), /Superseded/);
      await expand(workbench, old);
      await rows(workbench)
        .filter({ hasText: /NATS JetStream.*replaces it/s })
        .first()
        .waitFor();
      await workbench.screenshot('why-superseded');
    },
  },
  ...THEMES.flatMap((theme) => [240, 480].map((width) => picture(theme, width))),
  {
    title: 'the search view comes back unfolded',
    run: async (workbench) => {
      await bothViews(workbench);
      await workbench.setTheme('Dark Modern');
      await workbench.setSidebarWidth(300);
      await workbench.search.locator('#query').waitFor();
    },
  },
];
