import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, fileUri, lintel } from './lintel.ts';

const SETTINGS = 'lintel.yaml';
const FOLDER = 'checks';
const CHECKS = ['fails', 'passes', 'silent', 'skips'].map((name) => `${FOLDER}/${name}.check.mjs`);

/** Reports that one check passed, one failed and one was skipped, says nothing of another one, and ends well. */
const RUNNER = `import { writeFileSync } from 'node:fs';
const [report, ...specs] = process.argv.slice(2);
const told = specs.filter((file) => !file.includes('silent'));
const caseOf = (file) => '<testcase file="' + file + '" name="check">' + (file.includes('fails') ? '<failure message="no"/>' : file.includes('skips') ? '<skipped/>' : '') + '</testcase>';
writeFileSync(report, '<testsuites><testsuite>' + told.map(caseOf).join('') + '</testsuite></testsuites>');
`;

const write = async (path: string, text: string): Promise<void> => {
  await vscode.workspace.fs.writeFile(fileUri(path), new TextEncoder().encode(text));
};

describe('suggested end-to-end tests', () => {
  let settings: Uint8Array | undefined;

  before(async () => {
    await lintel();
    settings = await vscode.workspace.fs.readFile(fileUri(SETTINGS)).then(
      (bytes) => bytes,
      () => undefined,
    );
    const others = (await vscode.workspace.fs.readDirectory(fileUri(''))).map(([name]) => name).filter((name) => name !== FOLDER);
    const suite = {
      globs: [`${FOLDER}/*.check.mjs`],
      exclude: others.map((name) => `${name}/**`),
      command: `node ${FOLDER}/run.mjs {report} {specs}`,
    };
    await write(SETTINGS, `${settings === undefined ? '' : new TextDecoder().decode(settings)}\ntests: ${JSON.stringify(suite)}\n`);
    await write(`${FOLDER}/run.mjs`, RUNNER);
    for (const path of CHECKS) await write(path, `// ${path}\n`);
  });

  after(async () => {
    await vscode.workspace.fs.delete(fileUri(FOLDER), { recursive: true });
    if (settings === undefined) await vscode.workspace.fs.delete(fileUri(SETTINGS));
    else await vscode.workspace.fs.writeFile(fileUri(SETTINGS), settings);
  });

  it('run on a command, and one that the runner does not report is not passed, while one that it skipped is skipped', async () => {
    const { tests } = await lintel();
    await eventually(
      async () => {
        await vscode.commands.executeCommand('lintel.refreshTests');
        return tests().repositories.flatMap(({ selection }) => selection?.selected.map(({ item }) => item.path) ?? []);
      },
      (paths) => JSON.stringify([...paths].sort()) === JSON.stringify(CHECKS),
      25_000,
    );
    assert.deepEqual(
      tests().items.map(({ outcome }) => outcome),
      [undefined, undefined, undefined, undefined],
      'nothing ran by itself',
    );
    await vscode.commands.executeCommand('lintel.runSuggestedTests');
    const outcomes = Object.fromEntries(tests().items.map(({ label, outcome }) => [label, outcome]));
    assert.deepEqual(Object.values(outcomes).sort(), ['errored', 'failed', 'passed', 'skipped'], JSON.stringify(outcomes));
    const named = (part: string): string | undefined => Object.entries(outcomes).find(([label]) => label.includes(part))?.[1];
    assert.deepEqual(
      [named('passes'), named('fails'), named('silent'), named('skips')],
      ['passed', 'failed', 'errored', 'skipped'],
      JSON.stringify(outcomes),
    );
  }).timeout(60_000);

  it('give a command to copy', async () => {
    await vscode.commands.executeCommand('lintel.copyTestCommand');
    assert.match(await vscode.env.clipboard.readText(), /^node checks\/run\.mjs test-report\.xml checks\//);
  });
});
