import * as vscode from 'vscode';
import {
  ALLOW_IDENTIFIER,
  type AllowIdentifierParams,
  type AuthoredResult,
  NEW_DECISION,
  type NewDecisionParams,
} from '../protocol/authoring.ts';
import { type AllowIdentifierArgument, ASK_REASON, KEEP_IDENTIFIER, type KeepIdentifierArgument } from '../protocol/index.ts';
import { applyAuthored } from './authored.ts';
import { promptForTitle, showErrors, today } from './decision-commands.ts';
import type { Server } from './server.ts';

const NO_CANCELLATION = new vscode.CancellationTokenSource().token;

/** Asks why a format is allowed, and writes the entry to `lintel.yaml`. */
const allow = async (server: Server, { uri, rule, position }: AllowIdentifierArgument): Promise<void> => {
  const reason = await vscode.window.showInputBox({
    title: vscode.l10n.t('Allow {0} here', rule),
    prompt: vscode.l10n.t('Why is this identifier allowed to be as it is? The reason is written to lintel.yaml.'),
    placeHolder: vscode.l10n.t('The carrier prescribes the format of its parcel numbers.'),
    validateInput: (value) => (value.trim() === '' ? vscode.l10n.t('Enter a reason.') : undefined),
  });
  if (reason === undefined) return;
  const params: AllowIdentifierParams = { uri, rule, position, reason };
  const answer = await server.request<AuthoredResult>(ALLOW_IDENTIFIER, params, NO_CANCELLATION);
  if (answer) await applyAuthored(answer);
};

/** Begins a record on why an identifier stays as it is, from the finding. */
const keep = async (server: Server, { uri, range, title, because }: KeepIdentifierArgument): Promise<void> => {
  const chosen = await promptForTitle(vscode.l10n.t('New Decision'), title);
  if (chosen === undefined) return;
  const params: NewDecisionParams = { uri, title: chosen, today: today(), selection: range, because };
  const answer = await server.request<AuthoredResult>(NEW_DECISION, params, NO_CANCELLATION);
  if (answer) await applyAuthored(answer);
};

const isObject = (argument: unknown): argument is { readonly uri: string } =>
  typeof argument === 'object' && argument !== null && 'uri' in argument && typeof argument.uri === 'string';
const isAllow = (argument: unknown): argument is AllowIdentifierArgument =>
  isObject(argument) && 'rule' in argument && 'position' in argument;
const isKeep = (argument: unknown): argument is KeepIdentifierArgument =>
  isObject(argument) && 'range' in argument && 'title' in argument && 'because' in argument;

/** Registers the commands that quick fixes of findings about identifiers run. */
export const registerIdentifierCommands = (server: Server): vscode.Disposable =>
  vscode.Disposable.from(
    vscode.commands.registerCommand(ASK_REASON, (argument: unknown) =>
      showErrors(async () => isAllow(argument) && allow(server, argument)),
    ),
    vscode.commands.registerCommand(KEEP_IDENTIFIER, (argument: unknown) =>
      showErrors(async () => isKeep(argument) && keep(server, argument)),
    ),
  );
