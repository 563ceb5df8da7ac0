import {
  type Connection,
  DidChangeConfigurationNotification,
  ErrorCodes,
  type InitializeError,
  type InitializeResult,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import manifest from '../../package.json' with { type: 'json' };
import { CONSENT } from '../../protocol/index.ts';
import type { Engine, EngineOptions } from '../model/engine.ts';
import { messageOf } from '../model/errors.ts';
import { foldersOf, traitsOf, UNKNOWN_CLIENT } from './client.ts';
import type { ClientTraits, LogLevel, RequestContext } from './context.ts';
import { createOpenRepositories } from './open-repositories.ts';
import { checkedParams } from './params.ts';
import { createPublisher } from './publish-diagnostics.ts';
import { REQUESTS, requestCapabilities } from './requests/index.ts';
import { bringUpToDate } from './requests/index-request.ts';
import { DEFAULT_SETTINGS, type ResolvedSettings, readSettings } from './settings.ts';
import { createStatusSender } from './status.ts';
import { createGatherer, registerWatchers } from './watched-files.ts';

/** What a client is told at `initialize`: what the requests need, and how documents and folders are kept up to date. */
export const capabilitiesFor = (client: ClientTraits): InitializeResult['capabilities'] => ({
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  ...requestCapabilities(client),
});

/** The state of a connection from `initialize` to `shutdown`. */
interface Session {
  client: ClientTraits;
  settings: ResolvedSettings;
  /** URIs of the folders that were open at `initialize`. */
  folders: readonly string[];
  /** `new`: before `initialize`. `configured`: the settings of the client are known, so engines may be opened. */
  phase: 'new' | 'starting' | 'configured' | 'stopping';
}

/** Writes to the log of the client, until it shuts the server down. */
const createLog =
  ({ console }: Connection, session: Session) =>
  (level: LogLevel, message: string): void => {
    if (session.phase === 'stopping') return;
    if (level === 'error') console.error(message);
    else if (level === 'warn') console.warn(message);
    else if (level === 'info') console.info(message);
    else console.debug(message);
  };

const createContext = (
  connection: Connection,
  session: Session,
  openEngine: (options: EngineOptions) => Promise<Engine>,
): { readonly context: RequestContext; readonly stop: () => Promise<void> } => {
  const log = createLog(connection, session);
  const statusSender = createStatusSender(() => (session.phase === 'stopping' ? undefined : context));
  const repositories = createOpenRepositories({
    openEngine,
    engineOptions: () => ({
      ...(session.settings.indexFolder === undefined ? {} : { indexHome: session.settings.indexFolder }),
      ...(session.settings.model === undefined ? {} : { model: session.settings.model }),
      consent: (question) =>
        connection.sendRequest<boolean>(CONSENT, question).then(
          (answer) => answer === true,
          () => false,
        ),
      log,
    }),
    onChange: statusSender.soon,
    onOpened: (repository) => {
      void bringUpToDate(context, repository).then(context.refresh);
    },
  });
  const context: RequestContext = {
    connection,
    documents: new TextDocuments(TextDocument),
    repositories,
    client: () => session.client,
    settings: () => session.settings,
    log,
    refusal: () => {
      if (session.phase === 'new') return new ResponseError(ErrorCodes.ServerNotInitialized, 'Send `initialize` first.');
      return session.phase === 'stopping' ? new ResponseError(ErrorCodes.InvalidRequest, 'The server was shut down.') : undefined;
    },
    refresh: () => {
      if (session.phase === 'stopping') return;
      for (const { forget } of REQUESTS) forget(context);
      if (!session.client.pullDiagnostics) publisher.soon();
      else if (session.client.diagnosticRefresh) connection.languages.diagnostics.refresh().catch(() => undefined);
      if (session.client.codeLensRefresh) connection.sendRequest('workspace/codeLens/refresh').catch(() => undefined);
    },
    sendStatus: statusSender.now,
  };
  const publisher = createPublisher(context);
  context.documents.onDidChangeContent(() => {
    if (!session.client.pullDiagnostics) publisher.soon();
  });
  return {
    context,
    stop: async () => {
      publisher.stop();
      statusSender.stop();
      await repositories.dispose();
    },
  };
};

/** Keeps the settings of the session equal to the client's. A change that concerns the engines reopens them. */
const createConfiguration = ({ connection, repositories, log, refresh }: RequestContext, session: Session) => {
  const apply = (sent: unknown): void => {
    const before = session.settings;
    const { settings, complaints } = readSettings(sent);
    session.settings = settings;
    for (const complaint of complaints) log('warn', complaint);
    const concernsEngines = before.indexFolder !== settings.indexFolder || before.model !== settings.model;
    if (session.phase === 'configured' && concernsEngines) void repositories.reopen();
    refresh();
  };
  return { apply, fetch: async (): Promise<void> => apply(await connection.workspace.getConfiguration('lintel')) };
};

/**
 * Runs the language server on a connection that is not listening yet, until the connection ends. Nothing heavy happens before
 * `initialized`. Engines are opened in the background; requests wait until they are open, but never until they are indexed.
 */
export const startServer = (connection: Connection, openEngine: (options: EngineOptions) => Promise<Engine>): RequestContext => {
  const session: Session = { client: UNKNOWN_CLIENT, settings: DEFAULT_SETTINGS, folders: [], phase: 'new' };
  const { context, stop } = createContext(connection, session, openEngine);
  const { documents, repositories, log, refresh } = context;
  const gatherer = createGatherer(context, refresh);
  const configuration = createConfiguration(context, session);

  connection.onInitialize((sent): InitializeResult | ResponseError<InitializeError> => {
    if (session.phase !== 'new')
      return new ResponseError<InitializeError>(ErrorCodes.InvalidRequest, 'The server was initialized before.', { retry: false });
    const params = checkedParams('initialize', sent);
    session.phase = 'starting';
    session.client = traitsOf(params);
    session.folders = foldersOf(params);
    session.settings = readSettings(params.initializationOptions).settings;
    return { capabilities: capabilitiesFor(session.client), serverInfo: { name: 'Lintel', version: manifest.version } };
  });

  const configure = async (): Promise<void> => {
    try {
      const { registersConfiguration, configuration: sendsConfiguration } = session.client;
      if (registersConfiguration) await connection.client.register(DidChangeConfigurationNotification.type, { section: 'lintel' });
      if (sendsConfiguration) await configuration.fetch();
      await registerWatchers(context);
    } catch (error) {
      log('warn', `The client refused a registration: ${messageOf(error)}`);
    }
    if (session.phase === 'starting') session.phase = 'configured';
  };

  connection.onInitialized(async () => {
    log('info', `Lintel ${manifest.version} serves ${session.client.name}.`);
    if (session.client.workspaceFolders)
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        void repositories
          .change(
            added.map(({ uri }) => uri),
            removed.map(({ uri }) => uri),
          )
          .then(refresh);
      });
    await repositories.change(session.folders, [], configure());
  });

  connection.onDidChangeConfiguration(({ settings }) => {
    if (session.client.configuration)
      configuration.fetch().catch((error) => log('warn', `The settings could not be read: ${messageOf(error)}`));
    else configuration.apply((settings as { readonly lintel?: unknown } | null)?.lintel ?? settings);
  });
  connection.onDidChangeWatchedFiles(({ changes }) => gatherer.files(changes.map(({ uri }) => uri)));
  documents.onDidSave(({ document }) => {
    gatherer.files([document.uri]);
    // Without watched files, saving is the only sign of life: the whole repository may have changed since the last one.
    const located = session.client.registersWatchers ? undefined : repositories.locate(document.uri);
    if (located !== undefined) gatherer.repository(located.repository);
  });

  for (const request of REQUESTS) request.register(context);
  connection.onRequest((method) => {
    throw context.refusal() ?? new ResponseError(ErrorCodes.MethodNotFound, `There is no request ${method}.`);
  });

  connection.onShutdown(async () => {
    const refusal = context.refusal();
    if (refusal) throw refusal;
    session.phase = 'stopping';
    gatherer.stop();
    await stop();
  });

  documents.listen(connection);
  connection.listen();
  return context;
};
