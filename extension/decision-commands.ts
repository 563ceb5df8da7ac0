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
  SUPERSEDE,
  type SupersedeParams,
  type WireRecord,
} from '../protocol/authoring.ts';
import type { WireHit } from '../protocol/index.ts';
import { applyAuthored, showRefusal } from './authored.ts';
import { citationOf } from './citation.ts';
import { isOpen, pickDecision } from './decision-picker.ts';
import { showHistory } from './history.ts';
import { type HitArgument, hitOf, isHit } from './hit-argument.ts';
import type { Server } from './server.ts';
import { groupsOf } from './why/groups.ts';
import { settleCommands } from './why/settle.ts';
import type { WhyView } from './why/view.ts';

const STATUS_BAR_MESSAGE_MS = 6_000;
const NO_CANCELLATION = new vscode.CancellationTokenSource().token;

/** Today in the local time zone, as `2026-11-21`. */
export const today = (): string => {
  const now = new Date();
  const pad = (part: number): string => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
};

/** Runs a command and shows its error, because the user is waiting for a result. */
export const showErrors = async (run: () => Promise<unknown>): Promise<void> => {
  try {
    await run();
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
};

/** The active editor, if it shows a file of the workspace. */
export const activeFileEditor = (): vscode.TextEditor | undefined => {
  const editor = vscode.window.activeTextEditor;
  return editor?.document.uri.scheme === 'file' && vscode.workspace.getWorkspaceFolder(editor.document.uri) ? editor : undefined;
};

/** URI of the active file; without one, the workspace folder, which the user selects if there are several. */
export const targetFileOrFolder = async (): Promise<vscode.Uri | undefined> => {
  const editor = activeFileEditor();
  if (editor) return editor.document.uri;
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.length > 1 ? (await vscode.window.showWorkspaceFolderPick())?.uri : folders[0]?.uri;
};

const fetchDecisions = async (server: Server, uri: vscode.Uri): Promise<readonly WireRecord[]> =>
  (await server.request<DecisionsResult>(DECISIONS, { uri: uri.toString() }, NO_CANCELLATION))?.decisions ?? [];

/** Paths of the records that the Why view has for the cursor, in its order; none where that is not known. */
const relatedAtCursor = async (server: Server): Promise<readonly string[]> => {
  const editor = activeFileEditor();
  if (editor === undefined) return [];
  const place = { uri: editor.document.uri.toString(), line: editor.selection.active.line };
  const result = await server.why(place, NO_CANCELLATION).catch(() => undefined);
  const hits = result === undefined ? [] : groupsOf(result).flatMap(({ hits, more }) => [...hits, ...more]);
  return hits.flatMap((hit) => (hit.kind === 'decision' && hit.path !== undefined ? [hit.path] : []));
};

/** URI of the record to act on: the search result, the record in the active editor, or one that the user picks. */
const targetRecord = async (
  server: Server,
  argument: unknown,
  title: string,
  offered: (record: WireRecord) => boolean = () => true,
): Promise<string | undefined> => {
  if (isHit(argument)) return hitOf(argument).uri;
  const target = await targetFileOrFolder();
  if (target === undefined) return undefined;
  const decisions = await fetchDecisions(server, target);
  const active = decisions.find(({ uri }) => vscode.Uri.parse(uri).fsPath === target.fsPath);
  if (active) return active.uri;
  return (await pickDecision(decisions.filter(offered), title, await relatedAtCursor(server)))?.uri;
};

/** Asks for the title of a record, with one to begin with. */
export const promptForTitle = (title: string, value = ''): Thenable<string | undefined> =>
  vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Title of the decision'),
    placeHolder: vscode.l10n.t('Send events through NATS'),
    value,
    validateInput: (value) => (value.trim() === '' ? vscode.l10n.t('Enter a title.') : undefined),
  });

const relative = (uri: string): string => vscode.workspace.asRelativePath(vscode.Uri.parse(uri, true), false);

/** In one line, the files that edits create and the text that they put into others; or why there are none. */
const whatChanges = (answer: AuthoredResult): string =>
  'refused' in answer
    ? answer.refused
    : answer.edits
        .map(({ uri, create, text }) =>
          create ? `$(new-file) ${relative(uri)}` : `$(edit) ${relative(uri)}: ${text.trim().replace(/\s+/g, ' ')}`,
        )
        .join('  ');

const supersede = async (server: Server, argument: unknown): Promise<void> => {
  const uri = await targetRecord(server, argument, vscode.l10n.t('Select the decision to supersede'), isOpen);
  if (uri === undefined) return;
  const title = await promptForTitle(vscode.l10n.t('Supersede Decision'));
  if (title === undefined) return;
  const params: SupersedeParams = { uri, title, today: today() };
  // Asked before the choice is offered, so that the choice shows what each answer changes.
  const proposed = await server.request<AuthoredResult>(SUPERSEDE, params, NO_CANCELLATION);
  const accepted = await server.request<AuthoredResult>(SUPERSEDE, { ...params, accept: true }, NO_CANCELLATION);
  if (proposed === undefined || accepted === undefined) return;
  const old = relative(uri);
  const choices = [
    {
      label: vscode.l10n.t('Propose it'),
      description: vscode.l10n.t('creates the new record; {0} stays as it is until the new one is accepted', old),
      detail: whatChanges(proposed),
      answer: proposed,
    },
    {
      label: vscode.l10n.t('Accept it now'),
      description: vscode.l10n.t('creates the new record and marks {0} as superseded', old),
      detail: whatChanges(accepted),
      answer: accepted,
    },
  ];
  // Where neither can be done, there is nothing to choose; the refusal says why.
  const choice =
    'refused' in proposed && 'refused' in accepted
      ? choices[0]
      : await vscode.window.showQuickPick(choices, { title: vscode.l10n.t('Supersede Decision') });
  if (choice) await applyAuthored(choice.answer);
};

