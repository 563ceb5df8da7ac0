import { type ChildProcess, type ForkOptions, fork, spawn } from 'node:child_process';
import { join } from 'node:path';
import {
  type ClientCapabilities,
  createProtocolConnection,
  type InitializeResult,
  IPCMessageReader,
  IPCMessageWriter,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
  WorkDoneProgress,
} from 'vscode-languageserver/node';
import type { StatusParams } from '../../protocol/index.ts';
import { GIT_ENVIRONMENT } from '../support/git.ts';

const SERVER = process.env.LINTEL_TEST_SERVER ?? join(import.meta.dirname, '../../server/lsp/main.ts');

/** Capabilities of an editor that can do everything this server asks. */
export const FULL: ClientCapabilities = {
  window: { workDoneProgress: true },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
    codeLens: { refreshSupport: true },
  },
  textDocument: {
    hover: { contentFormat: ['markdown', 'plaintext'] },
    diagnostic: { dynamicRegistration: false },
    publishDiagnostics: { relatedInformation: true },
  },
};

/** An editor that knows only the oldest parts of the protocol. */
export const PLAIN: ClientCapabilities = { textDocument: { hover: {} } };

export interface ProgressEvent {
  readonly token: string | number;
  readonly value: {
    readonly kind: 'begin' | 'report' | 'end';
    readonly percentage?: number;
    readonly title?: string;
    readonly message?: string;
  };
}

export interface ClientOptions {
  readonly folders?: readonly string[];
  readonly capabilities?: ClientCapabilities;
  readonly settings?: unknown;
  readonly initializationOptions?: unknown;
  /** The user's cache folder, where the server keeps its indexes. */
  readonly cache: string;
  readonly transport?: 'stdio' | 'ipc' | 'none';
  readonly processId?: number | null;
  readonly environment?: Readonly<Record<string, string>>;
  /** The Node that runs the server, over stdio. Default: this one. */
  readonly executable?: string;
  /** The server's file. Default: from source, or the bundle that `LINTEL_TEST_SERVER` names. */
  readonly server?: string;
}

/** A server in its own process and a client on the other end. */
export interface LspClient {
  readonly child: ChildProcess;
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  readonly statuses: StatusParams[];
  readonly logs: { readonly type: number; readonly message: string }[];
  readonly progress: ProgressEvent[];
  readonly registrations: { readonly method: string; readonly registerOptions?: unknown }[];
  readonly published: Map<string, PublishDiagnosticsParams>;
  readonly errors: string[];
  /** Requests that the server sent, by method. */
  readonly asked: string[];
  /** What the next `workspace/configuration` is answered with. */
  configuration: unknown;
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  readonly open: (uri: string, text: string, languageId?: string) => void;
  readonly edit: (uri: string, version: number, text: string) => void;
  readonly stop: () => Promise<void>;
}

/** Waits until `check` gives something other than undefined or false; fails with `what` after a minute. */
export const until = async <T>(what: () => string, check: () => T | undefined | false): Promise<T> => {
  for (let tries = 0; tries < 1200; tries++) {
    const found = check();
    if (found !== undefined && found !== false) return found;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`Waited a minute for this in vain: ${what()}`);
};

export const start = async (options: ClientOptions): Promise<LspClient> => {
  const transport = options.transport ?? 'stdio';
  const env = { ...process.env, ...GIT_ENVIRONMENT, XDG_CACHE_HOME: options.cache, LOCALAPPDATA: options.cache, ...options.environment };
  const child: ChildProcess =
    transport === 'ipc'
      ? fork(SERVER, ['--node-ipc'], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [] } satisfies ForkOptions)
      : spawn(options.executable ?? process.execPath, [options.server ?? SERVER, ...(transport === 'stdio' ? ['--stdio'] : [])], {
          env,
          stdio: ['pipe', 'pipe', 'pipe'],
        });
  const errors: string[] = [];
  child.stderr?.on('data', (data) => errors.push(String(data)));
  const exited = new Promise<{ readonly code: number | null; readonly signal: string | null }>((done) =>
    child.on('exit', (code, signal) => done({ code, signal })),
  );
  const { stdin, stdout } = child;
  if (stdout === null) throw new Error('The server has no standard output.');
  const connection =
    transport === 'ipc' || stdin === null
      ? createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child))
      : createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
  connection.onError(([error]) => errors.push(`connection: ${error.message}`));

  const client = {
    child,
    connection,
    statuses: [] as StatusParams[],
    logs: [] as { type: number; message: string }[],
    progress: [] as ProgressEvent[],
    registrations: [] as { method: string; registerOptions?: unknown }[],
    published: new Map<string, PublishDiagnosticsParams>(),
    errors,
    asked: [] as string[],
    configuration: options.settings,
    exited,
  };
  connection.onNotification('lintel/status', (params: StatusParams) => void client.statuses.push(params));
  connection.onNotification('window/logMessage', (params: { type: number; message: string }) => void client.logs.push(params));
  connection.onNotification(
    'textDocument/publishDiagnostics',
    (params: PublishDiagnosticsParams) => void client.published.set(params.uri, params),
  );
  connection.onRequest('client/registerCapability', ({ registrations }: { registrations: { method: string }[] }) => {
    client.registrations.push(...registrations);
    return null;
  });
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => client.configuration ?? null));
  connection.onRequest('window/workDoneProgress/create', ({ token }: { token: string | number }) => {
    client.asked.push('window/workDoneProgress/create');
    connection.onProgress(WorkDoneProgress.type, token, (value) => void client.progress.push({ token, value }));
    return null;
  });
  for (const method of ['workspace/diagnostic/refresh', 'workspace/codeLens/refresh'])
    connection.onRequest(method, () => {
      client.asked.push(method);
      return null;
    });
  connection.listen();

  const folders = options.folders ?? [];
  const initialized = await connection.sendRequest<InitializeResult>('initialize', {
    processId: options.processId ?? null,
    clientInfo: { name: 'test', version: '1' },
    capabilities: options.capabilities ?? FULL,
    rootUri: folders[0] ?? null,
    ...(options.capabilities === PLAIN ? {} : { workspaceFolders: folders.map((uri) => ({ uri, name: uri })) }),
    ...(options.initializationOptions === undefined ? {} : { initializationOptions: options.initializationOptions }),
  });
  await connection.sendNotification('initialized', {});

  return Object.assign(client, {
    initialized,
    open: (uri: string, text: string, languageId = 'typescript') =>
      void connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } }),
    edit: (uri: string, version: number, text: string) =>
      void connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] }),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      await connection.sendRequest('shutdown').catch(() => undefined);
      await connection.sendNotification('exit').catch(() => undefined);
      const hung = setTimeout(() => child.kill('SIGKILL'), 20_000);
      await exited;
      clearTimeout(hung);
      connection.dispose();
    },
  });
};

/** Starts a client and waits until every one of its repositories is indexed. */
export const startReady = async (options: ClientOptions, repositories = options.folders?.length ?? 0): Promise<LspClient> => {
  const client = await start(options);
  await ready(client, repositories);
  return client;
};

/** Waits until the latest status has this many repositories, all ready. */
export const ready = (client: LspClient, repositories: number): Promise<StatusParams> =>
  until(
    () =>
      `${repositories} ready repositories; last told: ${JSON.stringify(client.statuses.at(-1))}; log: ${client.logs.map(({ message }) => message).join(' | ')}; ${client.errors.join('')}`,
    () => {
      const last = client.statuses.at(-1);
      return (
        last?.repositories.length === repositories &&
        last.repositories.every(({ state, index }) => state === 'ready' && index.behind === 0) &&
        last
      );
    },
  );
