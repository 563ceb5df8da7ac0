import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { openBrowser, type Viewport, workbenchUrl } from '../../scripts/editor/browser.ts';

/** How much longer than usual everything may take, for a machine that has other things to do: `LINTEL_TEST_PATIENCE=4`. */
const PATIENCE = Number(process.env.LINTEL_TEST_PATIENCE ?? 1);

/** Settings of the editor under test: what would move, ask or fetch is off. */
const SETTINGS: Readonly<Record<string, unknown>> = {
  'workbench.colorTheme': 'Dark Modern',
  'window.autoDetectColorScheme': false,
  'window.restoreWindows': 'none',
  'editor.minimap.enabled': false,
  'files.autoSave': 'off',
  'workbench.reduceMotion': 'on',
  'workbench.startupEditor': 'none',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'git.autofetch': false,
  'typescript.disableAutomaticTypeAcquisition': true,
  'npm.fetchOnlinePackageInfo': false,
  'json.schemaDownload.enable': false,
  'remote.autoForwardPorts': false,
  'typescript.validate.enable': false,
};

export const THEMES = ['Dark Modern', 'Light Modern', 'Dark High Contrast'] as const;

/** The frames of our pages, the Search view first, as it was opened first; the media of a walkthrough are in frames as well. */
export const WEBVIEW = 'iframe.webview.ready[src*="extensionId=lintel.lintel"]';

/** A workbench that a test can use like a person. */
export interface Workbench {
  readonly page: Page;
  readonly folder: string;
  readonly port: number;
  /** Folder for screenshots. */
  readonly out: string;
  /** Home of the editor, with its settings and extensions. */
  readonly home: string;
  /** Hosts other than the editor that the page asked for. */
  readonly outside: ReadonlySet<string>;
  /** The page inside the Search view. */
  readonly search: FrameLocator;
  /** The section of the sidebar with the view of that name. */
  pane(name: string): Locator;
  screenshot(name: string): Promise<void>;
  /** Opens a file of the workspace by its path, with the cursor on the first line that holds a text; resolves to that line, counted from 1. */
  openFile(path: string, text: string): Promise<number>;
  /** Runs a command by its title in the palette. */
  command(title: string): Promise<void>;
  /** Shows the Lintel container. */
  showLintel(): Promise<void>;
  setTheme(theme: string): Promise<void>;
  setSidebarWidth(pixels: number): Promise<void>;
  /** Title of the active editor tab. */
  activeTab(): Promise<string>;
  /** Line of the cursor, counted from 1, as the status bar shows it. */
  cursorLine(): Promise<number>;
  close(): Promise<void>;
}

/** Writes the settings, and others beside them, into the home of an editor that has not started yet. */
export const prepareHome = (home: string, others: Readonly<Record<string, unknown>> = {}): void => {
  mkdirSync(join(home, 'user/User'), { recursive: true });
  writeFileSync(join(home, 'user/User/settings.json'), JSON.stringify({ ...SETTINGS, ...others }, null, 2));
};

