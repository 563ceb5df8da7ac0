import * as vscode from 'vscode';
import { OPEN_DOCUMENT, type OpenDocumentArgument, SHOW_WHY, type ShowWhyArgument } from '../protocol/index.ts';
import { registerChangeCommand } from './change.ts';
import type { Milestones } from './context.ts';
import { registerDecisionCommands } from './decision-commands.ts';
import { type HitArgument, hitOf } from './hit-argument.ts';
import { registerIdentifierCommands } from './identifier-commands.ts';
import { registerMineDecisions } from './mine-decisions.ts';
import type { AnswerKeys } from './models/answer-keys.ts';
import type { LanguageModels } from './models/language-models.ts';
import { registerNewDecision } from './new-decision.ts';
import { openDocument, openHit } from './open.ts';
import { registerPeekCommands } from './peek.ts';
import type { SearchView } from './search/view.ts';
import type { Server } from './server.ts';
import { countsText, statusSentences } from './status-item.ts';
import type { WhyView } from './why/view.ts';

interface Parts {
  readonly server: Server;
  readonly search: SearchView;
  readonly why: WhyView;
  readonly log: vscode.LogOutputChannel;
  readonly milestones: Milestones;
  readonly models: LanguageModels;
  readonly keys: AnswerKeys;
}

/** The selected text, as the initial query: a selection within one line is most likely what the user wants to search for. */
const selectedText = (): string | undefined => {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || editor.selection.isEmpty || !editor.selection.isSingleLine) return undefined;
  return editor.document.getText(editor.selection).trim() || undefined;
};

const reindex = async (server: Server, full: boolean): Promise<void> => {
  const source = new vscode.CancellationTokenSource();
  try {
    // The server reports work-done progress with a cancel button if indexing takes long enough.
    await server.index({ full }, source.token);
  } catch (error) {
    const openLog = vscode.l10n.t('Open Log');
    const reason = error instanceof Error ? error.message : String(error);
    const choice = await vscode.window.showErrorMessage(vscode.l10n.t('Indexing failed: {0}', reason), openLog);
    if (choice === openLog) await vscode.commands.executeCommand('lintel.openLog');
  } finally {
    source.dispose();
  }
};

const rebuildDetail = (): string => vscode.l10n.t('Discards the index and indexes the whole repository again. Your files are not changed.');

const rebuild = async (server: Server): Promise<void> => {
  const confirm = vscode.l10n.t('Rebuild');
  const choice = await vscode.window.showQuickPick([{ label: confirm, detail: rebuildDetail() }, { label: vscode.l10n.t('Cancel') }], {
    title: vscode.l10n.t('Rebuild the Lintel index?'),
  });
  if (choice?.label === confirm) await reindex(server, true);
};

/** Name of the workspace folder at `root`; otherwise the path. */
const repositoryName = (root: string): string => vscode.workspace.workspaceFolders?.find(({ uri }) => uri.fsPath === root)?.name ?? root;

interface StatusPick extends vscode.QuickPickItem {
  readonly command?: string;
}

const showStatus = async (server: Server): Promise<void> => {
  const { summary, status } = server;
  const repositories: StatusPick[] = (status?.repositories ?? []).map((repository) => ({
    label: `$(repo) ${repositoryName(repository.root)}`,
    description: countsText(repository.counts),
    detail: [repository.index.sha.slice(0, 9), vscode.l10n.t('model {0}', repository.model)].filter((part) => part !== '').join(' · '),
  }));
  const notices: StatusPick[] = statusSentences(summary).map((sentence) => ({ label: `$(info) ${sentence}` }));
  const separator: StatusPick = { label: '', kind: vscode.QuickPickItemKind.Separator };
  const actions: StatusPick[] =
    summary.phase === 'dead'
      ? [{ label: `$(debug-restart) ${vscode.l10n.t('Restart Language Server')}`, command: 'lintel.restartServer' }]
      : [
          {
            label: `$(sync) ${vscode.l10n.t('Update Index')}`,
            detail: vscode.l10n.t('Indexes what changed since the last update.'),
            command: 'lintel.reindex',
          },
          {
            label: `$(trash) ${vscode.l10n.t('Rebuild Index from Scratch')}`,
            detail: rebuildDetail(),
            command: 'lintel.rebuild',
          },
        ];
  const choice = await vscode.window.showQuickPick<StatusPick>(
    [...repositories, ...notices, separator, ...actions, { label: `$(output) ${vscode.l10n.t('Open Log')}`, command: 'lintel.openLog' }],
    {
      title: vscode.l10n.t('Lintel Index'),
      placeHolder: summary.phase === 'dead' ? vscode.l10n.t('Lintel is not running.') : vscode.l10n.t('Select an action'),
    },
  );
  if (choice?.command !== undefined) await vscode.commands.executeCommand(choice.command);
};

/** Registers the commands of the manifest and those that tree items and CodeLenses run. */
export const registerCommands = ({ server, search, why, log, milestones, models, keys }: Parts): vscode.Disposable => {
  const register = vscode.commands.registerCommand;
  return vscode.Disposable.from(
    register('lintel.search', (query?: unknown) => search.focus(typeof query === 'string' ? query : selectedText())),
    register(SHOW_WHY, (place?: unknown) => why.reveal(isPlace(place) ? place : undefined)),
    register(OPEN_DOCUMENT, (document: OpenDocumentArgument) => openDocument(document)),
    register('lintel.pinWhy', () => why.pin(true)),
    register('lintel.unpinWhy', () => why.pin(false)),
    register('lintel.reindex', () => reindex(server, false)),
    register('lintel.rebuild', () => rebuild(server)),
    register('lintel.showStatus', () => showStatus(server)),
    register('lintel.openLog', () => log.show()),
    register('lintel.restartServer', () => server.restart()),
    register('lintel.openWalkthrough', () => milestones.openWalkthrough()),
    register('lintel.openHit', (argument: HitArgument) => openHit(hitOf(argument))),
    register('lintel.openHitBeside', (argument: HitArgument) => openHit(hitOf(argument), true)),
    register('lintel.setAnswersKey', () => keys.set()),
    register('lintel.forgetAnswersKey', () => keys.forget()),
    registerNewDecision(server, models),
    registerDecisionCommands(server, why),
    registerIdentifierCommands(server),
    registerMineDecisions(server),
    registerChangeCommand(server),
    registerPeekCommands(server),
  );
};

/** The palette passes nothing and the editor's context menu passes a `Uri`; only CodeLenses and hovers pass a place. */
const isPlace = (argument: unknown): argument is ShowWhyArgument =>
  typeof argument === 'object' && argument !== null && 'uri' in argument && typeof argument.uri === 'string';
