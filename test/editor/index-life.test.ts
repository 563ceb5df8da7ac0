import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { LintelExports } from '../../extension/main.ts';
import { eventually, figures, lintel, withFile } from './lintel.ts';

const RECORD = `# Paint the quokka shed ultramarine

## Status

Accepted

## Decision

The quokka shed is painted ultramarine, because quokkas like it.
`;

/** Processes of the language server that this extension host started. */
const serverProcesses = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const parent = Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]);
        return parent === process.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('dist/server.cjs');
      } catch {
        return false; // It ended meanwhile.
      }
    })
    .map(Number);

describe('the index', () => {
  let exports: LintelExports;
  before(async () => {
    exports = await lintel();
  });

  const titles = async (query: string): Promise<string[]> => (await exports.search({ query }))?.hits.map(({ title }) => title) ?? [];

  it('counts what the sample holds and says so in the status', () => {
    const { counts, git, models } = exports.summary();
    assert.ok((counts.decision ?? 0) >= 20, JSON.stringify(counts));
    assert.ok((counts.commit ?? 0) >= 50, JSON.stringify(counts));
    assert.ok((counts.specification ?? 0) > 0, JSON.stringify(counts));
    assert.equal(git, true);
    assert.equal(models.length, 1);
  });

  it('finds a record soon after it was saved, and no more after it was deleted', async () => {
    assert.ok(!(await titles('quokka shed')).some((title) => /quokka/.test(title)));
    await withFile('docs/decisions/0991-paint-the-quokka-shed.md', '# Nothing yet\n', async (uri) => {
      const document = await vscode.workspace.openTextDocument(uri);
      const edit = new vscode.WorkspaceEdit();
      edit.replace(uri, new vscode.Range(0, 0, document.lineCount, 0), RECORD);
      await vscode.workspace.applyEdit(edit);
      const begun = performance.now();
      await document.save();
      await eventually(
        () => titles('quokka shed'),
        (all) => all.some((title) => /quokka/.test(title)),
        20_000,
      );
      figures.saveToSearchableMilliseconds = Math.round(performance.now() - begun);
    });
    await eventually(
      () => titles('quokka shed'),
      (all) => !all.some((title) => /quokka/.test(title)),
      20_000,
    );
  });

  it('is brought up to date by the command, which ends when it is', async () => {
    await vscode.commands.executeCommand('lintel.reindex');
    const { phase, behind } = exports.summary();
    assert.equal(phase, 'ready');
    assert.equal(behind, 0);
  });

  it('answers after the server was killed and restarted, without a message to the user', async function () {
    if (process.platform !== 'linux') this.skip();
    const [before] = serverProcesses();
    assert.ok(before, 'the server has no process');
    process.kill(before, 'SIGKILL');
    await eventually(serverProcesses, (now) => now.length === 1 && now[0] !== before, 20_000);
    await eventually(
      () => exports.summary().phase,
      (phase) => phase === 'ready',
      20_000,
    );
    assert.ok((await titles('reserve stock before payment')).length > 0);
  });

  it('answers after the command restarted the server', async () => {
    await vscode.commands.executeCommand('lintel.restartServer');
    await lintel();
    assert.ok((await titles('payment')).length > 0);
  });
});