/** Opens a folder, or a workspace file in its place, in the editor that listens on `port` and waits until the workbench stands. */
export const openWorkbench = async (
  at: Pick<Workbench, 'port' | 'folder' | 'out' | 'home'>,
  viewport?: Viewport,
  workspaceFile?: string,
): Promise<Workbench> => {
  const { browser, page } = await openBrowser(viewport);
  page.setDefaultTimeout(20_000 * PATIENCE);
  const outside = new Set<string>();
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    // Addresses of webview resources look like hosts and are answered by a service worker of the editor.
    const local = host === `127.0.0.1:${at.port}` || host.endsWith('.vscode-resource.vscode-cdn.net');
    if (/^(https?|wss?):$/.test(protocol) && !local) outside.add(host);
  });
  await page.goto(
    workbenchUrl({ port: at.port, folder: at.folder, ...(workspaceFile === undefined ? {} : { workspace: workspaceFile }) }),
    { timeout: 60_000 },
  );
  await page.locator('.monaco-workbench .explorer-folders-view').waitFor({ timeout: 60_000 });

  const quickInput = page.locator('.quick-input-widget input');
  const activeTab = async (): Promise<string> => (await page.locator('.tab.active').first().getAttribute('data-resource-name')) ?? '';
  const cursorLine = async (): Promise<number> => {
    const text = await page.locator('#status\\.editor\\.selection').innerText();
    return Number(/Ln (\d+)/.exec(text)?.[1]);
  };

  return {
    ...at,
    page,
    outside,
    search: page.locator(WEBVIEW).first().contentFrame().frameLocator('#active-frame'),
    pane: (name) => page.locator('.sidebar .pane', { has: page.locator('.pane-header .title', { hasText: new RegExp(`^${name}$`, 'i') }) }),
    screenshot: async (name) => {
      await page.screenshot({ path: join(at.out, `${name}.png`) });
    },
    openFile: async (path, text) => {
      const line =
        readFileSync(join(at.folder, path), 'utf8')
          .split('\n')
          .findIndex((one) => one.includes(text)) + 1;
      // A document that is just being opened takes the focus, which closes the picker.
      for (let attempt = 0; ; attempt++) {
        await page.keyboard.press('Control+P');
        try {
          await quickInput.fill(path, { timeout: 3_000 });
          break;
        } catch (error) {
          if (attempt === 3) throw error;
        }
      }
      const name = path.slice(path.lastIndexOf('/') + 1);
      // The list of recent files is shown first, and may hold the file in another row.
      await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: name }).waitFor();
      await page.keyboard.press('Enter');
      await page.locator(`.tab.active[data-resource-name="${name}"]`).first().waitFor();
      await page.locator('.editor-instance .view-line').first().waitFor();
      await page.keyboard.press('Control+G');
      await quickInput.fill(`:${line}`);
      await page.keyboard.press('Enter');
      await eventually(cursorLine, (now) => now === line);
      return line;
    },
    command: async (title) => {
      // A key that is pressed while the focus moves into or out of a page is lost.
      for (let attempt = 0; attempt < 3 && !(await quickInput.isVisible()); attempt++) {
        await page.keyboard.press('F1');
        await quickInput.waitFor({ timeout: 5_000 }).catch(() => undefined);
      }
      await quickInput.fill(`>${title}`);
      await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().waitFor();
      await page.keyboard.press('Enter');
      // The palette is gone, or the command's own picker stands in its place.
      await eventually(
        async () => (await quickInput.isVisible()) && (await quickInput.inputValue()) === `>${title}`,
        (stillThere) => !stillThere,
      );
    },
    showLintel: async () => {
      const item = page.locator('.activitybar .action-item', { has: page.locator('a.action-label[aria-label^="Lintel"]') });
      if (!(await item.getAttribute('class'))?.includes('checked')) await item.click();
      await page.locator(WEBVIEW).first().waitFor();
    },
    setTheme: async (theme) => {
      // By hand as a person would: the editor does not notice that its settings file was changed by somebody else.
      const picker = page.locator('.quick-input-widget input[placeholder*="Color Theme"]');
      for (let attempt = 0; attempt < 3 && !(await picker.isVisible()); attempt++) {
        await page.keyboard.press('Control+1');
        await page.keyboard.press('Control+K');
        await page.keyboard.press('Control+T');
        await picker.waitFor({ timeout: 5_000 }).catch(() => undefined);
      }
      await picker.waitFor();
      await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
      await quickInput.fill(theme);
      await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: theme }).waitFor();
      await page.keyboard.press('Enter');
      await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
      const words = theme.toLowerCase().split(' ').at(-1) === 'contrast' ? 'hc-black' : theme.toLowerCase().replace(' ', '_');
      await eventually(
        () => page.locator('.monaco-workbench').getAttribute('class'),
        (classes) => classes?.includes(words) === true,
      );
    },
    setSidebarWidth: async (pixels) => {
      const sidebar = page.locator('.part.sidebar');
      // VS Code rounds a drag to whole steps of its layout: twice is enough to arrive.
      for (let attempt = 0; attempt < 3; attempt++) {
        const box = await sidebar.boundingBox();
        if (box === null) throw new Error('The sidebar is not shown.');
        if (Math.abs(box.width - pixels) <= 1) return;
        await page.mouse.move(box.x + box.width, box.y + box.height - 60);
        await page.mouse.down();
        await page.mouse.move(box.x + pixels, box.y + box.height - 60, { steps: 5 });
        await page.mouse.up();
      }
    },
    activeTab,
    cursorLine,
    close: () => browser.close(),
  };
};

/** Waits until a question has the wanted answer; rejects with the last answer. */
export const eventually = async <T>(ask: () => Promise<T>, holds: (answer: T) => boolean, milliseconds = 10_000): Promise<T> => {
  const until = Date.now() + milliseconds * PATIENCE;
  for (;;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    if (Date.now() > until) throw new Error(`Still ${JSON.stringify(answer)} after ${milliseconds} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
