import assert from 'node:assert/strict';
import type { UiTest } from './report.ts';
import { eventually, type Workbench } from './workbench.ts';

const QUESTION = 'reserve stock before payment';

/** The focused element of the search page: `query` for the input, `name-3` for the fourth result. */
const focused = async ({ search }: Workbench): Promise<string | null> => {
  const element = search.locator('main :focus');
  // The focus may leave between the two questions.
  return (await element.count()) === 0 ? null : element.getAttribute('id', { timeout: 1_000 }).catch(() => null);
};

const announced = ({ search }: Workbench): Promise<string> => search.locator('#live').innerText();

/** Opens the view by its key, empties it, and asks; no mouse. */
const ask = async (workbench: Workbench, question: string): Promise<void> => {
  const { page, search } = workbench;
  await page.keyboard.press('Control+1');
  await eventually(
    () => focused(workbench),
    (id) => id === null,
  );
  await page.keyboard.press('Control+Alt+K');
  await search.locator('#query').waitFor();
  await eventually(
    () => focused(workbench),
    (id) => id === 'query',
  );
  const input = search.locator('#query');
  // The editor moves the focus into the view in steps, and keys that a machine presses in between are lost. Escape empties the input; Control+A
  // would not do: the editor selects all a moment later, and the next letter then replaces those that were typed meanwhile.
  for (let attempt = 0; attempt < 3 && (await input.inputValue()) !== question; attempt++) {
    if ((await input.inputValue()) !== '') await page.keyboard.press('Escape');
    await page.keyboard.type(question, { delay: 20 });
  }
  await eventually(
    () => announced(workbench),
    (text) => text.includes(question),
    15_000,
  );
};

/** Unfolds the filters, which are behind one button. */
export const showFilters = async ({ search }: Pick<Workbench, 'search'>): Promise<void> => {
  const funnel = search.locator('#funnel');
  if ((await funnel.getAttribute('aria-expanded')) !== 'true') await funnel.click();
};

