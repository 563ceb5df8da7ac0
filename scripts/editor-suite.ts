import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { format } from 'node:util';
import { root } from './boot.cjs';
import { openBrowser, workbenchUrl } from './editor/browser.ts';
import { startEditor } from './editor/editor.ts';
import { materialiseSample } from './editor/sample.ts';
import { bundleEditorTests } from './packaging/bundle.ts';
import { endAll, onEnd } from './process.ts';
import { command, Sentence } from './report.ts';

/** Longest time for the whole suite, in milliseconds; a suite that hangs calls no exit. */
const LIMIT = 480_000;
const RESULTS = path.join(root, 'test-results/editor.json');
/** What the editor itself says about its surroundings, which is nothing about us. */
const NOISE =
  /^(Ignoring fetching additional|Resolv|Creating a socket|\[reconnection-grace|\[Service Worker|\[AgentHost|\[AccountPolicy|Updating additional|Error: C(ould not locate|annot find module).*(bindings|watchdog)|Cannot find module .*watchdog|A mcp |The web worker)/;

/**
 * Runs the suite of `test/editor` inside the extension host of a real VS Code, on the extension as built in `dist/`, with the sample workspace open.
 * The suite writes its results to the file that `LINTEL_TEST_RESULTS` names.
 */
async function main(): Promise<void> {
  onEnd((code) => void endAll().then(() => process.exit(code)));
  const scratch = await mkdtemp(path.join(tmpdir(), 'lintel-editor-'));
  const folder = path.join(scratch, 'shop');
  await mkdir(path.dirname(RESULTS), { recursive: true });
  await Promise.all([bundleEditorTests(), materialiseSample(folder), rm(RESULTS, { force: true })]);
  const home = path.join(scratch, 'home');
  await installModels(home);
  // Without it, the editor has no chat and no language models.
  const settings = { 'chat.disableAIFeatures': false };
  const editor = await startEditor({
    home,
    driver: true,
    settings,
    env: { HOME: home, XDG_CACHE_HOME: path.join(home, 'cache'), TMPDIR: scratch },
  });
  try {
    const code = await runInside(editor.port, folder);
    if (code !== 0) process.exitCode = 1;
    if (!existsSync(RESULTS)) throw new Sentence(`The suite ended (${code}) without results.`);
    const { results } = JSON.parse(readFileSync(RESULTS, 'utf8')) as { results: readonly unknown[] };
    console.log(`${results.length} tests, exit code ${code}`);
  } finally {
    await editor.stop();
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Puts an extension into the home that provides language models: an editor has none by itself. */
async function installModels(home: string): Promise<void> {
  const folder = path.join(home, 'extensions/lintel-test.models-1.0.0');
  await mkdir(folder, { recursive: true });
  await cp(path.join(root, 'test/editor/models'), folder, { recursive: true });
}

async function runInside(port: number, folder: string): Promise<number> {
  const { browser, page } = await openBrowser();
  try {
    const exit = new Promise<number>((resolve) => void page.exposeFunction('codeAutomationExit', (code: number) => resolve(code)));
    await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) => {
      const text = format(...args);
      if (!NOISE.test(text)) console.log(text);
    });
    page.on('pageerror', (error) => console.error(`[page] ${error.message}`));
    const tests = path.join(root, 'dist-test/editor/index.js');
    await page.goto(workbenchUrl({ port, folder, extension: root, tests, env: { LINTEL_TEST_RESULTS: RESULTS } }));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), LIMIT);
    });
    const code = await Promise.race([exit, late]);
    clearTimeout(timer);
    if (code !== undefined) return code;
    const picture = path.join(root, 'test-results/editor-timeout.png');
    await page.screenshot({ path: picture });
    throw new Sentence(`The suite did not end in ${LIMIT / 1000} s. What the editor showed: ${picture}`);
  } finally {
    await browser.close();
  }
}

await command(main);
