import type * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  HoverRequest,
  type InitializeParams,
  LanguageClient,
  RevealOutputChannelOn,
  TransportKind,
} from 'vscode-languageclient/node';
import { CODE_ACTION_COMMANDS, HOVER_COMMANDS } from '../protocol/index.ts';
import { hidingLog, type Secrets } from './models/hidden.ts';
import { initialSettings } from './settings.ts';

type Feature = Parameters<LanguageClient['registerFeature']>[0];

/**
 * Where several extensions have a hover, the editor shows that of the most exact selector first. This one is less exact than one that names a language or a
 * scheme, so what the language says of the code, its type above all, is never pushed down by decisions.
 */
const AFTER_LANGUAGES = [{ language: '*' }];

/** Logs connection errors instead of showing them. The library would show a message for each one; `Server` decides what the user needs to see. */
class QuietClient extends LanguageClient {
  /** Announces the commands that hovers and code actions may run. */
  protected override fillInitializeParams(params: InitializeParams): void {
    super.fillInitializeParams(params);
    params.capabilities.experimental = { commands: { commands: [...HOVER_COMMANDS, ...CODE_ACTION_COMMANDS] } };
  }

  override registerFeature(feature: Feature): void {
    if ('registrationType' in feature && feature.registrationType.method === HoverRequest.method) {
      const initialize = feature.initialize.bind(feature);
      feature.initialize = (capabilities) => initialize(capabilities, AFTER_LANGUAGES);
    }
    super.registerFeature(feature);
  }

  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/**
 * Creates a client for the server in `module`, without starting it.
 *
 * @param onClosed called when the connection closes unexpectedly; the client does not restart by itself.
 */
export const createClient = (module: string, log: vscode.LogOutputChannel, secrets: Secrets, onClosed: () => void): LanguageClient =>
  new QuietClient(
    'lintel',
    'Lintel',
    {
      run: { module, transport: TransportKind.ipc },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6011'] } },
    },
    {
      documentSelector: [{ scheme: 'file' }],
      outputChannel: log,
      // A key may be in the answer to a request, and the log is a file.
      traceOutputChannel: hidingLog(log, secrets),
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: initialSettings,
      // Hovers contain text from the repository, so they may only run these commands.
      markdown: { supportThemeIcons: true, isTrusted: { enabledCommands: HOVER_COMMANDS } },
      // The selector of hovers leaves out the scheme.
      middleware: { provideHover: (document, at, token, next) => (document.uri.scheme === 'file' ? next(document, at, token) : null) },
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          onClosed();
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
    },
  );
