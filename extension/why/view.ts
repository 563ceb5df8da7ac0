import * as vscode from 'vscode';
import type { WhyParams, WhyResult, WireHit } from '../../protocol/index.ts';
import { setContext } from '../context.ts';
import type { Server } from '../server.ts';
import { followsCursor } from '../settings.ts';
import { behindText } from '../status-item.ts';
import {
  childrenOf,
  type Group,
  groupsOf,
  isGroup,
  isMore,
  isNotice,
  isReached,
  isReason,
  isReplacement,
  isSection,
  type Node,
} from './groups.ts';
import { groupItem, hitItem, moreItem, noticeItem, reasonItem, replacementItem } from './items.ts';
import { placeItem, type ReachSection, reachSections, sectionItem } from './reach.ts';

/** How long the cursor must rest, or typing must pause, before the server is queried. */
const CURSOR_DELAY_MS = 150;
const TYPING_DELAY_MS = 800;

/** Selects the welcome text of the empty tree; `found` if the tree is not empty. */
type WhyState = 'noEditor' | 'loading' | 'nothing' | 'failed' | 'found';

/** The "Why This Code" view: decisions, related documents, commits and specifications for the current line. Queries the server only while visible. */
export class WhyView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  static readonly id = 'lintel.whyView';
  readonly #server: Server;
  readonly #log: vscode.LogOutputChannel;
  readonly #onResult: () => void;
  readonly #onOpened: () => void;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscriptions: vscode.Disposable[] = [this.#changed];
  readonly #tree: vscode.TreeView<Node>;
  readonly onDidChangeTreeData = this.#changed.event;
  #place: WhyParams | undefined;
  #result: WhyResult | undefined;
  #groups: readonly Group[] = [];
  #pinned = false;
  #timer: NodeJS.Timeout | undefined;
  #running: vscode.CancellationTokenSource | undefined;

  constructor(
    server: Server,
    log: vscode.LogOutputChannel,
    { onResult, onOpened }: { readonly onResult: () => void; readonly onOpened: () => void },
  ) {
    this.#server = server;
    this.#log = log;
    this.#onResult = onResult;
    this.#onOpened = onOpened;
    this.#tree = vscode.window.createTreeView<Node>(WhyView.id, { treeDataProvider: this, canSelectMany: true });
    this.#subscriptions.push(
      this.#tree,
      this.#tree.onDidChangeVisibility(({ visible }) => {
        if (!visible) return;
        this.#follow(0);
        this.#onOpened();
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => textEditor === vscode.window.activeTextEditor && this.#follow()),
      vscode.window.onDidChangeActiveTextEditor(() => this.#follow()),
      vscode.workspace.onDidChangeTextDocument(
        ({ document, contentChanges }) => contentChanges.length > 0 && this.#isShown(document) && this.#scheduleQuery(TYPING_DELAY_MS),
      ),
      server.onDidChange(({ phase, busy }) => phase === 'ready' && !busy && this.#scheduleQuery(CURSOR_DELAY_MS)),
    );
    this.#show(undefined, 'noEditor');
  }

  /** What the record at hand reaches; empty for code. */
  get reach(): readonly ReachSection[] {
    return this.#result?.reach ? reachSections(this.#result.reach) : [];
  }

  /** The decisions that probably govern the code. */
  get probable(): readonly WireHit[] {
    return this.#groups.find(({ id }) => id === 'probable')?.hits ?? [];
  }

  /** The groups that are shown. */
  get groups(): readonly Group[] {
    return this.#groups;
  }

  /** Shows the view for a place, or for the cursor if there is none. Ignores the pin, because the user asked for it. */
  async reveal(place?: WhyParams): Promise<void> {
    const wanted = place ?? cursorPlace();
    await vscode.commands.executeCommand(`${WhyView.id}.focus`);
    // Only now: a view that becomes visible follows the cursor.
    this.#place = wanted;
    await this.#query();
  }

  /** A number on the icon of the activity bar until one of the views was opened for the first time: the only hint of a first start. */
  hint(count: number): void {
    this.#tree.badge =
      count === 0 ? undefined : { value: count, tooltip: vscode.l10n.t('{0} decisions found. Open Lintel to search them.', count) };
  }

  /** The file that the view is about. */
  get code(): vscode.Uri | undefined {
    return this.#place === undefined ? undefined : vscode.Uri.parse(this.#place.uri);
  }

  /** Queries the same place again, for example because its links changed. */
  async refresh(): Promise<void> {
    if (this.#place !== undefined) await this.#query();
  }

  /** While pinned, the view keeps its place when the cursor moves. */
  pin(pinned: boolean): void {
    this.#pinned = pinned;
    setContext('lintel.why.pinned', pinned);
    this.#updateDescription();
    if (!pinned) this.#follow(0);
  }

  getChildren(node?: Node): Node[] {
    if (node === undefined) {
      // With no groups, the notices are shown as the view's message, because a single row would hide the welcome text.
      const sections = this.reach;
      if (this.#groups.length === 0 && sections.length === 0) return [];
      const governed = sections.length > 0 || this.#groups.some(({ id }) => id === 'governing' || id === 'file');
      const notices = this.#result?.notices ?? [];
      return [
        ...sections,
        ...(governed ? [] : [{ sentences: [vscode.l10n.t('No governing decision found.')] }]),
        ...this.#groups,
        ...(notices.length > 0 ? [{ sentences: notices }] : []),
      ];
    }
    if (isGroup(node)) return [...node.hits, ...(node.more.length > 0 ? [{ group: node.id, folded: node.more }] : [])];
    if (isMore(node)) return [...node.folded];
    if (isSection(node)) return [...node.places];
    if (isReached(node)) return [];
    return isReason(node) || isReplacement(node) || isNotice(node) ? [] : [...childrenOf(node)];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if (isGroup(node)) return groupItem(node);
    if (isMore(node)) return moreItem(node);
    if (isSection(node)) return sectionItem(node);
    if (isReached(node)) return placeItem(node);
    if (isReason(node)) return reasonItem(node, this.#place?.uri);
    if (isReplacement(node)) return replacementItem(node);
    if (isNotice(node)) return noticeItem(node);
    return hitItem(node, this.#result?.index ?? { sha: '', behind: 0 }, this.probable.includes(node));
  }

  dispose(): void {
    this.#cancel();
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #isShown(document: vscode.TextDocument): boolean {
    return this.#place?.uri === document.uri.toString();
  }

  #follow(pause = CURSOR_DELAY_MS): void {
    if (this.#pinned || (this.#place !== undefined && !followsCursor())) return;
    const place = cursorPlace();
    // In a tab without code (a commit, the log, a web page), keep the last result: it is more useful than none.
    if (place === undefined && this.#place !== undefined && vscode.window.tabGroups.activeTabGroup.activeTab !== undefined) return;
    if (isSamePlace(place, this.#place) && this.#result !== undefined) return;
    this.#place = place;
    this.#scheduleQuery(pause);
  }

  #cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running?.cancel();
    this.#running?.dispose();
    this.#running = undefined;
  }

  #scheduleQuery(pause: number): void {
    this.#cancel();
    if (!this.#tree.visible) return;
    this.#timer = setTimeout(() => void this.#query(), pause);
  }

  async #query(): Promise<void> {
    this.#cancel();
    const place = this.#place;
    if (place === undefined) {
      this.#show(undefined, 'noEditor');
      return;
    }
    const source = new vscode.CancellationTokenSource();
    this.#running = source;
    if (this.#result === undefined) setContext('lintel.why.state', 'loading');
    try {
      const result = await this.#server.why(place, source.token);
      if (source.token.isCancellationRequested) return;
      this.#show(result, 'nothing');
      if (this.#groups.length > 0) this.#onResult();
    } catch (error) {
      this.#log.warn(`Why this code: ${error instanceof Error ? error.message : String(error)}`);
      if (!source.token.isCancellationRequested) this.#show(undefined, 'failed');
    }
  }

  #show(result: WhyResult | undefined, whenEmpty: WhyState): void {
    this.#result = result;
    this.#groups = result === undefined ? [] : groupsOf(result);
    setContext('lintel.why.state', this.#groups.length > 0 || this.reach.length > 0 ? 'found' : whenEmpty);
    this.#updateDescription();
    this.#changed.fire(undefined);
  }

  #updateDescription(): void {
    const place = this.#place;
    const name = place === undefined ? '' : vscode.workspace.asRelativePath(vscode.Uri.parse(place.uri)).split('/').at(-1);
    const line = place === undefined ? '' : lineSuffix(place);
    this.#tree.description = place === undefined ? '' : this.#pinned ? vscode.l10n.t('{0} (pinned)', `${name}${line}`) : `${name}${line}`;
    const found = this.#groups.length > 0;
    const sentences = found ? [behindText(this.#result?.index.behind ?? 0)] : (this.#result?.notices ?? []);
    this.#tree.message = sentences.filter((sentence) => sentence !== '').join(' ');
  }
}

const cursorPlace = (): WhyParams | undefined => {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || editor.document.uri.scheme !== 'file') return undefined;
  const { start, end, active, isEmpty } = editor.selection;
  const uri = editor.document.uri.toString();
  if (isEmpty) return { uri, line: active.line };
  // A selection of whole lines ends at the start of the next line, which is not part of it.
  const endLine = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return { uri, line: start.line, endLine };
};

const isSamePlace = (a: WhyParams | undefined, b: WhyParams | undefined): boolean =>
  a?.uri === b?.uri && a?.line === b?.line && a?.endLine === b?.endLine;

/** `:12` or `:12-18`, one-based. */
const lineSuffix = ({ line, endLine = line }: WhyParams): string => {
  if (line === undefined || endLine === undefined) return '';
  return endLine > line ? `:${line + 1}-${endLine + 1}` : `:${line + 1}`;
};
