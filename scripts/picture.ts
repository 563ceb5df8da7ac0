import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { expand, hoverUntilCard, lens, onlyWhy, rows } from '../test/ui/at-place.ts';
import { expandTests, onlyTests } from '../test/ui/suggested-tests.ts';
import { openWorkbench, prepareHome, type Workbench } from '../test/ui/workbench.ts';
import { root } from './boot.cjs';
import type { Viewport } from './editor/browser.ts';
import { installExtension, startEditor } from './editor/editor.ts';
import { installEditor } from './editor/install.ts';
import { withSample } from './editor/sample.ts';
import { endAll, onEnd } from './process.ts';
import { command, step } from './report.ts';

/** Small enough for its text to be read in the width of a README, with pixels enough for a sharp screen. */
const VIEWPORT: Viewport = { width: 1200, height: 656, scale: 1.5 };
/** A citation of the sample with a function below it. */
const PLACE = {
  file: 'services/orders/src/events/outbox.ts',
  text: 'function appendEvent',
  citation: 'ADR-0014',
  title: /Transactional outbox/,
  lens: 'decisions govern this file',
} as const;
/** A component of the sample, and what is changed in it, so that tests are suggested. */
const CHANGE = {
  file: 'storefront/web/src/components/SlotPicker.tsx',
  before: '<legend>Delivery slot</legend>',
  after: '<legend>Choose a delivery slot</legend>',
  spec: /^delivery-slots\.spec\.ts/,
} as const;
/** The same fonts on every machine, from npm. */
const FONTS = [
  { family: 'Inter Variable', url: import.meta.resolve('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2') },
  {
    family: 'JetBrains Mono Variable',
    url: import.meta.resolve('@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2'),
  },
] as const;
const [TEXT, CODE] = FONTS;
/** Settings beside those of the tests: nothing moves, nothing is cut, and nothing that is not ours asks to be looked at. */
const SETTINGS: Readonly<Record<string, unknown>> = {
  'editor.cursorBlinking': 'solid',
  'editor.fontFamily': `'${CODE.family}'`,
  'editor.fontLigatures': false,
  'editor.fontSize': 13,
  'editor.hover.above': false,
  'editor.occurrencesHighlight': 'off',
  'editor.scrollbar.vertical': 'hidden',
  'editor.wordWrap': 'on',
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
};

/** `npm run picture`: the screenshots of the README and of the page about tests, taken of the package of this machine in a real VS Code with the sample workspace. */
async function main(): Promise<void> {
  onEnd((code) => void endAll().then(() => process.exit(code)));
  await step('editor (VS Code from npm)', installEditor);
  await withSample(async ({ vsix, workspace, scratch }) => {
    const home = path.join(scratch, 'editor');
    prepareHome(home, SETTINGS);
    await step('install Lintel into the editor', () => installExtension(home, vsix.file));
    const env = { HOME: scratch, XDG_CACHE_HOME: path.join(scratch, 'cache') };
    const editor = await step('start the editor', () => startEditor({ home, env }));
    try {
      await takePictures(editor.port, workspace, home);
    } finally {
      await editor.stop();
    }
  });
}

async function takePictures(port: number, folder: string, home: string): Promise<void> {
  const out = path.join(root, 'media');
  const workbench = await openWorkbench({ port, folder, out, home }, VIEWPORT);
  try {
    await step('open a file that decisions govern', () => arrange(workbench));
    for (const theme of ['dark', 'light'] as const) {
      const name = `screenshot-${theme}`;
      await step(`media/${name}.png`, () => picture(workbench, theme, name));
    }
    await step('change a component that tests see', () => change(workbench));
    for (const theme of ['dark', 'light'] as const) {
      await step(`media/tests-${theme}.png`, async () => {
        await workbench.setTheme(theme === 'dark' ? 'Dark Modern' : 'Light Modern');
        await workbench.screenshot(`tests-${theme}`);
      });
    }
  } catch (error) {
    const file = path.join(root, 'test-results/picture.png');
    await workbench.page.screenshot({ path: file });
    console.error(`What the editor showed: ${file}`);
    throw error;
  } finally {
    await workbench.close();
  }
}

