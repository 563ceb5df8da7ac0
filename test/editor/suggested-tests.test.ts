import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { CITING, eventually, fileUri, lintel, withFile } from './lintel.ts';

describe('suggested end-to-end tests', () => {
  it('are nothing that is asked for by itself', async () => {
    const exports = await lintel();
    assert.equal(exports.tests().state, 'idle');
    assert.deepEqual(exports.tests().items, []);
  });

  it('are shown with a verdict and in the Test Explorer for what changed, and are outdated after an edit', async () => {
    const exports = await lintel();
    await withFile('lintel.tests-probe.bin', 'bytes of no known kind\n', async (uri) => {
      await vscode.commands.executeCommand('lintel.refreshTests');
      const { state, stale, repositories, items } = exports.tests();
      assert.equal(state, 'found', JSON.stringify(repositories).slice(0, 2_000));
      assert.equal(stale, false);
      const selected = repositories.flatMap(({ selection }) => selection?.selected ?? []);
      assert.ok(
        repositories.every(({ selection }) => selection?.verdict === 'run-all'),
        JSON.stringify(repositories).slice(0, 2_000),
      );
      assert.equal(items.length, selected.length);
      assert.ok(items.length > 0);
      const document = await vscode.workspace.openTextDocument(uri);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(uri, new vscode.Position(0, 0), 'more ');
      await vscode.workspace.applyEdit(edit);
      assert.equal(exports.tests().stale, true);
      await document.save();
    });
  });

  it('are not outdated by settings that are written while the view is visible, and explain themselves in a list that leads to the test', async () => {
    const exports = await lintel();
    await withFile('lintel.tests-probe.bin', 'bytes of no known kind\n', async () => {
      await vscode.commands.executeCommand('lintel.testsView.focus');
      await vscode.commands.executeCommand('lintel.refreshTests');
      const settings = vscode.workspace.getConfiguration('editor');
      await settings.update('rulers', [80], vscode.ConfigurationTarget.Workspace);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      assert.equal(exports.tests().stale, false);
      await settings.update('rulers', undefined, vscode.ConfigurationTarget.Workspace);
      const test = exports.tests().repositories[0]?.selection?.selected[0];
      assert.ok(test, 'nothing is suggested');
      const explained = vscode.commands.executeCommand('lintel.explainTest', { kind: 'test', test, name: test.item.path });
      // The list shows its first reason as selected as soon as it stands.
      await eventually(
        async () => {
          await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
          return vscode.window.activeTextEditor?.document.uri.toString();
        },
        (uri) => uri === test.uri,
      );
      await explained;
    });
  }).timeout(60_000);

  it('are counted above a function that changed, once that is switched on', async () => {
    await lintel();
    const uri = fileUri(CITING.path);
    const before = await vscode.workspace.fs.readFile(uri);
    const lenses = async (): Promise<string[]> =>
      ((await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri)) ?? [])
        .map(({ command }) => command?.title ?? '')
        .filter((title) => /e2e tests?$/.test(title));
    const settings = vscode.workspace.getConfiguration('lintel');
    try {
      const text = new TextDecoder().decode(before);
      const at = text.search(/\n {2}return\b/);
      assert.ok(at > 0, text.slice(0, 500));
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(`${text.slice(0, at)}\n  if (1 > 2) return;${text.slice(at)}`));
      await vscode.window.showTextDocument(uri);
      assert.deepEqual(await lenses(), []);
      await settings.update('tests.codeLens.enabled', true, vscode.ConfigurationTarget.Workspace);
      await eventually(lenses, (titles) => titles.length === 1, 30_000);
    } finally {
      await settings.update('tests.codeLens.enabled', undefined, vscode.ConfigurationTarget.Workspace);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await vscode.workspace.fs.writeFile(uri, before);
    }
  }).timeout(60_000);
});