export const searchTests: readonly UiTest[] = [
  {
    title: 'the activity bar has Lintel, and its index becomes ready',
    run: async (workbench) => {
      await workbench.showLintel();
      await workbench.search.locator('#state', { hasText: /Ask in your own words|Starting|Indexing/ }).waitFor();
      await workbench.search.locator('#state', { hasText: 'Ask in your own words' }).waitFor({ timeout: 60_000 });
    },
  },
  {
    title: 'a record is found and opened at its passage by keyboard alone',
    run: async (workbench) => {
      const { page, search } = workbench;
      await ask(workbench, QUESTION);
      const first = search.locator('.hit').first();
      assert.match(await first.locator('.title').innerText(), /reserve stock before payment/i);
      assert.ok((await first.locator('mark').count()) > 0, 'the snippet has no highlight');
      // Two lines, until it has the focus.
      const height = async (): Promise<number> => (await first.boundingBox())?.height ?? 0;
      assert.ok((await height()) < 50, `a row is ${await height()} pixels high`);
      assert.equal(await first.locator('.why').isVisible(), false);
      await page.keyboard.press('ArrowDown');
      assert.equal(await focused(workbench), 'name-0');
      assert.match(await first.locator('.facts').innerText(), /Accepted/);
      assert.ok((await first.locator('.why').innerText()).length > 0, 'the result does not say why');
      await workbench.screenshot('search-keyboard');
      await page.keyboard.press('Enter');
      await eventually(workbench.activeTab, (tab) => /0015-reserve-stock-before-payment\.md/.test(tab));
      await eventually(workbench.cursorLine, (line) => line >= 1);
    },
  },
  {
    title: 'arrows move along the results, Home and End to their ends, and Escape back to the input, which keeps the question',
    run: async (workbench) => {
      const { page, search } = workbench;
      await ask(workbench, 'payment');
      const rows = await search.locator('.hit').count();
      assert.ok(rows > 2, `only ${rows} results`);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      assert.equal(await focused(workbench), 'name-1');
      await page.keyboard.press('End');
      assert.equal(await focused(workbench), `name-${rows - 1}`);
      await page.keyboard.press('Home');
      assert.equal(await focused(workbench), 'name-0');
      await page.keyboard.press('ArrowUp');
      assert.equal(await focused(workbench), 'query');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Escape');
      assert.equal(await focused(workbench), 'query');
      await page.keyboard.press('Escape');
      assert.equal(await search.locator('#query').inputValue(), 'payment');
      assert.equal(await search.locator('.hit').count(), rows);
      // Another key, and Escape clears as in every search box.
      await page.keyboard.press('Home');
      await page.keyboard.press('Escape');
      assert.equal(await search.locator('#query').inputValue(), '');
      assert.equal(await search.locator('.hit:not(.record)').count(), 0);
    },
  },
  {
    title: 'another question begins at the top of its results, wherever the last list was scrolled to',
    run: async (workbench) => {
      const { page, search } = workbench;
      const scrolled = (): Promise<number> => search.locator('body').evaluate('window.scrollY');
      await ask(workbench, 'payment');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('End');
      await eventually(scrolled, (top) => top > 0);
      await page.keyboard.press('Escape');
      await page.keyboard.type('events between services', { delay: 20 });
      await eventually(
        () => announced(workbench),
        (text) => text.includes('events between services'),
        15_000,
      );
      await eventually(scrolled, (top) => top === 0);
    },
  },
  {
    title: 'results stand under the names of their kinds, decisions first, and nonsense gets a sentence with three results at most',
    run: async (workbench) => {
      const { search } = workbench;
      await ask(workbench, 'payment');
      const headings = await search.locator('.group h2').allInnerTexts();
      assert.ok(headings.length > 1, headings.join());
      assert.match(headings[0] ?? '', /^decisions \d+$/i);
      await workbench.screenshot('search-groups');
      await search.locator('#query').fill('flurbl wombat zonk');
      await search.locator('#state', { hasText: 'Nothing matches "flurbl wombat zonk" well.' }).waitFor();
      assert.ok((await search.locator('.hit').count()) <= 3);
      assert.equal(await search.locator('.group').count(), 0);
      await workbench.screenshot('search-nonsense');
    },
  },
  {
    title: 'Shift+Enter answers the question above the results, a citation opens its lines, and another question takes the answer away',
    run: async (workbench) => {
      const { page, search } = workbench;
      await ask(workbench, QUESTION);
      assert.equal(await search.locator('#answer').isVisible(), false);
      await page.keyboard.press('Shift+Enter');
      await search.locator('#answer figure').first().waitFor({ timeout: 15_000 });
      assert.match(await search.locator('#answer-live').innerText(), /^(?:Supported|Partly): /);
      assert.equal(await focused(workbench), 'query');
      await workbench.screenshot('search-answer');
      const source = search.locator('#answer .source').first();
      const [, path = '', line = ''] = /([\w./-]+):(\d+)/.exec(await source.innerText()) ?? [];
      await source.click();
      await eventually(workbench.activeTab, (tab) => tab.includes(path.slice(path.lastIndexOf('/') + 1)));
      await eventually(workbench.cursorLine, (at) => at === Number(line));
      await search.locator('#query').fill('payment');
      await search.locator('#answer').waitFor({ state: 'hidden' });
      await search.locator('#query').fill('which licence does Kubernetes use');
      await search.locator('#ask').click();
      await search.locator('#answer .not-recorded').waitFor({ timeout: 15_000 });
      assert.match(await search.locator('#answer').innerText(), /Searched: \d+ decisions.*\s+The index is current/);
      await workbench.screenshot('search-not-recorded');
      await search.locator('#answer button', { hasText: 'Close Answer' }).click();
      await search.locator('#answer').waitFor({ state: 'hidden' });
    },
  },
  {
    title: 'Ctrl+Enter on a result opens it to the side, and the passage is marked for a moment',
    run: async (workbench) => {
      const { page } = workbench;
      await ask(workbench, QUESTION);
      const groups = page.locator('.editor-group-container');
      const before = await groups.count();
      await page.keyboard.press('ArrowDown');
      assert.equal(await focused(workbench), 'name-0');
      await page.keyboard.press('Control+Enter');
      await eventually(
        () => groups.count(),
        (count) => count === before + 1,
      );
      const marked = `[...document.querySelectorAll('.view-overlays .cdr')].some((one) => /ced-/.test(one.className))`;
      await eventually(
        () => page.evaluate<boolean>(marked),
        (is) => is,
        2_000,
      );
      await workbench.screenshot('search-to-the-side');
      await eventually(
        () => page.evaluate<boolean>(marked),
        (is) => !is,
      );
      await page.keyboard.press('Control+W');
      await eventually(
        () => groups.count(),
        (count) => count === before,
      );
    },
  },
  {
    title: 'filters that would leave nothing together are greyed out, and can be used again afterwards',
    run: async (workbench) => {
      const { search } = workbench;
      await ask(workbench, 'payment');
      const funnel = search.locator('#funnel');
      assert.equal(await search.locator('.toggle:visible').count(), 0);
      assert.equal(await funnel.getAttribute('aria-expanded'), 'false');
      await showFilters(workbench);
      const commits = search.locator('[data-kind="commit"]');
      const superseded = search.locator('[data-status="superseded"]');
      await commits.click();
      assert.equal(await superseded.isDisabled(), true);
      assert.equal(await search.locator('[data-kind="decision"]').isDisabled(), false);
      await workbench.screenshot('search-greyed-filters');
      await commits.click();
      await superseded.click();
      assert.deepEqual([await commits.isDisabled(), await search.locator('[data-kind="specification"]').isDisabled()], [true, true]);
      // Folded, what is on stays in sight, and the button says how many.
      await funnel.click();
      assert.deepEqual(await search.locator('.toggle:visible').allInnerTexts(), ['Superseded']);
      assert.equal(await funnel.getAttribute('aria-label'), 'Filters, 1 on');
      await superseded.click();
      assert.equal(await search.locator('.toggle:disabled').count(), 0);
      assert.equal(await search.locator('.toggle:visible').count(), 0);
    },
  },
  {
    title: 'a filter is switched by keyboard, says that it is pressed, and narrows the results',
    run: async (workbench) => {
      const { page, search } = workbench;
      await ask(workbench, 'payment');
      const decisions = search.locator('[data-kind="decision"]');
      assert.equal(await decisions.getAttribute('aria-pressed'), 'false');
      // Ask, the button of the filters, the first filter.
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      assert.equal(await decisions.getAttribute('aria-pressed'), 'true');
      const kinds = (): Promise<string[]> => search.locator('.open > .hidden').allInnerTexts();
      await eventually(kinds, (all) => all.length > 0 && all.every((kind) => kind.startsWith('Decision')));
      await page.keyboard.press('Space');
      await eventually(kinds, (all) => all.some((kind) => !kind.startsWith('Decision')));
    },
  },
  {
    title: 'a commit opens as a read-only document with its message',
    run: async (workbench) => {
      const { page, search } = workbench;
      await ask(workbench, 'reserve stock');
      await showFilters(workbench);
      const commits = search.locator('[data-kind="commit"]');
      await commits.click();
      await eventually(
        () => search.locator('.open > .hidden').allInnerTexts(),
        (all) => all.length > 0 && all.every((kind) => kind.startsWith('Commit')),
      );
      const title = await search.locator('.hit .title').first().innerText();
      await search.locator('.open').first().focus();
      await page.keyboard.press('Enter');
      await eventually(workbench.activeTab, (tab) => /^[0-9a-f]{9}$/.test(tab));
      const lines = (await page.locator('.editor-instance .view-lines').first().innerText()).replaceAll('\u00a0', ' ');
      // The paths that it changed are links.
      await page.locator('.editor-instance .detected-link').first().waitFor();
      await workbench.screenshot('commit');
      await commits.click();
      assert.ok(lines.includes(title), `the document does not hold "${title}":\n${lines}`);
    },
  },
  {
    title: 'filters that leave nothing say so, to the eye and to a screen reader, and can be cleared there',
    run: async (workbench) => {
      const { search } = workbench;
      await ask(workbench, 'payment');
      await showFilters(workbench);
      await search.locator('[data-kind="guide"]').click();
      await search.locator('[data-status="rejected"]').click();
      const words = 'No results for "payment" with these filters.';
      await search.locator('#state', { hasText: words }).waitFor();
      await eventually(
        () => announced(workbench),
        (text) => text === words,
      );
      await workbench.screenshot('search-nothing-found');
      await search.locator('#state button', { hasText: 'Clear Filters' }).click();
      await search.locator('.hit').first().waitFor();
      assert.equal(await search.locator('[aria-pressed="true"]').count(), 0);
    },
  },
  {
    title: 'the question and its results survive when the view is hidden and shown again',
    run: async (workbench) => {
      const { page, search } = workbench;
      await ask(workbench, QUESTION);
      await page.keyboard.press('Control+Shift+E');
      await page.locator('.explorer-folders-view').waitFor();
      await workbench.showLintel();
      await search.locator('.hit').first().waitFor();
      assert.equal(await search.locator('#query').inputValue(), QUESTION);
    },
  },
];
