import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  COMMIT,
  CONSENT,
  type CommitParams,
  type CommitResult,
  type ConsentParams,
  INDEX,
  type IndexParams,
  SEARCH,
  type SearchParams,
  type SearchResult,
  STATUS,
  type StatusParams,
  WHY,
  type WhyParams,
  type WhyResult,
} from '../protocol/index.ts';
import { askConsent } from './consent.ts';
import { type ServerState, type Summary, summarise } from './summary.ts';

/** A server that dies more often than this within `DEATH_WINDOW` milliseconds is left dead, and a person is told. */
const MAX_DEATHS = 4;
const DEATH_WINDOW = 3 * 60_000;
const STOP_TIMEOUT = 2_000;

/** The connection to the language server: its life cycle and the typed custom requests. Standard LSP features register themselves. */
export class Server implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<Summary>();
  #client: LanguageClient | undefined;
  #started: Promise<LanguageClient> | undefined;
  #state: ServerState = 'starting';
  #status: StatusParams | undefined;
  #deaths: number[] = [];
  #disposed = false;

  /** Fires when the server came, went, or said something new about an index. */
  readonly onDidChange = this.#changed.event;

  constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel) {
    this.#context = context;
    this.#log = log;
  }

  get state(): ServerState {
    return this.#state;
  }

  /** What the server said last; undefined before its first word. */
  get status(): StatusParams | undefined {
    return this.#status;
  }

  get summary(): Summary {
    return summarise(this.#state, this.#status, vscode.workspace.workspaceFolders?.length ?? 0);
  }

  /** Starts the server in the background; never rejects: a server that cannot start is tried again, and at last is `dead`. */
  async start(): Promise<void> {
    const started = this.#launch();
    this.#started = started;
    this.#set('starting');
    try {
      await started;
      if (this.#started === started) this.#set('running');
    } catch (error) {
      if (this.#started === started) this.#ended(error instanceof Error ? error.message : String(error));
    }
  }

  /** Ends the server, if it runs, and starts it again with a clean record. */
  async restart(): Promise<void> {
    this.#deaths = [];
    this.#status = undefined;
    await this.#stop();
    await this.start();
  }

  /** Any request of `protocol/`: undefined where the question was withdrawn. Rejects with a sentence for people. */
  request<Result>(method: string, params: object, token: vscode.CancellationToken): Promise<Result | undefined> {
    return this.#request(method, params, token);
  }

  search(params: SearchParams, token: vscode.CancellationToken): Promise<SearchResult | undefined> {
    return this.#request(SEARCH, params, token);
  }

  why(params: WhyParams, token: vscode.CancellationToken): Promise<WhyResult | undefined> {
    return this.#request(WHY, params, token);
  }

  commit(params: CommitParams, token: vscode.CancellationToken): Promise<CommitResult | undefined> {
    return this.#request(COMMIT, params, token);
  }

  /** Resolves when the index is up to date. */
  index(params: IndexParams, token: vscode.CancellationToken): Promise<unknown> {
    return this.#request(INDEX, params, token);
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.#stop();
    this.#changed.dispose();
  }

  /**
   * Resolves to undefined where the question was withdrawn; rejects with a sentence for people otherwise. A question that was on its way while
   * the server died is asked again of its successor.
   */
  async #request<Result>(method: string, params: object, token: vscode.CancellationToken): Promise<Result | undefined> {
    for (let attempt = 1; ; attempt++) {
      if (this.#state === 'dead') throw new Error(vscode.l10n.t('Lintel is not running.'));
      const started = this.#started;
      if (started === undefined) {
        await this.#nextState();
        continue;
      }
      try {
        const client = await started;
        if (token.isCancellationRequested) return undefined;
        return await client.sendRequest<Result>(method, params, token);
      } catch (error) {
        if (token.isCancellationRequested) return undefined;
        if (started === this.#started || attempt > MAX_DEATHS) throw error;
      }
    }
  }

  #nextState(): Promise<void> {
    return new Promise((resolve) => {
      const subscription = this.onDidChange(() => {
        subscription.dispose();
        resolve();
      });
    });
  }

  async #launch(): Promise<LanguageClient> {
    // Loaded here and not above: the protocol library costs more to load than the rest of the client, and activation must not wait for it.
    const { createClient } = await import('./quiet-client.ts');
    const client = createClient(this.#context.asAbsolutePath('dist/server.cjs'), this.#log, () => {
      // While it starts, the start itself fails as well, and says so.
      if (client === this.#client && this.#state === 'running') this.#ended('its connection closed');
    });
    client.onNotification(STATUS, (status: StatusParams) => {
      if (client !== this.#client) return;
      this.#status = status;
      this.#changed.fire(this.summary);
    });
    client.onRequest(CONSENT, (question: ConsentParams) => askConsent(question));
    this.#client = client;
    await client.start();
    return client;
  }

  /** Starts a server that ended again, quietly, unless it has ended too often. */
  #ended(reason: string): void {
    if (this.#disposed) return;
    const now = Date.now();
    this.#deaths = [...this.#deaths.filter((at) => now - at < DEATH_WINDOW), now];
    if (this.#deaths.length > MAX_DEATHS) {
      this.#died(reason);
      return;
    }
    this.#log.warn(`The language server ended (${reason}); starting it again, ${this.#deaths.length} of ${MAX_DEATHS}.`);
    void this.start();
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    this.#started = undefined;
    if (client === undefined) return;
    // Rejects when the server is gone already, which is what is wanted here.
    await client.dispose(STOP_TIMEOUT).catch((error: unknown) => this.#log.debug(String(error)));
  }

  #set(state: ServerState): void {
    this.#state = state;
    if (!this.#disposed) this.#changed.fire(this.summary);
  }

  #died(reason: string): void {
    this.#log.error(`The language server ended ${this.#deaths.length} times within three minutes and is left alone: ${reason}`);
    this.#client = undefined;
    this.#started = undefined;
    this.#set('dead');
    const restart = vscode.l10n.t('Restart');
    const openLog = vscode.l10n.t('Open Log');
    const message = vscode.l10n.t(
      'The Lintel language server crashed {0} times in the last 3 minutes and was not restarted.',
      this.#deaths.length,
    );
    void vscode.window.showErrorMessage(message, restart, openLog).then((choice) => {
      if (choice === restart) void this.restart();
      else if (choice === openLog) this.#log.show();
    });
  }
}
