import * as vscode from 'vscode';
import { HISTORY, type HistoryResult, type WireHistoryEvent } from '../protocol/authoring.ts';
import { showRefusal } from './authored.ts';
import { shortSha } from './citation.ts';
import { commitUri } from './commits.ts';
import type { Server } from './server.ts';

interface EventItem extends vscode.QuickPickItem {
  readonly uri?: vscode.Uri;
}

const statusChange = (event: Extract<WireHistoryEvent, { kind: 'commit' }>): string | undefined => {
  if (!event.statusChanged) return undefined;
  const current = event.status ?? vscode.l10n.t('no status');
  return event.before === undefined ? vscode.l10n.t('Status: {0}', current) : vscode.l10n.t('Status: {0} (was {1})', current, event.before);
};

const historyItem = (event: WireHistoryEvent): EventItem => {
  if (event.kind !== 'commit') {
    const { title, path, date, uri } = event.record;
    return {
      label: `$(law) ${event.kind === 'supersedes' ? vscode.l10n.t('Supersedes {0}', title) : vscode.l10n.t('Superseded by {0}', title)}`,
      ...(date === undefined ? {} : { description: date.slice(0, 10) }),
      detail: path,
      uri: vscode.Uri.parse(uri, true),
    };
  }
  const details = [statusChange(event), event.from === undefined ? undefined : vscode.l10n.t('Moved from {0}', event.from)].filter(
    (part) => part !== undefined,
  );
  return {
    label: `$(git-commit) ${event.subject}`,
    description: [event.date.slice(0, 10), event.author, shortSha(event.sha)].join(' · '),
    ...(details.length === 0 ? {} : { detail: details.join(' · ') }),
    uri: commitUri(event.sha),
  };
};

/** Shows the commits of a decision, and the decisions before and after it, in a quick pick; opens the selected one. */
export const showHistory = async (server: Server, uri: string): Promise<void> => {
  const answer = await server.request<HistoryResult>(HISTORY, { uri }, new vscode.CancellationTokenSource().token);
  if (answer === undefined) return;
  if ('refused' in answer) {
    showRefusal(answer);
    return;
  }
  const items = answer.events.map(historyItem);
  if (answer.notice !== undefined) items.push({ label: `$(info) ${answer.notice}` });
  const chosen = await vscode.window.showQuickPick<EventItem>(items, {
    title: vscode.l10n.t('History of {0}', answer.record.title),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen?.uri !== undefined) await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(chosen.uri));
};
