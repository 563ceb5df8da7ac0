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
import { Secrets } from './models/hidden.ts';
import { type ServerState, type Summary, summarise } from './summary.ts';

/** After more than `MAX_CRASHES` within `CRASH_WINDOW_MS`, the server is not restarted and the user is told. */
const MAX_CRASHES = 4;
const CRASH_WINDOW_MS = 3 * 60_000;
const STOP_TIMEOUT_MS = 2_000;

/** The connection to the language server: its life cycle and the custom requests. The client library registers the standard LSP features. */
export class Server implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<Summary>();
  readonly #handlers = new Map<string, (params: never, token: vscode.CancellationToken) => Promise<unknown>>();
  #client: LanguageClient | undefined;
  #started: Promise<LanguageClient> | undefined;
  #state: ServerState = 'starting';
  #status: StatusParams | undefined;
  #crashes: number[] = [];
  #disposed = false;

  /** What must not be in the log of messages. */
  readonly secrets = new Secrets();

  /** Fires when the server starts or stops, or reports a new index status. */
  readonly onDidChange = this.#changed.event;

  constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel) {
    this.#context = context;
    this.#log = log;
    this.answer(CONSENT, (question: ConsentParams) => askConsent(question));
  }

  /** Answers a request that the server sends. Before the server is started. */
  answer<Params>(method: string, handle: (params: Params, token: vscode.CancellationToken) => Promise<unknown>): void {
    this.#handlers.set(method, handle);
  }

  get state(): ServerState {
    return this.#state;
  }

  /** Last status that the server reported, if any. */
  get status(): StatusParams | undefined {
    return this.#status;
  }

  get summary(): Summary {
    return summarise(this.#state, this.#status, vscode.workspace.workspaceFolders?.length ?? 0);
  }

  /** Starts the server. Never rejects: a server that fails to start is retried and ends up `dead` after too many failures. */
  async start(): Promise<void> {
    const started = this.#connect();
    this.#started = started;
    this.#setState('starting');
    try {
      await started;
      if (this.#started === started) this.#setState('running');
    } catch (error) {
      if (this.#started === started) this.#handleExit(error instanceof Error ? error.message : String(error));
    }
  }

  /** Stops the server if it runs and starts it again. Forgets earlier crashes, because the user asked for it. */
  async restart(): Promise<void> {
    this.#crashes = [];
    this.#status = undefined;
    await this.#stop();
    await this.start();
  }

  /** Sends any request of `protocol/`. Undefined if canceled; rejects with a message that can be shown to users. */
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

  /** Updates the index; resolves when it is up to date. */
  index(params: IndexParams, token: vscode.CancellationToken): Promise<unknown> {
    return this.#request(INDEX, params, token);
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.#stop();
    this.#changed.dispose();
  }

  /**
   * Resolves to undefined if canceled; otherwise rejects with a message that can be shown to users. If the server crashes during a request, the
   * request is sent again to the next server.
   */
  async #request<Result>(method: string, params: object, token: vscode.CancellationToken): Promise<Result | undefined> {
    for (let attempt = 1; ; attempt++) {
      if (this.#state === 'dead') throw new Error(vscode.l10n.t('Lintel is not running.'));
      const started = this.#started;
      if (started === undefined) {
        await this.#waitForChange();
        continue;
      }
      try {
        const client = await started;
        if (token.isCancellationRequested) return undefined;
        return await client.sendRequest<Result>(method, params, token);
      } catch (error) {
        if (token.isCancellationRequested) return undefined;
        if (started === this.#started || attempt > MAX_CRASHES) throw error;
      }
    }
  }

  #waitForChange(): Promise<void> {
    return new Promise((resolve) => {
      const subscription = this.onDidChange(() => {
        subscription.dispose();
        resolve();
      });
    });
  }

  async #connect(): Promise<LanguageClient> {
    // Imported here, because the protocol library takes longer to load than the rest of the client and would slow down activation.
    const { createClient } = await import('./quiet-client.ts');
    const client = createClient(this.#context.asAbsolutePath('dist/server.cjs'), this.#log, this.secrets, () => {
      // While the server starts, `start` fails too and handles it.
      if (client === this.#client && this.#state === 'running') this.#handleExit('connection closed');
    });
    client.onNotification(STATUS, (status: StatusParams) => {
      if (client !== this.#client) return;
      this.#status = status;
      this.#changed.fire(this.summary);
    });
    for (const [method, handle] of this.#handlers) client.onRequest(method, handle);
    this.#client = client;
    await client.start();
    return client;
  }

  /** Restarts the server without telling the user, unless it has crashed too often. */
  #handleExit(reason: string): void {
    if (this.#disposed) return;
    const now = Date.now();
    this.#crashes = [...this.#crashes.filter((time) => now - time < CRASH_WINDOW_MS), now];
    if (this.#crashes.length > MAX_CRASHES) {
      this.#giveUp(reason);
      return;
    }
    this.#log.warn(`The language server stopped (${reason}). Restarting it, attempt ${this.#crashes.length} of ${MAX_CRASHES}.`);
    void this.start();
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    this.#started = undefined;
    if (client === undefined) return;
    // Rejects if the server is already gone, which is fine here.
    await client.dispose(STOP_TIMEOUT_MS).catch((error: unknown) => this.#log.debug(String(error)));
  }

  #setState(state: ServerState): void {
    this.#state = state;
    if (!this.#disposed) this.#changed.fire(this.summary);
  }

  #giveUp(reason: string): void {
    this.#log.error(`The language server crashed ${this.#crashes.length} times in 3 minutes and is not restarted: ${reason}`);
    this.#client = undefined;
    this.#started = undefined;
    this.#setState('dead');
    const restart = vscode.l10n.t('Restart');
    const openLog = vscode.l10n.t('Open Log');
    const message = vscode.l10n.t(
      'The Lintel language server crashed {0} times in the last 3 minutes and was not restarted.',
      this.#crashes.length,
    );
    void vscode.window.showErrorMessage(message, restart, openLog).then((choice) => {
      if (choice === restart) void this.restart();
      else if (choice === openLog) this.#log.show();
    });
  }
}
