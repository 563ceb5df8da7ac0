import * as vscode from 'vscode';
import type { SearchParams, SearchResult } from '../protocol/index.ts';
import type { RepositoryTests } from '../protocol/tests.ts';
import { registerAgents } from './agents.ts';
import { registerChat } from './chat/participant.ts';
import { registerCommands } from './commands.ts';
import { registerCommitDocuments } from './commits.ts';
import { createMilestones, syncContextKeys } from './context.ts';
import type { RepositoryDecisions } from './decisions/rows.ts';
import { DecisionSource } from './decisions/source.ts';
import { DecisionsView } from './decisions/view.ts';
import { GraphPanel } from './graph/panel.ts';
import { AnswerKeys } from './models/answer-keys.ts';
import { LanguageModels } from './models/language-models.ts';
import { SearchView } from './search/view.ts';
import { Server } from './server.ts';
import { registerStatusItem } from './status-item.ts';
import type { Summary } from './summary.ts';
import { registerTestCommands } from './tests/commands.ts';
import { TestExplorer } from './tests/explorer.ts';
import { TestsModel, type TestsState } from './tests/model.ts';
import { TestsView } from './tests/view.ts';
import type { Graph } from './webview/graph/messages.ts';
import type { Group } from './why/groups.ts';
import type { ReachSection } from './why/reach.ts';
import { WhyView } from './why/view.ts';

/** The extension's API, for other extensions and for tests. */
export interface LintelExports {
  /** How long `activate` took. Does not include the server, which starts afterwards. */
  readonly activationMilliseconds: number;
  summary(): Summary;
  /** Searches the open folders. Undefined if `token` canceled the search; rejects with a message that can be shown to users. */
  search(params: SearchParams, token?: vscode.CancellationToken): Promise<SearchResult | undefined>;
  readonly onDidChange: vscode.Event<Summary>;
  /** The groups that the "Why This Code" view currently shows. */
  why(): readonly Group[];
  /** What the record that the view shows reaches; empty for code. */
  whyReach(): readonly ReachSection[];
  /** What the "Decisions" view shows. */
  decisions(): readonly RepositoryDecisions[];
  /** What the decision graph draws; empty while it is closed. */
  graph(): Graph;
  /** True once the page of the Search view has loaded. */
  searchLoaded(): boolean;
  /** Answers a request to `@lintel`; absent where the editor has no chat. */
  readonly chat?: vscode.ChatRequestHandler;
  /** What the "Suggested Tests" view shows: its state, whether files changed since, and the items of the Test Explorer in their order. */
  tests(): SuggestedTests;
}

export interface SuggestedTests {
  readonly state: TestsState;
  readonly stale: boolean;
  readonly repositories: readonly RepositoryTests[];
  readonly items: readonly { readonly label: string; readonly description: string | undefined; readonly outcome: string | undefined }[];
}

const NO_CANCELLATION = new vscode.CancellationTokenSource().token;

let activeServer: Server | undefined;

/** Registers everything and returns at once. The server starts in the background, so that activation stays fast. */
export const activate = (context: vscode.ExtensionContext): LintelExports => {
  const startedAt = performance.now();
  const log = vscode.window.createOutputChannel('Lintel', { log: true });
  const server = new Server(context, log);
  const milestones = createMilestones(context.globalState);
  const source = new DecisionSource(server, log);
  const models = new LanguageModels(context.globalState, server);
  const keys = new AnswerKeys(context, server);
  const search = new SearchView(context.extensionUri, server, source, models, () => milestones.reached('lintel.searched'));
  const opened = (): void => {
    milestones.reached('lintel.opened');
    why.hint(0);
  };
  const why = new WhyView(server, log, { onResult: () => milestones.reached('lintel.askedWhy'), onOpened: opened });
  const chat = registerChat(context.extensionUri, server, models);
  const tests = new TestsModel(server, log);
  const explorer = new TestExplorer(server, tests);
  const graph = new GraphPanel(context.extensionUri, server, log);
  const decisions = new DecisionsView(server, source, context.workspaceState, log);
  context.subscriptions.push(
    log,
    source,
    tests,
    explorer,
    decisions,
    graph,
    new TestsView(server, tests),
    registerTestCommands(server, tests, explorer),
    search,
    why,
    vscode.window.registerWebviewViewProvider(SearchView.id, search),
    registerCommitDocuments(server),
    registerCommands({ server, search, why, log, milestones, models, keys }),
    registerAgents(context, server),
    ...(chat ? [chat] : []),
    registerStatusItem(server),
    syncContextKeys(server, milestones),
    server.onDidChange(({ phase, counts }) => phase === 'ready' && !milestones.has('lintel.opened') && why.hint(counts.decision ?? 0)),
  );
  activeServer = server;
  // Deferred, because starting the server loads the protocol library and forks a process.
  setImmediate(() => void server.start());
  return {
    activationMilliseconds: performance.now() - startedAt,
    summary: () => server.summary,
    search: (params, token) => server.search(params, token ?? NO_CANCELLATION),
    onDidChange: server.onDidChange,
    why: () => why.groups,
    whyReach: () => why.reach,
    decisions: () => decisions.repositories,
    graph: () => graph.graph,
    searchLoaded: () => search.loaded,
    ...(chat ? { chat: chat.requestHandler } : {}),
    tests: () => ({
      state: tests.state,
      stale: tests.stale,
      repositories: tests.repositories,
      items: explorer.items.map((item) => ({ label: item.label, description: item.description, outcome: explorer.outcomeOf(item) })),
    }),
  };
};

/** Stops the server and waits for it, so that no process outlives the window. */
export const deactivate = async (): Promise<void> => activeServer?.dispose();
