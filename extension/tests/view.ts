import * as vscode from 'vscode';
import type { Server } from '../server.ts';
import { childrenOf, type TestNode, testItem, textAbove } from './items.ts';
import type { TestsModel } from './model.ts';

/** How long files must rest before tests are selected again. */
const PAUSE_MS = 800;
/** Folders of a workspace in which nothing is part of a difference: of git, of editors, of packages, and those that runners write to. */
const APART = /(?:^|\/)(?:\.git|\.hg|\.vscode|\.idea|node_modules|test-results|playwright-report|coverage|\.cache)(?:\/|$)/;
/** What git writes when something is staged. */
const STAGED = /(?:^|\/)\.git\/index$/;

/** A path in the folder of the workspace around it; undefined outside. What is above that folder may be called anything. */
const insideOf = (uri: vscode.Uri): string | undefined => {
  const folder = uri.scheme === 'file' ? vscode.workspace.getWorkspaceFolder(uri) : undefined;
  return folder && uri.path.slice(folder.uri.path.length + 1);
};

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
        if (!this.#mayMatter(document.uri) || model.isInert(document.uri)) return;
        if (contentChanges.length > 0) model.outdate();
        // Undone back to what is on disk.
        else if (!document.isDirty && model.stale) this.#later();
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (model.stale && this.#mayMatter(uri)) this.#later();
      }),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => this.#fileChanged(uri)),
      server.onDidChange(() => {
        const head = server.status?.repositories.map(({ index }) => index.sha).join(' ') ?? '';
        if (head === this.#head) return;
        this.#head = head;
        if (model.state !== 'idle') this.#later();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#render()),
    ];
  }

  getChildren(node?: TestNode): TestNode[] {
    // The text above says why nobody can answer, and hides the text of an empty view.
    if (this.#model.state === 'refused') return node === undefined ? [{ kind: 'compare' }] : [];
    return childrenOf(node, this.#model.repositories);
  }

  getTreeItem(node: TestNode): vscode.TreeItem {
    return testItem(node, this.#model.repositories.length === 1);
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

  #mayMatter(uri: vscode.Uri): boolean {
    const path = insideOf(uri);
    if (path === undefined) return false;
    return !APART.test(path) || (this.#model.diff.of === 'staged' && STAGED.test(path));
  }

  /** A file was written. Whether that matters, git and the rules of the server know: what was found stays until they have answered. */
  #fileChanged(uri: vscode.Uri): void {
    if (!this.#mayMatter(uri)) return;
    this.#model.touch(uri);
    this.#later();
  }

  #later(): void {
    clearTimeout(this.#timer);
    if (this.#tree.visible) this.#timer = setTimeout(() => void this.#model.ask(), PAUSE_MS);
    else this.#model.outdate();
  }

  #render(): void {
    const { diff, stale, repositories } = this.#model;
    const of =
      diff.of === 'branch'
        ? vscode.l10n.t('against {0}', diff.base)
        : diff.of === 'staged'
          ? vscode.l10n.t('staged')
          : vscode.l10n.t('working tree');
    this.#tree.description = stale ? vscode.l10n.t('outdated · {0}', of) : of;
    const [only] = repositories.length === 1 ? repositories : [];
    const cause = only?.selection === undefined ? this.#model.refusal : textAbove(only.selection);
    const restricted =
      repositories.length === 0 || vscode.workspace.isTrusted
        ? ''
        : vscode.l10n.t('Restricted Mode: tests are suggested, and none can be run until you trust this workspace.');
    this.#tree.message = [cause, restricted].filter((text) => text !== '').join(' ');
    this.#changed.fire(undefined);
  }
}
