import * as vscode from 'vscode';
import type { OpenDocumentArgument, WireHit, WireRange } from '../protocol/index.ts';
import { commitUri } from './commits.ts';

/** What is needed to open a document of an answer at its place. */
export type Openable = Pick<WireHit, 'kind' | 'sha' | 'title' | 'uri' | 'span' | 'snippet'>;

const toRange = ({ start, end }: WireRange): vscode.Range => new vscode.Range(start.line, start.character, end.line, end.character);

/** Where a snippet stands in a text that has more around it, such as a commit with its header; undefined where it does not. */
const locate = (document: vscode.TextDocument, snippet: string): vscode.Range | undefined => {
  const firstLine = snippet
    .split('\n')
    .find((line) => line.trim() !== '')
    ?.trim();
  if (firstLine === undefined) return undefined;
  const at = document.getText().indexOf(firstLine);
  return at < 0 ? undefined : new vscode.Range(document.positionAt(at), document.positionAt(at + firstLine.length));
};

/** Opens a record, a specification or a commit at the passage that answered. */
export const openHit = async (hit: Openable, beside = false): Promise<void> => {
  const isCommit = hit.kind === 'commit' || hit.uri === undefined;
  const uri = isCommit ? commitUri(hit.sha) : vscode.Uri.parse(hit.uri, true);
  const document = await vscode.workspace.openTextDocument(uri);
  // The span of a commit counts from its message; the read-only document has a header above it.
  const range = isCommit ? (locate(document, hit.snippet) ?? new vscode.Range(0, 0, 0, 0)) : document.validateRange(toRange(hit.span));
  await show(document, range, beside);
};

/** Opens what a CodeLens leads to. */
export const openDocument = async ({ uri, range }: OpenDocumentArgument): Promise<void> => {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  await show(document, range === undefined ? new vscode.Range(0, 0, 0, 0) : document.validateRange(toRange(range)), false);
};

/** The cursor stands at the start and selects nothing, so that typing does not replace the passage. */
const show = async (document: vscode.TextDocument, range: vscode.Range, beside: boolean): Promise<void> => {
  const editor = await vscode.window.showTextDocument(document, {
    viewColumn: beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active,
    preview: true,
    selection: new vscode.Range(range.start, range.start),
  });
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
};
