import * as vscode from 'vscode';
import type { WhyParams, WhyResult } from '../protocol/index.ts';
import { setContext } from './context.ts';
import type { Server } from './server.ts';
import { followsCursor } from './settings.ts';
import { behindText } from './status-item.ts';
import { childrenOf, type Group, groupsOf, isGroup, isReason, isRemark, isReplacement, type Node } from './why-groups.ts';
import { groupItem, hitItem, reasonItem, remarkItem, replacementItem } from './why-items.ts';

/** Milliseconds of rest of the cursor before the server is asked, and of typing before it is asked again about changed text. */
const CURSOR_PAUSE = 150;
const TYPING_PAUSE = 800;

/** Why the tree is empty, for its welcome text: `noEditor`, `loading`, `nothing`, `failed`; `found` where it is not. */
type WhyState = 'noEditor' | 'loading' | 'nothing' | 'failed' | 'found';

/** "Why this code": what governs, specifies, changed or resembles the line under the cursor. Asks only while it can be seen. */
export class WhyView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  static readonly id = 'lintel.whyView';
  readonly #server: Server;
  readonly #log: vscode.LogOutputChannel;
  readonly #onAnswered: () => void;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscriptions: vscode.Disposable[] = [this.#changed];
  readonly #tree: vscode.TreeView<Node>;
  readonly onDidChangeTreeData = this.#changed.event;
  #place: WhyParams | undefined;
  #answer: WhyResult | undefined;
  #groups: readonly Group[] = [];
  #pinned = false;
  #timer: NodeJS.Timeout | undefined;
  #running: vscode.CancellationTokenSource | undefined;

  constructor(server: Server, log: vscode.LogOutputChannel, onAnswered: () => void) {
    this.#server = server;
    this.#log = log;
    this.#onAnswered = onAnswered;
    this.#tree = vscode.window.createTreeView<Node>(WhyView.id, { treeDataProvider: this });
    this.#subscriptions.push(
      this.#tree,
      this.#tree.onDidChangeVisibility(({ visible }) => visible && this.#follow(0)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => textEditor === vscode.window.activeTextEditor && this.#follow()),
      vscode.window.onDidChangeActiveTextEditor(() => this.#follow()),
      vscode.workspace.onDidChangeTextDocument(
        ({ document, contentChanges }) => contentChanges.length > 0 && this.#isShown(document) && this.#askSoon(TYPING_PAUSE),
      ),
      server.onDidChange(({ phase, busy }) => phase === 'ready' && !busy && this.#askSoon(CURSOR_PAUSE)),
    );
    this.#show(undefined, 'noEditor');
  }

  /** The groups on the screen. */
  get groups(): readonly Group[] {
    return this.#groups;
  }

  /** Turns to a place, whatever the cursor does, and shows the view; without a place, to the cursor. */
  async reveal(place?: WhyParams): Promise<void> {
    this.#place = place ?? placeOfCursor();
    await vscode.commands.executeCommand(`${WhyView.id}.focus`);
    await this.#ask();
  }

  /** The file that the view speaks of. */
  get code(): vscode.Uri | undefined {
    return this.#place === undefined ? undefined : vscode.Uri.parse(this.#place.uri);
  }

  /** Asks again about the same place: what people say about it changed. */
  async refresh(): Promise<void> {
    if (this.#place !== undefined) await this.#ask();
  }

  /** A pinned view stays with its place while the cursor moves on. */
  pin(pinned: boolean): void {
    this.#pinned = pinned;
    setContext('lintel.why.pinned', pinned);
    this.#describe();
    if (!pinned) this.#follow(0);
  }

  getChildren(node?: Node): Node[] {
    if (node === undefined) {
      // Where there is nothing else, the notices stand above the welcome text, which one row would displace.
      if (this.#groups.length === 0) return [];
      const governed = this.#groups.some(({ id }) => id === 'governing');
      const notices = this.#answer?.notices ?? [];
      return [
        ...(governed ? [] : [{ sentences: [vscode.l10n.t('No governing decision found.')] }]),
        ...this.#groups,
        ...(notices.length > 0 ? [{ sentences: notices }] : []),
      ];
    }
    if (isGroup(node)) return [...node.hits];
    return isReason(node) || isReplacement(node) || isRemark(node) ? [] : [...childrenOf(node)];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if (isGroup(node)) return groupItem(node);
    if (isReason(node)) return reasonItem(node, this.#place?.uri);
    if (isReplacement(node)) return replacementItem(node);
    if (isRemark(node)) return remarkItem(node);
    return hitItem(node, this.#answer?.index ?? { sha: '', behind: 0 });
  }

  dispose(): void {
    this.#withdraw();
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #isShown(document: vscode.TextDocument): boolean {
    return this.#place?.uri === document.uri.toString();
  }

  #follow(pause = CURSOR_PAUSE): void {
    if (this.#pinned || (this.#place !== undefined && !followsCursor())) return;
    const place = placeOfCursor();
    // A tab that is no file (a commit, the log, a page) says nothing about code: the last answer is more useful than none.
    if (place === undefined && this.#place !== undefined && vscode.window.tabGroups.activeTabGroup.activeTab !== undefined) return;
    if (isSame(place, this.#place) && this.#answer !== undefined) return;
    this.#place = place;
    this.#askSoon(pause);
  }

  #withdraw(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running?.cancel();
    this.#running?.dispose();
    this.#running = undefined;
  }

  #askSoon(pause: number): void {
    this.#withdraw();
    if (!this.#tree.visible) return;
    this.#timer = setTimeout(() => void this.#ask(), pause);
  }

  async #ask(): Promise<void> {
    this.#withdraw();
    const place = this.#place;
    if (place === undefined) {
      this.#show(undefined, 'noEditor');
      return;
    }
    const source = new vscode.CancellationTokenSource();
    this.#running = source;
    if (this.#answer === undefined) setContext('lintel.why.state', 'loading');
    try {
      const answer = await this.#server.why(place, source.token);
      if (source.token.isCancellationRequested) return;
      this.#show(answer, 'nothing');
      if (this.#groups.length > 0) this.#onAnswered();
    } catch (error) {
      this.#log.warn(`Why this code: ${error instanceof Error ? error.message : String(error)}`);
      if (!source.token.isCancellationRequested) this.#show(undefined, 'failed');
    }
  }

  #show(answer: WhyResult | undefined, whenEmpty: WhyState): void {
    this.#answer = answer;
    this.#groups = answer === undefined ? [] : groupsOf(answer);
    setContext('lintel.why.state', this.#groups.length > 0 ? 'found' : whenEmpty);
    this.#describe();
    this.#changed.fire(undefined);
  }

  #describe(): void {
    const place = this.#place;
    const name = place === undefined ? '' : vscode.workspace.asRelativePath(vscode.Uri.parse(place.uri)).split('/').at(-1);
    const line = place === undefined ? '' : linesOf(place);
    this.#tree.description = place === undefined ? '' : this.#pinned ? vscode.l10n.t('{0} (pinned)', `${name}${line}`) : `${name}${line}`;
    const found = this.#groups.length > 0;
    const sentences = found ? [behindText(this.#answer?.index.behind ?? 0)] : (this.#answer?.notices ?? []);
    this.#tree.message = sentences.filter((sentence) => sentence !== '').join(' ');
  }
}

const placeOfCursor = (): WhyParams | undefined => {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || editor.document.uri.scheme !== 'file') return undefined;
  const { start, end, active, isEmpty } = editor.selection;
  const uri = editor.document.uri.toString();
  if (isEmpty) return { uri, line: active.line };
  // A selection of whole lines ends at the start of the next one, which does not belong to it.
  const endLine = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return { uri, line: start.line, endLine };
};

const isSame = (a: WhyParams | undefined, b: WhyParams | undefined): boolean =>
  a?.uri === b?.uri && a?.line === b?.line && a?.endLine === b?.endLine;

/** `:12` or `:12-18`, counted from 1. */
const linesOf = ({ line, endLine = line }: WhyParams): string => {
  if (line === undefined || endLine === undefined) return '';
  return endLine > line ? `:${line + 1}-${endLine + 1}` : `:${line + 1}`;
};
