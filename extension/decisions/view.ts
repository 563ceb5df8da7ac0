import * as vscode from 'vscode';
import { RECORD, type RecordParams, type RecordResult } from '../../protocol/decisions.ts';
import { setContext } from '../context.ts';
import type { Server } from '../server.ts';
import { type DecisionNode, decisionItem, GROUPINGS, type Grouping, type RepositoryDecisions, recordTooltip, rowsBelow } from './rows.ts';
import type { DecisionSource } from './source.ts';

const GROUPING_KEY = 'lintel.decisions.grouping';

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

/** The view "Decisions": all records of the workspace. */
export class DecisionsView implements vscode.TreeDataProvider<DecisionNode>, vscode.Disposable {
  static readonly id = 'lintel.decisionsView';
  readonly #server: Server;
  readonly #memory: vscode.Memento;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #tree: vscode.TreeView<DecisionNode>;
  readonly #subscriptions: vscode.Disposable;
  readonly #source: DecisionSource;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(server: Server, source: DecisionSource, memory: vscode.Memento, log: vscode.LogOutputChannel) {
    this.#server = server;
    this.#source = source;
    this.#memory = memory;
    this.#log = log;
    this.#tree = vscode.window.createTreeView<DecisionNode>(DecisionsView.id, { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#tree,
      this.#tree.onDidChangeVisibility(({ visible }) => visible && source.refresh()),
      source.onDidChange(() => this.#render()),
      vscode.commands.registerCommand('lintel.groupDecisions', () => this.#chooseGrouping()),
      vscode.commands.registerCommand('lintel.findDecision', () => this.#find()),
    );
    source.addLooker(() => this.#tree.visible);
  }

  /** What the view shows. */
  get repositories(): readonly RepositoryDecisions[] {
    return this.#source.repositories;
  }

  getChildren(node?: DecisionNode): DecisionNode[] {
    return rowsBelow(node, this.repositories, this.#grouping);
  }

  getTreeItem(node: DecisionNode): vscode.TreeItem {
    return decisionItem(node, Date.now());
  }

  /** The preview of a record, asked for when the mouse rests on its row or the keyboard asks for it: what it decides. */
  async resolveTreeItem(item: vscode.TreeItem, node: DecisionNode, token: vscode.CancellationToken): Promise<vscode.TreeItem> {
    if (node.kind !== 'record') return item;
    try {
      const params: RecordParams = { uri: node.record.uri, id: node.record.id };
      const answer = await this.#server.request<RecordResult>(RECORD, params, token);
      if (answer?.record) item.tooltip = recordTooltip(node.record, answer.record.snippet);
    } catch (error) {
      this.#log.warn(`Decisions: ${error instanceof Error ? error.message : String(error)}`);
    }
    return item;
  }

  dispose(): void {
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

  #render(): void {
    const count = this.repositories.reduce((sum, { decisions }) => sum + decisions.length, 0);
    setContext('lintel.decisions.state', count > 0 ? 'found' : 'nothing');
    this.#tree.description =
      count === 0 ? '' : vscode.l10n.t('by {0}', groupingName(this.#grouping).toLocaleLowerCase(vscode.env.language));
    this.#changed.fire(undefined);
  }
}
