import * as vscode from 'vscode';
import type { SearchParams, SearchResult } from '../protocol/index.ts';
import { registerCommands } from './commands.ts';
import { registerCommitDocuments } from './commits.ts';
import { createMilestones, mirrorState } from './context.ts';
import { SearchView } from './search-view.ts';
import { Server } from './server.ts';
import { registerStatusItem } from './status-item.ts';
import type { Summary } from './summary.ts';
import type { Group } from './why-groups.ts';
import { WhyView } from './why-view.ts';

/** What other extensions and the tests can see of Lintel. */
export interface LintelExports {
  /** Milliseconds that `activate` took; the server starts after it and is not counted. */
  readonly activationMilliseconds: number;
  summary(): Summary;
  /** Searches the knowledge base of the open folders; undefined where `token` withdrew the question. Rejects with a sentence for people. */
  search(params: SearchParams, token?: vscode.CancellationToken): Promise<SearchResult | undefined>;
  readonly onDidChange: vscode.Event<Summary>;
  /** The groups that "Why this code" shows now. */
  why(): readonly Group[];
  /** True once the page of the Search view has loaded. */
  searchLoaded(): boolean;
}

/** A question that is not withdrawn. */
const NEVER = new vscode.CancellationTokenSource().token;

let running: Server | undefined;

/** Registers everything and returns; the server starts in the background, so that the editor waits for nothing. */
export const activate = (context: vscode.ExtensionContext): LintelExports => {
  const begun = performance.now();
  const log = vscode.window.createOutputChannel('Lintel', { log: true });
  const server = new Server(context, log);
  const milestones = createMilestones(context.globalState);
  const search = new SearchView(context.extensionUri, server, () => milestones.reached('lintel.searched'));
  const why = new WhyView(server, log, () => milestones.reached('lintel.askedWhy'));
  context.subscriptions.push(
    log,
    search,
    why,
    vscode.window.registerWebviewViewProvider(SearchView.id, search),
    registerCommitDocuments(server),
    registerCommands({ server, search, why, log, milestones }),
    registerStatusItem(server),
    mirrorState(server, milestones),
  );
  running = server;
  // After this turn of the loop: starting loads the protocol library and forks a process.
  setImmediate(() => void server.start());
  return {
    activationMilliseconds: performance.now() - begun,
    summary: () => server.summary,
    search: (params, token) => server.search(params, token ?? NEVER),
    onDidChange: server.onDidChange,
    why: () => why.groups,
    searchLoaded: () => search.loaded,
  };
};

/** Ends the server and waits for it, so that no process outlives the window. */
export const deactivate = async (): Promise<void> => running?.dispose();
