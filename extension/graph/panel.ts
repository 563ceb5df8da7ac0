import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { WireRecord } from '../../protocol/authoring.ts';
import {
  DECISION_GRAPH,
  type DecisionGraphParams,
  type DecisionGraphResult,
  RECORD,
  type RecordParams,
  type RecordResult,
} from '../../protocol/decisions.ts';
import { openHit } from '../open.ts';
import type { Server } from '../server.ts';
import { type FromGraph, GRAPH_COMMANDS, type Graph, type ToGraph } from '../webview/graph/messages.ts';
import { graphOf, keyOf } from './model.ts';
import { graphPage } from './page.ts';

/** How long the index must rest before the graph is asked for again. */
const PAUSE_MS = 300;
const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** The decision graph: one tab, which is drawn again when records change. */
export class GraphPanel implements vscode.Disposable {
  static readonly type = 'lintel.decisionGraph';
  readonly #extension: vscode.Uri;
  readonly #server: Server;
  readonly #log: vscode.LogOutputChannel;
  readonly #subscriptions: vscode.Disposable;
  #panel: vscode.WebviewPanel | undefined;
  #records: ReadonlyMap<string, WireRecord> = new Map();
  #graph: Graph = { nodes: [], edges: [], total: 0 };
  #shown = '';
  #focus: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running: vscode.CancellationTokenSource | undefined;
  #isLoaded = false;
  /** The server has answered since the tab was opened: what is not there does not exist. */
  #isAnswered = false;

  constructor(extension: vscode.Uri, server: Server, log: vscode.LogOutputChannel) {
    this.#extension = extension;
    this.#server = server;
    this.#log = log;
    this.#subscriptions = vscode.Disposable.from(
      server.onDidChange(() => this.#later()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#later()),
      vscode.commands.registerCommand('lintel.showDecisionGraph', (record?: unknown) =>
        this.show(isRecord(record) ? record.record : undefined),
      ),
    );
  }

  /** What is drawn; empty while the tab is closed. */
  get graph(): Graph {
    return this.#graph;
  }

  /** Opens the graph or brings it to the front, with the focus on a record if one is given. */
  show(record?: WireRecord): void {
    this.#focus = record && keyOf(record);
    if (this.#panel === undefined) this.#open();
    else {
      this.#panel.reveal();
      this.#post(true);
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#running?.cancel();
    this.#panel?.dispose();
    this.#subscriptions.dispose();
  }

  #open(): void {
    const root = vscode.Uri.joinPath(this.#extension, 'dist', 'webview');
    const panel = vscode.window.createWebviewPanel(GraphPanel.type, vscode.l10n.t('Decision Graph'), vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [root],
    });
    this.#panel = panel;
    this.#isAnswered = false;
    panel.iconPath = vscode.Uri.joinPath(this.#extension, 'media', 'lintel.svg');
    panel.webview.onDidReceiveMessage((message: FromGraph) => this.#receive(message));
    panel.onDidDispose(() => {
      this.#running?.cancel();
      this.#panel = undefined;
      this.#isLoaded = false;
      this.#graph = { nodes: [], edges: [], total: 0 };
    });
    panel.webview.html = graphPage({
      nonce: randomBytes(16).toString('base64'),
      cspSource: panel.webview.cspSource,
      script: panel.webview.asWebviewUri(vscode.Uri.joinPath(root, 'graph.js')).toString(),
      style: panel.webview.asWebviewUri(vscode.Uri.joinPath(root, 'graph.css')).toString(),
    });
  }

  #send(message: ToGraph): void {
    void this.#panel?.webview.postMessage(message);
  }

  #receive(message: FromGraph): void {
    switch (message.type) {
      case 'ready':
        this.#isLoaded = true;
        this.#post(true);
        void this.#ask();
        return;
      case 'open':
        void this.#openRecord(message.key, message.beside);
        return;
      case 'preview':
        void this.#preview(message.key);
        return;
      case 'command':
        if (GRAPH_COMMANDS.includes(message.command)) void vscode.commands.executeCommand(message.command);
        return;
    }
  }

  #later(): void {
    clearTimeout(this.#timer);
    if (this.#isLoaded) this.#timer = setTimeout(() => void this.#ask(), PAUSE_MS);
  }

  async #ask(): Promise<void> {
    if (this.#server.state !== 'running') {
      this.#post();
      return;
    }
    this.#running?.cancel();
    const source = new vscode.CancellationTokenSource();
    this.#running = source;
    try {
      const answers: DecisionGraphResult[] = [];
      for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
        const params: DecisionGraphParams = { uri: uri.toString() };
        const answer = await this.#server.request<DecisionGraphResult>(DECISION_GRAPH, params, source.token);
        if (answer === undefined || source.token.isCancellationRequested) return;
        answers.push(answer);
      }
      this.#records = new Map(answers.flatMap(({ nodes }) => nodes.map((record) => [keyOf(record), record])));
      this.#graph = graphOf(answers);
      this.#isAnswered = true;
      this.#post();
    } catch (error) {
      this.#log.warn(`Decision graph: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      source.dispose();
    }
  }

