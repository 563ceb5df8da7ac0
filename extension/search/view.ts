import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { ASK, type AskResult } from '../../protocol/ask.ts';
import type { DecisionSource } from '../decisions/source.ts';
import type { LanguageModels } from '../models/language-models.ts';
import { openDocument, openHit } from '../open.ts';
import type { Server } from '../server.ts';
import { behindText } from '../status-item.ts';
import { type FromView, type ToView, VIEW_COMMANDS } from '../webview/search/messages.ts';
import { shownAnswer } from './answer.ts';
import { recordLists, uriOfKey } from './idle.ts';
import { searchPage } from './page.ts';

/** The Search view. The page sends requests and this class answers them; the page saves its own state. */
export class SearchView implements vscode.WebviewViewProvider, vscode.Disposable {
  static readonly id = 'lintel.searchView';
  readonly #extension: vscode.Uri;
  readonly #server: Server;
  readonly #source: DecisionSource;
  readonly #models: LanguageModels;
  readonly #onSearched: () => void;
  readonly #subscriptions: vscode.Disposable[] = [];
  #view: vscode.WebviewView | undefined;
  #loaded = false;
  #running: vscode.CancellationTokenSource | undefined;
  #asking: vscode.CancellationTokenSource | undefined;
  /** Message to send once the page is ready. */
  #pending: ToView | undefined;

  constructor(extension: vscode.Uri, server: Server, source: DecisionSource, models: LanguageModels, onSearched: () => void) {
    this.#extension = extension;
    this.#server = server;
    this.#source = source;
    this.#models = models;
    this.#onSearched = onSearched;
    this.#subscriptions.push(
      server.onDidChange((summary) => this.#post({ type: 'summary', summary })),
      source.onDidChange(() => this.#postRecords()),
    );
    source.addLooker(() => this.#loaded && this.#view?.visible === true);
  }

  /** True once the page's script reported that it is ready. */
  get loaded(): boolean {
    return this.#loaded;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const root = vscode.Uri.joinPath(this.#extension, 'dist', 'webview');
    this.#view = view;
    this.#loaded = false;
    view.webview.options = { enableScripts: true, localResourceRoots: [root] };
    view.webview.onDidReceiveMessage((message: FromView) => this.#receive(message));
    view.onDidChangeVisibility(() => view.visible && this.#source.refresh());
    view.onDidDispose(() => {
      this.#cancel();
      this.#cancelAsk();
      this.#view = undefined;
      this.#loaded = false;
    });
    view.webview.html = searchPage({
      nonce: randomBytes(16).toString('base64'),
      cspSource: view.webview.cspSource,
      script: view.webview.asWebviewUri(vscode.Uri.joinPath(root, 'search.js')).toString(),
      style: view.webview.asWebviewUri(vscode.Uri.joinPath(root, 'search.css')).toString(),
    });
  }

  /** Focuses the search box; with a query, also searches for it. */
  async focus(query?: string): Promise<void> {
    const message: ToView = query === undefined ? { type: 'focus' } : { type: 'focus', query };
    this.#pending = message;
    await vscode.commands.executeCommand(`${SearchView.id}.focus`);
    if (this.#loaded) this.#post(message);
  }

  dispose(): void {
    this.#cancel();
    this.#cancelAsk();
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #post(message: ToView): void {
    if (!this.#loaded) return;
    if (this.#pending === message) this.#pending = undefined;
    void this.#view?.webview.postMessage(message);
  }

  #postRecords(): void {
    this.#post({ type: 'records', groups: recordLists(this.#source.repositories, Date.now()) });
  }

  #cancel(): void {
    this.#running?.cancel();
    this.#running?.dispose();
    this.#running = undefined;
  }

  #cancelAsk(): void {
    this.#asking?.cancel();
    this.#asking?.dispose();
    this.#asking = undefined;
  }

  #receive(message: FromView): void {
    switch (message.type) {
      case 'ready':
        this.#loaded = true;
        this.#post({ type: 'summary', summary: this.#server.summary });
        this.#postRecords();
        this.#source.refresh();
        if (this.#pending !== undefined) this.#post(this.#pending);
        return;
      case 'search':
        void this.#search(message);
        return;
      case 'cancel':
        this.#cancel();
        return;
      case 'open':
        void openHit(message.hit, message.beside);
        return;
      case 'ask':
        void this.#ask(message);
        return;
      case 'cancelAsk':
        this.#cancelAsk();
        return;
      case 'openPlace':
        void openHit(message.place, message.beside);
        return;
      case 'copy':
        void vscode.env.clipboard.writeText(message.text);
        return;
      case 'openRecord': {
        const uri = uriOfKey(this.#source.repositories, message.key);
        if (uri !== undefined) void openDocument({ uri }, message.beside);
        return;
      }
      case 'command':
        if (VIEW_COMMANDS.includes(message.command)) void vscode.commands.executeCommand(message.command);
        return;
    }
  }

  async #search({ id, query, kinds, statuses, limit }: Extract<FromView, { type: 'search' }>): Promise<void> {
    this.#cancel();
    const source = new vscode.CancellationTokenSource();
    this.#running = source;
    try {
      const answer = await this.#server.search(
        { query, limit, ...(kinds.length > 0 ? { kinds } : {}), ...(statuses.length > 0 ? { statuses } : {}) },
        source.token,
      );
      if (answer === undefined || source.token.isCancellationRequested) return;
      this.#post({ type: 'results', id, hits: answer.hits, weak: answer.weak === true, behind: behindText(answer.index.behind) });
      this.#onSearched();
    } catch (error) {
      this.#post({ type: 'error', id, message: error instanceof Error ? error.message : String(error) });
    }
  }

  async #ask({ id, question }: Extract<FromView, { type: 'ask' }>): Promise<void> {
    this.#cancelAsk();
    const source = new vscode.CancellationTokenSource();
    this.#asking = source;
    try {
      const result = await this.#server.request<AskResult>(ASK, { question }, source.token);
      if (result === undefined || source.token.isCancellationRequested) return;
      const model = result.repositories.some(({ answer }) => (answer?.spans.length ?? 0) > 0) ? await this.#models.ofSettings() : undefined;
      if (source.token.isCancellationRequested) return;
      const lines = shownAnswer(question, result);
      this.#post({ type: 'answer', id, answer: lines, ...(model ? { wording: true } : {}) });
      if (model === undefined) return;
      // The lines are there already: whatever goes wrong now takes nothing away.
      const worded = await this.#server.request<AskResult>(ASK, { question, model }, source.token).catch(() => undefined);
      if (source.token.isCancellationRequested) return;
      this.#post({ type: 'answer', id, answer: worded ? shownAnswer(question, worded) : lines });
    } catch (error) {
      this.#post({ type: 'askFailed', id, message: error instanceof Error ? error.message : String(error) });
    }
  }
}
