import {
  type CancellationToken,
  type Connection,
  DidChangeConfigurationNotification,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import manifest from '../../package.json' with { type: 'json' };
import {
  COMMIT,
  CONSENT,
  type CommitParams,
  INDEX,
  type IndexParams,
  SEARCH,
  type SearchParams,
  WHY,
  type WhyParams,
} from '../../protocol/index.ts';
import type { Engine, EngineOptions } from '../model/engine.ts';
import { registerAuthoring } from './authoring.ts';
import { asResponseError, sentence, underToken } from './cancellation.ts';
import { foldersOf, SILENT_CLIENT, traitsOf } from './client.ts';
import type { ClientTraits, LogLevel, RequestContext } from './context.ts';
import { createPublisher } from './publish-diagnostics.ts';
import { codeAction, FIX_ALL } from './requests/code-action.ts';
import { codeLens, forgetLenses } from './requests/code-lens.ts';
import { commit } from './requests/commit.ts';
import { documentDiagnostic } from './requests/document-diagnostic.ts';
import { documentLinks } from './requests/document-link.ts';
import { hover } from './requests/hover.ts';
import { bringUpToDate, index } from './requests/index-request.ts';
import { search } from './requests/search.ts';
import { why } from './requests/why.ts';
import { workspaceDiagnostic } from './requests/workspace-diagnostic.ts';
import { DEFAULT_SETTINGS, type ResolvedSettings, readSettings } from './settings.ts';
import { createStatusSender } from './status.ts';
import { createGatherer, registerWatchers, watchedFilesChanged } from './watched-files.ts';
import { createOpenRepositories } from './workspaces.ts';

const capabilitiesFor = (client: ClientTraits): InitializeResult['capabilities'] => ({
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
  hoverProvider: true,
  codeLensProvider: { resolveProvider: false },
  documentLinkProvider: { resolveProvider: false },
  codeActionProvider: { codeActionKinds: ['quickfix', FIX_ALL], resolveProvider: false },
  ...(client.pullDiagnostics
    ? { diagnosticProvider: { identifier: 'lintel', interFileDependencies: true, workspaceDiagnostics: true } }
    : {}),
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
});

/**
 * The language server on a connection that does not listen yet. Nothing heavy happens before `initialized`; engines open in the
 * background, and requests wait for opening, never for indexing. Ends with the connection.
 */
export const startServer = (connection: Connection, openEngine: (options: EngineOptions) => Promise<Engine>): void => {
  let client = SILENT_CLIENT;
  let settings: ResolvedSettings = DEFAULT_SETTINGS;
  let firstFolders: readonly string[] = [];
  /** Settings and registrations were exchanged; folders open only then. */
  let agreed = false;
  let stopping = false;

  const documents = new TextDocuments(TextDocument);
  const log = (level: LogLevel, message: string): void => {
    if (stopping) return;
    const { console } = connection;
    if (level === 'error') console.error(message);
    else if (level === 'warn') console.warn(message);
    else if (level === 'info') console.info(message);
    else console.debug(message);
  };

  const statusSender = createStatusSender(() => (stopping ? undefined : context));
  const workspaces = createOpenRepositories({
    openEngine,
    engineOptions: () => ({
      ...(settings.indexFolder === undefined ? {} : { indexHome: settings.indexFolder }),
      ...(settings.model === undefined ? {} : { model: settings.model }),
      consent: (question) =>
        connection.sendRequest<boolean>(CONSENT, question).then(
          (answer) => answer === true,
          () => false,
        ),
      log,
    }),
    onChange: statusSender.soon,
    onOpened: (repository) => {
      void bringUpToDate(context, repository).then(refresh);
    },
  });
  const context: RequestContext = { connection, documents, workspaces, client: () => client, settings: () => settings, log };
  const publisher = createPublisher(context);

  /** What clients show may have changed: ask them to ask again, or push. */
  const refresh = (): void => {
    if (stopping) return;
    forgetLenses(context);
    if (!client.pullDiagnostics) publisher.soon();
    else if (client.diagnosticRefresh) connection.languages.diagnostics.refresh().catch(() => undefined);
    if (client.codeLensRefresh) connection.sendRequest('workspace/codeLens/refresh').catch(() => undefined);
  };
  const gatherer = createGatherer(context, refresh);

  const adopt = (sent: unknown): void => {
    const before = settings;
    const read = readSettings(sent);
    settings = read.settings;
    for (const complaint of read.complaints) log('warn', complaint);
    if (agreed && (before.indexFolder !== settings.indexFolder || before.model !== settings.model)) void workspaces.reopen();
    refresh();
  };
  const askSettings = async (): Promise<void> => adopt(await connection.workspace.getConfiguration('lintel'));

  /** A request of the editor itself: a failure is logged and answered with "nothing", so that no toast appears. */
  const quiet =
    <P, R>(name: string, request: (context: RequestContext, params: P, signal: AbortSignal) => Promise<R>, nothing: R) =>
    (params: P, token: CancellationToken) =>
      underToken(token, (signal) => request(context, params, signal)).catch((error) => {
        if (token.isCancellationRequested) throw asResponseError(error);
        log('warn', `${name} failed: ${sentence(error)}`);
        return nothing;
      });
  /** A request of a view of Lintel: a failure is told, the view shows it. */
  const told =
    <P, R>(request: (context: RequestContext, params: P, signal: AbortSignal) => Promise<R>) =>
    (params: P, token: CancellationToken) =>
      underToken(token, (signal) => request(context, params, signal)).catch((error) => {
        throw asResponseError(error);
      });

  connection.onInitialize((params): InitializeResult => {
    client = traitsOf(params);
    firstFolders = foldersOf(params);
    const read = readSettings(params.initializationOptions);
    settings = read.settings;
    return { capabilities: capabilitiesFor(client), serverInfo: { name: 'Lintel', version: manifest.version } };
  });

  const agree = async (): Promise<void> => {
    try {
      if (client.registersConfiguration) await connection.client.register(DidChangeConfigurationNotification.type, { section: 'lintel' });
      if (client.configuration) await askSettings();
      await registerWatchers(context);
    } catch (error) {
      log('warn', `The client refused a registration: ${sentence(error)}`);
    }
    agreed = true;
  };

  connection.onInitialized(async () => {
    log('info', `Lintel ${manifest.version} serves ${client.name}.`);
    if (client.workspaceFolders)
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        void workspaces
          .change(
            added.map(({ uri }) => uri),
            removed.map(({ uri }) => uri),
          )
          .then(refresh);
      });
    await workspaces.change(firstFolders, [], agree());
  });

  connection.onDidChangeConfiguration(({ settings: sent }) => {
    if (client.configuration) askSettings().catch((error) => log('warn', `The settings could not be read: ${sentence(error)}`));
    else adopt((sent as { readonly lintel?: unknown } | null)?.lintel ?? sent);
  });
  connection.onDidChangeWatchedFiles((params) => watchedFilesChanged(gatherer, params));
  documents.onDidSave(({ document }) => {
    gatherer.files([document.uri]);
    const located = client.registersWatchers ? undefined : workspaces.locate(document.uri);
    if (located !== undefined) gatherer.repository(located.repository);
  });
  documents.onDidChangeContent(() => {
    if (!client.pullDiagnostics) publisher.soon();
  });

  connection.onHover(quiet('Hover', hover, null));
  connection.onCodeLens(quiet('Code lens', codeLens, []));
  connection.onDocumentLinks(quiet('Document links', documentLinks, []));
  connection.onCodeAction(quiet('Code actions', codeAction, []));
  connection.languages.diagnostics.on(quiet('Diagnostics', documentDiagnostic, { kind: 'full', items: [] }));
  connection.languages.diagnostics.onWorkspace(quiet('Workspace diagnostics', workspaceDiagnostic, { items: [] }));
  connection.onRequest(SEARCH, told<SearchParams, unknown>(search));
  connection.onRequest(WHY, told<WhyParams, unknown>(why));
  connection.onRequest(COMMIT, told<CommitParams, unknown>(commit));
  registerAuthoring((method, request) => void connection.onRequest(method, told(request)), refresh);
  connection.onRequest(INDEX, async (params: IndexParams | null, token: CancellationToken) => {
    const result = await told<IndexParams | null, unknown>(index)(params, token);
    statusSender.now();
    refresh();
    return result;
  });

  connection.onShutdown(async () => {
    stopping = true;
    gatherer.stop();
    publisher.stop();
    statusSender.stop();
    await workspaces.dispose();
  });

  process.on('uncaughtException', (error) => log('error', `Unexpected: ${error.stack ?? error.message}`));
  process.on('unhandledRejection', (reason) => log('error', `Unexpected: ${sentence(reason)}`));

  documents.listen(connection);
  connection.listen();
};
