import * as vscode from 'vscode';
import {
  type AuthoredResult,
  CITATION,
  type CitationResult,
  DECISIONS,
  type DecisionsResult,
  FEEDBACK,
  type FeedbackParams,
  type FeedbackResult,
  LINK_CODE,
  type LinkCodeParams,
  NEW_DECISION,
  type NewDecisionParams,
  SUPERSEDE,
  type SupersedeParams,
  type WireRecord,
} from '../protocol/authoring.ts';
import type { WireHit } from '../protocol/index.ts';
import { applyAuthored, tellRefused } from './authored.ts';
import { citationOf } from './citation.ts';
import { showHistory } from './history.ts';
import { type HitArgument, hitOf, isHit } from './hit-argument.ts';
import { statusName } from './search-page.ts';
import type { Server } from './server.ts';
import type { WhyView } from './why-view.ts';

/** How long a word in the status bar stays, in milliseconds. */
const WORD = 6_000;
const NEVER = new vscode.CancellationTokenSource().token;

/** The day it is here, as `2026-11-21`. */
const today = (): string => {
  const now = new Date();
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
};

/** Runs what a person asked for; a failure is told. */
const told = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
};

const fileEditor = (): vscode.TextEditor | undefined => {
  const editor = vscode.window.activeTextEditor;
  return editor?.document.uri.scheme === 'file' && vscode.workspace.getWorkspaceFolder(editor.document.uri) ? editor : undefined;
};

/** The file at hand; without one, the folder whose decisions are meant. */
const placeAtHand = async (): Promise<vscode.Uri | undefined> => {
  const editor = fileEditor();
  if (editor) return editor.document.uri;
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.length > 1 ? (await vscode.window.showWorkspaceFolderPick())?.uri : folders[0]?.uri;
};

const decisionsOf = async (server: Server, uri: vscode.Uri): Promise<readonly WireRecord[]> =>
  (await server.request<DecisionsResult>(DECISIONS, { uri: uri.toString() }, NEVER))?.decisions ?? [];

const pick = async (decisions: readonly WireRecord[], title: string): Promise<WireRecord | undefined> => {
  const items = decisions.map((record) => ({
    label: [record.number, record.title].filter((part) => part !== undefined).join(' '),
    description: [record.status === undefined ? undefined : statusName(record.status), record.date]
      .filter((part) => part !== undefined)
      .join(' · '),
    detail: record.path,
    record,
  }));
  const chosen = await vscode.window.showQuickPick(items, { title, matchOnDescription: true, matchOnDetail: true });
  return chosen?.record;
};

/** The record that a hit or the open file is; else a person chooses one. Its address. */
const recordAtHand = async (server: Server, argument: unknown, title: string): Promise<string | undefined> => {
  if (isHit(argument)) return hitOf(argument).uri;
  const place = await placeAtHand();
  if (place === undefined) return undefined;
  const decisions = await decisionsOf(server, place);
  const open = decisions.find(({ uri }) => vscode.Uri.parse(uri).fsPath === place.fsPath);
  return (open ?? (await pick(decisions, title)))?.uri;
};

const askTitle = (title: string): Thenable<string | undefined> =>
  vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Title of the decision'),
    placeHolder: vscode.l10n.t('Send events through NATS'),
    validateInput: (value) => (value.trim() === '' ? vscode.l10n.t('Enter a title.') : undefined),
  });

const newDecision = async (server: Server, fromChanges: boolean): Promise<void> => {
  const place = await placeAtHand();
  if (place === undefined) return;
  const editor = fileEditor();
  const selection = editor === undefined || editor.selection.isEmpty || fromChanges ? undefined : editor.selection;
  const title = await askTitle(vscode.l10n.t('New Decision'));
  if (title === undefined) return;
  const params: NewDecisionParams = {
    uri: place.toString(),
    title,
    today: today(),
    ...(selection ? { selection: { start: selection.start, end: selection.end } } : {}),
    ...(fromChanges ? { fromChanges } : {}),
  };
  const answer = await server.request<AuthoredResult>(NEW_DECISION, params, NEVER);
  if (answer) await applyAuthored(answer);
};

const supersede = async (server: Server, argument: unknown): Promise<void> => {
  const uri = await recordAtHand(server, argument, vscode.l10n.t('Select the decision to supersede'));
  if (uri === undefined) return;
  const title = await askTitle(vscode.l10n.t('Supersede Decision'));
  if (title === undefined) return;
  const params: SupersedeParams = { uri, title, today: today() };
  const answer = await server.request<AuthoredResult>(SUPERSEDE, params, NEVER);
  if (answer) await applyAuthored(answer);
};

