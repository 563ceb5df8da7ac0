import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LintelExports } from '../../extension/main.ts';
import { CITING, eventually, lintel, openAt } from './lintel.ts';

describe('views', () => {
  let exports: LintelExports;
  before(async () => {
    exports = await lintel();
  });

  it('load the page of the search view when it is shown for the first time', async () => {
    await vscode.commands.executeCommand('lintel.search', 'payment');
    await eventually(
      () => exports.searchLoaded(),
      (loaded) => loaded,
      20_000,
    );
  });

  it('show under Why this code the decision that the line cites, as governing and with its reason', async () => {
    await openAt(CITING.path, CITING.citation);
    await vscode.commands.executeCommand('lintel.showWhy');
    const groups = await eventually(
      () => exports.why(),
      (all) => all.some(({ id }) => id === 'governing'),
    );
    const cited = groups.find(({ id }) => id === 'governing')?.hits.find(({ title }) => CITING.title.test(title));
    assert.ok(cited, `the record is not among the governing: ${JSON.stringify(groups)}`);
    assert.equal(cited.evidence[0]?.kind, 'cited');
    assert.match(cited.evidence[0]?.explanation ?? '', /./);
  });

  it('claim nothing as governing on likeness alone', async () => {
    await openAt(CITING.path, CITING.citation);
    await vscode.commands.executeCommand('lintel.showWhy');
    const groups = await eventually(
      () => exports.why(),
      (all) => all.length > 0,
    );
    for (const hit of groups.find(({ id }) => id === 'governing')?.hits ?? []) {
      assert.ok(
        hit.evidence.some(({ kind }) => kind === 'cited' || kind === 'scoped'),
        JSON.stringify(hit),
      );
    }
  });

  it('follow the cursor to another file', async () => {
    await openAt('services/orders/src/events/outbox.ts', 'ADR-0014');
    await eventually(
      () => exports.why(),
      (all) => all.some(({ id, hits }) => id === 'governing' && hits.some(({ title }) => /outbox/i.test(title))),
    );
  });

  it('open a record at the passage that answered', async () => {
    const answer = await exports.search({ query: 'reserve stock before payment', kinds: ['decision'] });
    const hit = answer?.hits[0];
    assert.ok(hit);
    await vscode.commands.executeCommand('lintel.openHit', hit);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor, 'no editor');
    assert.ok(editor.document.uri.path.endsWith(CITING.record));
    assert.equal(editor.selection.active.line, hit.span.start.line);
    assert.ok(editor.selection.isEmpty);
  });

  it('open a commit as text with its message', async () => {
    const answer = await exports.search({ query: 'reserve stock', kinds: ['commit'] });
    const hit = answer?.hits[0];
    assert.ok(hit);
    await vscode.commands.executeCommand('lintel.openHit', hit);
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, 'lintel-commit');
    assert.ok(document?.getText().includes(hit.title), document?.getText());
    assert.ok(document?.getText().includes(hit.sha));
  });

  it('say in words that a commit is not there', async () => {
    const document = await vscode.workspace.openTextDocument(
      vscode.Uri.from({ scheme: 'lintel-commit', path: '/0000000', query: '0'.repeat(40) }),
    );
    assert.match(document.getText(), /^Commit 0{40} is not in this repository\./);
  });
});
