import * as vscode from 'vscode';
import type { AuthoredResult, WireRefused } from '../protocol/authoring.ts';
import type { WireRange } from '../protocol/index.ts';

const toRange = ({ start, end }: WireRange): vscode.Range => new vscode.Range(start.line, start.character, end.line, end.character);

/** Shows why the server refused a command. The user is waiting for a result, so the log is not enough. */
export const showRefusal = ({ refused, candidates = [] }: WireRefused): void => {
  const list = candidates.map(({ path }) => path).join(', ');
  void vscode.window.showWarningMessage(list === '' ? refused : `${refused} (${list})`);
};

/** Applies the edits as one workspace edit, so that one undo reverts all of them, then opens the file at its selection. */
export const applyAuthored = async (answer: AuthoredResult): Promise<void> => {
  if ('refused' in answer) {
    showRefusal(answer);
    return;
  }
  const edit = new vscode.WorkspaceEdit();
  // A file that is changed is opened first: with all files open, one undo takes back the whole edit, and nothing changes unseen.
  for (const uri of new Set(answer.edits.filter(({ create }) => !create).map((each) => each.uri)))
    await vscode.window.showTextDocument(vscode.Uri.parse(uri, true), { preview: false, preserveFocus: true });
  for (const { uri, create, range, text } of answer.edits) {
    const file = vscode.Uri.parse(uri, true);
    if (create) edit.createFile(file, { overwrite: false, contents: new TextEncoder().encode(text) });
    else edit.replace(file, toRange(range), text);
  }
  // Marked as a refactoring so that VS Code saves all files of an edit of several (`files.refactoring.autoSave`): no half of it is on disk alone.
  if (answer.edits.length > 0 && !(await vscode.workspace.applyEdit(edit, { isRefactoring: true }))) {
    void vscode.window.showErrorMessage(vscode.l10n.t('Could not apply the edits. A file may be read-only or may have changed.'));
    return;
  }
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(answer.uri, true));
  const selection = document.validateRange(toRange(answer.selection));
  const editor = await vscode.window.showTextDocument(document, { preview: false, selection });
  editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
};
