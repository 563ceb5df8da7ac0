import * as vscode from 'vscode';
import {
  type SpecOutcome,
  TEST_COMMANDS,
  TEST_RESULTS,
  type TestCommandsParams,
  type TestCommandsResult,
  type TestResultsParams,
  type TestResultsResult,
  type WireTestCommand,
} from '../../protocol/tests.ts';
import type { Server } from '../server.ts';
import { reasonsOf, standingOf } from './items.ts';
import type { SuggestedTest, TestsModel } from './model.ts';
import { type RunOutcome, runCommand } from './process.ts';

const lines = (text: string): string => text.replace(/\r?\n/g, '\r\n');
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Says why nothing runs in Restricted Mode: a test is code of the repository. */
const mayRun = async (): Promise<boolean> => {
  if (vscode.workspace.isTrusted) return true;
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const said = vscode.l10n.t('Lintel runs no tests in Restricted Mode, because a test is code of this workspace.');
  const choice = await vscode.window.showWarningMessage(said, manage);
  if (choice === manage) await vscode.commands.executeCommand('workbench.trust.manage');
  return false;
};

/** The controller "Suggested end-to-end tests" of the Test Explorer. It appears with the first selection, and runs only what somebody clicks. */
export class TestExplorer implements vscode.Disposable {
  readonly #server: Server;
  readonly #model: TestsModel;
  readonly #subscription: vscode.Disposable;
  readonly #profiles = new Map<string, vscode.TestRunProfile>();
  #controller: vscode.TestController | undefined;
  #tests = new Map<string, SuggestedTest>();
  #wasStale = false;
  #revision = 0;
  readonly #outcomes = new Map<string, 'passed' | 'failed' | 'errored' | 'skipped'>();

  constructor(server: Server, model: TestsModel) {
    this.#server = server;
    this.#model = model;
    this.#subscription = model.onDidChange(() => this.#update());
  }

  /** Items in their order, for tests. */
  get items(): readonly vscode.TestItem[] {
    const out: vscode.TestItem[] = [];
    this.#controller?.items.forEach((item) => void out.push(item));
    return out.sort((a, b) => (a.sortText ?? '').localeCompare(b.sortText ?? ''));
  }

  /** What became of an item in its last run, for tests. */
  outcomeOf({ id }: vscode.TestItem): string | undefined {
    return this.#outcomes.get(id);
  }

  /** Runs all suggested tests; resolves when they ended. Restricted Mode runs nothing. */
  async runAll(): Promise<void> {
    if (!(await mayRun())) return;
    const source = new vscode.CancellationTokenSource();
    for (const profile of this.#profiles.values()) {
      const include = this.items.filter(({ tags }) => tags.some(({ id }) => id === profile.tag?.id));
      if (include.length > 0) await this.#run(new vscode.TestRunRequest(include, undefined, profile), source.token);
    }
    source.dispose();
  }

  /** The lines to type to run some tests, or all. */
  async commandText(uris?: readonly string[]): Promise<string> {
    const tests = this.#model.suggested.filter(({ test }) => uris?.includes(test.uri) ?? true);
    const answers = await this.#commands(tests);
    return answers.map(({ text }) => text).join('\n');
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#controller?.dispose();
  }

