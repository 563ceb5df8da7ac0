import * as vscode from 'vscode';
import {
  type DiffRequest,
  type RepositoryTests,
  SELECT_TESTS,
  type SelectTestsParams,
  type SelectTestsResult,
  type WireSelectedTest,
} from '../../protocol/tests.ts';
import { setContext } from '../context.ts';
import type { Server } from '../server.ts';

/** Selects the welcome text of the empty view; `found` if there is something to show. */
export type TestsState = 'idle' | 'loading' | 'failed' | 'notGit' | 'noSuite' | 'noChange' | 'refused' | 'found';

/** A selected spec with the repository that it is in. */
export interface SuggestedTest {
  readonly repository: RepositoryTests;
  readonly test: WireSelectedTest;
}

const hasSuite = ({ selection }: RepositoryTests): boolean => (selection?.suite ?? 0) > 0;

const isRefused = ({ failure }: RepositoryTests): boolean => failure !== undefined && failure.code !== 'not-a-repository';

/** What an answer amounts to. A repository without a suite or without a change does not hide what others have. */
export const stateOf = (repositories: readonly RepositoryTests[]): TestsState => {
  const answered = repositories.filter(({ selection }) => selection !== undefined);
  if (repositories.some(isRefused)) return answered.length === 0 ? 'refused' : 'found';
  if (answered.length === 0) return 'notGit';
  const suites = answered.filter(hasSuite);
  if (suites.length === 0) return 'noSuite';
  const changed = suites.some(({ selection }) => (selection?.paths.length ?? 0) > 0 || (selection?.unreadable.length ?? 0) > 0);
  return changed ? 'found' : 'noChange';
};

/** What of an answer a person acts on: everything but changes that do nothing. */
const essence = (repositories: readonly RepositoryTests[]): string =>
  JSON.stringify(
    repositories.map(({ selection, ...rest }) => ({
      ...rest,
      selection: selection && { ...selection, paths: selection.paths.filter(({ role }) => role !== 'inert') },
    })),
  );

/** Addresses of changed paths. */
const changedIn = (repositories: readonly RepositoryTests[], inert: boolean): string[] =>
  repositories.flatMap(({ uri, selection }) =>
    (selection?.paths ?? [])
      .filter(({ role }) => (role === 'inert') === inert)
      .map(({ path }) => vscode.Uri.joinPath(vscode.Uri.parse(uri), path).toString()),
  );

/** What was asked last about end-to-end tests, and the answer. Asks nothing by itself. */
export class TestsModel implements vscode.Disposable {
  readonly #server: Server;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<void>();
  #running: vscode.CancellationTokenSource | undefined;
  #diff: DiffRequest = { of: 'work-tree' };
  #repositories: readonly RepositoryTests[] = [];
  #state: TestsState = 'idle';
  #stale = false;
  #revision = 0;
  #latest: Promise<void> = Promise.resolve();
  readonly #touched = new Set<string>();
  readonly onDidChange = this.#changed.event;

  constructor(server: Server, log: vscode.LogOutputChannel) {
    this.#server = server;
    this.#log = log;
    this.#set('idle');
  }

  get state(): TestsState {
    return this.#state;
  }

  get diff(): DiffRequest {
    return this.#diff;
  }

  /** Repositories with something to show. */
  get repositories(): readonly RepositoryTests[] {
    return this.#state === 'found' ? this.#repositories.filter((each) => each.failure !== undefined || hasSuite(each)) : [];
  }

  /** Why no repository can answer; empty where one does. */
  get refusal(): string {
    const failures = this.#state === 'refused' ? this.#repositories.filter(isRefused) : [];
    return failures.map(({ failure }) => failure?.message ?? '').join(' ');
  }

  /** Whether files changed since the answer. */
  get stale(): boolean {
    return this.#stale;
  }

  /** Grows when the answer, or a file that it is about, is another one: results of tests from before are then of another state. */
  get revision(): number {
    return this.#revision;
  }

  /** Whether a change of that file can do nothing, as the answer says. */
  isInert(uri: vscode.Uri): boolean {
    return changedIn(this.#repositories, true).includes(uri.toString());
  }

  /** Notes that a file was written. Only the next answer tells whether it matters. */
  touch(uri: vscode.Uri): void {
    this.#touched.add(uri.toString());
  }

  get suggested(): readonly SuggestedTest[] {
    return this.repositories.flatMap((repository) => repository.selection?.selected.map((test) => ({ repository, test })) ?? []);
  }

  /** Marks the answer as older than the files. */
  outdate(): void {
    if (this.#stale || this.#state === 'idle') return;
    this.#stale = true;
    this.#changed.fire();
  }

  /** Asks again, about another difference where one is given. A newer question ends an older one, and answers who waits for that. Never rejects. */
  ask(diff: DiffRequest = this.#diff): Promise<void> {
    this.#running?.cancel();
    const source = new vscode.CancellationTokenSource();
    this.#running = source;
    const own: Promise<void> = this.#ask(diff, source).then(() =>
      source.token.isCancellationRequested && this.#latest !== own ? this.#latest : undefined,
    );
    this.#latest = own;
    return own;
  }

  async #ask(diff: DiffRequest, source: vscode.CancellationTokenSource): Promise<void> {
    this.#diff = diff;
    if (this.#repositories.length === 0) this.#set('loading');
    const touched = new Set(this.#touched);
    try {
      const params: SelectTestsParams = { diff };
      const answer = await this.#server.request<SelectTestsResult>(SELECT_TESTS, params, source.token);
      if (source.token.isCancellationRequested) return;
      if (answer === undefined) {
        if (this.#state === 'loading') this.#set('idle');
        return;
      }
      const isOther = essence(answer.repositories) !== essence(this.#repositories);
      if (isOther || changedIn(answer.repositories, false).some((uri) => touched.has(uri))) this.#revision += 1;
      for (const uri of touched) this.#touched.delete(uri);
      this.#repositories = answer.repositories;
      this.#stale = false;
      this.#set(stateOf(answer.repositories));
    } catch (error) {
      this.#log.warn(`Suggested tests: ${error instanceof Error ? error.message : String(error)}`);
      if (source.token.isCancellationRequested) return;
      this.#repositories = [];
      this.#set('failed');
    } finally {
      source.dispose();
    }
  }

  dispose(): void {
    this.#running?.cancel();
    this.#changed.dispose();
  }

  #set(state: TestsState): void {
    this.#state = state;
    setContext('lintel.tests.state', state);
    this.#changed.fire();
  }
}
