import { PassThrough } from 'node:stream';
import { onTestFinished } from 'vitest';
import {
  type ClientCapabilities,
  createConnection,
  createProtocolConnection,
  type InitializeResult,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type { StatusParams } from '../../protocol/index.ts';
import { startServer } from '../../server/lsp/server.ts';
import type { Engine, EngineOptions } from '../../server/model/engine.ts';
import { fakeEngine } from '../support/engine.ts';

export const SHOP = 'file:///shop';

export interface InMemoryOptions {
  /** Answers for every folder that the client opens. Default: an empty index. */
  readonly engine?: Engine;
  /** Opens engines, if one for all folders is not enough. */
  readonly openEngine?: (options: EngineOptions) => Promise<Engine>;
  readonly capabilities?: ClientCapabilities;
  readonly folders?: readonly string[];
  readonly initializationOptions?: unknown;
  /** What `workspace/configuration` is answered with. */
  readonly configuration?: () => unknown;
}

/** The server of the product on one end of two streams, and a client on the other: no process, no disk, no git. */
export interface InMemoryClient {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  readonly logs: string[];
  /** Methods of requests that the server sent. */
  readonly received: string[];
  readonly statuses: StatusParams[];
  readonly published: Map<string, unknown[]>;
  readonly request: <R>(method: string, params: unknown) => Promise<R>;
  readonly open: (path: string, text: string) => Promise<void>;
}

/** Starts a server and a client for one test. They end with it. */
export const connect = async (options: InMemoryOptions = {}): Promise<InMemoryClient> => {
  const { folders = [SHOP], capabilities = {}, initializationOptions } = options;
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  startServer(
    createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)),
    options.openEngine ?? (async () => options.engine ?? fakeEngine()),
  );
  const connection = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const logs: string[] = [];
  const received: string[] = [];
  const statuses: StatusParams[] = [];
  const published = new Map<string, unknown[]>();
  connection.onNotification('window/logMessage', ({ message }: { message: string }) => void logs.push(message));
  connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }: { uri: string; diagnostics: unknown[] }) => {
    published.set(uri, diagnostics);
  });
  connection.onRequest('workspace/configuration', () => [options.configuration?.() ?? null]);
  for (const method of ['workspace/diagnostic/refresh', 'workspace/codeLens/refresh', 'client/registerCapability', 'lintel/consent'])
    connection.onRequest(method, () => {
      received.push(method);
      return null;
    });
  connection.onNotification('lintel/status', (status: StatusParams) => void statuses.push(status));
  connection.listen();
  onTestFinished(async () => {
    await connection.sendRequest('shutdown');
    connection.dispose();
  });
  const workspaceFolders = folders.map((uri) => ({ uri, name: uri }));
  const initialized = await connection.sendRequest<InitializeResult>('initialize', {
    processId: null,
    rootUri: null,
    capabilities,
    workspaceFolders,
    initializationOptions,
  });
  await connection.sendNotification('initialized', {});
  return {
    connection,
    initialized,
    logs,
    received,
    statuses,
    published,
    request: (method, params) => connection.sendRequest(method, params),
    open: (path, text) =>
      connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri: `${SHOP}/${path}`, languageId: 'typescript', version: 1, text },
      }),
  };
};

/** Waits until something is true, for at most two seconds. */
export const eventually = async (what: string, check: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 200; tries++) {
    if (check()) return;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error(`This did not happen within two seconds: ${what}`);
};
