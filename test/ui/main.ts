/**
 * The packaged extension in a real workbench, driven by Chromium as a person would: `node test/ui/main.ts --vsix FILE --workspace FOLDER --out FOLDER`.
 *
 * The workspace is the materialised sample; it is not changed. Screenshots and `results.json` land in `--out`; LINTEL_TEST_RESULTS names another file for the results.
 * CHROMIUM names the browser (default: /usr/bin/chromium). Exit code 0: every test passed.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { installExtension, startEditor } from '../../scripts/editor/editor.ts';
import { decisionsTests } from './decisions.ts';
import { gallery } from './gallery.ts';
import { graphTests } from './graph.ts';
import { hoverCard } from './hover.ts';
import { placeTests } from './place.ts';
import { createReport, type UiTest } from './report.ts';
import { searchTests } from './search.ts';
import { stateTests } from './states.ts';
import { TEST_WORLDS } from './suggested-tests.ts';
import { whyTests } from './why.ts';
import { openWorkbench, prepareHome } from './workbench.ts';
import { worldTests } from './worlds.ts';

const { values } = parseArgs({
  options: { vsix: { type: 'string' }, workspace: { type: 'string' }, out: { type: 'string' }, only: { type: 'string' } },
});
if (values.vsix === undefined || values.workspace === undefined || values.out === undefined) {
  throw new Error('Usage: node test/ui/main.ts --vsix FILE --workspace FOLDER --out FOLDER [--only "WORDS|WORDS"]');
}
const only = values.only?.split('|');
const out = resolve(values.out);
const workspace = resolve(values.workspace);
mkdirSync(out, { recursive: true });

const home = mkdtempSync(join(tmpdir(), 'lintel-ui-'));
const report = createReport(process.env.LINTEL_TEST_RESULTS ?? join(out, 'results.json'));
let stopEditor: (() => Promise<void>) | undefined;
let closeBrowser: (() => Promise<void>) | undefined;
try {
  prepareHome(home);
  await installExtension(home, resolve(values.vsix));
  const editor = await startEditor({ home });
  stopEditor = editor.stop;
  const workbench = await openWorkbench({ port: editor.port, folder: workspace, out, home });
  closeBrowser = workbench.close;
  const tests: readonly UiTest[] = [
    ...searchTests,
    ...whyTests,
    ...hoverCard,
    ...placeTests,
    ...gallery,
    ...decisionsTests,
    ...graphTests,
    ...stateTests,
    ...worldTests(resolve(values.vsix)),
    ...worldTests(resolve(values.vsix), TEST_WORLDS),
    {
      title: 'nothing was asked of another machine',
      run: async ({ outside }) => {
        if (outside.size > 0) throw new Error(`Requests went to ${[...outside].join(', ')}.`);
      },
    },
  ];
  const [ready, ...rest] = tests;
  if (ready !== undefined && (await report.run(ready, workbench))) {
    for (const test of rest) {
      if (only === undefined || only.some((words) => test.title.includes(words))) await report.run(test, workbench);
    }
  }
} catch (error) {
  report.broken('the workbench opens with the extension installed', error);
} finally {
  await closeBrowser?.();
  await stopEditor?.();
  try {
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  } catch (error) {
    // The editor's last processes may still write their logs: a folder that stays in the temporary folder fails no test.
    console.error(`${home} was not removed: ${error instanceof Error ? error.message : String(error)}`);
  }
}
writeFileSync(report.file, `${JSON.stringify(report.summary(), null, 2)}\n`);
const { passed, failed } = report.summary();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