/** Writes that a decision governs a file, or does not. */
const say = async (
  server: Server,
  why: WhyView,
  code: vscode.Uri,
  decisionUri: string,
  verdict: FeedbackParams['verdict'],
  line?: number,
): Promise<void> => {
  const params: FeedbackParams = {
    uri: code.toString(),
    decisionUri,
    verdict,
    today: today(),
    ...(line === undefined ? {} : { line }),
  };
  const answer = await server.request<FeedbackResult>(FEEDBACK, params, NEVER);
  if (answer === undefined) return;
  if ('refused' in answer) {
    tellRefused(answer);
    return;
  }
  const links = vscode.workspace.asRelativePath(vscode.Uri.parse(answer.uri), false);
  vscode.window.setStatusBarMessage(
    answer.done === 'unchanged' ? vscode.l10n.t('{0} already contains this.', links) : vscode.l10n.t('Saved to {0}.', links),
    WORD,
  );
  await why.refresh();
};

const feedback = async (server: Server, why: WhyView, argument: HitArgument, verdict: FeedbackParams['verdict']): Promise<void> => {
  const hit = hitOf(argument);
  if (hit.uri === undefined) return;
  // A row of the tree speaks of the tree's own place, which may be pinned; a row of the search, of the file at hand.
  const code = 'hit' in argument ? fileEditor()?.document.uri : why.code;
  if (code === undefined) {
    void vscode.window.showWarningMessage(vscode.l10n.t('Open the file with the code first, then try again.'));
    return;
  }
  await say(server, why, code, hit.uri, verdict);
};

const linkCode = async (server: Server, why: WhyView): Promise<void> => {
  const editor = fileEditor();
  if (editor === undefined) return;
  const { uri } = editor.document;
  const line = editor.selection.active.line;
  const record = await pick(await decisionsOf(server, uri), vscode.l10n.t('Select the decision that governs this code'));
  if (record === undefined) return;
  const ways = [
    {
      label: vscode.l10n.t('Add a link to .lintel/links.yaml'),
      description: vscode.l10n.t('for the whole file'),
      act: () => say(server, why, uri, record.uri, 'governs'),
    },
    {
      label: vscode.l10n.t('Add a link to .lintel/links.yaml'),
      description: vscode.l10n.t('for the function or class at the cursor'),
      act: () => say(server, why, uri, record.uri, 'governs', line),
    },
    {
      label: vscode.l10n.t('Insert a comment'),
      description: vscode.l10n.t('above line {0}', line + 1),
      act: async () => {
        const params: LinkCodeParams = { uri: uri.toString(), line, decisionUri: record.uri };
        const answer = await server.request<AuthoredResult>(LINK_CODE, params, NEVER);
        if (answer) await applyAuthored(answer);
      },
    },
  ];
  const way = await vscode.window.showQuickPick(ways, { title: record.title });
  await way?.act();
};

/** What to paste into code: for a decision in the form that the repository uses most. */
const citation = async (server: Server, hit: WireHit): Promise<string> => {
  if (hit.kind !== 'decision' || hit.uri === undefined) return citationOf(hit);
  const answer = await server.request<CitationResult>(CITATION, { uri: hit.uri }, NEVER).catch(() => undefined);
  return answer !== undefined && 'text' in answer ? answer.text : citationOf(hit);
};

/** Registers the commands around writing decisions and linking code to them. */
export const registerDecisionCommands = (server: Server, why: WhyView): vscode.Disposable => {
  const register = (command: string, work: (argument: unknown) => Promise<void>): vscode.Disposable =>
    vscode.commands.registerCommand(command, (argument: unknown) => told(() => work(argument)));
  const onHit =
    (work: (argument: HitArgument) => Promise<void>) =>
    async (argument: unknown): Promise<void> => {
      if (isHit(argument)) await work(argument);
    };
  return vscode.Disposable.from(
    vscode.workspace.onDidSaveTextDocument(({ uri }) => uri.path.endsWith('/.lintel/links.yaml') && void why.refresh()),
    register('lintel.newDecision', () => newDecision(server, false)),
    register('lintel.newDecisionFromChanges', () => newDecision(server, true)),
    register('lintel.supersedeDecision', (argument) => supersede(server, argument)),
    register('lintel.linkCode', () => linkCode(server, why)),
    register(
      'lintel.governs',
      onHit((argument) => feedback(server, why, argument, 'governs')),
    ),
    register(
      'lintel.doesNotGovern',
      onHit((argument) => feedback(server, why, argument, 'does-not-govern')),
    ),
    register(
      'lintel.copyCitation',
      onHit(async (argument) => vscode.env.clipboard.writeText(await citation(server, hitOf(argument)))),
    ),
    register('lintel.showDecisionHistory', async (argument) => {
      const uri = await recordAtHand(server, argument, vscode.l10n.t('Select a decision to see its history'));
      if (uri !== undefined) await showHistory(server, uri);
    }),
  );
};
