import * as vscode from 'vscode';
import { DECISIONS, type DecisionsResult } from '../../protocol/authoring.ts';
import type { Server } from '../server.ts';
import type { RepositoryDecisions } from './rows.ts';

/** How long the index must rest before the list is asked for again. */
const PAUSE_MS = 300;

/** The records of the workspace, for every view that lists them. Asks only while one of them is looked at. */
export class DecisionSource implements vscode.Disposable {
  readonly #server: Server;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<readonly RepositoryDecisions[]>();
  readonly #lookers: (() => boolean)[] = [];
  readonly #subscriptions: vscode.Disposable;
  #repositories: readonly RepositoryDecisions[] = [];
  #running: vscode.CancellationTokenSource | undefined;
  #timer: NodeJS.Timeout | undefined;
  #asked = '';

  /** Fires when the records were asked for, also where they are the same. */
  readonly onDidChange = this.#changed.event;

  constructor(server: Server, log: vscode.LogOutputChannel) {
    this.#server = server;
    this.#log = log;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      server.onDidChange(() => this.refresh(PAUSE_MS)),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.refresh(PAUSE_MS)),
    );
  }

  /** Of each repository that has records. */
  get repositories(): readonly RepositoryDecisions[] {
    return this.#repositories;
  }

  /** Adds a view that says whether it is looked at. It calls `refresh` when that becomes so. */
  addLooker(isLookedAt: () => boolean): void {
    this.#lookers.push(isLookedAt);
  }

  /** Asks, after a pause in milliseconds, if somebody looks. */
  refresh(pause = 0): void {
    clearTimeout(this.#timer);
    if (this.#lookers.some((isLookedAt) => isLookedAt())) this.#timer = setTimeout(() => void this.#ask(), pause);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#running?.cancel();
    this.#subscriptions.dispose();
  }

  /** Asks if anything changed since the last time. */
  async #ask(): Promise<void> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const { phase, busy } = this.#server.summary;
    if (this.#server.state !== 'running' || phase === 'starting') return;
    const counts = this.#server.status?.repositories.map(({ root, index, counts: found }) => [
      root,
      index.sha,
      index.behind,
      found.decision,
    ]);
    const state = JSON.stringify([folders.map(({ uri }) => uri.toString()), counts, busy]);
    if (state === this.#asked) return;
    this.#running?.cancel();
    const source = new vscode.CancellationTokenSource();
    this.#running = source;
    try {
      const found = new Map<string, RepositoryDecisions>();
      for (const { uri, name } of folders) {
        const answer = await this.#server.request<DecisionsResult>(DECISIONS, { uri: uri.toString() }, source.token);
        if (answer === undefined || source.token.isCancellationRequested) return;
        // Two folders of one repository have the same decisions.
        const key = answer.decisions[0]?.uri ?? uri.toString();
        if (!found.has(key)) found.set(key, { name, decisions: answer.decisions });
      }
      this.#asked = state;
      this.#repositories = [...found.values()].filter(({ decisions }) => decisions.length > 0);
      this.#changed.fire(this.#repositories);
    } catch (error) {
      this.#log.warn(`Decisions: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      source.dispose();
    }
  }
}
