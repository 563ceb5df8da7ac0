import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { TestSelection } from '../server/model/selection.ts';
import type { TestRunReport } from '../server/model/test-runs.ts';
import { openApplication } from './faults/applications.ts';

/**
 * The whole loop in the sample shop, really: `npm test -- loop`, or `npm run bench -- selection-loop [--scratch FOLDER]`. A text of a page is broken, the
 * command line selects, Playwright runs the shop's own suite in Chromium with Lintel's reporter, and once more as a whole, both runs are recorded, and the
 * report has to say that the selection kept the failure. Needs what `npm run bench -- faults` needs. Ends with 1 where something does not hold.
 */
const { values } = parseArgs({ options: { scratch: { type: 'string' } }, allowPositionals: true });
const scratch = resolve(values.scratch ?? join(tmpdir(), 'lintel-faults'), 'shop');
const app = await openApplication('shop', scratch);
const PATH = 'storefront/web/src/texts.ts';
const BROKEN = 'e2e/tests/payment-declined.spec.ts';
const file = join(app.folder, PATH);
const text = readFileSync(file, 'utf8');
const selectionFile = join(scratch, 'selection.json');
const reportFile = join(scratch, 'report.json');
const log = join(app.folder, '.lintel/test-runs.jsonl');

/** What the command line prints, and the code that it ends with. */
const lintel = (...args: readonly string[]): { readonly out: string; readonly code: number } => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [fileURLToPath(new URL('../server/cli/main.ts', import.meta.url)), ...args],
    {
      cwd: app.folder,
      encoding: 'utf8',
      env: { ...process.env, LINTEL_INDEX: join(scratch, 'loop-index') },
      maxBuffer: 1 << 26,
    },
  );
  if (status !== 0 && status !== 10) throw new Error(`lintel ${args.join(' ')} ended with ${status}: ${stderr}`);
  return { out: stdout, code: status };
};
const done = (what: string): void => console.log(`✓ ${what}`);

rmSync(log, { force: true });
try {
  await app.start();
  writeFileSync(file, text.replace('This card has expired.', 'Your card has expired.'));
  assert.notEqual(readFileSync(file, 'utf8'), text);
  assert.ok(await app.apply([PATH]), 'the shop builds and starts');

  const { out } = lintel('tests', 'select', '--format', 'json', '--budget', '40%');
  const selection = JSON.parse(out) as TestSelection;
  const selected = selection.selected.map(({ item }) => item.path).sort();
  assert.ok(selected.includes(BROKEN) && selected.length < selection.suite / 2, `selected: ${selected.join(', ')}`);
  writeFileSync(selectionFile, out);
  done(`selected ${selected.length} of ${selection.suite} specs: ${selection.cause}`);

  const part = await app.run({ selection: selectionFile });
  assert.deepEqual([...part.keys()].sort(), selected, 'the reporter lets Playwright run what is selected, and nothing else');
  assert.deepEqual(part.get(BROKEN)?.failed, ['an expired card is named as such']);
  done(`Playwright ran these ${part.size}, and the broken one fails`);
  assert.match(lintel('tests', 'record', '--junit', reportFile, '--selection', selectionFile).out, /1 failed/);

  const whole = await app.run();
  assert.equal(whole.size, selection.suite);
  lintel('tests', 'record', '--junit', reportFile, '--selection', selectionFile);
  assert.equal(readFileSync(log, 'utf8').trim().split('\n').length, 2);
  done(`recorded it and a run of all ${whole.size}`);

  const report = JSON.parse(lintel('tests', 'report', '--format', 'json').out) as TestRunReport;
  const { runs, failures, kept } = report.selection;
  assert.deepEqual(
    { runs, failures, kept, misses: report.misses, selected: report.selected.runs },
    { runs: 1, failures: 1, kept: 1, misses: [], selected: 1 },
  );
  assert.ok(lintel('tests', 'report', '--format', 'html').out.includes('<html'));
  done('reported that the selection kept the failure');
} finally {
  execFileSync('git', ['-C', app.folder, 'checkout', '--quiet', '--', '.']);
  if (existsSync(log)) rmSync(log);
  await app.stop();
}
process.exit(0);
