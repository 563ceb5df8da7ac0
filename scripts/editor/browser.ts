import { type Browser, chromium, type Page } from 'playwright-core';
import { Sentence } from '../report.ts';
import { findChromium } from '../system.ts';

/** A headless browser with one page, which reaches nothing but 127.0.0.1. */
export interface OpenBrowser {
  readonly browser: Browser;
  readonly page: Page;
}

/** Size of a page in pixels of its own, and how many pixels of a picture one of them has (default: 1). */
export interface Viewport {
  readonly width: number;
  readonly height: number;
  readonly scale?: number;
}

/** What the address of the workbench says beside the folder. */
export interface WorkbenchWishes {
  readonly port: number;
  /** Absolute path of the folder to open. */
  readonly folder: string;
  /** Absolute path of a `.code-workspace` file to open in the place of the folder. */
  readonly workspace?: string;
  /** Absolute path of an extension under development; the editor must have been started as `driver`. */
  readonly extension?: string;
  /** Absolute path of the tests' entry, a `.js` file; the editor must have been started as `driver`. */
  readonly tests?: string;
  /** Environment of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
}

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A request to anywhere else fails at once and loudly.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** Opens a headless browser of the Chromium family. Throws a {@link Sentence} where there is none. */
export async function openBrowser(viewport: Viewport = { width: 1280, height: 800 }): Promise<OpenBrowser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Sentence('No browser of the Chromium family was found. Name one in CHROMIUM.');
  const browser = await chromium.launch({ executablePath, headless: true, args: FLAGS });
  const context = await browser.newContext({ viewport, deviceScaleFactor: viewport.scale ?? 1, locale: 'en-US' });
  return { browser, page: await context.newPage() };
}

/** The address of the workbench. VS Code compares the host of remote addresses literally: 127.0.0.1, never localhost. */
export function workbenchUrl(wishes: WorkbenchWishes): string {
  const authority = `127.0.0.1:${wishes.port}`;
  const remote = (file: string) => `vscode-remote://${authority}${file}`;
  const payload: [string, string][] = [['skipWelcome', 'true']];
  if (wishes.extension !== undefined) payload.push(['extensionDevelopmentPath', remote(wishes.extension)]);
  if (wishes.tests !== undefined) payload.push(['extensionTestsPath', remote(wishes.tests)]);
  if (wishes.env !== undefined) payload.push(['extensionEnvironment', JSON.stringify(wishes.env)]);
  const url = new URL(`http://${authority}/`);
  if (wishes.workspace === undefined) url.searchParams.set('folder', wishes.folder);
  else url.searchParams.set('workspace', wishes.workspace);
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}
