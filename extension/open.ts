import * as vscode from 'vscode';
import type { OpenDocumentArgument, WireHit, WireRange } from '../protocol/index.ts';
import { commitUri } from './commits.ts';

/** The part of a hit that is needed to open it. */
export type Openable = Pick<WireHit, 'kind' | 'sha' | 'title' | 'uri' | 'span' | 'snippet'>;

const toRange = ({ start, end }: WireRange): vscode.Range => new vscode.Range(start.line, start.character, end.line, end.character);

/** Finds a snippet in a document by its first line; undefined if it is not there. */
const findSnippet = (document: vscode.TextDocument, snippet: string): vscode.Range | undefined => {
  const firstLine = snippet
    .split('\n')
    .find((line) => line.trim() !== '')
    ?.trim();
  if (firstLine === undefined) return undefined;
  const offset = document.getText().indexOf(firstLine);
  return offset < 0 ? undefined : new vscode.Range(document.positionAt(offset), document.positionAt(offset + firstLine.length));
};

/** Opens a record, a specification or a commit at the matching passage. */
export const openHit = async (hit: Openable, beside = false): Promise<void> => {
  const isCommit = hit.kind === 'commit' || hit.uri === undefined;
  const uri = isCommit ? commitUri(hit.sha) : vscode.Uri.parse(hit.uri, true);
  const document = await vscode.workspace.openTextDocument(uri);
  // The span of a commit is relative to its message, but the read-only document has a header above the message.
  const range = isCommit ? (findSnippet(document, hit.snippet) ?? new vscode.Range(0, 0, 0, 0)) : document.validateRange(toRange(hit.span));
  await show(document, range, beside);
};

/** Opens the target of a CodeLens or a tree item. */
export const openDocument = async ({ uri, range }: OpenDocumentArgument, beside = false): Promise<void> => {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  await show(document, range === undefined ? new vscode.Range(0, 0, 0, 0) : document.validateRange(toRange(range)), beside);
};

/** How long the passage that was opened stays marked. */
const MARK_MS = 1_500;

/** Marks the lines of a passage for a moment, as the editor does for the target of a search, so that the eye finds it. */
const markBriefly = (editor: vscode.TextEditor, range: vscode.Range): void => {
  const mark = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
    borderColor: new vscode.ThemeColor('editor.rangeHighlightBorder'),
  });
  editor.setDecorations(mark, [range]);
  setTimeout(() => mark.dispose(), MARK_MS);
};

/** Puts the cursor at the start of the range without selecting it, so that typing does not replace the passage. */
const show = async (document: vscode.TextDocument, range: vscode.Range, beside: boolean): Promise<void> => {
  const editor = await vscode.window.showTextDocument(document, {
    viewColumn: beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active,
    preview: true,
    selection: new vscode.Range(range.start, range.start),
  });
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  if (!range.isEmpty) markBriefly(editor, range);
};
