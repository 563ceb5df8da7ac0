import * as vscode from 'vscode';
import { DECISIONS, type DecisionsResult } from '../../protocol/authoring.ts';
import { setContext } from '../context.ts';
import type { Server } from '../server.ts';
import { type DecisionNode, decisionItem, GROUPINGS, type Grouping, type RepositoryDecisions, rowsBelow } from './rows.ts';

const GROUPING_KEY = 'lintel.decisions.grouping';
/** How long the index must rest before the list is asked for again. */
const PAUSE_MS = 300;

const groupingName = (grouping: Grouping): string => {
  switch (grouping) {
    case 'status':
      return vscode.l10n.t('Status');
    case 'folder':
      return vscode.l10n.t('Folder');
    case 'year':
      return vscode.l10n.t('Year');
  }
};

/** The view "Decisions": all records of the workspace. Asks only while it is visible. */
export class DecisionsView implements vscode.TreeDataProvider<DecisionNode>, vscode.Disposable {
  static readonly id = 'lintel.decisionsView';
  readonly #server: Server;
  readonly #memory: vscode.Memento;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #tree: vscode.TreeView<DecisionNode>;
  readonly #subscriptions: vscode.Disposable;
  #repositories: readonly RepositoryDecisions[] = [];
  #running: vscode.CancellationTokenSource | undefined;
  #timer: NodeJS.Timeout | undefined;
  #asked = '';
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(server: Server, memory: vscode.Memento, log: vscode.LogOutputChannel) {
    this.#server = server;
    this.#memory = memory;
    this.#log = log;
    this.#tree = vscode.window.createTreeView<DecisionNode>(DecisionsView.id, { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#tree,
      this.#tree.onDidChangeVisibility(({ visible }) => visible && this.#later(0)),
      server.onDidChange(() => this.#later(PAUSE_MS)),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#later(PAUSE_MS)),
      vscode.commands.registerCommand('lintel.groupDecisions', () => this.#chooseGrouping()),
      vscode.commands.registerCommand('lintel.findDecision', () => this.#find()),
    );
  }

  /** What the view shows. */
  get repositories(): readonly RepositoryDecisions[] {
    return this.#repositories;
  }

  getChildren(node?: DecisionNode): DecisionNode[] {
    return rowsBelow(node, this.#repositories, this.#grouping);
  }

  getTreeItem(node: DecisionNode): vscode.TreeItem {
    return decisionItem(node, Date.now());
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#running?.cancel();
    this.#subscriptions.dispose();
  }

  get #grouping(): Grouping {
    const known = this.#memory.get<string>(GROUPING_KEY);
    return GROUPINGS.find((each) => each === known) ?? 'status';
  }

  async #chooseGrouping(): Promise<void> {
    const choices = GROUPINGS.map((grouping) => ({
      label: groupingName(grouping),
      grouping,
      ...(grouping === this.#grouping ? { description: vscode.l10n.t('now') } : {}),
    }));
    const choice = await vscode.window.showQuickPick(choices, { title: vscode.l10n.t('Group Decisions By') });
    if (choice === undefined) return;
    await this.#memory.update(GROUPING_KEY, choice.grouping);
    this.#render();
  }

  /** The find box of the editor's own trees: it filters and highlights while somebody types. */
  async #find(): Promise<void> {
    await vscode.commands.executeCommand(`${DecisionsView.id}.focus`);
    await vscode.commands.executeCommand('list.find');
  }

  #later(pause: number): void {
    clearTimeout(this.#timer);
    if (this.#tree.visible) this.#timer = setTimeout(() => void this.#ask(), pause);
  }

  /** Asks if anything changed since the last time. */
  async #ask(): Promise<void> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const { phase, busy } = this.#server.summary;
    if (this.#server.state !== 'running' || phase === 'starting') return;
    const counts = this.#server.status?.repositories.map(({ root, index, counts: found }) => [
      root,
      index.sha,
      index.behind,
      found.decision,
    ]);
    const state = JSON.stringify([folders.map(({ uri }) => uri.toString()), counts, busy]);
    if (state === this.#asked) return;
    this.#running?.cancel();
    const source = new vscode.CancellationTokenSource();
    this.#running = source;
    try {
      const found = new Map<string, RepositoryDecisions>();
      for (const { uri, name } of folders) {
        const answer = await this.#server.request<DecisionsResult>(DECISIONS, { uri: uri.toString() }, source.token);
        if (answer === undefined || source.token.isCancellationRequested) return;
        // Two folders of one repository have the same decisions.
        const key = answer.decisions[0]?.uri ?? uri.toString();
        if (!found.has(key)) found.set(key, { name, decisions: answer.decisions });
      }
      this.#asked = state;
      this.#repositories = [...found.values()].filter(({ decisions }) => decisions.length > 0);
      this.#render();
    } catch (error) {
      this.#log.warn(`Decisions: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      source.dispose();
    }
  }

  #render(): void {
    const count = this.#repositories.reduce((sum, { decisions }) => sum + decisions.length, 0);
    setContext('lintel.decisions.state', count > 0 ? 'found' : 'nothing');
    this.#tree.description =
      count === 0 ? '' : vscode.l10n.t('by {0}', groupingName(this.#grouping).toLocaleLowerCase(vscode.env.language));
    this.#changed.fire(undefined);
  }
}
