import * as vscode from 'vscode';
import type { WhyResult } from '../protocol/index.ts';
import { showErrors } from './decision-commands.ts';
import { hitOf, isHit } from './hit-argument.ts';
import type { Server } from './server.ts';
import { codePlaces, decisionPlaces, type Place } from './why/places.ts';

const STATUS_BAR_MESSAGE_MS = 6_000;

const show = async (uri: vscode.Uri, at: vscode.Position, places: readonly Place[], none: string): Promise<void> => {
  if (places.length === 0) {
    vscode.window.setStatusBarMessage(none, STATUS_BAR_MESSAGE_MS);
    return;
  }
  const locations = places.map(
    ({ uri: target, range: { start, end } }) =>
      new vscode.Location(vscode.Uri.parse(target, true), new vscode.Range(start.line, start.character, end.line, end.character)),
  );
  await vscode.commands.executeCommand('editor.action.peekLocations', uri, at, locations, 'peek');
};

const ask = async (server: Server, params: { readonly uri: string; readonly line?: number }): Promise<WhyResult | undefined> => {
  const source = new vscode.CancellationTokenSource();
  try {
    return await server.why(params, source.token);
  } finally {
    source.dispose();
  }
};

const peekDecisions = async (server: Server): Promise<void> => {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || editor.document.uri.scheme !== 'file') return;
  const { uri } = editor.document;
  const at = editor.selection.active;
  const result = await ask(server, { uri: uri.toString(), line: at.line });
  await show(uri, at, result ? decisionPlaces(result) : [], vscode.l10n.t('No decision governs this code.'));
};

/** The record of a row or a result; without one, that of the active editor. */
const recordUri = (argument: unknown): vscode.Uri | undefined => {
  if (isHit(argument)) {
    const { uri } = hitOf(argument);
    return uri === undefined ? undefined : vscode.Uri.parse(uri, true);
  }
  const isRow = typeof argument === 'object' && argument !== null && 'record' in argument;
  const record = isRow ? (argument.record as { readonly uri?: string }) : undefined;
  return record?.uri === undefined ? vscode.window.activeTextEditor?.document.uri : vscode.Uri.parse(record.uri, true);
};

const peekCode = async (server: Server, argument: unknown): Promise<void> => {
  const uri = recordUri(argument);
  if (uri === undefined || uri.scheme !== 'file') return;
  const result = await ask(server, { uri: uri.toString() });
  const places = result?.reach ? codePlaces(result.reach) : [];
  const none = result?.reach
    ? vscode.l10n.t('No code cites this decision, and none is linked to it.')
    : vscode.l10n.t('This file is not a decision record.');
  await show(uri, new vscode.Position(0, 0), places, none);
};

/** Registers the commands that show decisions within code, and code within a record, without leaving the place. */
export const registerPeekCommands = (server: Server): vscode.Disposable =>
  vscode.Disposable.from(
    vscode.commands.registerCommand('lintel.peekDecisions', () => showErrors(() => peekDecisions(server))),
    vscode.commands.registerCommand('lintel.peekCode', (argument: unknown) => showErrors(() => peekCode(server, argument))),
  );
