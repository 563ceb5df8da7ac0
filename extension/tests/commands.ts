import * as vscode from 'vscode';
import {
  DEFAULT_BRANCH,
  type DefaultBranchResult,
  type DiffRequest,
  SHOW_TESTS,
  type WireSelectedTest,
  type WireSkippedTest,
} from '../../protocol/tests.ts';
import { showErrors } from '../decision-commands.ts';
import { openDocument } from '../open.ts';
import type { Server } from '../server.ts';
import type { TestExplorer } from './explorer.ts';
import { openTest, placeOf, shortReason, type TestNode } from './items.ts';
import type { TestsModel } from './model.ts';
import { TestsView } from './view.ts';

const STATUS_BAR_MESSAGE_MS = 6_000;
const NO_CANCELLATION = new vscode.CancellationTokenSource().token;

const askBase = async (server: Server): Promise<string | undefined> => {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const known =
    folder &&
    (await server.request<DefaultBranchResult>(DEFAULT_BRANCH, { uri: folder.toString() }, NO_CANCELLATION).catch(() => undefined));
  const base = await vscode.window.showInputBox({
    title: vscode.l10n.t('Suggest End-to-End Tests'),
    prompt: vscode.l10n.t('The branch or commit to compare with'),
    value: known?.branch ?? '',
  });
  return base?.trim() || undefined;
};

const askDifference = async (server: Server): Promise<DiffRequest | undefined> => {
  const choices = [
    { label: vscode.l10n.t('Working tree'), description: vscode.l10n.t('everything that is not committed'), of: 'work-tree' as const },
    { label: vscode.l10n.t('Staged changes'), description: vscode.l10n.t('what the next commit would hold'), of: 'staged' as const },
    { label: vscode.l10n.t('Against a branch…'), description: vscode.l10n.t('everything since it was forked'), of: 'branch' as const },
  ];
  const choice = await vscode.window.showQuickPick(choices, { title: vscode.l10n.t('Suggest End-to-End Tests') });
  if (choice === undefined) return undefined;
  if (choice.of !== 'branch') return { of: choice.of };
  const base = await askBase(server);
  return base === undefined ? undefined : { of: 'branch', base };
};

/** Opens a spec at a place, or at the first of some texts that stand in it. */
const openSpec = async (uri: string, range?: vscode.Range, words: readonly string[] = []): Promise<void> => {
  if (range !== undefined) return openDocument({ uri, range });
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  const text = document.getText();
  const word = words.find((each) => text.includes(each));
  if (word === undefined) return openDocument({ uri });
  const at = text.indexOf(word);
  const span = new vscode.Range(document.positionAt(at), document.positionAt(at + word.length));
  return openDocument({
    uri,
    range: {
      start: { line: span.start.line, character: span.start.character },
      end: { line: span.end.line, character: span.end.character },
    },
  });
};

interface ReasonPick extends vscode.QuickPickItem {
  readonly open: vscode.Command;
}

interface ExplainPick extends vscode.QuickPickItem {
  readonly test: WireSelectedTest | WireSkippedTest;
}

const explain = async (model: TestsModel, argument: TestNode | undefined): Promise<void> => {
  const own = argument?.kind === 'test' || argument?.kind === 'left' ? argument.test : undefined;
  const active = vscode.window.activeTextEditor?.document.uri.toString();
  const all = model.repositories.flatMap(({ selection }) => [...(selection?.selected ?? []), ...(selection?.remainder ?? [])]);
  const picks = [...all]
    .sort((a, b) => Number(b.uri === active) - Number(a.uri === active))
    .map(
      (test): ExplainPick => ({
        label: test.item.path,
        description: 'evidence' in test ? vscode.l10n.t('suggested') : vscode.l10n.t('skipped'),
        test,
      }),
    );
  const test = own ?? (await vscode.window.showQuickPick(picks, { title: vscode.l10n.t('Explain Suggested Test') }))?.test;
  if (test === undefined) return;
  const reasons: ReasonPick[] =
    'evidence' in test
      ? test.evidence.map((evidence) => ({ label: shortReason(evidence), detail: placeOf(evidence), open: openTest(test, evidence) }))
      : [{ label: test.reason, open: { command: 'lintel.openTest', title: '', arguments: [test.uri] } }];
  const choice = await vscode.window.showQuickPick(reasons, {
    title:
      'evidence' in test ? vscode.l10n.t('Why {0} was suggested', test.item.path) : vscode.l10n.t('Why {0} was skipped', test.item.path),
    placeHolder: vscode.l10n.t('Select a reason to open the test'),
  });
  if (choice !== undefined) await vscode.commands.executeCommand(choice.open.command, ...(choice.open.arguments ?? []));
};

/** Runs what needs a selection, after asking again: files may have been written that nobody told of. */
const selected = async (model: TestsModel): Promise<boolean> => {
  await model.ask();
  if (model.suggested.length > 0) return true;
  await vscode.commands.executeCommand(`${TestsView.id}.focus`);
  return false;
};

/** A row of the view, or an item of the Test Explorer, that a command was run on. */
const uriOf = (argument: unknown): string | undefined => {
  if (typeof argument !== 'object' || argument === null) return undefined;
  if ('test' in argument && typeof argument.test === 'object' && argument.test !== null && 'uri' in argument.test)
    return String(argument.test.uri);
  return 'id' in argument && typeof argument.id === 'string' ? argument.id : undefined;
};

/** Registers the commands about end-to-end tests. */
export const registerTestCommands = (server: Server, model: TestsModel, explorer: TestExplorer): vscode.Disposable => {
  const register = (command: string, run: (argument: unknown) => Promise<unknown>): vscode.Disposable =>
    vscode.commands.registerCommand(command, (argument: unknown) => showErrors(() => run(argument)));
  const focus = async (): Promise<void> => {
    await vscode.commands.executeCommand(`${TestsView.id}.focus`);
  };
  return vscode.Disposable.from(
    register('lintel.suggestTests', async () => {
      const diff = await askDifference(server);
      if (diff === undefined) return;
      const asked = model.ask(diff);
      await focus();
      await asked;
    }),
    register('lintel.refreshTests', () => model.ask()),
    register('lintel.runSuggestedTests', async () => {
      if (!(await selected(model))) return;
      await vscode.commands.executeCommand('workbench.view.testing.focus');
      await explorer.runAll();
    }),
    register('lintel.copyTestCommand', async (argument) => {
      const uri = uriOf(argument);
      if (uri === undefined && !(await selected(model))) return;
      const text = await explorer.commandText(uri === undefined ? undefined : [uri]);
      if (text === '') {
        void vscode.window.showWarningMessage(
          vscode.l10n.t('Nothing is known to run these tests. Name a "command" under "tests" in lintel.yaml.'),
        );
        return;
      }
      await vscode.env.clipboard.writeText(text);
      vscode.window.setStatusBarMessage(vscode.l10n.t('Copied: {0}', text.split('\n')[0] ?? ''), STATUS_BAR_MESSAGE_MS);
    }),
    register('lintel.explainTest', async (argument) => {
      const node = argument as TestNode | undefined;
      if (node === undefined && !(await selected(model))) return;
      await explain(model, node);
    }),
    register(SHOW_TESTS, focus),
    vscode.commands.registerCommand('lintel.openTest', (uri: string, range?: vscode.Range, words?: readonly string[]) =>
      showErrors(() => openSpec(uri, range, words)),
    ),
  );
};