/** Saves to `.lintel/links.yaml` whether decisions govern a file: all in one edit. */
const saveVerdict = async (
  server: Server,
  why: WhyView,
  code: vscode.Uri,
  decisionUri: string | readonly string[],
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
  const answer = await server.request<FeedbackResult>(FEEDBACK, params, NO_CANCELLATION);
  if (answer === undefined) return;
  if ('refused' in answer) {
    showRefusal(answer);
    return;
  }
  const links = vscode.workspace.asRelativePath(vscode.Uri.parse(answer.uri), false);
  vscode.window.setStatusBarMessage(
    answer.done === 'unchanged' ? vscode.l10n.t('{0} already contains this.', links) : vscode.l10n.t('Saved to {0}.', links),
    STATUS_BAR_MESSAGE_MS,
  );
  await why.refresh();
};

const feedback = async (server: Server, why: WhyView, argument: HitArgument, verdict: FeedbackParams['verdict']): Promise<void> => {
  const hit = hitOf(argument);
  if (hit.uri === undefined) return;
  // A row of the Why view is about the code that the view shows, which may be pinned; a search result is about the active file.
  const code = 'hit' in argument ? activeFileEditor()?.document.uri : why.code;
  if (code === undefined) {
    void vscode.window.showWarningMessage(vscode.l10n.t('Open the file with the code first, then try again.'));
    return;
  }
  await saveVerdict(server, why, code, hit.uri, verdict);
};

const linkCode = async (server: Server, why: WhyView): Promise<void> => {
  const editor = activeFileEditor();
  if (editor === undefined) return;
  const { uri } = editor.document;
  const line = editor.selection.active.line;
  const decisions = (await fetchDecisions(server, uri)).filter(isOpen);
  const title = vscode.l10n.t('Select the decision that governs this code');
  const record = await pickDecision(decisions, title, await relatedAtCursor(server));
  if (record === undefined) return;
  const choices = [
    {
      label: vscode.l10n.t('Add a link to .lintel/links.yaml'),
      description: vscode.l10n.t('for the whole file'),
      run: () => saveVerdict(server, why, uri, record.uri, 'governs'),
    },
    {
      label: vscode.l10n.t('Add a link to .lintel/links.yaml'),
      description: vscode.l10n.t('for the function or class at the cursor'),
      run: () => saveVerdict(server, why, uri, record.uri, 'governs', line),
    },
    {
      label: vscode.l10n.t('Insert a comment'),
      description: vscode.l10n.t('above line {0}', line + 1),
      run: async () => {
        const params: LinkCodeParams = { uri: uri.toString(), line, decisionUri: record.uri };
        const answer = await server.request<AuthoredResult>(LINK_CODE, params, NO_CANCELLATION);
        if (answer) await applyAuthored(answer);
      },
    },
  ];
  const choice = await vscode.window.showQuickPick(choices, { title: record.title });
  await choice?.run();
};

/** The text to paste into code; for decisions, in the form that the repository uses most. */
const citationFor = async (server: Server, hit: WireHit): Promise<string> => {
  if (hit.kind !== 'decision' || hit.uri === undefined) return citationOf(hit);
  const answer = await server.request<CitationResult>(CITATION, { uri: hit.uri }, NO_CANCELLATION).catch(() => undefined);
  return answer !== undefined && 'text' in answer ? answer.text : citationOf(hit);
};

/** Registers the commands that write decisions and link code to them. */
export const registerDecisionCommands = (server: Server, why: WhyView): vscode.Disposable => {
  const register = (command: string, run: (argument: unknown) => Promise<void>): vscode.Disposable =>
    vscode.commands.registerCommand(command, (argument: unknown) => showErrors(() => run(argument)));
  const onHit =
    (run: (argument: HitArgument) => Promise<void>) =>
    async (argument: unknown): Promise<void> => {
      if (isHit(argument)) await run(argument);
    };
  return vscode.Disposable.from(
    vscode.workspace.onDidSaveTextDocument(({ uri }) => uri.path.endsWith('/.lintel/links.yaml') && void why.refresh()),
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
    settleCommands(why, (code, decisions, verdict) => showErrors(() => saveVerdict(server, why, code, decisions, verdict))),
    register(
      'lintel.copyCitation',
      onHit(async (argument) => {
        const citation = await citationFor(server, hitOf(argument));
        await vscode.env.clipboard.writeText(citation);
        vscode.window.setStatusBarMessage(vscode.l10n.t('Copied: {0}', citation), STATUS_BAR_MESSAGE_MS);
      }),
    ),
    register('lintel.showDecisionHistory', async (argument) => {
      const uri = await targetRecord(server, argument, vscode.l10n.t('Select a decision to see its history'));
      if (uri !== undefined) await showHistory(server, uri);
    }),
  );
};
