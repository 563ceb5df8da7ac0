import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { lintel, withFile } from './lintel.ts';

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
});
