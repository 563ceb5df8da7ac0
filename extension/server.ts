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
import { initialSettings } from './settings.ts';
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

  /** Starts the server in the background; never rejects: a server that cannot start is `dead`, and a person is told. */
  async start(): Promise<void> {
    this.#set('starting');
    this.#started = this.#launch();
    try {
      await this.#started;
      this.#set('running');
    } catch (error) {
      if (!this.#disposed) this.#died(error instanceof Error ? error.message : String(error));
    }
  }

  /** Ends the server, if it runs, and starts it again with a clean record. */
  async restart(): Promise<void> {
    this.#deaths = [];
    this.#status = undefined;
    await this.#stop();
    await this.start();
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

  /** Resolves to undefined where the question was withdrawn; rejects with the server's own sentence otherwise. */
  async #request<Result>(method: string, params: object, token: vscode.CancellationToken): Promise<Result | undefined> {
    try {
      const client = await this.#started;
      if (client === undefined || token.isCancellationRequested) return undefined;
      return await client.sendRequest<Result>(method, params, token);
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      throw error;
    }
  }

  async #launch(): Promise<LanguageClient> {
    // Loaded here and not above: the protocol library costs more to load than the rest of the client, and activation must not wait for it.
    const {
      LanguageClient: Client,
      TransportKind,
      RevealOutputChannelOn,
      CloseAction,
      ErrorAction,
      State,
    } = await import('vscode-languageclient/node');
    const module = this.#context.asAbsolutePath('dist/server.cjs');
    const client = new Client(
      'lintel',
      'Lintel',
      {
        run: { module, transport: TransportKind.ipc },
        debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6011'] } },
      },
      {
        documentSelector: [{ scheme: 'file' }],
        outputChannel: this.#log,
        traceOutputChannel: this.#log,
        revealOutputChannelOn: RevealOutputChannelOn.Never,
        initializationOptions: initialSettings,
        markdown: { supportThemeIcons: true },
        // Also said here for a server that cannot start: without a handler the library shows a message of its own.
        initializationFailedHandler: () => false,
        errorHandler: {
          error: () => ({ action: ErrorAction.Continue, handled: true }),
          closed: () => {
            const now = Date.now();
            this.#deaths = [...this.#deaths.filter((at) => now - at < DEATH_WINDOW), now];
            if (this.#deaths.length <= MAX_DEATHS) {
              this.#log.warn(`The language server ended; starting it again (${this.#deaths.length} of ${MAX_DEATHS}).`);
              return { action: CloseAction.Restart, handled: true };
            }
            this.#died(vscode.l10n.t('it ended {0} times within three minutes', this.#deaths.length));
            return { action: CloseAction.DoNotRestart, handled: true };
          },
        },
      },
    );
    client.onDidChangeState(({ newState }) => {
      if (client !== this.#client || this.#state === 'dead') return;
      if (newState === State.Running) this.#set('running');
      else if (newState === State.Starting) this.#set('starting');
    });
    client.onNotification(STATUS, (status: StatusParams) => {
      this.#status = status;
      this.#changed.fire(this.summary);
    });
    client.onRequest(CONSENT, (question: ConsentParams) => askConsent(question));
    this.#client = client;
    await client.start();
    return client;
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
    if (this.#state === 'dead') return;
    this.#log.error(`The language server is not running: ${reason}`);
    this.#set('dead');
    const restart = vscode.l10n.t('Restart');
    const openLog = vscode.l10n.t('Open Log');
    void vscode.window.showErrorMessage(vscode.l10n.t('Lintel stopped working: {0}', reason), restart, openLog).then((choice) => {
      if (choice === restart) void this.restart();
      else if (choice === openLog) this.#log.show();
    });
  }
}
