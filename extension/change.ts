import * as vscode from 'vscode';
import { CHANGE, type ChangeResult, type RepositoryChange, type WireChangedDecision, type WireChangeFinding } from '../protocol/change.ts';
import { numberedTitle } from '../protocol/index.ts';
import { showErrors } from './decision-commands.ts';
import { statusName } from './names.ts';
import { openDocument, openHit } from './open.ts';
import type { Server } from './server.ts';

interface ChangeItem extends vscode.QuickPickItem {
  readonly open?: () => Promise<void>;
}

const ICONS = { error: 'error', warning: 'warning', info: 'info', hint: 'lightbulb' } as const;
const MOST_PLACES = 3;

const separator = (label: string): ChangeItem => ({ label, kind: vscode.QuickPickItemKind.Separator });

const decisionItem = ({ hit, places }: WireChangedDecision): ChangeItem => {
  const shown = places.slice(0, MOST_PLACES).map(({ path, lines }) => (lines === undefined ? path : `${path}:${lines.first + 1}`));
  const more = places.length > MOST_PLACES ? [vscode.l10n.t('{0} more', places.length - MOST_PLACES)] : [];
  return {
    label: `$(law) ${numberedTitle(hit)}`,
    description: [hit.status === undefined ? undefined : statusName(hit.status), hit.evidence[0]?.explanation.replaceAll('`', '')]
      .filter((part) => part !== undefined)
      .join(' · '),
    detail: [...shown, ...more].join(', '),
    open: () => openHit(hit),
  };
};

const findingItem = ({ message, rule, severity, path, range, uri }: WireChangeFinding): ChangeItem => ({
  label: `$(${ICONS[severity]}) ${message}`,
  description: rule,
  detail: `${path}:${range.start.line + 1}`,
  open: () => openDocument({ uri, range }),
});

/** The rows about one repository; its name is in them where there are several. */
const itemsOf = ({ name, decisions, findings, notices, failure }: RepositoryChange, several: boolean): ChangeItem[] => {
  const of = several ? ` (${name})` : '';
  const sure = decisions.filter(({ hit }) => hit.level !== 'probably');
  const probable = decisions.filter(({ hit }) => hit.level === 'probably');
  const told = failure === undefined ? notices : [failure];
  return [
    ...(sure.length > 0 ? [separator(vscode.l10n.t('Decisions that govern these changes') + of), ...sure.map(decisionItem)] : []),
    ...(probable.length > 0 ? [separator(vscode.l10n.t('Probably Governing') + of), ...probable.map(decisionItem)] : []),
    ...(findings.length > 0 ? [separator(vscode.l10n.t('Findings') + of), ...findings.map(findingItem)] : []),
    ...told.map((sentence): ChangeItem => ({ label: `$(info) ${sentence}` })),
  ];
};

const nothingFound = (repositories: readonly RepositoryChange[]): string => {
  const files = repositories.reduce((sum, repository) => sum + repository.files, 0);
  return files === 0
    ? vscode.l10n.t('Nothing has changed since the last commit.')
    : vscode.l10n.t('No decision governs your changes, and there are no findings in them. Files changed: {0}', files);
};

const pick = async (items: readonly ChangeItem[]): Promise<void> => {
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Decisions of Your Changes'),
    placeHolder: vscode.l10n.t('Select a row to open it'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  await chosen?.open?.();
};

/** The repository of a Source Control view, whose menu passes it. */
const rootOf = (argument: unknown): vscode.Uri | undefined =>
  typeof argument === 'object' && argument !== null && 'rootUri' in argument && argument.rootUri instanceof vscode.Uri
    ? argument.rootUri
    : undefined;

/** Registers the command that shows the decisions and findings of what is about to be committed. */
export const registerChangeCommand = (server: Server): vscode.Disposable =>
  vscode.commands.registerCommand('lintel.whyChanges', (argument?: unknown) =>
    showErrors(async () => {
      const folderUri = rootOf(argument)?.toString();
      const options = { location: vscode.ProgressLocation.SourceControl, title: vscode.l10n.t('Decisions of Your Changes') };
      const answer = await vscode.window.withProgress(options, (_, token) =>
        server.request<ChangeResult>(CHANGE, folderUri === undefined ? {} : { folderUri }, token),
      );
      if (answer === undefined) return;
      const items = answer.repositories.flatMap((repository) => itemsOf(repository, answer.repositories.length > 1));
      if (items.length > 0) await pick(items);
      else void vscode.window.showInformationMessage(nothingFound(answer.repositories));
    }),
  );
