import type * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  type InitializeParams,
  LanguageClient,
  RevealOutputChannelOn,
  TransportKind,
} from 'vscode-languageclient/node';
import { HOVER_COMMANDS } from '../protocol/index.ts';
import { initialSettings } from './settings.ts';

/** The library shows a message of its own for every mishap of a connection; here all of them go to the log, and `Server` decides what is worth a message. */
class QuietClient extends LanguageClient {
  /** Says which commands a hover may hold. */
  protected override fillInitializeParams(params: InitializeParams): void {
    super.fillInitializeParams(params);
    params.capabilities.experimental = { commands: { commands: HOVER_COMMANDS } };
  }

  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/**
 * A client for the server in `module`, not started yet.
 *
 * @param onClosed called when a connection ended that nobody asked to end; the client does not start again by itself.
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
      // Hovers hold words of the repository: of commands they may run only ours.
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
