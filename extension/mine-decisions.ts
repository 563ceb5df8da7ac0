import * as vscode from 'vscode';
import {
  type AuthoredResult,
  MINE_DECISIONS,
  type MineDecisionsParams,
  type MineDecisionsResult,
  type MinedCommit,
  NEW_DECISION,
  type NewDecisionParams,
} from '../protocol/authoring.ts';
import { applyAuthored } from './authored.ts';
import { promptForTitle, showErrors, targetFileOrFolder, today } from './decision-commands.ts';
import type { Server } from './server.ts';

const NO_CANCELLATION = new vscode.CancellationTokenSource().token;

type MinedItem = vscode.QuickPickItem & { readonly commit?: MinedCommit };

const itemOf = (commit: MinedCommit): MinedItem => ({
  label: commit.subject,
  description: vscode.l10n.t('{0} files · {1} · {2}', commit.files, commit.date.slice(0, 10), commit.sha.slice(0, 8)),
  detail: commit.reason ?? (commit.sentence === commit.subject ? commit.paths.join(', ') : commit.sentence),
  commit,
});

/** What the context of the record begins with: the sentences of the commit, and where they are from. */
const because = ({ subject, sentence, reason, date, sha, author }: MinedCommit): string => {
  const said = [sentence, ...(reason === undefined ? [] : [reason])].join(' ');
  const source = [...(sentence === subject ? [] : [subject]), author, date.slice(0, 10), sha.slice(0, 12)].filter((part) => part !== '');
  return `${said} (${source.join(', ')})`;
};

/** Reads the log for commits that decide something, and begins a record from the one that is chosen. */
const mineDecisions = async (server: Server): Promise<void> => {
  const target = await targetFileOrFolder();
  if (target === undefined) return;
  const params: MineDecisionsParams = { uri: target.toString() };
  const progress = { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Lintel: reading the log'), cancellable: true };
  const found = await vscode.window.withProgress(progress, (_, token) =>
    server.request<MineDecisionsResult>(MINE_DECISIONS, params, token),
  );
  if (found === undefined) return;
  if ('refused' in found) {
    void vscode.window.showInformationMessage(found.refused);
    return;
  }
  const items = found.topics.flatMap(({ topic, commits }): MinedItem[] => [
    ...(commits.length > 1 ? [{ label: topic, kind: vscode.QuickPickItemKind.Separator }] : []),
    ...commits.map(itemOf),
  ]);
  if (items.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No commit says that it decides something for many files.'));
    return;
  }
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Proposals from the log: none of them is in force'),
    placeHolder: vscode.l10n.t('Select a commit to draft a decision from'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen?.commit === undefined) return;
  const title = await promptForTitle(vscode.l10n.t('New Decision'), chosen.commit.subject);
  if (title === undefined) return;
  const request: NewDecisionParams = { uri: target.toString(), title, today: today(), because: because(chosen.commit) };
  const answer = await server.request<AuthoredResult>(NEW_DECISION, request, NO_CANCELLATION);
  if (answer) await applyAuthored(answer);
};

/** Registers the command that finds decisions in the log. */
export const registerMineDecisions = (server: Server): vscode.Disposable =>
  vscode.commands.registerCommand('lintel.mineDecisions', () => showErrors(() => mineDecisions(server)));