  /** Shows what is known. Unless `again`, not what is shown already: drawing it again would move what somebody looks at. */
  #post(again = false): void {
    const message = this.#graph.total > 0 ? { type: 'graph' as const, graph: this.#graph } : this.#nothing();
    const state = JSON.stringify(message);
    if (state === this.#shown && !again) return;
    this.#shown = state;
    if (message.type !== 'graph') this.#send(message);
    else {
      this.#send(this.#focus === undefined ? message : { ...message, focus: this.#focus });
      this.#focus = undefined;
    }
  }

  #nothing(): ToGraph {
    const newDecision = { label: vscode.l10n.t('New Decision'), command: 'lintel.newDecision' } as const;
    const learn = { label: vscode.l10n.t('Get Started'), command: 'lintel.openWalkthrough' } as const;
    const openLog = { label: vscode.l10n.t('Open Log'), command: 'lintel.openLog' } as const;
    switch (this.#server.summary.phase) {
      case 'noFolder':
        return { type: 'nothing', text: vscode.l10n.t('Open a folder to see its decisions.'), actions: [] };
      case 'dead':
        return { type: 'nothing', text: vscode.l10n.t('Lintel is not running.'), actions: [openLog] };
      case 'failed':
        return { type: 'nothing', text: vscode.l10n.t('The index could not be built. See the log for details.'), actions: [openLog] };
      case 'starting':
        return { type: 'nothing', text: vscode.l10n.t('Starting…'), actions: [] };
      case 'indexing':
        return { type: 'nothing', text: vscode.l10n.t('Indexing this repository for the first time…'), actions: [] };
      default:
        if (!this.#isAnswered) return { type: 'nothing', text: vscode.l10n.t('Loading…'), actions: [] };
        return { type: 'nothing', text: vscode.l10n.t('There are no decision records yet.'), actions: [newDecision, learn] };
    }
  }

  async #openRecord(key: string, beside: boolean): Promise<void> {
    const record = this.#records.get(key);
    if (record === undefined) return;
    const hit = await this.#hitOf(record);
    await openHit(hit ?? { kind: 'decision', sha: '', title: record.title, uri: record.uri, span: START, snippet: '' }, beside);
  }

  async #preview(key: string): Promise<void> {
    const record = this.#records.get(key);
    const hit = record && (await this.#hitOf(record));
    this.#send({ type: 'preview', key, sentence: hit?.snippet ?? '' });
  }

  /** The record in short; `undefined` where the server cannot say. */
  async #hitOf({ uri, id }: WireRecord): Promise<RecordResult['record']> {
    const source = new vscode.CancellationTokenSource();
    try {
      const params: RecordParams = { uri, id };
      return (await this.#server.request<RecordResult>(RECORD, params, source.token))?.record;
    } catch (error) {
      this.#log.warn(`Decision graph: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    } finally {
      source.dispose();
    }
  }
}

/** A row of the view "Decisions", which passes itself. */
const isRecord = (argument: unknown): argument is { readonly record: WireRecord } =>
  typeof argument === 'object' && argument !== null && 'record' in argument && typeof argument.record === 'object';
