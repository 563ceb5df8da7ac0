import * as vscode from 'vscode';
import type { Server } from './server.ts';
import type { Summary } from './summary.ts';

const quantity = (count: number, one: string, many: string): string[] => (count === 0 ? [] : [count === 1 ? one : many]);

/** "23 decisions, 8 specifications and guides, 64 commits"; empty if nothing is indexed. */
export const countsText = (counts: Readonly<Record<string, number>>): string => {
  const decisions = counts.decision ?? 0;
  const texts = (counts.specification ?? 0) + (counts.guide ?? 0);
  const commits = counts.commit ?? 0;
  return [
    ...quantity(decisions, vscode.l10n.t('1 decision'), vscode.l10n.t('{0} decisions', decisions)),
    ...quantity(texts, vscode.l10n.t('1 specification or guide'), vscode.l10n.t('{0} specifications and guides', texts)),
    ...quantity(commits, vscode.l10n.t('1 commit'), vscode.l10n.t('{0} commits', commits)),
  ].join(', ');
};

/** How far the index is behind, as a sentence; empty if it is current. */
export const behindText = (behind: number): string =>
  behind === 0
    ? ''
    : behind === 1
      ? vscode.l10n.t('The index is 1 change behind the repository.')
      : vscode.l10n.t('The index is {0} changes behind the repository.', behind);

const headline = (summary: Summary): string => {
  switch (summary.phase) {
    case 'starting':
      return vscode.l10n.t('Starting…');
    case 'dead':
      return vscode.l10n.t('Not running');
    case 'noFolder':
      return vscode.l10n.t('No folder open');
    case 'failed':
      return vscode.l10n.t('Indexing failed');
    case 'noRecords':
      return vscode.l10n.t('Nothing to index');
    case 'indexing':
    case 'ready':
      if (summary.busy)
        return summary.percent === undefined ? vscode.l10n.t('Indexing…') : vscode.l10n.t('Indexing… {0}%', summary.percent);
      return countsText(summary.counts);
  }
};

/** Details about the index, as sentences. */
export const statusSentences = (summary: Summary): readonly string[] =>
  [
    summary.busy && summary.phase === 'ready' ? countsText(summary.counts) : '',
    behindText(summary.behind),
    summary.git ? '' : vscode.l10n.t('Not a git repository: commits and history are not available.'),
    ...summary.notices,
    ...(summary.remarks ?? []),
  ].filter((sentence) => sentence !== '');

/** The fields of the language status item that depend on the state. */
export interface StatusFields {
  readonly text: string;
  readonly detail: string;
  readonly busy: boolean;
  readonly severity: vscode.LanguageStatusSeverity;
  readonly command: vscode.Command;
}

/** Text, severity and the most useful command for a state. The text names Lintel, because VS Code can show it alone in the status bar. */
export const statusFields = (summary: Summary): StatusFields => ({
  text: `$(law) Lintel: ${headline(summary)}`,
  detail: statusSentences(summary).join(' '),
  busy: summary.busy || summary.phase === 'starting',
  severity:
    summary.phase === 'dead' || summary.phase === 'failed'
      ? vscode.LanguageStatusSeverity.Error
      : summary.notices.length > 0
        ? vscode.LanguageStatusSeverity.Warning
        : vscode.LanguageStatusSeverity.Information,
  command:
    summary.phase === 'dead'
      ? { command: 'lintel.restartServer', title: vscode.l10n.t('Restart') }
      : { command: 'lintel.reindex', title: vscode.l10n.t('Update Index') },
});

/** Registers the language status item. It is always there, so that users can find it, and never opens a notification. */
export const registerStatusItem = (server: Server): vscode.Disposable => {
  const item = vscode.languages.createLanguageStatusItem('lintel.status', [{ scheme: 'file' }]);
  item.name = 'Lintel';
  const render = (): void => {
    Object.assign(item, statusFields(server.summary));
  };
  render();
  return vscode.Disposable.from(item, server.onDidChange(render));
};
