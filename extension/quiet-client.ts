import type * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  type InitializeParams,
  LanguageClient,
  RevealOutputChannelOn,
  TransportKind,
} from 'vscode-languageclient/node';
import { CODE_ACTION_COMMANDS, HOVER_COMMANDS } from '../protocol/index.ts';
import { initialSettings } from './settings.ts';

/** Logs connection errors instead of showing them. The library would show a message for each one; `Server` decides what the user needs to see. */
class QuietClient extends LanguageClient {
  /** Announces the commands that hovers and code actions may run. */
  protected override fillInitializeParams(params: InitializeParams): void {
    super.fillInitializeParams(params);
    params.capabilities.experimental = { commands: { commands: [...HOVER_COMMANDS, ...CODE_ACTION_COMMANDS] } };
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
export const createClient = (module: string, log: vscode.LogOutputChannel, onClosed: () => void): LanguageClient =>
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
      traceOutputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: initialSettings,
      // Hovers contain text from the repository, so they may only run these commands.
      markdown: { supportThemeIcons: true, isTrusted: { enabledCommands: HOVER_COMMANDS } },
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
