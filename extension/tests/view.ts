import * as vscode from 'vscode';
import type { Server } from '../server.ts';
import { childrenOf, type TestNode, testItem } from './items.ts';
import type { TestsModel } from './model.ts';

/** How long files must rest before tests are selected again. */
const PAUSE_MS = 800;
/** Folders that tools write to while tests run. */
const WRITTEN = /\/(?:node_modules|\.git|test-results|playwright-report|coverage|dist|build|target|\.cache)\//;

/** The view "Suggested Tests". Asks by itself only while it is visible. */
export class TestsView implements vscode.TreeDataProvider<TestNode>, vscode.Disposable {
  static readonly id = 'lintel.testsView';
  readonly #model: TestsModel;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #tree: vscode.TreeView<TestNode>;
  readonly #subscriptions: vscode.Disposable[];
  #watcher: vscode.FileSystemWatcher | undefined;
  #timer: NodeJS.Timeout | undefined;
  #head = '';
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(server: Server, model: TestsModel) {
    this.#model = model;
    this.#tree = vscode.window.createTreeView<TestNode>(TestsView.id, { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = [
      this.#changed,
      this.#tree,
      this.#tree.onDidChangeVisibility(({ visible }) => this.#show(visible)),
      model.onDidChange(() => this.#render()),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document.uri.scheme === 'file' && vscode.workspace.getWorkspaceFolder(document.uri))
          model.outdate();
      }),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => this.#fileChanged(uri)),
      server.onDidChange(() => {
        const head = server.status?.repositories.map(({ index }) => index.sha).join(' ') ?? '';
        if (head === this.#head) return;
        this.#head = head;
        if (model.state !== 'idle') this.#later();
      }),
    ];
  }

  getChildren(node?: TestNode): TestNode[] {
    return childrenOf(node, this.#model.repositories);
  }

  getTreeItem(node: TestNode): vscode.TreeItem {
    return testItem(node);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#watcher?.dispose();
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #show(visible: boolean): void {
    this.#watcher?.dispose();
    this.#watcher = undefined;
    if (!visible) {
      clearTimeout(this.#timer);
      return;
    }
    const watcher = vscode.workspace.createFileSystemWatcher('**/*');
    for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) event((uri) => this.#fileChanged(uri));
    this.#watcher = watcher;
    if (this.#model.state === 'idle' || this.#model.stale) void this.#model.ask();
  }

  #fileChanged(uri: vscode.Uri): void {
    if (uri.scheme === 'file' && !WRITTEN.test(uri.path)) this.#later();
  }

  #later(): void {
    this.#model.outdate();
    clearTimeout(this.#timer);
    if (this.#tree.visible) this.#timer = setTimeout(() => void this.#model.ask(), PAUSE_MS);
  }

  #render(): void {
    const { diff, stale, repositories } = this.#model;
    const of =
      diff.of === 'branch'
        ? vscode.l10n.t('against {0}', diff.base)
        : diff.of === 'staged'
          ? vscode.l10n.t('staged')
          : vscode.l10n.t('working tree');
    this.#tree.description = stale ? vscode.l10n.t('{0} · outdated', of) : of;
    this.#tree.message = repositories.length === 1 ? (repositories[0]?.selection?.cause ?? '') : '';
    this.#changed.fire(undefined);
  }
}
