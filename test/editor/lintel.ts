import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LintelExports } from '../../extension/main.ts';

/** Measured on the way; each test file is a bundle of its own, so the one place that they share is the process. */
const shared = globalThis as typeof globalThis & { lintelFigures?: Record<string, number> };
shared.lintelFigures ??= {};
export const figures: Record<string, number> = shared.lintelFigures;

const extension = (): vscode.Extension<LintelExports> => {
  const found = vscode.extensions.getExtension<LintelExports>('lintel.lintel');
  assert.ok(found, 'the extension is not installed');
  return found;
};

/** The manifest as the editor read it. */
export const manifest = (): { contributes: { commands: { command: string }[] } } => extension().packageJSON;

/** Whether the editor has activated the extension of its own accord. */
export const isActive = (): boolean => extension().isActive;

/** Exports of the running extension, once its index is ready. */
export const lintel = async (): Promise<LintelExports> => {
  const exports = await extension().activate();
  await eventually(
    () => exports.summary(),
    ({ phase, busy }) => phase === 'ready' && !busy,
    60_000,
  );
  return exports;
};

/** Asks until the answer holds, and resolves to it; rejects with the last answer. */
export const eventually = async <T>(ask: () => T | Thenable<T>, holds: (answer: T) => boolean, milliseconds = 10_000): Promise<T> => {
  const until = Date.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    if (Date.now() > until) throw new Error(`After ${milliseconds} ms still: ${JSON.stringify(answer)?.slice(0, 2_000)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/** Address of a file of the open workspace. */
export const fileUri = (path: string): vscode.Uri => {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no folder is open');
  return vscode.Uri.joinPath(folder.uri, path);
};

/** Opens a file of the workspace with the cursor at the first place of a text. */
export const openAt = async (path: string, text: string): Promise<{ document: vscode.TextDocument; position: vscode.Position }> => {
  const document = await vscode.workspace.openTextDocument(fileUri(path));
  const offset = document.getText().indexOf(text);
  assert.ok(offset >= 0, `${path} does not hold "${text}"`);
  const position = document.positionAt(offset + 1);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position), preview: false });
  return { document, position };
};

/** Writes a file for the length of a test. */
export const withFile = async (path: string, text: string, test: (uri: vscode.Uri) => Promise<void>): Promise<void> => {
  const uri = fileUri(path);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  try {
    await test(uri);
  } finally {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(uri);
  }
};

/** A file of the sample that cites a record by its path. */
export const CITING = {
  path: 'services/orders/src/orders/place-order.ts',
  citation: '0015-reserve-stock-before-payment.md',
  record: 'docs/decisions/0015-reserve-stock-before-payment.md',
  title: /reserve stock before payment/i,
} as const;
