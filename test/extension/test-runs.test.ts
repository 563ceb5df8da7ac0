import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../extension/tests/process.ts';
import { readReports } from '../../extension/tests/reports.ts';
import { declaredRunner } from '../../server/selection/running/declared.ts';

const RUNNER = `import { writeFileSync } from 'node:fs';
const [report, ...specs] = process.argv.slice(2);
const one = (spec) => '<testcase file="' + spec + '" name="works">' + (spec.includes('bad') ? '<failure message="no &lt;basket&gt;"/>' : '') + '</testcase>';
writeFileSync(report, '<testsuites><testsuite>' + specs.filter((spec) => !spec.includes('silent')).map(one).join('') + '</testsuite></testsuites>');
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lintel-run-'));
  mkdirSync(join(folder, 'e2e'));
  writeFileSync(join(folder, 'runner.mjs'), RUNNER);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a command of lintel.yaml that writes JUnit XML gives each spec its result, and none to a spec that it does not name', async () => {
  const runner = declaredRunner('node runner.mjs {report} {specs}');
  if ('reason' in runner) throw new Error(runner.reason);
  const specs = ['e2e/good one.js', 'e2e/bad.js', 'e2e/silent.js'];
  const line = runner.line(specs);
  expect(line.args).toEqual(['runner.mjs', 'test-report.xml', ...specs]);
  const command = { framework: 'declared', specs, cwd: '', folder, text: '', ...line };
  const { code, results } = await runCommand(command, new AbortController().signal, () => {});
  expect(code).toBe(0);
  expect([...results]).toEqual([
    ['e2e/good one.js', { failed: false, ran: 1, messages: [] }],
    ['e2e/bad.js', { failed: true, ran: 1, messages: ['works\nno <basket>'] }],
  ]);
});

test('a name in a report that fits two specs is the result of neither, and the end of a word is no name', () => {
  const junit = (file: string): string => `<testsuite><testcase file="${file}" name="works"/></testsuite>`;
  expect([...readReports('junit', [junit('a.spec.ts')], ['one/a.spec.ts', 'two/a.spec.ts']).keys()]).toEqual([]);
  expect([...readReports('junit', [junit('a.spec.ts')], ['a.spec.ts', 'two/a.spec.ts']).keys()]).toEqual(['a.spec.ts']);
  expect([...readReports('junit', [junit('cart')], ['e2e/mycart.py', 'e2e/cart.py']).keys()]).toEqual(['e2e/cart.py']);
});

test('a report that ends in the middle says nothing, and a program that is not there is told', async () => {
  expect(readReports('playwright-json', ['{"suites":['], ['a.spec.ts']).size).toBe(0);
  const command = { framework: 'declared', specs: ['a'], cwd: '', folder, text: '', command: 'no-such-program-here', args: [] };
  const outcome = await runCommand(command, new AbortController().signal, () => {});
  expect(outcome).toMatchObject({ code: undefined, error: expect.stringContaining('ENOENT') });
});