  #update(): void {
    const { suggested, stale, revision } = this.#model;
    if (suggested.length === 0 && this.#controller === undefined) return;
    const controller = this.#controller ?? this.#create();
    if ((stale && !this.#wasStale) || revision !== this.#revision) controller.invalidateTestResults();
    this.#wasStale = stale;
    this.#revision = revision;
    if (stale) return;
    this.#tests = new Map(suggested.map((each) => [each.test.uri, each]));
    controller.items.replace(
      suggested.map(({ test }) => {
        const known = controller.items.get(test.uri);
        const item = known ?? controller.createTestItem(test.uri, test.item.path, vscode.Uri.parse(test.uri));
        const [first] = test.item.title === test.item.path ? [] : [test.item.title];
        item.label = first ?? test.item.path;
        item.description = [...standingOf(test), reasonsOf(test)].filter((part) => part !== '').join(' · ');
        item.sortText = `${test.must ? 0 : 1}${String(test.rank).padStart(6, '0')}`;
        const { start, end } = test.span ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
        item.range = new vscode.Range(start.line, start.character, end.line, end.character);
        item.tags = [new vscode.TestTag(test.item.framework)];
        this.#profile(controller, test.item.framework);
        return item;
      }),
    );
  }

  #create(): vscode.TestController {
    const controller = vscode.tests.createTestController('lintel.tests', vscode.l10n.t('Suggested end-to-end tests'));
    controller.refreshHandler = () => this.#model.ask();
    this.#controller = controller;
    return controller;
  }

  #profile(controller: vscode.TestController, framework: string): void {
    if (this.#profiles.has(framework)) return;
    const tag = new vscode.TestTag(framework);
    const run = (request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> => this.#run(request, token);
    this.#profiles.set(framework, controller.createRunProfile(framework, vscode.TestRunProfileKind.Run, run, true, tag));
  }

  /** Commands of tests, repository after repository. What nothing is known to run is told to `without`. */
  async #commands(tests: readonly SuggestedTest[], without?: (uri: string, reason: string) => void): Promise<WireTestCommand[]> {
    const commands: WireTestCommand[] = [];
    for (const root of new Set(tests.map(({ repository }) => repository.uri))) {
      const own = tests.filter(({ repository }) => repository.uri === root);
      const params: TestCommandsParams = { uri: root, specs: own.map(({ test }) => test.item.path) };
      const answer = await this.#server.request<TestCommandsResult>(TEST_COMMANDS, params, new vscode.CancellationTokenSource().token);
      commands.push(...(answer?.commands ?? []));
      for (const { path, reason } of answer?.without ?? [])
        without?.(own.find(({ test }) => test.item.path === path)?.test.uri ?? '', reason);
    }
    return commands;
  }

  async #run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const controller = this.#controller;
    if (controller === undefined) return;
    if (!(await mayRun())) return;
    const wanted = (request.include ?? this.items).filter(
      (item) =>
        !request.exclude?.includes(item) &&
        (request.profile?.tag === undefined || item.tags.some(({ id }) => id === request.profile?.tag?.id)),
    );
    const run = controller.createTestRun(request);
    const stop = new AbortController();
    const subscriptions = [token.onCancellationRequested(() => stop.abort()), run.token.onCancellationRequested(() => stop.abort())];
    try {
      for (const item of wanted) run.enqueued(item);
      // A runner without a report tells by its exit code alone, which is about one spec only if it runs no other.
      for (const repository of new Set(wanted.map(({ id }) => this.#tests.get(id)?.repository))) {
        const tests = wanted.flatMap(({ id }) => this.#tests.get(id) ?? []).filter((each) => each.repository === repository);
        const itemOf = new Map(tests.map(({ test }) => [test.item.path, controller.items.get(test.uri)]));
        const commands = await this.#commands(tests, (uri, reason) => {
          const item = controller.items.get(uri);
          if (item) run.errored(item, new vscode.TestMessage(reason));
        });
        for (const command of commands) {
          if (stop.signal.aborted) break;
          const parts = command.report === undefined && command.specs.length > 1 ? await this.#oneByOne(tests, command) : [command];
          for (const part of parts) if (!stop.signal.aborted) await this.#runPart(run, part, itemOf, stop.signal, repository?.uri ?? '');
        }
      }
    } catch (error) {
      for (const item of wanted) run.errored(item, new vscode.TestMessage(messageOf(error)));
    } finally {
      vscode.Disposable.from(...subscriptions).dispose();
      run.end();
    }
  }

  /** One reader for what the Test Explorer shows and what `lintel tests record` writes down. */
  async #results(params: TestResultsParams): Promise<readonly SpecOutcome[]> {
    const answer = await this.#server.request<TestResultsResult>(TEST_RESULTS, params, new vscode.CancellationTokenSource().token);
    return answer?.results ?? [];
  }

  async #oneByOne(tests: readonly SuggestedTest[], { specs }: WireTestCommand): Promise<WireTestCommand[]> {
    const out: WireTestCommand[] = [];
    for (const each of tests.filter(({ test }) => specs.includes(test.item.path))) out.push(...(await this.#commands([each])));
    return out;
  }

  async #runPart(
    run: vscode.TestRun,
    command: WireTestCommand,
    itemOf: ReadonlyMap<string, vscode.TestItem | undefined>,
    signal: AbortSignal,
    root: string,
  ): Promise<void> {
    const items = command.specs.flatMap((path) => itemOf.get(path) ?? []);
    for (const item of items) run.started(item);
    run.appendOutput(lines(`> ${command.text}\n`));
    const outcome = await runCommand(
      command,
      signal,
      (text) => run.appendOutput(lines(text)),
      (reports) => this.#results({ uri: root, specs: command.specs, reports }),
    );
    if (outcome.error !== undefined) run.appendOutput(lines(`${outcome.error}\n`));
    for (const path of command.specs) {
      const item = itemOf.get(path);
      if (item) this.#tell(run, item, path, command, outcome, signal.aborted);
    }
  }

  /** A test that did not run is never green. */
  #tell(
    run: vscode.TestRun,
    item: vscode.TestItem,
    path: string,
    { command, report }: WireTestCommand,
    outcome: RunOutcome,
    ended: boolean,
  ): void {
    const result = outcome.results.get(path);
    const failure = (text: string): vscode.TestMessage =>
      Object.assign(new vscode.TestMessage(text), item.uri && item.range ? { location: new vscode.Location(item.uri, item.range) } : {});
    if (result !== undefined) {
      if (result.outcome === 'failed') run.failed(item, result.messages.map(failure));
      else if (result.outcome === 'skipped') run.skipped(item);
      else run.passed(item);
      this.#outcomes.set(item.id, result.outcome === 'flaky' ? 'passed' : result.outcome);
      return;
    }
    this.#outcomes.set(item.id, ended || (report === undefined && outcome.code === 0) ? 'skipped' : 'errored');
    if (ended) run.skipped(item);
    else if (outcome.error !== undefined)
      run.errored(item, failure(vscode.l10n.t('{0} could not be started: {1}', command, outcome.error)));
    else if (outcome.code !== 0) run.errored(item, failure(vscode.l10n.t('The runner ended with code {0}.', String(outcome.code))));
    else if (report === undefined) {
      // Many runners end well where they find no test at all.
      run.skipped(item);
      run.appendOutput(lines(`${vscode.l10n.t('The runner ended well but writes no report, so nobody knows whether {0} ran.', path)}\n`));
    } else run.errored(item, failure(vscode.l10n.t('The runner said nothing about this test, so it may not have run.')));
  }
}
