import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, fileUri, lintel } from './lintel.ts';

const CODE = 'services/orders/src/events/outbox.ts';

/** Runs a command and answers its list in the place of a person; `undefined` if it showed none. */
const listed = async (command: string, choose?: RegExp): Promise<readonly vscode.QuickPickItem[] | undefined> => {
  const { showQuickPick } = vscode.window;
  let shown: readonly vscode.QuickPickItem[] | undefined;
  const pick = (items: readonly vscode.QuickPickItem[]): Promise<vscode.QuickPickItem | undefined> => {
    shown = items;
    return Promise.resolve(choose && items.find(({ label }) => choose.test(label)));
  };
  Object.assign(vscode.window, { showQuickPick: pick });
  try {
    await vscode.commands.executeCommand(command);
  } finally {
    Object.assign(vscode.window, { showQuickPick });
  }
  return shown;
};

describe('the decisions of a change', () => {
  before(async () => {
    await lintel();
  });

  it('are listed with the changed places and open the record, from the command that Source Control has a button for', async () => {
    const text = Buffer.from(await vscode.workspace.fs.readFile(fileUri(CODE))).toString('utf8');
    const lines = text.split('\n');
    const cited = lines.findIndex((line) => line.includes('ADR-0014'));
    lines[cited] = `${lines[cited]} Changed.`;
    await vscode.workspace.fs.writeFile(fileUri(CODE), Buffer.from(lines.join('\n')));
    try {
      const shown = (await listed('lintel.whyChanges', /outbox/i)) ?? [];
      const row = shown.find(({ label }) => /\$\(law\).*outbox/i.test(label));
      assert.ok(row, JSON.stringify(shown));
      assert.ok(row.detail?.includes(`${CODE}:${cited + 1}`), row.detail);
      await eventually(
        () => vscode.window.activeTextEditor?.document.uri.path ?? '',
        (path) => path.endsWith('.md'),
      );
    } finally {
      await vscode.workspace.fs.writeFile(fileUri(CODE), Buffer.from(text));
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    }
  });
});

describe('the view Decisions', () => {
  it('lists every record of the repository, and can be grouped and filtered', async () => {
    const exports = await lintel();
    await vscode.commands.executeCommand('lintel.decisionsView.focus');
    const [shop] = await eventually(
      () => exports.decisions(),
      (repositories) => repositories.length > 0,
    );
    assert.ok((shop?.decisions.length ?? 0) > 10, String(shop?.decisions.length));
    assert.ok(shop?.decisions.some(({ path }) => path === 'docs/decisions/0014-transactional-outbox.md'));
    assert.deepEqual(
      (await listed('lintel.groupDecisions', /^Year$/))?.map(({ label }) => label),
      ['Status', 'Folder', 'Year'],
    );
    await vscode.commands.executeCommand('lintel.findDecision');
    await listed('lintel.groupDecisions', /^Status$/);
  });
});

describe('a record in Why this code', () => {
  it('shows the code that it reaches, and its references are found', async () => {
    const exports = await lintel();
    const record = fileUri('docs/decisions/0014-transactional-outbox.md');
    await vscode.window.showTextDocument(record);
    await vscode.commands.executeCommand('lintel.showWhy');
    await eventually(
      () => exports.whyReach(),
      (sections) => sections.some(({ section }) => section === 'Cited in Code'),
    );
    const found = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeReferenceProvider',
      record,
      new vscode.Position(9, 3),
    );
    assert.ok(
      found.some(({ uri }) => uri.path.endsWith('outbox.ts')),
      JSON.stringify(found),
    );
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});