/** Everything but the card: the file with its lens, and beside it Why this code with the reasons of the first decision. */
async function arrange(workbench: Workbench): Promise<void> {
  await useFonts(workbench.page);
  // Of a file that is opened before the index is ready the editor does not ask for the links again.
  await workbench.showLintel();
  await workbench.search.locator('#state', { hasText: 'Ask in your own words' }).waitFor({ timeout: 60_000 });
  await openPlace(workbench);
  await onlyWhy(workbench);
  await workbench.setSidebarWidth(380);
  const record = rows(workbench).filter({ hasText: PLACE.title }).first();
  await record.waitFor();
  await expand(workbench, record);
  // The last thing, because the cursor's line is read from there.
  await workbench.command('View: Toggle Status Bar Visibility');
  await workbench.page.locator('.part.statusbar').waitFor({ state: 'hidden' });
}

/** Opens the file until its lens and its link are there: an editor that is still starting may ask for them too early, and not again. */
async function openPlace(workbench: Workbench): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    await workbench.openFile(PLACE.file, PLACE.text);
    try {
      await lens(workbench, PLACE.lens).waitFor({ timeout: 8_000 });
      await citation(workbench).waitFor({ timeout: 8_000 });
      return;
    } catch (error) {
      if (attempt === 3) throw error;
      await workbench.command('View: Close All Editors');
    }
  }
}

/** The changed component, and beside it the tests that the change makes relevant with the reasons of the first one. */
async function change(workbench: Workbench): Promise<void> {
  const file = path.join(workbench.folder, CHANGE.file);
  await writeFile(
    file,
    (await readFile(file, 'utf8')).replace(CHANGE.before, () => CHANGE.after),
  );
  await workbench.command('View: Close All Editors');
  await workbench.command('View: Toggle Status Bar Visibility');
  await workbench.openFile(CHANGE.file, CHANGE.after);
  await workbench.command('View: Toggle Status Bar Visibility');
  await onlyTests(workbench);
  await workbench.setSidebarWidth(560);
  await expandTests(workbench, CHANGE.spec);
  await workbench.page.mouse.move(VIEWPORT.width - 20, VIEWPORT.height - 20);
}

const citation = ({ page }: Workbench): Locator => page.locator('.view-line .detected-link', { hasText: PLACE.citation }).first();

async function picture(workbench: Workbench, theme: 'dark' | 'light', name: string): Promise<void> {
  const { page } = workbench;
  await workbench.setTheme(theme === 'dark' ? 'Dark Modern' : 'Light Modern');
  const card = await hoverUntilCard(workbench, citation(workbench), PLACE.title);
  // VS Code's own line about the link comes after the card, which then fades in.
  await card.getByText('ctrl + click').waitFor();
  await page.waitForTimeout(500);
  await workbench.screenshot(name);
  await page.keyboard.press('Escape');
}

/** Serves the fonts from the editor's own address, as its policy wants, and puts them in the place of those that the machine has. */
async function useFonts(page: Page): Promise<void> {
  const faces: string[] = [];
  for (const [index, { family, url }] of FONTS.entries()) {
    const body = await readFile(fileURLToPath(url));
    await page.route(`**/picture-font-${index}`, (route) => route.fulfill({ body, contentType: 'font/woff2' }));
    faces.push(`@font-face { font-family: '${family}'; src: url('/picture-font-${index}'); font-weight: 100 900; }`);
  }
  const use = `.monaco-workbench { font-family: '${TEXT.family}' !important; --monaco-monospace-font: '${CODE.family}' !important; }`;
  await page.addStyleTag({ content: [...faces, use].join('\n') });
  await page.evaluate(
    `Promise.all(${JSON.stringify(FONTS.map(({ family }) => `13px '${family}'`))}.map((font) => document.fonts.load(font)))`,
  );
}

await command(main);
