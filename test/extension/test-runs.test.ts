import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../extension/tests/process.ts';
import type { SpecOutcome } from '../../server/model/test-runs.ts';
import { declaredRunner } from '../../server/selection/running/declared.ts';
import { readTestReport } from '../../server/selection/runs/read-report.ts';
import { specOutcomes } from '../../server/selection/runs/spec-outcomes.ts';

const RUNNER = `import { writeFileSync } from 'node:fs';
const [report, ...specs] = process.argv.slice(2);
const one = (spec) => '<testcase file="' + spec + '" name="works">' + (spec.includes('bad') ? '<failure message="no &lt;basket&gt;"/>' : '') + '</testcase>';
writeFileSync(report, '<testsuites><testsuite>' + specs.filter((spec) => !spec.includes('silent')).map(one).join('') + '</testsuite></testsuites>');
`;

const told = (contents: readonly string[], suite: readonly string[], wanted = suite): readonly SpecOutcome[] => {
  const reports = contents.map((content) => readTestReport(new TextEncoder().encode(content)));
  const known = suite.map((path) => ({ path, text: '' }));
  return specOutcomes(
    reports.flatMap((report) => ('refused' in report ? [] : [report])),
    known,
    wanted,
  );
};

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
  const read = async (files: readonly string[]) =>
    told(
      files.map((file) => readFileSync(file, 'utf8')),
      specs,
    );
  const { code, results } = await runCommand(command, new AbortController().signal, () => {}, read);
  expect(code).toBe(0);
  expect([...results]).toEqual([
    ['e2e/good one.js', { path: 'e2e/good one.js', outcome: 'passed', ran: 1, messages: [] }],
    ['e2e/bad.js', { path: 'e2e/bad.js', outcome: 'failed', ran: 1, messages: ['works\nno <basket>'] }],
  ]);
});

const junit = (file: string, inside = ''): string => `<testsuite><testcase file="${file}" name="works">${inside}</testcase></testsuite>`;
const paths = (...given: Parameters<typeof told>): readonly string[] => told(...given).map(({ path }) => path);

test('a name in a report that fits two specs is the result of neither, unless only one of them was to run', () => {
  expect(paths([junit('a.spec.ts')], ['one/a.spec.ts', 'two/a.spec.ts'])).toEqual([]);
  expect(paths([junit('a.spec.ts')], ['one/a.spec.ts', 'two/a.spec.ts'], ['two/a.spec.ts'])).toEqual(['two/a.spec.ts']);
  expect(paths([junit('a.spec.ts')], ['a.spec.ts', 'two/a.spec.ts'])).toEqual(['a.spec.ts']);
});

test('a result of another file is not the result of the only spec that was to run', () => {
  expect(paths([junit('e2e/other.spec.ts')], ['e2e/cart.spec.ts', 'e2e/other.spec.ts'], ['e2e/cart.spec.ts'])).toEqual([]);
  expect(paths([junit('e2e/unknown.spec.ts')], ['e2e/cart.spec.ts'])).toEqual([]);
  expect(paths([junit('cart')], ['e2e/mycart.py'])).toEqual([]);
});

test('a spec all of whose tests were skipped is skipped, in every format', () => {
  const all: readonly (readonly [file: string, report: string])[] = [
    ['a.spec.ts', junit('a.spec.ts', '<skipped/>')],
    [
      'a.spec.ts',
      '{"config":{},"suites":[{"title":"a.spec.ts","file":"a.spec.ts","specs":[{"title":"works","file":"a.spec.ts","ok":true,"tests":[{"status":"skipped","results":[]}]}]}]}',
    ],
    [
      'a.test.js',
      '{"testResults":[{"name":"/home/x/a.test.js","status":"passed","assertionResults":[{"title":"works","status":"pending"}]}]}',
    ],
    [
      'spec/a_spec.rb',
      '{"examples":[{"id":"1","file_path":"./spec/a_spec.rb","full_description":"works","status":"pending"}],"summary":{}}',
    ],
    ['a.feature', '[{"uri":"a.feature","elements":[{"name":"works","steps":[{"result":{"status":"skipped"}}]}]}]'],
  ];
  for (const [path, report] of all) expect(told([report], [path]), report).toEqual([{ path, outcome: 'skipped', ran: 0, messages: [] }]);
});

test('a failure has the name of its test and what the runner says without colours, in every format', () => {
  const red = '\\u001b[31mno basket\\u001b[0m';
  const all: readonly (readonly [file: string, report: string])[] = [
    ['a.spec.ts', junit('a.spec.ts', '<failure message="no basket"/>')],
    [
      'a.spec.ts',
      `{"config":{},"suites":[{"file":"a.spec.ts","specs":[{"title":"works","file":"a.spec.ts","tests":[{"status":"unexpected","results":[{"status":"failed","error":{"message":"${red}"}}]}]}]}]}`,
    ],
    [
      'a.test.js',
      `{"testResults":[{"name":"/x/a.test.js","assertionResults":[{"title":"works","status":"failed","failureMessages":["${red}"]}]}]}`,
    ],
    [
      'spec/a_spec.rb',
      `{"examples":[{"file_path":"./spec/a_spec.rb","full_description":"works","status":"failed","exception":{"message":"${red}"}}],"summary":{}}`,
    ],
    ['a.feature', `[{"uri":"a.feature","elements":[{"name":"works","steps":[{"result":{"status":"failed","error_message":"${red}"}}]}]}]`],
  ];
  for (const [path, report] of all)
    expect(told([report], [path]), report).toEqual([{ path, outcome: 'failed', ran: 1, messages: ['works\nno basket'] }]);
});

test('a file that Jest cannot load fails, and of a file of which one test was skipped the others count', () => {
  const report = { testResults: [{ name: '/x/a.test.js', status: 'failed', message: 'SyntaxError', assertionResults: [] }] };
  expect(told([JSON.stringify(report)], ['a.test.js'])).toMatchObject([{ outcome: 'failed', messages: ['/x/a.test.js\nSyntaxError'] }]);
  const mixed = `<testsuite><testcase file="a.spec.ts" name="one"><skipped/></testcase><testcase file="a.spec.ts" name="two"/></testsuite>`;
  expect(told([mixed], ['a.spec.ts'])).toMatchObject([{ outcome: 'passed', ran: 1 }]);
});

test('of a report that ends in the middle only failures count, and a program that is not there is told', async () => {
  expect(told(['{"suites":['], ['a.spec.ts'])).toEqual([]);
  const cut =
    '<testsuites><testsuite><testcase file="a.spec.ts" name="one"/><testcase file="b.spec.ts" name="two"><failure message="no"/></testcase>';
  expect(paths([cut], ['a.spec.ts', 'b.spec.ts'])).toEqual(['b.spec.ts']);
  const command = { framework: 'declared', specs: ['a'], cwd: '', folder, text: '', command: 'no-such-program-here', args: [] };
  const outcome = await runCommand(
    command,
    new AbortController().signal,
    () => {},
    async () => [],
  );
  expect(outcome).toMatchObject({ code: undefined, error: expect.stringContaining('ENOENT') });
});
