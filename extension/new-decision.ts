import * as vscode from 'vscode';
import {
  type AuthoredResult,
  type DraftSubjectParams,
  KINDRED,
  type KindredResult,
  NEW_DECISION,
  type NewDecisionParams,
} from '../protocol/authoring.ts';
import { numberedTitle } from '../protocol/index.ts';
import type { WireModel } from '../protocol/models.ts';
import { applyAuthored, showRefusal } from './authored.ts';
import { kinshipName } from './chat/parts.ts';
import { activeFileEditor, promptForTitle, showErrors, targetFileOrFolder, today } from './decision-commands.ts';
import type { LanguageModels } from './models/language-models.ts';
import { openDocument } from './open.ts';
import type { Server } from './server.ts';

const NO_CANCELLATION = new vscode.CancellationTokenSource().token;
const STATUS_BAR_MESSAGE_MS = 12_000;

/** A draft that the chat has shown the records of. */
interface ShownDraft {
  readonly draft: DraftSubjectParams;
  readonly model?: WireModel;
}

/** Menus pass a `Uri`, or a source-control provider. */
const isShownDraft = (argument: unknown): argument is ShownDraft =>
  typeof argument === 'object' && argument !== null && 'draft' in argument && typeof argument.draft === 'object';

interface Choice extends vscode.QuickPickItem {
  /** The record to open; absent to write the draft. */
  readonly uri?: string;
}

/** Shows the records to read first. True if the draft is to be written all the same; opening one of them writes nothing. */
const goesOn = async (result: KindredResult): Promise<boolean> => {
  if ('refused' in result) {
    showRefusal(result);
    return false;
  }
  const { kindred } = result;
  if (kindred.length === 0) return true;
  const records = kindred.map(({ kinship, record, sentence }): Choice => {
    const number = record.numberLabel ?? record.number;
    return {
      label: `$(law) ${numberedTitle({ title: record.title, ...(number === undefined ? {} : { number }) })}`,
      description: kinshipName(kinship),
      detail: sentence,
      uri: record.uri,
    };
  });
  const write: Choice = {
    label: `$(edit) ${vscode.l10n.t('Write the Draft')}`,
    detail: vscode.l10n.t('Creates a proposed record. What nobody said stays an open question in it.'),
  };
  const separator: Choice = { label: vscode.l10n.t('Read first'), kind: vscode.QuickPickItemKind.Separator };
  const choice = await vscode.window.showQuickPick([write, separator, ...records], {
    title: vscode.l10n.t('Records to read before you write'),
    placeHolder: vscode.l10n.t('Select a record to open it; nothing is written then'),
    matchOnDetail: true,
  });
  if (choice?.uri !== undefined) await openDocument({ uri: choice.uri });
  return choice !== undefined && choice.uri === undefined;
};

/** Writes a draft, with the language model that is given. A model takes a while, so that there is a way out. */
const write = async (server: Server, draft: DraftSubjectParams, model: WireModel | undefined): Promise<void> => {
  const params: NewDecisionParams = { ...draft, today: today(), ...(model === undefined ? {} : { model }) };
  const request = (token: vscode.CancellationToken) => server.request<AuthoredResult>(NEW_DECISION, params, token);
  const answer =
    model === undefined
      ? await request(NO_CANCELLATION)
      : await vscode.window.withProgress(
          { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Drafting the record…'), cancellable: true },
          (_, token) => request(token),
        );
  if (answer === undefined) return;
  await applyAuthored(answer);
  if ('notes' in answer && answer.notes) vscode.window.setStatusBarMessage(answer.notes.join(' '), STATUS_BAR_MESSAGE_MS);
};

/** What a new record starts from: the selected lines if there are any, the uncommitted changes, or commits that are asked for. */
type Start = 'selection' | 'changes' | 'commits';

const promptForCommits = (): Thenable<string | undefined> =>
  vscode.window.showInputBox({
    title: vscode.l10n.t('New Decision from Commits'),
    prompt: vscode.l10n.t('A commit, or a range of commits'),
    placeHolder: 'main..HEAD',
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.trim() === '' ? vscode.l10n.t('Enter a commit, a branch, a tag or a range such as main..HEAD.') : undefined,
  });

const newDecision = async (server: Server, models: LanguageModels, start: Start, argument: unknown): Promise<void> => {
  if (isShownDraft(argument)) {
    await write(server, argument.draft, argument.model);
    return;
  }
  const target = await targetFileOrFolder();
  if (target === undefined) return;
  const editor = activeFileEditor();
  const selection = editor === undefined || editor.selection.isEmpty || start !== 'selection' ? undefined : editor.selection;
  const from = start === 'commits' ? (await promptForCommits())?.trim() : undefined;
  if (start === 'commits' && from === undefined) return;
  const title = await promptForTitle(vscode.l10n.t('New Decision'));
  if (title === undefined) return;
  const draft: DraftSubjectParams = {
    uri: target.toString(),
    title,
    ...(selection ? { selection: { start: selection.start, end: selection.end } } : {}),
    ...(start === 'changes' ? { fromChanges: true } : {}),
    ...(from === undefined ? {} : { from }),
  };
  const kindred = await server.request<KindredResult>(KINDRED, draft, NO_CANCELLATION);
  if (kindred === undefined || !(await goesOn(kindred))) return;
  const model = selection || start !== 'selection' ? await models.ofSettings() : undefined;
  await write(server, draft, model);
};

/** Registers the commands that begin a record. */
export const registerNewDecision = (server: Server, models: LanguageModels): vscode.Disposable => {
  const register = (command: string, start: Start): vscode.Disposable =>
    vscode.commands.registerCommand(command, (argument: unknown) => showErrors(() => newDecision(server, models, start, argument)));
  return vscode.Disposable.from(
    register('lintel.newDecision', 'selection'),
    register('lintel.newDecisionFromChanges', 'changes'),
    register('lintel.newDecisionFromCommits', 'commits'),
  );
};
